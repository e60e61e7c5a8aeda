"""What an index means, in German sentences: the same words on every page, in print and for readers."""

from dataclasses import dataclass

from flask_babel import gettext as _

from app.core import german
from app.indicators import rules
from app.indicators.enums import Centre, Deviation, IndexKind, Method
from app.indicators.index_classes import STANDARDISING
from app.indicators.models import SocialIndex
from app.indicators.social_index import CENTRED


@dataclass(frozen=True)
class IndexWords:
    """How to read an index. All are whole sentences; `unit` names what a contribution is counted in."""

    orientation: str
    formula: str
    middle: str
    classes: str
    subject: str
    unit: str
    short: str


def index_words(index: SocialIndex) -> IndexWords:
    """The sentences for an index with level, population and parts loaded, stored or draft."""
    return IndexWords(
        orientation=str(index.orientation.label),
        formula=" ".join(filter(None, [_formula(index), _comparison(index), _weights(index)])),
        middle=_middle(index),
        classes=_classes(index),
        subject=_subject(index),
        unit=_unit(index.method),
        short=str(index.method.label),
    )


def digits_of_index(method: Method) -> int:
    """Decimal places an index is printed with: two for z values, one for points and ranks, none for a count."""
    return 2 if method in STANDARDISING else 0 if method is Method.DEVIATION_COUNT else 1


def shown_index(value: float | None, method: Method) -> str:
    """„+1,63“ for z values, „62,2“ for ranks, points and percentages, „3“ for counts."""
    digits = digits_of_index(method)
    return german.signed(value, digits) if method in STANDARDISING else german.number(value, digits)


def class_spans(index: SocialIndex) -> list[tuple[str, str]]:
    """Every class with its limits in words: („mittel“, „−1 bis 1“)."""
    spans, lower = [], None
    for upper, name in index.class_breaks:
        if upper is None:
            words = _("alle Werte") if lower is None else _("über %(low)s", low=_plain(lower))
        elif lower is None:
            words = _("unter %(high)s", high=_plain(upper)) if upper < 0 else _("bis %(high)s", high=_plain(upper))
        else:
            words = _("%(low)s bis %(high)s", low=_plain(lower), high=_plain(upper))
        spans.append((name, words))
        lower = upper
    return spans


def _formula(index: SocialIndex) -> str:
    return {
        Method.Z_SUM: _(
            "Für jeden Indikator wird berechnet, um wie viele Standardabweichungen ein Gebiet abweicht. Diese Werte "
            "werden zusammengezählt und die Summe noch einmal standardisiert."
        ),
        Method.Z_MEAN: _(
            "Für jeden Indikator wird berechnet, um wie viele Standardabweichungen ein Gebiet abweicht. Der Index ist "
            "das Mittel dieser Werte."
        ),
        Method.RANK_SUM: _(
            "Für jeden Indikator werden die Gebiete der Größe nach nummeriert, bei gleichen Werten mit dem mittleren "
            "Rang. Der Index ist die Summe der Ränge."
        ),
        Method.MIN_MAX: _(
            "Für jeden Indikator erhält das Gebiet mit dem niedrigsten Wert 0 und das mit dem höchsten 100, die "
            "anderen liegen dazwischen. Der Index ist das Mittel; ein einzelner Ausreißer drückt alle anderen zusammen."
        ),
        Method.QUANTILE_POINTS: _(
            "Für jeden Indikator werden die Gebiete in fünf gleich große Gruppen geteilt und erhalten 1 bis 5 Punkte. "
            "Der Index ist die Summe der Punkte. Ein Fünftel steht immer oben, auch wenn es allen gut geht."
        ),
        Method.DEVIATION_COUNT: _(
            "Gezählt wird, bei wie vielen Indikatoren ein Gebiet um mindestens %(limit)s Standardabweichungen zur "
            "Belastung hin abweicht. Bei gleicher Anzahl entscheidet die Größe der Abweichungen.",
            limit=_plain(index.deviation_limit or 0),
        ),
    }[index.method]


def _comparison(index: SocialIndex) -> str:
    """Centre and deviation, for the methods that know them."""
    if index.method not in CENTRED:
        return ""
    centre = {
        Centre.AREA_MEAN: _("Verglichen wird mit dem ungewichteten Mittel der Gebiete"),
        Centre.TOWN_VALUE: _("Verglichen wird mit dem Wert der ganzen Kommune"),
    }[index.centre]
    deviation = {
        Deviation.POPULATION: _("geteilt durch n"),
        Deviation.SAMPLE: _("geteilt durch n − 1"),
    }[index.deviation]
    return _("%(centre)s, die Streuung ist %(deviation)s.", centre=centre, deviation=deviation)


def _weights(index: SocialIndex) -> str:
    weights = {part.weight for part in index.parts}
    if len(weights) < 2:
        return ""
    listed = ", ".join(f"{part.indicator.name} {_plain(part.weight)}" for part in index.parts)
    return _("Gewichte: %(listed)s.", listed=listed)


def _middle(index: SocialIndex) -> str:
    if index.method in STANDARDISING:
        if index.centre is Centre.TOWN_VALUE:
            return _("0 ist der Wert der ganzen Kommune.")
        return _("0 ist der Durchschnitt der Gebiete.")
    return {
        Method.RANK_SUM: _("Die Werte sagen nur, wer vor wem liegt, nicht wie weit."),
        Method.MIN_MAX: _("Möglich sind Werte von 0 bis 100."),
        Method.QUANTILE_POINTS: _(
            "Möglich sind %(low)s bis %(high)s Punkte.", low=len(index.parts), high=5 * len(index.parts)
        ),
        Method.DEVIATION_COUNT: _("0 heißt: keine auffällige Abweichung."),
    }[index.method]


def _classes(index: SocialIndex) -> str:
    least, most = rules.class_ends(index.class_breaks, index.orientation)
    if index.kind is IndexKind.DYNAMICS:
        return _(
            "Die Klasse „%(least)s“ hat sich am günstigsten entwickelt, die Klasse „%(most)s“ am ungünstigsten.",
            least=least,
            most=most,
        )
    return _(
        "Die Klasse „%(least)s“ ist am wenigsten belastet, die Klasse „%(most)s“ am stärksten.", least=least, most=most
    )


def _subject(index: SocialIndex) -> str:
    names = ", ".join(part.indicator.name for part in index.parts)
    if index.kind is IndexKind.DYNAMICS:
        days = _(
            "Veränderung vom %(before)s zum %(day)s",
            before=german.day(index.baseline_date),
            day=german.day(index.reference_date),
        )
    else:
        days = _("Stichtag %(day)s", day=german.day(index.reference_date))
    return _(
        "Indikatoren: %(names)s. Ebene %(level)s, %(days)s, Fassung %(version)s.",
        names=names,
        level=index.level.name,
        days=days,
        version=index.version,
    )


def _unit(method: Method) -> str:
    return {
        Method.Z_SUM: _("Standardabweichungen"),
        Method.Z_MEAN: _("Standardabweichungen"),
        Method.RANK_SUM: _("Ränge"),
        Method.MIN_MAX: _("Punkte von 100"),
        Method.QUANTILE_POINTS: _("Punkte"),
        Method.DEVIATION_COUNT: _("Abweichungen"),
    }[method]


def _plain(value: float) -> str:
    """As few decimal places as the number needs, at most four: „1“, „1,5“."""
    text = german.number(abs(value), 4).rstrip("0").rstrip(",")
    return f"−{text}" if value < 0 else text
