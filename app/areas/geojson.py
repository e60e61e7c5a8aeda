"""GeoJSON in, outlines for display out: WGS84, shared borders kept, small enough for a page."""

import json
import math
import re

import numpy
import shapely
from pyproj import Transformer
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from app.core.errors import RuleBroken
from app.core.typed import usable
from app.imports.sheets import Record, Sheet

KNOWN_CRS = (25832, 25833, 4326, 3857)
METRES = 25832
GRID_DEGREES = 1e-5  # about a metre
TOLERANCE_METRES = 12.0
MAX_AREAS = 20_000
MAX_POINTS = 1_000_000
MOST_WINDING = 100  # outline by diagonal; only a scribble has more, and repairing it would take minutes
BROKEN_OUTLINE = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    shapely.errors.ShapelyError,
)
NO_SURFACE = "Das Gebiet hat keine Fläche oder liegt nicht in Deutschland. Prüfen Sie das Koordinatensystem."
GERMANY = (5.5, 47.0, 15.5, 55.5)  # west, south, east, north, with some margin


def read_geojson(text: str) -> Sheet:
    """The features as a table: properties are the columns, outlines are WGS84 GeoJSON text.

    Raises RuleBroken when the whole file is unusable; features that cannot be used carry a problem.
    """
    document = _document(text)
    transformer = Transformer.from_crs(_crs(document), METRES, always_xy=True)
    features = document["features"]
    shapes = [_shape(feature, transformer) for feature in features]
    outlines = _outlines([found for found, _ in shapes])
    columns = list(dict.fromkeys(key for feature in features for key in _properties(feature)))
    records = [
        Record(number, _cells(feature, columns), outline, problem or (None if outline else NO_SURFACE))
        for number, (feature, (_, problem), outline) in enumerate(zip(features, shapes, outlines, strict=True), start=1)
    ]
    return Sheet(columns, records)


def _document(text: str) -> dict:
    if text.count("[") > MAX_POINTS:  # every point is a list
        raise RuleBroken("Die Umrisse haben zu viele Punkte. Vereinfachen Sie sie oder teilen Sie die Datei auf.")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RuleBroken("Die Datei ist kein lesbares GeoJSON.") from error
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise RuleBroken("Die Datei enthält keine Sammlung von Gebieten (FeatureCollection).")
    features = document.get("features")
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features) or not features:
        raise RuleBroken("Die Datei enthält keine Gebiete.")
    if len(features) > MAX_AREAS:
        raise RuleBroken(f"Die Datei enthält mehr als {MAX_AREAS} Gebiete. Teilen Sie sie auf.")
    return document


def _crs(document: dict) -> int:
    member = document.get("crs")
    if member is None:
        return 4326
    properties = member.get("properties") if isinstance(member, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if name.upper().endswith("CRS84"):
        return 4326
    number = re.search(r"(\d+)$", name)
    if number is None or int(number[1]) not in KNOWN_CRS:
        known = ", ".join(f"EPSG:{code}" for code in KNOWN_CRS)
        raise RuleBroken(f"Das Koordinatensystem „{name}“ wird nicht unterstützt. Möglich sind {known}.")
    return int(number[1])


def _properties(feature: dict) -> dict:
    properties = feature.get("properties")
    return {usable(key).strip(): value for key, value in properties.items()} if isinstance(properties, dict) else {}


def _cells(feature: dict, columns: list[str]) -> dict[str, str]:
    properties = _properties(feature)
    return {column: _cell(properties.get(column)) for column in columns}


def _cell(value) -> str:
    """A property as text; JSON can name characters no database takes, and lists nobody means as a cell."""
    return "" if value is None or isinstance(value, dict | list) else usable(str(value)).strip()


def _shape(feature: dict, transformer: Transformer) -> tuple[BaseGeometry | None, str | None]:
    """The area's surface in metres, or why there is none."""
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return None, "Das Gebiet ist keine Fläche (Polygon oder MultiPolygon)."
    try:
        found = shape(geometry)
    except BROKEN_OUTLINE:
        return None, "Der Umriss ist beschädigt."
    points = shapely.get_coordinates(found)
    if not len(points) or not numpy.isfinite(points).all():
        return None, "Der Umriss enthält unbrauchbare Koordinaten."
    metres = shapely.transform(found, lambda xy: numpy.column_stack(transformer.transform(xy[:, 0], xy[:, 1])))
    if not numpy.isfinite(shapely.get_coordinates(metres)).all():
        return None, "Die Koordinaten passen nicht zum angegebenen Koordinatensystem."
    west, south, east, north = metres.bounds
    if metres.length > MOST_WINDING * math.hypot(east - west, north - south):
        return None, "Der Umriss läuft kreuz und quer."
    return _surface(shapely.make_valid(metres)), None


def _surface(geometry: BaseGeometry) -> BaseGeometry | None:
    """Only what has an area: lines and points that repairing left over are dropped."""
    parts = [part for part in shapely.get_parts(shapely.get_parts(geometry)) if part.geom_type == "Polygon"]
    return shapely.union_all(parts) if parts else None


def _outlines(surfaces: list[BaseGeometry | None]) -> list[str | None]:
    """Simplified outlines as text; neighbours keep one border where the file draws them without gaps."""
    present = [surface for surface in surfaces if surface is not None]
    if present and shapely.coverage_is_valid(present):
        simple = iter(shapely.coverage_simplify(present, TOLERANCE_METRES))
    else:
        simple = iter([shapely.simplify(surface, TOLERANCE_METRES) for surface in present])
    back = Transformer.from_crs(METRES, 4326, always_xy=True)
    return [None if surface is None else _text(next(simple), back) for surface in surfaces]


def _text(surface: BaseGeometry, back: Transformer) -> str | None:
    degrees = shapely.transform(surface, lambda xy: numpy.column_stack(back.transform(xy[:, 0], xy[:, 1])))
    rounded = _surface(shapely.set_precision(shapely.make_valid(degrees), GRID_DEGREES))
    if rounded is None or rounded.is_empty or not _in_germany(rounded.bounds):
        return None
    return json.dumps(_rounded(json.loads(shapely.to_geojson(rounded))), separators=(",", ":"))


def _in_germany(bounds: tuple[float, ...]) -> bool:
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
