"""Choropleth maps as SVG text: pure, no script, colours by class name, a pattern beside every colour.

The table of the same figures is the map's alternative; a map never carries a figure that the table does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy
import shapely
from markupsafe import Markup, escape
from shapely.geometry.base import BaseGeometry

WIDTH = 1000
MAX_HEIGHT = 1100
MARGIN = 6
MOST_LABELS = 60
STEPS = 5
TOLERANCE = 0.8  # of a picture unit: what nobody sees
PATTERNS = {
    1: "",
    2: '<circle cx="5" cy="5" r="1.3"/>',
    3: '<path d="M0 10L10 0"/>',
    4: '<path d="M0 10L10 0M0 0L10 10"/>',
    5: '<path d="M0 5H10M5 0V10M0 10L10 0"/>',
    0: '<path d="M0 0L10 10" stroke-dasharray="3 4"/>',
}


@dataclass(frozen=True)
class MapArea:
    """An area to draw. `step` is its class from 1 (light) to 5 (dark) or None; `says` is the class in words."""

    code: str
    name: str
    geometry: str | None
    step: int | None = None
    says: str = ""
    href: str | None = None
    marked: bool = False


def choropleth(areas: Sequence[MapArea], *, key: str, title: str, description: str) -> Markup:
    """The map, or nothing when no area has an outline. `key` makes ids unique on the page.

    Areas with `href` become links; then the map is a group of links instead of one picture.
    """
    drawn = [area for area in areas if area.geometry]
    if not drawn:
        return Markup("")
    shapes, height = _projected([area.geometry for area in drawn])
    linked = any(area.href for area in drawn)
    parts = [
        f'<svg class="tt-map" viewBox="0 0 {WIDTH} {height}" role="{"group" if linked else "img"}"'
        f' aria-labelledby="{key}-title" aria-describedby="{key}-desc">'
        f'<title id="{key}-title">{escape(title)}</title><desc id="{key}-desc">{escape(description)}</desc>',
        patterns(key),
    ]
    order = sorted(range(len(drawn)), key=lambda number: drawn[number].marked)
    paths = paths_data(shapes)
    parts += [_area(drawn[number], paths[number], key) for number in order]
    if len(drawn) <= MOST_LABELS:
        parts += [_label(area, shape) for area, shape in zip(drawn, shapes, strict=True)]
    return Markup("".join(parts) + "</svg>")  # noqa: S704 -- every text in it is escaped above


def swatch(step: int | None, key: str) -> Markup:
    """A small sample for the legend, with colour and pattern of a class; needs the map with `key` on the page."""
    return Markup(  # noqa: S704 -- numbers and our own key only
        f'<svg class="tt-map__swatch" viewBox="0 0 30 20" aria-hidden="true" focusable="false">'
        f'<rect class="tt-map__area tt-map__area--{step or 0}" width="30" height="20"/>'
        f'<rect width="30" height="20" fill="url(#{key}-p{step or 0})"/></svg>'
    )


def patterns(key: str) -> str:
    """The pattern definitions that areas and swatches refer to."""
    found = "".join(
        f'<pattern id="{key}-p{step}" class="tt-map__pattern" width="10" height="10"'
        f' patternUnits="userSpaceOnUse">{art}</pattern>'
        for step, art in PATTERNS.items()
    )
    return f"<defs>{found}</defs>"


def path_data(shape: BaseGeometry) -> str:
    """One outline as a compact path of whole numbers."""
    return paths_data(numpy.array([shape], dtype=object))[0]


def paths_data(shapes: numpy.ndarray) -> list[str]:
    """Each outline as a compact path of whole numbers; rings smaller than a dot are left out.

    All points are worked on at once: a map has hundreds of outlines, and one by one they take most of its time.
    """
    parts, shape_of_part = shapely.get_parts(shapes, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    points, ring_of = shapely.get_coordinates(rings, return_index=True)
    whole = numpy.rint(points).astype(int)
    begins = numpy.diff(ring_of, prepend=-1) != 0
    moved = begins | (numpy.diff(whole, axis=0, prepend=whole[:1]) != 0).any(axis=1)
    whole, ring_of = whole[moved], ring_of[moved]
    counts = numpy.bincount(ring_of, minlength=len(rings))
    ends = numpy.cumsum(counts)
    steps = numpy.diff(whole, axis=0, prepend=whole[:1]).tolist()
    said = [f"{x} {y}" for x, y in steps]
    paths = [""] * len(shapes)
    for ring in numpy.flatnonzero(counts >= 4).tolist():
        first, last = int(ends[ring] - counts[ring]), int(ends[ring]) - 1  # the last point is the first one again
        x, y = whole[first].tolist()
        paths[shape_of_part[part_of_ring[ring]]] += f"M{x} {y}l{' '.join(said[first + 1 : last])}z"
    return paths


def _projected(geometries: Sequence[str]) -> tuple[numpy.ndarray, int]:
    """Outlines in picture units, and the picture's height. North is up, distances are true at the middle latitude."""
    shapes = shapely.from_geojson(list(geometries))
    west, south, east, north = shapely.total_bounds(shapes)
    narrowing = float(numpy.cos(numpy.radians((south + north) / 2)))
    across, along = max((east - west) * narrowing, 1e-9), max(north - south, 1e-9)
    scale = min((WIDTH - 2 * MARGIN) / across, (MAX_HEIGHT - 2 * MARGIN) / along)
    indent = (WIDTH - across * scale) / 2

    def project(points: numpy.ndarray) -> numpy.ndarray:
        return numpy.column_stack(
            [(points[:, 0] - west) * narrowing * scale + indent, (north - points[:, 1]) * scale + MARGIN]
        )

    projected = shapely.coverage_simplify(shapely.transform(shapes, project), TOLERANCE)
    return projected, round(along * scale) + 2 * MARGIN


def _area(area: MapArea, path: str, key: str) -> str:
    step = min(area.step or 0, STEPS)
    said = escape(f"{area.name} ({area.code})" + (f": {area.says}" if area.says else ""))
    marked = " is-marked" if area.marked else ""
    overlay = "" if step == 1 else f'<path class="tt-map__hatch" d="{path}" fill="url(#{key}-p{step})"/>'
    body = f'<title>{said}</title><path class="tt-map__area tt-map__area--{step}{marked}" d="{path}"/>{overlay}'
    if area.href:
        return f'<a class="tt-map__link" href="{escape(area.href)}" aria-label="{said}">{body}</a>'
    return f"<g>{body}</g>"


def _label(area: MapArea, shape) -> str:
    centre = shapely.get_point(shapely.maximum_inscribed_circle(shape, tolerance=4), 0)
    place = f'x="{centre.x:.0f}" y="{centre.y:.0f}"'
    return f'<text class="tt-map__label" {place} aria-hidden="true">{escape(area.code)}</text>'
