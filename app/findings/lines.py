"""One line of the matrix: a category for a target group, with its figures and its offers on every area of a level."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean, pstdev

from app.areas.models import Area, AreaLevel
from app.areas.tree import AreaTree
from app.core.collation import sort_key
from app.core.vocabulary import TargetGroup
from app.findings.enums import Silence
from app.findings.models import NeedLink
from app.findings.rules import Ground, Need, OfferFacts, Served, Verdict, judge, pairs_of
from app.findings.schedules import read_schedule
from app.findings.stock import Stock
from app.indicators.enums import Agreement, Orientation, ValueState
from app.indicators.figures import measure_of
from app.indicators.models import Indicator
from app.indicators.rates import MISSING, Reading
from app.indicators.reading import Series
from app.indicators.rules import sign_of
from app.offers.models import Offer
from app.offers.rules import is_for

FEWEST_FOR_SPREAD = 3  # a deviation of two areas says nothing


@dataclass(frozen=True)
class Line:
    """A category for a target group; without a need link nothing is said about the need.

    `rest` marks the line of the offers that are meant for none of the groups the category has need links for.
    """

    category: str
    target_group: TargetGroup
    link: NeedLink | None
    offers: tuple[Offer, ...]
    rest: bool = False


@dataclass(frozen=True)
class People:
    """How many people an offer is meant for, by area id, and in the town; `words` say who is counted, and when."""

    by_area: dict[int, float]
    town: float | None
    words: str
    day: date | None
    source: str


NOBODY_COUNTED = People({}, None, "", None, "")


@dataclass(frozen=True)
class NeedSeries:
    """The figure of the need on a level: readings at one date, the centre, and the spread of the areas."""

    indicator: Indicator
    day: date | None
    by_area: dict[int, Reading]
    centre: float | None
    is_area_mean: bool
    spread: float | None


@dataclass(frozen=True)
class JudgedLine:
    """A line with its verdict on every area of the level."""

    line: Line
    need: NeedSeries | None
    people: People
    ground: Ground
    verdicts: dict[int, Verdict]


def lines_of(stock: Stock, wanted: TargetGroup | None = None) -> list[Line]:
    """The lines of the matrix: one for each need link, and one for the offers that would be in none.

    With a target group: the lines for it and those for all; categories without need link show its offers.
    """
    lines = [_linked(link, stock.offers) for link in stock.links if _asked(TargetGroup(link.target_group), wanted)]
    for category in sorted({offer.category for offer in stock.offers}, key=sort_key):
        groups = [TargetGroup(link.target_group) for link in stock.links if link.category == category]
        here = [offer for offer in stock.offers if offer.category == category]
        left = [offer for offer in here if not any(is_for(offer.target_groups, group) for group in groups)]
        meant = tuple(offer for offer in left if is_for(offer.target_groups, wanted))
        if meant and not (groups and wanted):
            lines.append(Line(category, wanted or TargetGroup.ALL, None, meant, rest=bool(groups)))
    order = list(TargetGroup)
    return sorted(lines, key=lambda line: (sort_key(line.category), order.index(line.target_group)))


def find_line(stock: Stock, category: str, target_group: TargetGroup) -> Line | None:
    """The line of a category and target group, if the matrix has one (with or without a filter)."""
    candidates = [*lines_of(stock), *lines_of(stock, target_group)]
    return next((one for one in candidates if (one.category, one.target_group) == (category, target_group)), None)


def judge_line(line: Line, stock: Stock, level: AreaLevel, some_areas: Sequence[Area], today: date) -> JudgedLine:
    """The verdicts of a line on some areas of a level; compared is always with the whole level and town."""
    level_ids = [area.id for area in stock.areas_of(level)]
    need = _need_series(line.link, stock, level_ids)
    people = _people(line.link, stock, level_ids, need)
    facts = {offer.id: _facts(offer) for offer in line.offers}
    served = _served(line.offers, facts, stock, people)
    ground = Ground(
        offers=tuple(facts.values()),
        population=people.town,
        mean_count=fmean(len(served[area_id]) for area_id in level_ids) if level_ids else None,
        benchmark=line.link.benchmark if line.link else None,
        pairs=pairs_of(list(facts.values())),
    )
    needs = _needs(need, [area.id for area in some_areas])
    verdicts = {
        area_id: judge(one, served[area_id], people.by_area.get(area_id), ground, stock.limits, today)
        for area_id, one in needs.items()
    }
    return JudgedLine(line, need, people, ground, verdicts)


def _linked(link: NeedLink, offers: Iterable[Offer]) -> Line:
    group = TargetGroup(link.target_group)
    meant = [one for one in offers if one.category == link.category and is_for(one.target_groups, group)]
    return Line(link.category, group, link, tuple(meant))


def _asked(group: TargetGroup, wanted: TargetGroup | None) -> bool:
    return wanted in (None, TargetGroup.ALL) or group in (wanted, TargetGroup.ALL)


def _need_series(link: NeedLink | None, stock: Stock, level_ids: list[int]) -> NeedSeries | None:
    if link is None:
        return None
    day, series = _latest(link.indicator, stock, level_ids)
    known = [series.by_area[area_id].value for area_id in level_ids if series.by_area[area_id].known]
    mean = fmean(known) if len(known) >= FEWEST_FOR_SPREAD and not measure_of(link.indicator).counted else None
    comparable = series.town.value if not measure_of(link.indicator).counted else None
    return NeedSeries(
        indicator=link.indicator,
        day=day,
        by_area=series.by_area,
        centre=comparable if comparable is not None else mean,
        is_area_mean=comparable is None and mean is not None,
        spread=pstdev(known) if len(known) >= FEWEST_FOR_SPREAD else None,
    )


def _latest(indicator: Indicator, stock: Stock, level_ids: list[int]) -> tuple[date | None, Series]:
    """The newest date that says anything about the level."""
    days = stock.days.get(indicator.id, [])
    for day in days:
        series = stock.readings[indicator.id, day]
        if any(series.by_area[area_id].state is not ValueState.MISSING for area_id in level_ids):
            return day, series
    return next(iter(days), None), Series(dict.fromkeys(stock.tree.parents, MISSING), MISSING)


def _needs(series: NeedSeries | None, area_ids: Iterable[int]) -> dict[int, Need]:
    """The need of each area as the rules take it."""
    if series is None:
        return dict.fromkeys(area_ids, Need(silence=Silence.NO_LINK))
    indicator = series.indicator
    agreed = indicator.agreement is Agreement.ACCEPTED
    silences = {ValueState.SUPPRESSED: Silence.SECRET, ValueState.MISSING: Silence.MISSING}
    sign = sign_of(indicator.polarity, Orientation.HIGHER_IS_BURDEN)
    rated = measure_of(indicator).rated or indicator.unit == "%"
    return {
        area_id: Need(
            value=series.by_area[area_id].value,
            centre=series.centre,
            spread=series.spread,
            sign=sign,
            rated=rated,
            silence=silences.get(series.by_area[area_id].state) if agreed else Silence.NOT_AGREED,
        )
        for area_id in area_ids
    }


def _people(link: NeedLink | None, stock: Stock, level_ids: list[int], need: NeedSeries | None) -> People:
    """Counted by the link's own indicator, else by the denominator of the rate that shows the need."""
    if link is None:
        return NOBODY_COUNTED
    if link.population is not None:
        day, series = _latest(link.population, stock, level_ids)
        known = {area_id: one.value for area_id, one in series.by_area.items() if one.known}
        return People(known, series.town.value, link.population.name, day, link.population.source)
    if not measure_of(link.indicator).rated:
        return NOBODY_COUNTED
    _day, series = _latest(link.indicator, stock, level_ids)
    known = {area_id: one.denominator for area_id, one in series.by_area.items() if one.known}
    return People(known, series.town.denominator, link.indicator.denominator, need.day, link.indicator.source)


def _facts(offer: Offer) -> OfferFacts:
    everybody = TargetGroup.ALL.value in offer.target_groups
    return OfferFacts(
        id=offer.id,
        provider=offer.institution_id,
        capacity=offer.capacity,
        utilisation=offer.utilisation,
        funding_until=offer.funding_until,
        confirmed_on=offer.confirmed_on,
        groups=frozenset(() if everybody else offer.target_groups),
        slots=read_schedule(offer.schedule),
        town_wide=not offer.areas,
    )


def _served(
    offers: Iterable[Offer], facts: dict[int, OfferFacts], stock: Stock, people: People
) -> dict[int, list[Served]]:
    """By area of any level the offers that serve it: themselves, what they lie in, or what lies in them."""
    found: dict[int, list[Served]] = defaultdict(list)
    for offer in offers:
        fact = facts[offer.id]
        roots = _roots({area.id for area in offer.areas}, stock.tree)
        for area_id, pieces in _pieces(roots, stock.tree).items():
            parts = stock.leaves[area_id] if area_id in pieces else _parts(pieces, stock)
            found[area_id].append(Served(fact, parts, _share(area_id, pieces, roots, people, stock.tree)))
    return found


def _parts(pieces: Iterable[int], stock: Stock) -> frozenset[int]:
    return frozenset().union(*(stock.leaves[piece] for piece in pieces))


def _roots(served: set[int], tree: AreaTree) -> frozenset[int]:
    """The areas served without those that lie in another one of them."""
    known = {area_id for area_id in served if area_id in tree.parents}
    return frozenset(area_id for area_id in known if not known.intersection(tree.above(area_id)))


def _pieces(roots: frozenset[int], tree: AreaTree) -> dict[int, set[int]]:
    """For every area reached the pieces of it that are: the area itself or the served areas in it."""
    found: dict[int, set[int]] = defaultdict(set)
    for root in roots:
        for area_id in tree.below(root):
            found[area_id].add(area_id)
        for area_id in tree.above(root):
            found[area_id].add(root)
    return found if roots else {area_id: {area_id} for area_id in tree.parents}


def _share(area_id: int, pieces: set[int], roots: frozenset[int], people: People, tree: AreaTree) -> float | None:
    """The part of the people an offer is meant for who live in an area; nothing to share out when all do."""
    if roots and all(root == area_id or area_id in tree.above(root) for root in roots):
        return 1.0
    reach = sum(people.by_area[root] for root in roots) if all(root in people.by_area for root in roots) else None
    whole = reach if roots else people.town
    if not whole or any(piece not in people.by_area for piece in pieces):
        return None
    return min(1.0, sum(people.by_area[piece] for piece in pieces) / whole)
