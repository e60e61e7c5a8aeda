"""The shop window's sentences about figures and outcomes."""

from flask_babel import gettext as _

from app.core.german import number
from app.indicators.figures import Figure
from app.measures.enums import ImplementationStatus
from app.portal.rules import Judgement, Place


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
