"""Zipped Shapefiles in: only the members needed are opened, and none before its size is known."""

import codecs
import io
import struct
import zipfile
import zlib
from datetime import date
from pathlib import PurePosixPath

import shapefile
import shapely
from shapely.geometry import shape

from app.areas.coordinates import Bounds, crs_of_wkt
from app.areas.geojson import BROKEN_OUTLINE, MAX_AREAS, MAX_POINTS, MAX_POINTS_OF_ONE, TOO_MANY_POINTS
from app.areas.surfaces import Surface, outlines_for_display
from app.core.errors import RuleBroken
from app.core.typed import usable
from app.imports.sheets import Record, Sheet

MAX_MEMBERS = 500
MAX_UNPACKED = 50 * 1024 * 1024
BYTES_OF_POINT = 16
MAX_SHAPES_BYTES = 100 + MAX_POINTS * BYTES_OF_POINT
MAX_TABLE_BYTES = 20 * 1024 * 1024
MAX_SMALL_BYTES = 10_000
ENCODINGS = {"utf-8", "cp1252", "iso8859-1", "iso8859-15", "cp850", "cp437", "ascii"}
BROKEN = (
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
    shapefile.ShapefileException,
    EOFError,
    OSError,
    *BROKEN_OUTLINE,
)
DAMAGED = "Die Shapefile ist beschädigt. Exportieren Sie sie noch einmal und packen Sie alle Teile in die ZIP-Datei."
NO_SURFACE = "Das Gebiet ist keine Fläche (Polygon)."


def looks_like_zip(content: bytes) -> bool:
    """Whether a file begins as ZIP files do."""
    return content.startswith(b"PK\x03\x04")


def read_shapefile(content: bytes, *, near: Bounds | None = None) -> Sheet:
    """The records of the Shapefile in a ZIP file as a table, with outlines in WGS84; shaped like `read_geojson`.

    `near` are the bounds of outlines the municipality has already. Raises RuleBroken for anything that is no single
    Shapefile of reasonable size; records whose shape is no surface carry a problem.
    """
    try:
        with _opened(content) as archive:
            parts = _parts(archive)
            shapes = _unpacked(archive, parts[".shp"], MAX_SHAPES_BYTES, TOO_MANY_POINTS)
            table = _unpacked(archive, parts[".dbf"], MAX_TABLE_BYTES, "Die Tabelle (.dbf) ist zu groß.")
            projection = _small_text(archive, parts.get(".prj"))
            encoding = _small_text(archive, parts.get(".cpg"))
        _refuse_masses(shapes, table)
        columns, rows, surfaces = _read(shapes, table, encoding)
    except RuleBroken:
        raise
    except (*BROKEN, NotImplementedError, RuntimeError) as error:  # the last two: encrypted or packed in a strange way
        raise RuleBroken(DAMAGED) from error
    if not surfaces:
        raise RuleBroken("Die Datei enthält keine Gebiete.")
    outlines, notes = outlines_for_display(surfaces, crs_of_wkt(projection) if projection else None, near)
    records = [
        Record(number, cells, outline.text, outline.problem)
        for number, (cells, outline) in enumerate(zip(rows, outlines, strict=True), start=1)
    ]
    return Sheet(columns, records, notes=tuple(notes))


def _opened(content: bytes) -> zipfile.ZipFile:
    if content.count(b"PK\x01\x02") > MAX_MEMBERS:  # counted first: opening reads the whole list of members
        raise RuleBroken("Die ZIP-Datei enthält zu viele Dateien. Packen Sie nur die Shapefile ein.")
    return zipfile.ZipFile(io.BytesIO(content))


def _parts(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The members of the one Shapefile by their ending; names only tell members apart, nothing is written."""
    found: dict[str, dict[str, zipfile.ZipInfo]] = {}
    for member in archive.infolist():
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if not path.name.startswith(".") and "__MACOSX" not in path.parts:
            found.setdefault(str(path.with_suffix("")).lower(), {})[path.suffix.lower()] = member
    layers = {name: parts for name, parts in found.items() if ".shp" in parts}
    if not layers:
        raise RuleBroken("In der ZIP-Datei ist keine Shapefile (.shp, .dbf, .prj).")
    if len(layers) > 1:
        names = ", ".join(PurePosixPath(name).name[:40] for name in sorted(layers)[:10])
        raise RuleBroken(f"In der ZIP-Datei sind mehrere Shapefiles: {names}. Packen Sie jede in eine eigene Datei.")
    (parts,) = layers.values()
    if ".dbf" not in parts:
        raise RuleBroken("In der ZIP-Datei fehlt die Tabelle der Shapefile (.dbf). Packen Sie alle Teile ein.")
    if sum(parts[ending].file_size for ending in (".shp", ".dbf")) > MAX_UNPACKED:
        raise RuleBroken("Ausgepackt ist die Datei größer als 50 MB. Vereinfachen Sie die Umrisse.")
    return parts


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int, reason: str) -> bytes:
    if member.file_size > most:
        raise RuleBroken(reason)
    with archive.open(member) as file:
        return file.read(most + 1)[:most]


def _small_text(archive: zipfile.ZipFile, member: zipfile.ZipInfo | None) -> str:
    if member is None or member.file_size > MAX_SMALL_BYTES:
        return ""
    return usable(_unpacked(archive, member, MAX_SMALL_BYTES, "").decode("utf-8", "replace")).strip()


def _refuse_masses(shapes: bytes, table: bytes) -> None:
    """Walk over the heads of the records: how many, and how large each one is."""
    if len(shapes) < 100 or 2 * struct.unpack_from(">i", shapes, 24)[0] != len(shapes):
        raise RuleBroken(DAMAGED)
    position, count = 100, 0
    while position + 8 <= len(shapes):
        length = 2 * struct.unpack_from(">i", shapes, position + 4)[0]
        if length < 0 or length > MAX_POINTS_OF_ONE * BYTES_OF_POINT:
            raise RuleBroken(TOO_MANY_POINTS if length > 0 else DAMAGED)
        position, count = position + 8 + length, count + 1
        if count > MAX_AREAS:
            raise RuleBroken(f"Die Datei enthält mehr als {MAX_AREAS} Gebiete. Teilen Sie sie auf.")
    if len(table) < 32 or struct.unpack_from("<I", table, 4)[0] != count:
        raise RuleBroken(
            "Tabelle und Umrisse der Shapefile haben nicht gleich viele Einträge. Exportieren Sie sie neu."
        )


def _read(shapes: bytes, table: bytes, encoding: str) -> tuple[list[str], list[dict[str, str]], list[Surface]]:
    for codec, errors in _encodings(encoding, table):
        try:
            with shapefile.Reader(
                shp=io.BytesIO(shapes), dbf=io.BytesIO(table), shx=None, encoding=codec, encodingErrors=errors
            ) as reader:
                names = [usable(field.name).strip() for field in reader.fields if field.name != "DeletionFlag"]
                rows = [dict(zip(names, map(_cell, record), strict=True)) for record in reader.iterRecords()]
                return names, rows, [_surface(one) for one in reader.iterShapes()]
        except (UnicodeDecodeError, shapefile.dbfFileException):
            continue
    raise RuleBroken(DAMAGED)


def _encodings(named: str, table: bytes) -> list[tuple[str, str]]:
    """What to try: the encoding the file names, UTF-8, and at last Windows-1252, which takes anything."""
    named = f"cp{named}" if named.isdecimal() else named.replace("ISO 8859", "ISO8859").replace("ANSI ", "cp")
    try:
        codec = codecs.lookup(named or {0x01: "cp437", 0x02: "cp850"}.get(table[29], "utf-8")).name
    except (LookupError, ValueError):
        codec = "utf-8"
    first = codec if codec in ENCODINGS else "utf-8"
    return [(first, "strict"), ("utf-8", "strict"), ("cp1252", "replace")]


def _cell(value) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return usable(value.isoformat() if isinstance(value, date) else str(value)).strip()


def _surface(one: shapefile.Shape) -> Surface:
    if one.shapeType not in (shapefile.POLYGON, shapefile.POLYGONZ, shapefile.POLYGONM):
        return Surface(None, NO_SURFACE)
    try:
        return Surface(shapely.force_2d(shape(one.__geo_interface__)))
    except BROKEN:
        return Surface(None, "Der Umriss ist beschädigt.")
