"""Figures for areas: what is stored, added up where needed, beside the town's figure and the one before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.areas import queries as areas
from app.areas.models import Area, AreaLevel
from app.areas.tree import AreaTree
from app.indicators import queries
from app.indicators.enums import ValueState
from app.indicators.figures import Figure, measure_of
from app.indicators.models import Indicator
from app.indicators.rates import MISSING, Reading, read_all, read_town

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
    return figures_from(readings, some_areas, indicators, days)


def figures_from(
    readings: Readings, some_areas: Iterable[Area], indicators: Sequence[Indicator], days: dict[int, list[date]]
) -> dict[int, list[Figure]]:
    """The figures of areas from what is already read; `days` are each indicator's dates, newest first."""
    return {
        area.id: [_figure(one, area, days[one.id][:LOOKED_BACK], readings) for one in indicators] for area in some_areas
    }


@dataclass(frozen=True)
class Point:
    """An area's reading at a date beside the town's."""

    day: date
    area: Reading
    town: Reading


def series_from(readings: Readings, area: Area, indicator: Indicator, days: Iterable[date]) -> list[Point]:
    """One indicator of an area over its dates, oldest first. A secret or missing figure is a point without value."""
    found = ((day, readings[indicator.id, day]) for day in sorted(days))
    return [Point(day, series.by_area[area.id], series.town) for day, series in found]


def read_newest(
    scheme_id: int, tree: AreaTree, indicators: Iterable[Indicator], most: int
) -> tuple[Readings, dict[int, list[date]]]:
    """Everything at the newest `most` dates of each indicator, and these dates newest first; one statement."""
    by_id = {indicator.id: indicator for indicator in indicators}
    stored = queries.values_newest(scheme_id, list(by_id), most)
    days: dict[int, list[date]] = {indicator_id: [] for indicator_id in by_id}
    for indicator_id, day in sorted(stored, reverse=True):
        days[indicator_id].append(day)
    return _readings(stored, tree, by_id), days


def read_scheme(
    scheme_id: int, tree: AreaTree, indicators: Iterable[Indicator], days: dict[int, list[date]]
) -> Readings:
    """Every area's reading of indicators at their dates, in one statement."""
    by_id = {indicator.id: indicator for indicator in indicators}
    stored = queries.values_held(scheme_id, [(one, day) for one in by_id for day in days.get(one, [])])
    return _readings(stored, tree, by_id)


def _readings(stored: queries.Stored, tree: AreaTree, by_id: dict[int, Indicator]) -> Readings:
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
