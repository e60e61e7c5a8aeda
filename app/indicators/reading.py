"""Figures for areas: what is stored, added up where needed, beside the town's figure and the one before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.areas import queries as areas
from app.areas.models import Area, AreaLevel
from app.areas.tree import AreaTree
from app.indicators import queries, rules, social_index
from app.indicators.enums import Orientation, ValueState
from app.indicators.figures import Figure, measure_of
from app.indicators.models import Indicator, SocialIndex
from app.indicators.rates import MISSING, Reading, read_all, read_town
from app.indicators.social_index import AreaVerdict

LOOKED_BACK = 3  # newest dates looked at: the latest may lack this area


@dataclass(frozen=True)
class Series:
    """One indicator at one date, for every area of a scheme and the whole town."""

    by_area: dict[int, Reading]
    town: Reading


Readings = dict[tuple[int, date], Series]


def figures_for(
    area: Area, indicators: Sequence[Indicator], *, until: date | None = None, tree: AreaTree | None = None
) -> list[Figure]:
    """The latest figure of each indicator for one area of any level, in the order given. At most 3 statements.

    `until` leaves out later reference dates. An indicator without any value still gets a figure, state MISSING.
    """
    return figures_for_areas([area], indicators, until=until, tree=tree)[area.id]


def figures_for_areas(
    some_areas: Sequence[Area],
    indicators: Sequence[Indicator],
    *,
    until: date | None = None,
    tree: AreaTree | None = None,
) -> dict[int, list[Figure]]:
    """`figures_for` for several areas of one scheme, by area id, still in at most 3 statements."""
    if not some_areas or not indicators:
        return {area.id: [] for area in some_areas}
    scheme_id = some_areas[0].scheme_id
    tree = tree or areas.area_tree(scheme_id)
    held = queries.dates_held(scheme_id)
    days = {
        indicator.id: [day for day in held.get(indicator.id, []) if until is None or day <= until][:LOOKED_BACK]
        for indicator in indicators
    }
    readings = read_scheme(scheme_id, tree, indicators, days)
    return {
        area.id: [_figure(indicator, area, days[indicator.id], readings) for indicator in indicators]
        for area in some_areas
    }


def read_scheme(
    scheme_id: int, tree: AreaTree, indicators: Iterable[Indicator], days: dict[int, list[date]]
) -> Readings:
    """Every area's reading of indicators at their dates, in one statement."""
    by_id = {indicator.id: indicator for indicator in indicators}
    stored = queries.values_held(scheme_id, [(one, day) for one in by_id for day in days.get(one, [])])
    found: Readings = {}
    for (indicator_id, day), counts in stored.items():
        measure = measure_of(by_id[indicator_id])
        by_area = read_all(counts, tree, measure)
        found[indicator_id, day] = Series(by_area, read_town(by_area, tree, measure))
    return found


def _figure(indicator: Indicator, area: Area, days: list[date], readings: Readings) -> Figure:
    series = [(day, readings[indicator.id, day]) for day in days]
    said = [day for day, one in series if one.by_area[area.id].state is not ValueState.MISSING]
    day = next(iter(said or days), None)
    before = next((earlier for earlier in said if day and earlier < day), None)
    now = readings[indicator.id, day] if day else Series({area.id: MISSING}, MISSING)
    reading = now.by_area[area.id]
    return Figure(
        indicator=indicator,
        area=area,
        value=reading.value,
        numerator=reading.numerator,
        denominator=reading.denominator,
        reference_date=day,
        source=indicator.source,
        town_value=now.town.value,
        previous_value=readings[indicator.id, before].by_area[area.id].value if before else None,
        previous_date=before,
        state=reading.state,
        gap=reading.gap,
    )


@dataclass(frozen=True)
class IndexResult:
    """An index with the verdict on every area of its level, by area id, in the order of codes."""

    index: SocialIndex
    areas: list[Area]
    verdicts: dict[int, AreaVerdict]
    warnings: list[str]


def compute_index(
    index: SocialIndex, *, tree: AreaTree | None = None, some_areas: list[Area] | None = None
) -> IndexResult:
    """Compute an index loaded by `find_index` or `list_indexes_of_scheme`.

    One statement, two more when tree and areas of the level are not given.
    """
    tree = tree or areas.area_tree(index.level.scheme_id)
    some_areas = areas.list_areas(index.level) if some_areas is None else some_areas
    indicators = [part.indicator for part in index.parts]
    wanted = [*indicators, *([index.population] if index.population else [])]
    day = index.reference_date
    readings = read_scheme(index.level.scheme_id, tree, wanted, {one.id: [day] for one in wanted})
    verdict = social_index.compute(
        [_values(index, area, readings) for area in some_areas],
        [_part(part.indicator, part.weight, index.orientation) for part in index.parts],
        index.class_breaks,
        index.min_population if index.population else None,
    )
    by_id = {area.id: one for area, one in zip(some_areas, verdict.areas, strict=True)}
    return IndexResult(index, some_areas, by_id, verdict.warnings)


def _values(index: SocialIndex, area: Area, readings: Readings) -> social_index.AreaValues:
    def reading(indicator: Indicator) -> Reading:
        return readings[indicator.id, index.reference_date].by_area[area.id]

    cells = {part.indicator.key: reading(part.indicator) for part in index.parts}
    return social_index.AreaValues(
        code=area.code,
        values={key: cell.value for key, cell in cells.items()},
        population=reading(index.population).value if index.population else None,
        excluded_because=next((one.reason for one in index.exclusions if one.area_id == area.id), None),
        secret=frozenset(key for key, cell in cells.items() if cell.state is ValueState.SUPPRESSED),
    )


def _part(indicator: Indicator, weight: float, orientation: Orientation) -> social_index.Part:
    sign = rules.sign_of(indicator.polarity, orientation)
    return social_index.Part(indicator.key, indicator.name, sign, weight)


def find_index_of_level(indexes: Iterable[SocialIndex], level: AreaLevel, day: date | None) -> SocialIndex | None:
    """The index of a level: the one for the day shown, else the latest."""
    candidates = [index for index in indexes if index.level_id == level.id]
    return next((index for index in candidates if index.reference_date == day), next(iter(candidates), None))


@dataclass(frozen=True)
class TableRow:
    """An area with its readings in the order of the table's indicators."""

    area: Area
    readings: list[Reading]


@dataclass(frozen=True)
class IndicatorTable:
    """The areas of a level × indicators at one reference date, with the town's figures."""

    level: AreaLevel
    day: date | None
    indicators: list[Indicator]
    rows: list[TableRow]
    town: list[Reading]


def indicator_table(
    level: AreaLevel, day: date | None, indicators: Sequence[Indicator], *, tree: AreaTree, some_areas: Sequence[Area]
) -> IndicatorTable:
    """The table of a level at a date, in one statement; `some_areas` are the rows to show."""
    days = {indicator.id: [day] if day else [] for indicator in indicators}
    readings = read_scheme(level.scheme_id, tree, indicators, days)
    series = [readings.get((indicator.id, day)) for indicator in indicators]
    rows = [TableRow(area, [one.by_area[area.id] if one else MISSING for one in series]) for area in some_areas]
    return IndicatorTable(level, day, list(indicators), rows, [one.town if one else MISSING for one in series])
