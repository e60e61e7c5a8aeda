"""The sentences of profiles about figures, ranks, clearances and outcomes."""

from collections.abc import Iterable, Sequence
from datetime import date

from flask_babel import gettext as _

from app.core.german import day, number
from app.indicators.enums import Polarity
from app.indicators.figures import Figure, shown
from app.indicators.models import SocialIndex
from app.indicators.rates import Reading
from app.indicators.reading import Point
from app.measures.enums import ImplementationStatus
from app.profiles.rules import Judgement, Place, Rank


def place(which: Place, town: str) -> str:
    """Where a figure stands beside the town's, e.g. „deutlich über der Stadt (17,1 %)“."""
    return {
        Place.FAR_ABOVE: _("deutlich über der Stadt (%(town)s)", town=town),
        Place.ABOVE: _("über der Stadt (%(town)s)", town=town),
        Place.NEAR: _("etwa wie in der Stadt (%(town)s)", town=town),
        Place.BELOW: _("unter der Stadt (%(town)s)", town=town),
        Place.FAR_BELOW: _("deutlich unter der Stadt (%(town)s)", town=town),
    }[which]


def judgement(which: Judgement) -> str:
    """What that means, empty where nothing is to be judged."""
    return {
        Judgement.MORE_BURDEN: _("Das bedeutet eine höhere Belastung."),
        Judgement.LESS_BURDEN: _("Das bedeutet eine geringere Belastung."),
        Judgement.NONE: "",
    }[which]


def change(figure: Figure) -> str:
    """The change since the date before, with its unit: „+1,2 Prozentpunkte“."""
    if figure.change is None:
        return figure.change_text
    if figure.unit == "%":
        return _("%(change)s Prozentpunkte", change=figure.change_text)
    return f"{figure.change_text} {figure.unit}" if figure.is_rate else figure.change_text


def cases(figure: Figure) -> str:
    """The cases behind a rate: „3.378 von 8.424“, or nothing."""
    if not figure.is_rate or figure.value is None or figure.numerator is None:
        return ""
    return _("%(part)s von %(whole)s", part=number(figure.numerator), whole=number(figure.denominator))


def outcome(status: ImplementationStatus | None) -> str:
    """Where a recommendation stands, in words."""
    return str(status.label) if status else _("noch ohne Bericht")


def rank(found: Rank | None) -> str:
    """„Rang 3 von 27“, or „–“."""
    return _("Rang %(place)s von %(of)s", place=found.place, of=found.of) if found else "–"


def rank_reads(polarity: Polarity) -> str:
    """What rank 1 means for an indicator."""
    return {
        Polarity.BURDEN: _("Rang 1 = am stärksten belastet"),
        Polarity.RELIEF: _("Rang 1 = niedrigster Wert, am stärksten belastet"),
        Polarity.CONTEXT: _("Rang 1 = höchster Wert, ohne Wertung"),
    }[polarity]


def why_none(reading: Reading) -> str:
    """Why there is no figure, or nothing where there is one."""
    return "" if reading.known else str(reading.gap.label or reading.state.label)


def course_title(figure: Figure) -> str:
    """What a chart of a series is called."""
    return _("%(indicator)s in %(area)s im Verlauf", indicator=figure.indicator.name, area=figure.area.name)


def course(figure: Figure, points: Sequence[Point]) -> str:
    """A series in one sentence, for those who do not see its chart."""
    one = figure.indicator
    said = ", ".join(
        f"{day(point.day)}: {f'{shown(point.area, one)} {one.unit}' if point.area.known else point.area.state.label}"
        for point in points
    )
    if not figure.is_rate:
        return said
    return _("%(said)s. Stadt zuletzt: %(town)s.", said=said, town=figure.town_text)


def clearances(found: Iterable[tuple[str, date, bool]]) -> list[str]:
    """Who cleared the figures and when: „Freigegeben von der Statistikstelle am 01.03.2026.“"""
    return [
        _("Freigegeben: %(who)s, %(day)s, Geheimhaltung hier geprüft.", who=who, day=day(when))
        if here
        else _("Freigegeben: %(who)s, %(day)s.", who=who, day=day(when))
        for who, when, here in found
    ]


def index_caveat() -> str:
    """What a reader of an index has to know."""
    return _(
        "Ein Index allein erklärt nichts: Er fasst wenige Zahlen zusammen und ist keine Rangliste der Quartiere. "
        "Eine Quote kann auch sinken, weil Menschen zuziehen. Deshalb stehen die Fallzahlen daneben."
    )


def index_basis(index: SocialIndex) -> str:
    """How an index is made and of when it is."""
    said = f"{index.kind.label} · {index.method.label} · " + _("Stichtag %(day)s", day=day(index.reference_date))
    return said + (_(" gegenüber %(day)s", day=day(index.baseline_date)) if index.baseline_date else "")
