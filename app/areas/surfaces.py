"""Shapes as files hold them become outlines for display: WGS84, shared borders kept, small enough for a page."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy
import shapely
from shapely.geometry.base import BaseGeometry

from app.areas.coordinates import GERMANY, WGS84, Bounds, Recognised, between, recognise

METRES = 25832
GRID_DEGREES = 1e-5  # about a metre
TOLERANCE_METRES = 12.0
MOST_WINDING = 100  # outline by diagonal; only a scribble has more
MOST_CROSSINGS = 10_000  # of outlines with themselves in one file; repairing more would take minutes
SAMPLED = 200  # sides or areas looked at where looking at all would take too long
MOST_NEIGHBOURS = 40  # whose boxes meet on average; areas that divide a town have about eight
NO_SURFACE = "Das Gebiet hat keine Fläche oder liegt nicht in Deutschland. Prüfen Sie das Koordinatensystem."
UNUSABLE = "Der Umriss enthält unbrauchbare Koordinaten."
NOT_FITTING = "Die Koordinaten passen nicht zum angegebenen Koordinatensystem."
SCRIBBLE = "Der Umriss läuft kreuz und quer."


@dataclass(frozen=True)
class Surface:
    """A shape in file coordinates, or the problem why there is none."""

    shape: BaseGeometry | None
    problem: str | None = None


@dataclass(frozen=True)
class Outline:
    """GeoJSON text in WGS84, or the problem why there is none."""

    text: str | None
    problem: str | None = None


def outlines_for_display(
    surfaces: Sequence[Surface], declared: int | None, near: Bounds | None = None
) -> tuple[list[Outline], list[str]]:
    """An outline for every surface, in order, and what was odd about the coordinate system.

    Neighbours keep one border where the file draws them without gaps. Raises RuleBroken when no coordinate system
    fits; see `coordinates.recognise`.
    """
    problems = [one.problem or _unusable(one.shape) for one in surfaces]
    good = [number for number, problem in enumerate(problems) if problem is None]
    shapes = numpy.array([surfaces[number].shape for number in good], dtype=object)
    if not good:
        return [Outline(None, problem) for problem in problems], []
    found = recognise(_centres(shapes), declared, near)
    metres = _projected(shapes, found)
    crossings = 0.0
    for place, number in enumerate(good):
        problems[number] = _misplaced(metres[place])
        if problems[number] is None and not metres[place].is_valid:
            crossings += _crossings(metres[place]) if crossings <= MOST_CROSSINGS else 0
            problems[number] = SCRIBBLE if crossings > MOST_CROSSINGS else None
    kept = [place for place, number in enumerate(good) if problems[number] is None]
    texts = dict(zip((good[place] for place in kept), _texts(metres[kept]), strict=True))
    outlines = [
        Outline(texts.get(number), problem or (None if texts.get(number) else NO_SURFACE))
        for number, problem in enumerate(problems)
    ]
    return outlines, [found.note] if found.note else []


def _unusable(shape: BaseGeometry | None) -> str | None:
    points = shapely.get_coordinates(shape)
    return None if len(points) and numpy.isfinite(points).all() else UNUSABLE


def _centres(shapes: numpy.ndarray) -> numpy.ndarray:
    bounds = shapely.bounds(shapes)
    return (bounds[:, :2] + bounds[:, 2:]) / 2


def _projected(shapes: numpy.ndarray, found: Recognised) -> numpy.ndarray:
    transformer = between(found.crs, METRES)

    def project(points: numpy.ndarray) -> numpy.ndarray:
        x, y = (points[:, 1], points[:, 0]) if found.swapped else (points[:, 0], points[:, 1])
        return numpy.column_stack(transformer.transform(x, y))

    return shapely.transform(shapes, project)


def _misplaced(metres: BaseGeometry) -> str | None:
    west, south, east, north = metres.bounds
    if not all(map(math.isfinite, (west, south, east, north))):
        return NOT_FITTING
    if metres.length > MOST_WINDING * math.hypot(east - west, north - south):
        return SCRIBBLE
    return None


def _crossings(metres: BaseGeometry) -> float:
    """About how often an outline crosses itself, from a sample of its sides."""
    points = shapely.get_coordinates(metres)
    sides = shapely.linestrings(numpy.stack([points[:-1], points[1:]], axis=1))
    sample = sides[:: max(len(sides) // SAMPLED, 1)]
    pairs = shapely.STRtree(sides).query(sample, predicate="crosses").shape[1]
    return pairs / len(sample) * len(sides) / 2


def _texts(metres: numpy.ndarray) -> list[str | None]:
    surfaces = [_only_surface(shape) for shape in _repaired(metres)]
    present = [surface for surface in surfaces if surface is not None]
    if present and not _piled_up(present) and shapely.coverage_is_valid(present):
        simple = shapely.coverage_simplify(present, TOLERANCE_METRES)
    else:
        simple = shapely.simplify(present, TOLERANCE_METRES)
    back = between(METRES, WGS84)
    degrees = shapely.transform(simple, lambda xy: numpy.column_stack(back.transform(xy[:, 0], xy[:, 1])))
    texts = iter([_text(shape) for shape in _repaired(degrees)])
    return [None if surface is None else next(texts) for surface in surfaces]


def _piled_up(surfaces: Sequence[BaseGeometry]) -> bool:
    """Whether so many areas lie on each other that they divide nothing, and asking exactly would take minutes."""
    sample = surfaces[:: max(len(surfaces) // SAMPLED, 1)]
    return shapely.STRtree(surfaces).query(sample).shape[1] > MOST_NEIGHBOURS * len(sample)


def _repaired(shapes: numpy.ndarray) -> numpy.ndarray:
    return shapely.make_valid(shapes, method="structure", keep_collapsed=False)


def _only_surface(geometry: BaseGeometry) -> BaseGeometry | None:
    """Only what has an area: lines and points that repairing left over are dropped."""
    parts = [part for part in shapely.get_parts(shapely.get_parts(geometry)) if part.geom_type == "Polygon"]
    if not parts:
        return None
    return geometry if geometry.geom_type in ("Polygon", "MultiPolygon") else shapely.union_all(parts)


def _text(degrees: BaseGeometry) -> str | None:
    rounded = _only_surface(shapely.set_precision(degrees, GRID_DEGREES))
    if rounded is None or rounded.is_empty or not _in_germany(rounded.bounds):
        return None
    return json.dumps(_rounded(json.loads(shapely.to_geojson(rounded))), separators=(",", ":"))


def _in_germany(bounds: Bounds) -> bool:
    west, south, east, north = GERMANY
    return (
        all(map(math.isfinite, bounds))
        and west <= bounds[0] <= bounds[2] <= east
        and south <= bounds[1] <= bounds[3] <= north
    )


def _rounded(value):
    if isinstance(value, float):
        return round(value, 5)
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    return {key: _rounded(one) for key, one in value.items()} if isinstance(value, dict) else value
