"""Outlines for maps: an area without one of its own is drawn as the union of the areas in it."""

from collections.abc import Iterable, Mapping

import shapely

from app.areas.tree import AreaTree


def extent_of(outlines: Iterable[str]) -> tuple[float, float, float, float] | None:
    """West, south, east and north of outlines in degrees; None without any."""
    shapes = shapely.from_geojson(list(outlines))
    return tuple(shapely.total_bounds(shapes).tolist()) if len(shapes) else None


def outlines_of(wanted: Iterable[int], own: Mapping[int, str | None], tree: AreaTree) -> dict[int, str]:
    """GeoJSON text of every wanted area that can be drawn; `own` are the stored outlines of the scheme."""
    found = {}
    for area_id in wanted:
        outline = own.get(area_id) or _union(area_id, own, tree)
        if outline:
            found[area_id] = outline
    return found


def _union(area_id: int, own: Mapping[int, str | None], tree: AreaTree) -> str | None:
    parts = [own[inner] for inner in tree.below(area_id)[1:] if own.get(inner)]
    if not parts:
        return None
    return shapely.to_geojson(shapely.union_all(shapely.make_valid(shapely.from_geojson(parts))))
