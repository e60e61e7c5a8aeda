"""The areas of a scheme with their indices and maps, as profiles and the shop window need them."""

from dataclasses import dataclass, field

from flask_babel import gettext as _

from app.accounts.models import Municipality
from app.areas import queries as areas
from app.areas.map_svg import MapArea, choropleth
from app.areas.models import Area, AreaLevel
from app.areas.tree import AreaTree, tree_of
from app.core.errors import NotFound
from app.indicators import queries as indicators
from app.indicators.enums import IndexKind
from app.indicators.index_reading import IndexResult, compute_index, find_index_of_level, read_for
from app.indicators.maps import Address, DrawnMap, index_map
from app.indicators.models import SocialIndex
from app.indicators.reading import Readings
from app.indicators.social_index import AreaVerdict

Indexes = dict[int, IndexResult]


@dataclass(frozen=True)
class Atlas:
    """A scheme: its areas coarsest level first, and the indices of each level that has some, by level id."""

    areas: list[Area]
    tree: AreaTree
    indexes: Indexes
    dynamics: Indexes = field(default_factory=dict)

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

    def get_area_with_id(self, area_id: int) -> Area:
        """The area with an id; raises NotFound."""
        found = next((area for area in self.areas if area.id == area_id), None)
        if found is None:
            raise NotFound(area_id)
        return found

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


def open_atlas(municipality: Municipality, *, with_geometry: bool = True, internal: bool = False) -> Atlas:
    """The current scheme with its indices; empty without a scheme.

    Readers get an index only when all its indicators are open to them: its parts would give a closed one away.
    """
    scheme = areas.find_current_scheme(municipality)
    if scheme is None:
        return Atlas([], tree_of([]), {})
    found = areas.list_areas_of_scheme(scheme, with_geometry=with_geometry)
    tree = tree_of((area.id, area.parent_id, area.level.rank) for area in found)
    shown = [
        index
        for index in indicators.list_indexes_of_scheme(scheme)
        if internal or all(part.indicator.leaves_office for part in index.parts)
    ]
    chosen = [_of_levels(shown, kind, found) for kind in (IndexKind.STATUS, IndexKind.DYNAMICS)]
    everything = [index for indexes in chosen for index in indexes.values()]
    readings = read_for(everything, tree) if everything else {}
    return Atlas(found, tree, *(_computed(indexes, found, tree, readings) for indexes in chosen))


def _of_levels(indexes: list[SocialIndex], kind: IndexKind, found: list[Area]) -> dict[int, SocialIndex]:
    """The index of a kind that stands for each level, by level id."""
    levels = {area.level_id: area.level for area in found}.values()
    standing = {level.id: find_index_of_level(indexes, level, None, kind) for level in levels}
    return {level_id: index for level_id, index in standing.items() if index is not None}


def _computed(indexes: dict[int, SocialIndex], found: list[Area], tree: AreaTree, readings: Readings) -> Indexes:
    return {
        level_id: compute_index(
            index, tree=tree, some_areas=[area for area in found if area.level_id == level_id], readings=readings
        )
        for level_id, index in indexes.items()
    }


def draw_map(atlas: Atlas, here: Area | None = None, *, href: Address | None = None) -> DrawnMap | None:
    """The areas with the classes of their index where there is one, `here` marked; None without outlines."""
    level = atlas.level_to_draw(here)
    if level is None:
        return None
    marked = set(atlas.tree.below(here.id)) if here else set()
    shown = atlas.on_level(level.id)
    if level.id in atlas.indexes:
        outlines = {area.id: area.geometry for area in shown}
        return index_map(atlas.indexes[level.id], outlines, href=href, marked=marked)
    drawn = [
        MapArea(area.code, area.name, area.geometry, href=href(area) if href else None, marked=area.id in marked)
        for area in shown
    ]
    title = _("Die Räume: %(level)s", level=level.name)
    description = _("Jede Fläche führt zum Profil.") if href else title
    return DrawnMap(title, choropleth(drawn, key="karte", title=title, description=description), [])
