"""GeoJSON in: one feature after the other, so that even a hostile file takes little memory."""

import json
import re
from collections.abc import Iterator

import numpy
import shapely

from app.areas.coordinates import Bounds, crs_of_code, unsupported
from app.areas.surfaces import UNUSABLE, Surface, outlines_for_display
from app.core.errors import RuleBroken
from app.core.typed import usable
from app.imports.sheets import Record, Sheet

MAX_AREAS = 20_000
MAX_POINTS = 1_000_000
MAX_POINTS_OF_ONE = 150_000
MAX_REST = 200_000  # characters beside the features
MOST_NOT_A_NUMBER = 1_000
MOST_OBJECTS = 10 * MAX_AREAS
UNREADABLE = "Die Datei ist kein lesbares GeoJSON."
NO_AREAS = "Die Datei enthält keine Gebiete."
TOO_MANY_POINTS = "Die Umrisse haben zu viele Punkte. Vereinfachen Sie sie oder teilen Sie die Datei auf."
BROKEN_OUTLINE = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    shapely.errors.ShapelyError,
)
FEATURES = re.compile(r'"features"\s*:\s*\[')
SPACE = re.compile(r"[\s,]*")


def read_geojson(text: str, *, near: Bounds | None = None) -> Sheet:
    """The features as a table: properties are the columns, outlines are WGS84 GeoJSON text.

    `near` are the bounds of outlines the municipality has already; see `coordinates.recognise`. Raises RuleBroken
    when the whole file is unusable; features that cannot be used carry a problem.
    """
    _refuse_masses(text)
    begin = FEATURES.search(text)
    if begin is None:
        raise _no_collection(text)
    properties: list[dict[str, str]] = []
    surfaces: list[Surface] = []
    end = begin.end()
    for feature, behind in _features(text, begin.end()):
        if len(surfaces) == MAX_AREAS:
            raise RuleBroken(f"Die Datei enthält mehr als {MAX_AREAS} Gebiete. Teilen Sie sie auf.")
        properties.append(_properties(feature))
        surfaces.append(_surface(feature.get("geometry")))
        end = behind
    declared = _crs(_document(text[: begin.end()], text[end:]))
    if not surfaces:
        raise RuleBroken(NO_AREAS)
    outlines, notes = outlines_for_display(surfaces, declared, near)
    columns = list(dict.fromkeys(key for cells in properties for key in cells))
    records = [
        Record(number, {column: cells.get(column, "") for column in columns}, outline.text, outline.problem)
        for number, (cells, outline) in enumerate(zip(properties, outlines, strict=True), start=1)
    ]
    return Sheet(columns, records, notes=tuple(notes))


def _refuse_masses(text: str) -> None:
    """Refuse what would take too much memory before anything of it is read.

    Every point is a list. A feature lies between its neighbours' type, so that no stretch may hold too many.
    """
    if text.count("[") > MAX_POINTS:
        raise RuleBroken(TOO_MANY_POINTS)
    if text.count("{") > MOST_OBJECTS:
        raise RuleBroken(
            f"Die Datei enthält mehr als {MAX_AREAS} Gebiete oder verschachtelte Angaben. Teilen Sie sie auf."
        )
    if text.count("NaN") + text.count("Infinity") > MOST_NOT_A_NUMBER:
        raise RuleBroken("Die Umrisse enthalten viele unbrauchbare Koordinaten (NaN). Exportieren Sie die Datei neu.")
    begin = 0
    for stop in [*(found.start() for found in re.finditer('"Feature"', text)), len(text)]:
        points, values = text.count("[", begin, stop), text.count(",", begin, stop)
        if points > MAX_POINTS_OF_ONE or values > 3 * MAX_POINTS_OF_ONE:
            raise RuleBroken(TOO_MANY_POINTS)
        begin = stop


def _features(text: str, position: int) -> Iterator[tuple[dict, int]]:
    """Each feature with the position behind it. Raises RuleBroken for what is no feature."""
    decoder = json.JSONDecoder()
    while True:
        position = SPACE.match(text, position).end()
        if text[position : position + 1] == "]":
            return
        try:
            feature, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            raise RuleBroken(UNREADABLE) from error
        if not isinstance(feature, dict):
            raise RuleBroken(NO_AREAS)
        yield feature, position


def _document(before: str, after: str) -> dict:
    """What stands around the features."""
    if len(before) + len(after) > MAX_REST:
        raise RuleBroken("Neben den Gebieten steht zu viel in der Datei. Exportieren Sie nur die Gebiete.")
    try:
        document = json.loads(before + SPACE.sub("", after, count=1))
    except (ValueError, RecursionError) as error:
        raise RuleBroken(UNREADABLE) from error
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection" or document.get("features") != []:
        raise _no_collection("")
    return document


def _no_collection(text: str) -> RuleBroken:
    try:
        json.loads(text[:MAX_REST] or "{}")
    except (ValueError, RecursionError):
        return RuleBroken(UNREADABLE)
    return RuleBroken("Die Datei enthält keine Sammlung von Gebieten (FeatureCollection).")


def _crs(document: dict) -> int | None:
    """What the file declares; None when it says nothing (then WGS84 is meant)."""
    member = document.get("crs")
    if member is None:
        return None
    properties = member.get("properties") if isinstance(member, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if name.upper().endswith("CRS84"):
        return 4326
    number = re.search(r"(\d{1,9})$", name)
    code = crs_of_code(int(number[1])) if number else None
    if code is None:
        raise unsupported(name)
    return code


def _properties(feature: dict) -> dict[str, str]:
    properties = feature.get("properties")
    if not isinstance(properties, dict):
        return {}
    return {usable(key).strip(): _cell(value) for key, value in properties.items()}


def _cell(value) -> str:
    """A property as text; JSON can name characters no database takes, and lists nobody means as a cell."""
    return "" if value is None or isinstance(value, dict | list) else usable(str(value)).strip()


def _surface(geometry) -> Surface:
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return Surface(None, "Das Gebiet ist keine Fläche (Polygon oder MultiPolygon).")
    coordinates = geometry.get("coordinates")
    try:
        return _of_rings([coordinates] if geometry["type"] == "Polygon" else coordinates)
    except BROKEN_OUTLINE:
        return Surface(None, "Der Umriss ist beschädigt.")


def _of_rings(polygons: list) -> Surface:
    parts = [[numpy.asarray(ring, dtype=float)[:, :2] for ring in rings] for rings in polygons]
    if not all(numpy.isfinite(ring).all() for rings in parts for ring in rings):
        return Surface(None, UNUSABLE)
    made = [shapely.polygons(rings[0], [shapely.linearrings(hole) for hole in rings[1:]] or None) for rings in parts]
    return Surface(made[0] if len(made) == 1 else shapely.multipolygons(made))
