"""Outlines from files."""

import json
import re

import pytest
import shapely

from app.areas.geojson import read_geojson
from app.areas.outlines import outlines_of
from app.areas.tree import tree_of
from app.core.errors import RuleBroken
from tests.areas.berlin import BERLIN, needs_berlin

SQUARE = [[[7.0, 51.5], [7.01, 51.5], [7.01, 51.51], [7.0, 51.51], [7.0, 51.5]]]
NEIGHBOUR = [[[7.01, 51.5], [7.02, 51.5], [7.02, 51.51], [7.01, 51.51], [7.01, 51.5]]]
IN_25832 = [[[361200, 5707200], [361900, 5707200], [361900, 5708300], [361200, 5708300], [361200, 5707200]]]
IN_25833 = [[[390000, 5820000], [391000, 5820000], [391000, 5821000], [390000, 5821000], [390000, 5820000]]]
IN_3857 = [[[779236, 6710000], [780349, 6710000], [780349, 6711000], [779236, 6711000], [779236, 6710000]]]


def collection(*rings, crs=None, **properties) -> str:
    features = [
        {
            "type": "Feature",
            "properties": {"code": f"0{number}", "name": f"Gebiet {number}", **properties},
            "geometry": {"type": "Polygon", "coordinates": ring},
        }
        for number, ring in enumerate(rings, start=1)
    ]
    member = {"crs": {"type": "name", "properties": {"name": crs}}} if crs else {}
    return json.dumps({"type": "FeatureCollection", "features": features, **member})


@pytest.mark.parametrize(
    ("crs", "ring", "near"),
    [
        (None, SQUARE, (7.005, 51.505)),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", SQUARE, (7.005, 51.505)),
        ("EPSG:4326", SQUARE, (7.005, 51.505)),
        ("urn:ogc:def:crs:EPSG::25832", IN_25832, (7.005, 51.503)),
        ("urn:ogc:def:crs:EPSG::25833", IN_25833, (13.389, 52.525)),
        ("EPSG:3857", IN_3857, (7.005, 51.50)),
    ],
)
def test_coordinates_are_stored_in_wgs84(crs, ring, near):
    record = read_geojson(collection(ring, crs=crs)).records[0]

    centre = shapely.from_geojson(record.geometry).centroid
    assert record.problem is None
    assert (centre.x, centre.y) == pytest.approx(near, abs=0.01)


def test_neighbours_keep_one_border():
    first, second = (shapely.from_geojson(r.geometry) for r in read_geojson(collection(SQUARE, NEIGHBOUR)).records)

    assert first.intersection(second).length == pytest.approx(0.01, abs=1e-4)
    assert first.intersection(second).area == 0


def test_one_damaged_area_does_not_stop_the_others():
    broken = [[[7.0, 51.5], [7.1, None], [7.2, 51.6], [7.0, 51.5]]]

    problems = [record.problem for record in read_geojson(collection(SQUARE, broken, [], [[[0, 0]]])).records]

    assert problems[0] is None
    assert all(problems[1:])


@pytest.mark.parametrize(
    ("declared", "ring", "near", "says"),
    [
        ("EPSG:25832", SQUARE, (7.005, 51.505), "EPSG:4326"),
        (None, IN_25832, (7.005, 51.503), "kein Koordinatensystem"),
        ("EPSG:4326", IN_25832, (7.005, 51.503), "EPSG:25832"),
        ("EPSG:25832", IN_3857, (7.005, 51.50), "EPSG:3857"),
        (None, [[[y, x] for x, y in SQUARE[0]]], (7.005, 51.505), "umgekehrter Reihenfolge|Achsen getauscht"),
        ("EPSG:25832", [[[y, x] for x, y in IN_25832[0]]], (7.005, 51.503), "umgekehrter Reihenfolge"),
        (None, [[[32_000_000 + x, y] for x, y in IN_25832[0]]], (7.005, 51.503), "Zonennummer"),
    ],
    ids=["degrees as metres", "no crs", "metres as degrees", "web", "lat lon", "northing first", "zone prefix"],
)
def test_a_file_that_lies_about_its_crs_is_read_as_it_fits_and_says_so(declared, ring, near, says):
    sheet = read_geojson(collection(ring, crs=declared))

    centre = shapely.from_geojson(sheet.records[0].geometry).centroid
    assert (centre.x, centre.y) == pytest.approx(near, abs=0.01)
    assert re.search(says, sheet.notes[0])


def test_what_fits_has_no_notes():
    assert read_geojson(collection(SQUARE)).notes == ()
    assert read_geojson(collection(IN_25833, crs="EPSG:25833")).notes == ()


@needs_berlin
@pytest.mark.parametrize("claimed", ["EPSG::25832", "EPSG::4326", "EPSG::3857", "EPSG::25833"])
def test_berlin_with_a_lying_crs_lies_where_the_town_is_known_to_be(claimed):
    text = (BERLIN / "lor_prognoseraeume_2021.geojson").read_text("utf-8").replace("EPSG::25833", claimed)

    sheet = read_geojson(text, near=(13.0, 52.3, 13.8, 52.7))

    assert shapely.total_bounds(shapely.from_geojson([record.geometry for record in sheet.records])) == pytest.approx(
        (13.088, 52.338, 13.761, 52.675), abs=0.01
    )
    assert bool(sheet.notes) is (claimed != "EPSG::25833")


def test_a_town_elsewhere_does_not_move_what_is_declared():
    sheet = read_geojson(collection(IN_25833, crs="EPSG:25833"), near=(11.4, 48.0, 11.8, 48.3))

    assert shapely.from_geojson(sheet.records[0].geometry).centroid.x == pytest.approx(13.389, abs=0.01)


def test_files_from_elsewhere_are_refused_with_reason():
    africa = [[[18.4, -33.9], [18.5, -33.9], [18.5, -34.0], [18.4, -33.9]]]

    with pytest.raises(RuleBroken, match="Mit keinem bekannten Koordinatensystem"):
        read_geojson(collection(africa))


def test_one_area_elsewhere_does_not_stop_the_others():
    africa = [[[18.4, -33.9], [18.5, -33.9], [18.5, -34.0], [18.4, -33.9]]]

    problems = [record.problem for record in read_geojson(collection(SQUARE, NEIGHBOUR, africa)).records]

    assert problems[:2] == [None, None]
    assert "nicht in Deutschland" in problems[2]


def test_an_outline_that_crosses_itself_is_repaired():
    bow = [[[7.0, 51.5], [7.01, 51.51], [7.01, 51.5], [7.0, 51.51], [7.0, 51.5]]]

    (record,) = read_geojson(collection(bow)).records

    outline = shapely.from_geojson(record.geometry)
    assert (record.problem, outline.is_valid) == (None, True)
    assert outline.area == pytest.approx(0.00005, rel=0.02)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"type":"FeatureCollection","features":[]}',
        '{"type":"FeatureCollection","features":[1]}',
        collection(SQUARE, crs="EPSG:31467"),
        "[" * 100_000,
    ],
)
def test_files_that_are_no_areas_are_refused(text):
    with pytest.raises(RuleBroken):
        read_geojson(text)


def test_an_area_without_outline_is_drawn_from_its_parts():
    first, second = (record.geometry for record in read_geojson(collection(SQUARE, NEIGHBOUR)).records)
    tree = tree_of([(1, None, 0), (2, None, 0), (11, 1, 1), (12, 1, 1)])

    found = outlines_of([1, 2], {11: first, 12: second}, tree)

    assert set(found) == {1}
    assert shapely.from_geojson(found[1]).area == pytest.approx(0.0002, rel=0.02)
