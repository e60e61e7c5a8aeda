"""Acts of the findings floor: linking need and figures, and setting limits."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from app.accounts.models import Municipality
from app.core.errors import RuleBroken
from app.core.turns import take_turn
from app.core.vocabulary import TargetGroup
from app.extensions import db
from app.findings import queries
from app.findings.limits import fits, own_limits
from app.findings.models import FindingLimits, NeedLink
from app.findings.usual_links import Proposal
from app.indicators.enums import Agreement
from app.indicators.figures import measure_of
from app.indicators.models import Indicator

MOST = 10_000  # per cent; a benchmark beyond it is a slip of the pen


def link_need(
    *,
    municipality: Municipality,
    category: str,
    target_group: TargetGroup,
    indicator: Indicator,
    population: Indicator | None = None,
    benchmark: float | None = None,
    link: NeedLink | None = None,
) -> NeedLink:
    """Add a need link or change `link`. Raises RuleBroken for a second one, a count as need, or a foreign figure."""
    category = " ".join(category.split())[:80]
    _check(municipality, category, indicator, population, benchmark)
    take_turn(Municipality, municipality.id)
    other = queries.find_need_link(municipality, category, target_group.value)
    if other is not None and other is not link:
        raise RuleBroken(
            _("Für diese Kategorie und Zielgruppe gibt es schon einen Bedarfsbezug. Bearbeiten Sie diesen.")
        )
    link = link or NeedLink(municipality_id=municipality.id)
    link.category, link.target_group, link.benchmark = category, target_group.value, benchmark
    link.indicator, link.population = indicator, population
    db.session.add(link)
    db.session.flush()
    return link


def unlink_need(*, link: NeedLink) -> dict:
    """Remove a need link; returns what `restore_need` needs to bring it back."""
    memory = {
        "category": link.category,
        "target_group": link.target_group,
        "indicator_id": link.indicator_id,
        "population_id": link.population_id,
        "benchmark": link.benchmark,
    }
    db.session.delete(link)
    db.session.flush()
    return memory


def adopt_usual(*, municipality: Municipality, chosen: Sequence[Proposal]) -> int:
    """Make need links of proposals; returns how many. Raises RuleBroken when there is nothing to adopt."""
    if not chosen:
        raise RuleBroken(_("Es gibt keinen Vorschlag, der noch nicht übernommen ist."))
    for one in chosen:
        link_need(
            municipality=municipality, category=one.category, target_group=one.target_group, indicator=one.indicator
        )
    return len(chosen)


def set_limits(*, municipality: Municipality, given: Mapping[str, float]) -> None:
    """Store a municipality's own limits; the usual values are not stored. Raises RuleBroken outside a range."""
    if not all(fits(name, value) for name, value in given.items()):
        raise RuleBroken(_("Ein Grenzwert liegt außerhalb des Erlaubten."))
    take_turn(Municipality, municipality.id)
    row = queries.find_limits(municipality) or FindingLimits(municipality_id=municipality.id)
    row.limits = own_limits(given)
    db.session.add(row)
    db.session.flush()


def _check(
    municipality: Municipality,
    category: str,
    indicator: Indicator,
    population: Indicator | None,
    benchmark: float | None,
) -> None:
    if not category:
        raise RuleBroken(_("Nennen Sie die Kategorie der Angebote."))
    if any(one.municipality_id != municipality.id for one in (indicator, population) if one):
        raise RuleBroken(_("Der Indikator gehört zu einer anderen Kommune."))
    if indicator.agreement is not Agreement.ACCEPTED or measure_of(indicator).counted:
        raise RuleBroken(_("Wählen Sie einen vereinbarten Indikator mit einer Quote; eine Anzahl zeigt keinen Bedarf."))
    if population is not None and not measure_of(population).counted:
        raise RuleBroken(_("Die Zielbevölkerung muss eine Anzahl sein, keine Quote."))
    if benchmark is not None and not 0 < benchmark <= MOST:
        raise RuleBroken(_("Der Richtwert muss größer als 0 sein."))
