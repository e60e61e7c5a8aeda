"""Zipped Shapefiles."""

import json
import struct

import pytest
import shapely

from app.areas.imports import read_sheet
from app.areas.shapefile import read_shapefile
from app.core.errors import RuleBroken
from app.extensions import db
from app.imports.reading import NO_HINTS
from tests import factories
from tests.areas.shapefiles import IN_25832, layer, prj, zipped

NEAR = (7.005, 51.503)


@pytest.mark.parametrize(
    ("encoding", "cpg"),
    [
        ("utf-8", b"UTF-8"),
        ("utf-8", None),
        ("cp1252", b"1252"),
        ("cp1252", None),
        ("cp1252", b"UTF-8"),
        ("cp850", b"850"),
    ],
)
def test_the_table_is_read_in_its_encoding(encoding, cpg):
    members = layer(encoding=encoding) | {".prj": prj(25832)} | ({".cpg": cpg} if cpg else {})

    sheet = read_shapefile(zipped(members))

    assert sheet.columns == ["CODE", "NAME", "EW"]
    assert [(one.number, one.cells) for one in sheet.records] == [(1, {"CODE": "01", "NAME": "Sülz", "EW": "1200"})]


@pytest.mark.parametrize(
    ("projection", "noted"), [(prj(25832), False), (b"", True), (b"Quatsch", True), (prj(4326), True)]
)
def test_the_projection_is_recognised_and_a_wrong_one_is_said(projection, noted):
    sheet = read_shapefile(zipped(layer() | {".prj": projection}))

    centre = shapely.from_geojson(sheet.records[0].geometry).centroid
    assert (centre.x, centre.y) == pytest.approx(NEAR, abs=0.01)
    assert bool(sheet.notes) is noted


def test_places_that_are_no_surface_carry_a_problem():
    point = [[361200, 5707200], [361200, 5707200], [361200, 5707200], [361200, 5707200]]

    problems = [one.problem for one in read_shapefile(zipped(layer(IN_25832, point) | {".prj": prj(25832)})).records]

    assert [bool(problem) for problem in problems] == [False, True]


def test_names_of_members_are_only_names():
    members = layer() | {".prj": prj(25832)}

    assert len(read_shapefile(zipped(members, "../../etc/gebiete")).records) == 1


def test_a_projection_nobody_here_knows_is_refused():
    with pytest.raises(RuleBroken, match="EPSG:31467"):
        read_shapefile(zipped(layer() | {".prj": prj(31467)}))


def huge(ending: str) -> dict[str, bytes]:
    """A layer of which one member would be 60 MB unpacked."""
    return layer() | {ending: bytes(60 * 1024 * 1024)}


def many_points() -> dict[str, bytes]:
    """A record that says it holds a million points."""
    members = layer()
    shp = bytearray(members[".shp"])
    struct.pack_into(">i", shp, 104, 8_000_000)
    return members | {".shp": bytes(shp)}


def two_records_too_few() -> dict[str, bytes]:
    """A table that says it holds more rows than there are shapes."""
    members = layer()
    dbf = bytearray(members[".dbf"])
    struct.pack_into("<I", dbf, 4, 4_000_000_000)
    return members | {".dbf": bytes(dbf)}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (zipped({".txt": b"Hallo"}), "keine Shapefile"),
        (zipped({".shp": layer()[".shp"]}), "dbf"),
        (zipped(huge(".shp")), "größer als 50 MB"),
        (zipped(huge(".dbf")), "größer als 50 MB"),
        (zipped(many_points()), "zu viele Punkte"),
        (zipped(two_records_too_few()), "gleich viele"),
        (zipped(layer() | {".shp": layer()[".shp"][:130]}), "beschädigt"),
        (zipped(layer() | {f"{number}.txt": b"" for number in range(600)}), "zu viele Dateien"),
        (zipped(layer() | {"-zwei.shp": b"", "-zwei.dbf": b""}), "mehrere Shapefiles: gebiete, gebiete-zwei"),
        (zipped(layer())[:-60], "beschädigt"),
        (b"PK\x03\x04" + bytes(100), "beschädigt"),
    ],
    ids=["no layer", "no table", "bomb", "table bomb", "points", "rows", "cut", "members", "two", "cut zip", "no zip"],
)
def test_broken_and_hostile_files_are_refused(content, reason):
    with pytest.raises(RuleBroken, match=reason):
        read_shapefile(content)


def test_a_layer_cut_anywhere_never_ends_in_a_traceback():
    members = layer(IN_25832, IN_25832) | {".prj": prj(25832)}

    for ending in (".shp", ".dbf"):
        for length in range(0, len(members[ending]), 7):
            content = zipped(members | {ending: members[ending][:length]})
            try:
                sheet = read_shapefile(content)
            except RuleBroken:
                continue
            assert sheet.records


def test_outlines_a_municipality_has_tell_utm_32_from_33(app):
    berlin = [[390000, 5820000], [390000, 5821000], [391000, 5821000], [391000, 5820000], [390000, 5820000]]
    content = zipped(layer(berlin))
    with app.app_context():
        home = factories.municipality()
        doubtful = read_sheet(content, NO_HINTS, home)
        factories.area(factories.scheme(home, "Bezirk")[0], "1", "Mitte", west=13.4).geometry = json.dumps(
            {"type": "Polygon", "coordinates": [[[13.3, 52.5], [13.4, 52.5], [13.4, 52.6], [13.3, 52.5]]]}
        )
        db.session.flush()

        known = read_sheet(content, NO_HINTS, home)

    assert "Prüfen Sie die Lage" in doubtful.notes[0]
    assert "UTM 33" in known.notes[0]
    assert shapely.from_geojson(known.records[0].geometry).centroid.x == pytest.approx(13.389, abs=0.01)
