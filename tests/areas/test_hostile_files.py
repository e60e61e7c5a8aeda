"""Files that are broken on purpose end quickly in one clear sentence, never in a traceback."""

import json

import pytest

from app.areas.imports import read_file, read_sheet
from app.areas.rules import code_problem
from app.core.errors import RuleBroken
from app.imports.limits import MAX_BYTES

RING = [[7.0, 51.5], [7.01, 51.5], [7.01, 51.51], [7.0, 51.51], [7.0, 51.5]]


def geojson(geometry, **properties) -> bytes:
    """A file with one area."""
    feature = {"type": "Feature", "properties": {"code": "1", "name": "A", **properties}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def polygon(*points) -> dict:
    """An outline of one ring."""
    return {"type": "Polygon", "coordinates": [list(points)]}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "ein Bild"),
        (b"code,name\n" + b"1,a\n" * 1_100_000, "mehr als 20.000 Zeilen"),
        (b"code,name\r" + b"1,a\r" * 1_100_000, "mehr als 20.000 Zeilen"),
        (b";".join(b"c%d" % n for n in range(9000)) + b"\n1" * 1000, "zu viele Zellen"),
        (b'"' + b"x" * 1_000_000, "nicht als CSV"),
        (b'{"type": "FeatureCollection", "features": ' + b"[" * 100_000, "kein lesbares GeoJSON"),
        (b'{"type": "FeatureCollection", "features": [' + b"[7,51]," * 1_100_000 + b"]}", "zu viele Punkte"),
        (b'{"type": "FeatureCollection", "features": [' + b"{}," * 20_001 + b"{}]}", "mehr als 20000 Gebiete"),
    ],
    ids=["picture", "rows", "old line ends", "columns", "line", "nesting", "points", "areas"],
)
def test_files_of_impossible_size_or_kind_are_refused(content, reason):
    with pytest.raises(RuleBroken, match=reason) as refused:
        read_sheet(content)

    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": ["Polygon"], "coordinates": []},
        {"type": "Polygon", "coordinates": {"a": 1}},
        polygon(None),
        polygon([10**400, 1], [2, 3], [4, 5], [1, 1]),
        polygon([float("nan"), 51], [8, 51], [8, 52], [float("nan"), 51]),
        polygon(*[[7 + i * 7919 % 1000 / 5000, 51 + i * 104729 % 997 / 5000] for i in range(3000)]),
    ],
    ids=["type", "object", "nothing", "huge number", "no number", "scribble"],
)
def test_an_impossible_outline_is_refused_with_its_row(geometry):
    (record,) = read_sheet(geojson(geometry)).records

    assert record.problem
    assert record.geometry is None


def test_characters_no_database_takes_are_left_out_of_json_and_csv():
    (area,) = read_sheet(geojson(polygon(*RING), code="a\0b", name="M\ud800itte", **{"quelle\0": [1]})).records
    (row,) = read_sheet(b"code,name\n1\x0b,Mi\x1btte\n").records

    assert area.cells == {"code": "ab", "name": "Mitte", "quelle": ""}
    assert row.cells == {"code": "1", "name": "Mitte"}


def test_a_refusal_names_long_columns_shortly():
    sheet = read_sheet(b"code," + b"x" * 5000 + b"\n1,2\n")

    with pytest.raises(RuleBroken) as refused:
        sheet.require("name")

    assert len(str(refused.value)) < 200


def test_no_more_is_read_of_a_file_than_shows_that_it_is_too_large(tmp_path):
    file = tmp_path / "riesig.csv"
    with file.open("wb") as handle:
        handle.truncate(20 * MAX_BYTES)

    with pytest.raises(RuleBroken, match="10 MB"):
        read_file(file)


@pytest.mark.parametrize("code", [".", ".."])
def test_a_code_is_no_step_in_an_address(code):
    assert code_problem(code)
