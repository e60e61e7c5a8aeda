"""What a cell says in words: the figures behind its findings, and what is not known."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.core import german
from app.core.vocabulary import TargetGroup
from app.findings.enums import Basis, FindingKind, NeedClass, Silence
from app.findings.limits import Limits
from app.findings.lines import JudgedLine, Line, NeedSeries, People
from app.findings.matrix import Cell
from app.findings.rules import Finding, Pair, Supply, Verdict
from app.findings.sentences import question, rule
from app.indicators.figures import SIGNS, digits_of, shown
from app.indicators.models import Indicator
from app.offers.models import Offer

MOST_PAIRS = 6


@dataclass(frozen=True)
class Explained:
    """A finding as a table can argue with it: `figures` are pairs of label and text."""

    kind: FindingKind
    rule: str
    figures: list[tuple[str, str]]
    question: str


def explain(cell: Cell, limits: Limits) -> list[Explained]:
    """Every finding of a cell in words, the weightiest first."""
    names = {offer.id: offer for offer in cell.judged.line.offers}
    return [
        Explained(
            finding.kind,
            rule(finding, cell.verdict, limits),
            _figures(finding, names),
            question(finding.kind, cell.judged.line, cell.area.name),
        )
        for finding in cell.verdict.findings
    ]


def need_figures(judged: JudgedLine, area_id: int, need: NeedClass) -> list[tuple[str, str]]:
    """The need as label and text: figure of the area, what it is compared with, spread, class, date and source."""
    series = judged.need
    if series is None:
        return [(_("Bedarf"), str(NeedClass.UNKNOWN.label))]
    indicator, reading = series.indicator, series.by_area[area_id]
    value = (
        with_unit(shown(reading, indicator), indicator)
        if reading.known
        else f"{SIGNS[reading.state]} ({reading.state.label})"
    )
    return [
        (indicator.name, value),
        (_("Mittel der Gebiete") if series.is_area_mean else _("Kommune insgesamt"), _number(series.centre, indicator)),
        (_("Standardabweichung der Gebiete"), _spread(series.spread, indicator)),
        (_("Bedarf"), str(need.label)),
        (_("Stichtag und Quelle"), f"{german.day(series.day)}; {indicator.source or _('Quelle nicht angegeben')}"),
    ]


def supply_figures(verdict: Verdict, counted: People, area_id: int) -> list[tuple[str, str]]:
    """The supply as label and text. Nothing in per cent unless all places are known."""
    supply = verdict.supply
    town_wide = sum(1 for one in verdict.served if one.offer.town_wide)
    found = [
        (_("Angebote für das Gebiet"), _("%(n)s, davon %(wide)s stadtweit", n=len(verdict.served), wide=town_wide)),
        (_("Gemessen in"), str(supply.basis.label)),
    ]
    if supply.basis is not Basis.COUNT:
        found.append((_("Versorgung des Gebiets"), supply_text(supply, supply.value)))
    if supply.comparison is not None:
        found.append((_comparison_label(supply), supply_text(supply, supply.comparison)))
    if supply.relative is not None:
        found.append((_("Verhältnis zum Vergleichswert"), german.number(supply.relative, 2)))
    if area_id in counted.by_area:
        number = german.number(counted.by_area[area_id])
        found.append((_("Zielbevölkerung"), f"{number} ({counted.words}, {german.day(counted.day)}; {counted.source})"))
    return found


def notes(cell: Cell) -> list[str]:
    """What is not known or only assumed, each in a sentence."""
    verdict, counted, need = cell.verdict, cell.judged.people, cell.judged.need
    offers = [one.offer for one in verdict.served]
    found = []
    if verdict.silence and verdict.findings[0].kind is not FindingKind.NO_STATEMENT:
        found.append(_("Zum Bedarf ist keine Aussage möglich: %(reason)s", reason=verdict.silence.label))
    if not offers:
        found.append(_("Für das Gebiet ist kein Angebot eingetragen. Das heißt nicht, dass es keines gibt."))
    found += _basis_notes(verdict, cell.area.id, counted)
    unasked = sum(1 for offer in offers if offer.utilisation is None)
    if unasked:
        found.append(_("Die Auslastung ist bei %(n)s von %(all)s Angeboten nicht bekannt.", n=unasked, all=len(offers)))
    if any(finding.kind is FindingKind.OVERSUPPLY and finding.offers for finding in verdict.findings):
        found.append(_("Bekannt ist nur die zuletzt genannte Auslastung, nicht die eines ganzen Jahres."))
    if need and need.is_area_mean and verdict.silence is not Silence.NOT_AGREED:
        found.append(_("Ein Wert der ganzen Kommune fehlt; verglichen wird mit dem Mittel der Gebiete dieser Ebene."))
    if need and need.indicator.polarity.value == "context":
        found.append(
            _("Der Indikator ist ohne Wertung; als Bedarfsbezug gilt hier: ein höherer Wert zeigt mehr Bedarf.")
        )
    return found


def _basis_notes(verdict: Verdict, area_id: int, counted: People) -> list[str]:
    basis, served = verdict.supply.basis, verdict.served
    if not served:
        return []
    unknown = sum(1 for one in served if one.offer.capacity is None)
    found = []
    if unknown:
        found.append(
            _(
                "Die Zahl der Plätze ist bei %(n)s von %(all)s Angeboten nicht bekannt. Deshalb werden Angebote "
                "gezählt, nicht Plätze.",
                n=unknown,
                all=len(served),
            )
        )
    elif basis is not Basis.PLACES and counted.town is not None:
        found.append(
            _(
                "In der Kommune hat mindestens ein Angebot des Themas keine Platzzahl, oder Plätze lassen sich nicht "
                "auf Gebiete verteilen. Deshalb werden Angebote gezählt."
            )
        )
    if basis is Basis.COUNT and area_id not in counted.by_area:
        found.append(_("Die Zielbevölkerung ist nicht bekannt. Deshalb steht hier nur die Anzahl der Angebote."))
    if basis is not Basis.COUNT and any(one.share is not None and one.share < 1 for one in served):
        found.append(
            _(
                "Angebote für mehrere Gebiete oder die ganze Kommune sind nach der Zielbevölkerung auf die Gebiete "
                "verteilt."
            )
        )
    return found


def pair_text(pair: Pair, names: dict[int, Offer]) -> str:
    """Two offers that may double each other, and whether their hours were compared."""
    one, other = names[pair.one.id], names[pair.other.id]
    times = _("Zeiten überschneiden sich") if pair.times else _("Zeiten nicht verglichen")
    return f"{one.name} ({one.institution.label}) – {other.name} ({other.institution.label}): {times}"


def supply_text(supply: Supply, value: float) -> str:
    """A supply with its unit."""
    if supply.basis is Basis.PLACES:
        return f"{german.number(value, 1 if value >= 10 else 2)} %"
    if supply.basis is Basis.PER_THOUSAND:
        return _("%(n)s je 1.000", n=german.number(value, 2))
    return german.number(value, 1 if value != int(value) else 0)


def with_unit(text: str, indicator: Indicator) -> str:
    """A figure with its unit."""
    return f"{text} {indicator.unit}".strip()


def basis_line(cell: Cell) -> str:
    """What a cell rests on, in one line for a printed sheet."""
    verdict, series = cell.verdict, cell.judged.need
    parts = [_series_line(series, cell.area.id)] if series else []
    parts.append(_("Bedarf %(need)s", need=verdict.need.label))
    parts.append(_("%(n)s Angebote", n=len(verdict.served)) if len(verdict.served) != 1 else _("1 Angebot"))
    if verdict.served and verdict.supply.relative is not None:
        times = german.number(verdict.supply.relative, 2)
        parts.append(_("Versorgung beim %(times)s-Fachen (%(basis)s)", times=times, basis=verdict.supply.basis.label))
    if any(one.offer.capacity is None for one in verdict.served):
        parts.append(_("Plätze nicht durchweg bekannt"))
    return "; ".join(parts) + "."


def _series_line(series: NeedSeries, area_id: int) -> str:
    indicator, reading = series.indicator, series.by_area[area_id]
    value = with_unit(shown(reading, indicator), indicator) if reading.known else str(reading.state.label)
    return f"{indicator.name}: {value} ({_('Vergleich')}: {_number(series.centre, indicator)})"


def _figures(finding: Finding, names: dict[int, Offer]) -> list[tuple[str, str]]:
    """The figures of one finding beyond those every cell shows."""
    if finding.kind is FindingKind.EXPIRING_FUNDING:
        ends = [(names[offer.id].name, offer.funding_until) for offer in finding.offers]
        return [(name, _("Förderung bis %(day)s", day=german.day(day))) for name, day in ends]
    if finding.kind is FindingKind.UNCONFIRMED:
        said = [(names[offer.id].name, offer.confirmed_on) for offer in finding.offers]
        return [
            (name, _("zuletzt bestätigt am %(day)s", day=german.day(day)) if day else _("noch nie bestätigt"))
            for name, day in said
        ]
    if finding.kind is FindingKind.DUPLICATION:
        shown_pairs = [(_("Paar"), pair_text(pair, names)) for pair in finding.pairs[:MOST_PAIRS]]
        more = len(finding.pairs) - MOST_PAIRS
        return [*shown_pairs, *([(_("Weitere Paare"), str(more))] if more > 0 else [])]
    if finding.kind in {FindingKind.AWARENESS_GAP, FindingKind.OVERSUPPLY}:
        known = [(names[offer.id].name, offer.utilisation) for offer in finding.offers]
        return [(name, _("zu %(n)s %% ausgelastet", n=used)) for name, used in known]
    return []


def _comparison_label(supply: Supply) -> str:
    if supply.against_benchmark:
        return _("Richtwert")
    return _("Mittel der Gebiete") if supply.basis is Basis.COUNT else _("Kommune insgesamt")


def _spread(value: float | None, indicator: Indicator) -> str:
    if value is None or indicator.unit != "%":
        return _number(value, indicator)
    return _("%(n)s Prozentpunkte", n=german.number(value, digits_of(indicator)))


def _number(value: float | None, indicator: Indicator) -> str:
    return german.MISSING if value is None else with_unit(german.number(value, digits_of(indicator)), indicator)


def people(line: Line) -> str:
    """For whom a line is, in words."""
    return _("übrige Zielgruppen") if line.rest else str(line.target_group.label)


def topic(line: Line) -> str:
    """„Familienbildung: Familien“, without target group for everybody."""
    if line.target_group is TargetGroup.ALL and not line.rest:
        return line.category
    return f"{line.category}: {people(line)}"


def kinds_text(kinds: Sequence[FindingKind]) -> str:
    """Several kinds in one line."""
    return ", ".join(str(kind.label) for kind in kinds)
