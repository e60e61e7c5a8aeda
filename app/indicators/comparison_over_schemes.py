"""Figures of areas that no level has: what an area was in an older scheme, and what some areas are together.

Cases are added up, rates never averaged, and there is no sum as soon as one part is secret, missing or only partly
inside.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.areas import queries as areas
from app.areas.crosswalk import verdict_on
from app.areas.models import Area, AreaGroup, AreaScheme
from app.areas.tree import AreaTree
from app.indicators import queries
from app.indicators.figures import measure_of, shown
from app.indicators.models import Indicator
from app.indicators.rates import MISSING, Measure, Reading, add_up
from app.indicators.reading import read_scheme


@dataclass(frozen=True)
class EarlierReading:
    """What an indicator said of an area's surface in an older scheme; `parts` are the ids of the older areas."""

    scheme: AreaScheme
    indicator: Indicator
    day: date
    reading: Reading
    parts: tuple[int, ...]

    @property
    def shown(self) -> str:
        """„38,2“, „•“ for secret, „–“ for missing: without unit."""
        return shown(self.reading, self.indicator)


@dataclass(frozen=True)
class GroupReading:
    """An indicator's reading for the areas of a group together, beside the whole town's at the same date."""

    indicator: Indicator
    day: date | None
    reading: Reading
    town: Reading

    @property
    def shown(self) -> str:
        """„38,2“, „•“ for secret, „–“ for missing: without unit."""
        return shown(self.reading, self.indicator)

    @property
    def town_shown(self) -> str:
        """The same for the whole town."""
        return shown(self.town, self.indicator)


def older_parts(area_id: int, parts: Mapping[int, Sequence[int]], tree: AreaTree) -> tuple[int, ...]:
    """The older areas an area consists of; empty when they cannot be told.

    `parts` are the comparable newer areas with their older ones, see `crosswalk.verdict_on`. An area without any of
    its own consists of those of the areas directly in it, when each of these can be told.
    """
    if area_id in parts:
        return tuple(parts[area_id])
    found = [older_parts(child, parts, tree) for child in tree.children.get(area_id, ())]
    return tuple(dict.fromkeys(part for one in found for part in one)) if found and all(found) else ()


def sum_of(part_ids: Sequence[int], readings: Mapping[int, Reading], measure: Measure) -> Reading:
    """The figure of some areas together. One area alone keeps its own, even if only a rate is known of it."""
    found = [readings.get(part, MISSING) for part in part_ids]
    return found[0] if len(found) == 1 else add_up(found, measure)


def earlier_readings(
    area: Area, indicators: Sequence[Indicator], *, day: date | None = None, tree: AreaTree | None = None
) -> list[EarlierReading]:
    """What was known of an area's surface in older schemes: every older scheme with a crosswalk, indicator and date.

    Newest scheme and date first, in the order of the indicators; `day` asks for one date alone. Nothing is returned
    where the area does not consist of whole older ones, or where the older scheme has no figure for it. Two
    statements without a crosswalk, four more for each older scheme. `area` comes with its scheme's id.
    """
    found: list[EarlierReading] = []
    older_schemes = areas.list_older_schemes(area.scheme_id)
    tree = tree or (areas.area_tree(area.scheme_id) if older_schemes else None)
    for scheme in older_schemes:
        parts = older_parts(area.id, verdict_on(areas.links_between(scheme.id, area.scheme_id)).parts, tree)
        if parts:
            found += _readings_of(scheme, parts, indicators, day)
    return found


def _readings_of(
    scheme: AreaScheme, parts: tuple[int, ...], indicators: Sequence[Indicator], day: date | None
) -> list[EarlierReading]:
    held = queries.dates_held(scheme.id)
    days = {one.id: [on for on in held.get(one.id, []) if day in (None, on)] for one in indicators}
    readings = read_scheme(scheme.id, areas.area_tree(scheme.id), indicators, days)
    return [
        EarlierReading(scheme, one, on, reading, parts)
        for one in indicators
        for on in days[one.id]
        if (reading := sum_of(parts, readings[one.id, on].by_area, measure_of(one))).known
    ]


def group_readings(
    group: AreaGroup, indicators: Sequence[Indicator], *, until: date | None = None, tree: AreaTree | None = None
) -> list[GroupReading]:
    """The latest figure of each indicator for a group's areas together, in the order given; at most 3 statements.

    `group` comes with its areas. The reading says why there is no sum; an indicator without any value has day None.
    """
    tree = tree or areas.area_tree(group.scheme_id)
    held = queries.dates_held(group.scheme_id)
    days = {one.id: [on for on in held.get(one.id, []) if until is None or on <= until][:1] for one in indicators}
    readings = read_scheme(group.scheme_id, tree, indicators, days)
    members = [area.id for area in group.areas]
    found = []
    for one in indicators:
        on = next(iter(days[one.id]), None)
        series = readings.get((one.id, on)) if on else None
        reading = sum_of(members, series.by_area, measure_of(one)) if series else MISSING
        found.append(GroupReading(one, on, reading, series.town if series else MISSING))
    return found
