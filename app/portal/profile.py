"""Areas for readers: the map of the town, and the profile of one area."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts.models import Municipality
from app.areas import queries as areas
from app.areas.models import Area, AreaLevel
from app.areas.tree import AreaTree, tree_of
from app.core.errors import NotFound
from app.indicators import queries as indicators
from app.indicators.figures import Figure
from app.indicators.reading import IndexResult, compute_index, figures_for_areas, find_index_of_level
from app.indicators.social_index import AreaVerdict
from app.portal.rules import Compared, StandOut, stand_outs


@dataclass(frozen=True)
class Atlas:
    """The current scheme: its areas coarsest level first, and the index of each level that has one."""

    areas: list[Area]
    tree: AreaTree
    indexes: dict[int, IndexResult]

    @property
    def levels(self) -> list[AreaLevel]:
        """The levels, coarsest first."""
        return list({area.level_id: area.level for area in self.areas}.values())

    def get_area(self, code: str) -> Area:
        """The area with a code, on the finest level that uses it; raises NotFound."""
        found = [area for area in self.areas if area.code == code]
        if not found:
            raise NotFound(code)
        return found[-1]

    def on_level(self, level_id: int) -> list[Area]:
        """The areas of a level by code."""
        return [area for area in self.areas if area.level_id == level_id]

    def under(self, area_id: int) -> list[Area]:
        """The areas directly below one."""
        children = set(self.tree.children.get(area_id, []))
        return [area for area in self.areas if area.id in children]

    def related(self, area_id: int) -> list[Area]:
        """The area, what it lies in and what lies in it."""
        ids = self.tree.related(area_id)
        return [area for area in self.areas if area.id in ids]

    def verdict(self, area: Area) -> AreaVerdict | None:
        """The index of an area, or the reason for none; None when its level has no index."""
        result = self.indexes.get(area.level_id)
        return result.verdicts.get(area.id) if result else None

    @property
    def index(self) -> IndexResult | None:
        """The index of the finest level that has one."""
        return next((self.indexes[level.id] for level in reversed(self.levels) if level.id in self.indexes), None)

    def level_to_draw(self, area: Area | None = None) -> AreaLevel | None:
        """The level a map shows: the area's own, else that of the index; where it has no outlines, a finer one."""
        level = area.level if area else self.index.index.level if self.index else next(iter(self.levels), None)
        outlined = [one for one in self.levels if any(place.geometry for place in self.on_level(one.id))]
        return next((one for one in outlined if level is None or one.rank >= level.rank), None)


def open_atlas(municipality: Municipality, *, with_geometry: bool = True) -> Atlas:
    """The current scheme with its indices; empty without a scheme."""
    scheme = areas.find_current_scheme(municipality)
    if scheme is None:
        return Atlas([], tree_of([]), {})
    found = areas.list_areas_of_scheme(scheme, with_geometry=with_geometry)
    tree = tree_of((area.id, area.parent_id, area.level.rank) for area in found)
    candidates = indicators.list_indexes_of_scheme(scheme)
    indexes = {}
    for level in {area.level_id: area.level for area in found}.values():
        index = find_index_of_level(candidates, level, None)
        if index is not None:
            on_level = [area for area in found if area.level_id == level.id]
            indexes[level.id] = compute_index(index, tree=tree, some_areas=on_level)
    return Atlas(found, tree, indexes)


@dataclass(frozen=True)
class Profile:
    """One area beside the town."""

    area: Area
    figures: list[Figure]
    stand_outs: list[tuple[Figure, StandOut]]


def draw_profile(municipality: Municipality, atlas: Atlas, area: Area) -> Profile:
    """All indicators of an area, and the three that stand out."""
    catalogue = indicators.list_indicators(municipality)
    level = atlas.on_level(area.level_id)
    by_area = figures_for_areas(level, catalogue, tree=atlas.tree)
    figures = by_area[area.id]
    columns = dict(zip((one.key for one in catalogue), zip(*by_area.values(), strict=True), strict=True))
    by_key = {figure.indicator.key: figure for figure in figures}
    found = stand_outs([_compared(figure, columns[figure.indicator.key]) for figure in figures if figure.is_rate])
    return Profile(area, figures, [(by_key[one.key], one) for one in found])


def _compared(figure: Figure, column: Sequence[Figure]) -> Compared:
    same_day = [other.value if other.reference_date == figure.reference_date else None for other in column]
    return Compared(figure.indicator.key, figure.value, figure.town_value, same_day, figure.indicator.polarity)
