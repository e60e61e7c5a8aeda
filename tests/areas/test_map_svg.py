"""Maps as text."""

import json

from lxml import etree

from app.areas.map_svg import MapArea, choropleth


def square(west, size=0.01):
    ring = [[west, 51.5], [west + size, 51.5], [west + size, 51.51], [west, 51.51], [west, 51.5]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


def drawn(*areas):
    return etree.fromstring(choropleth(areas, key="k", title="Karte", description="Text"))


def test_a_map_says_what_it_is_and_is_one_picture_without_links():
    svg = drawn(MapArea("01", "Mitte", square(7), 1, "hoch"), MapArea("02", "Nord", square(7.01), 4, "niedrig"))

    assert svg.get("role") == "img"
    assert svg.find("title").text == "Karte"
    assert [g.find("title").text for g in svg.findall("g")] == ["Mitte (01): hoch", "Nord (02): niedrig"]
    assert len(svg.xpath("//path[@fill='url(#k-p4)']")) == 1
    assert [text.text for text in svg.findall("text")] == ["01", "02"]


def test_links_make_it_a_group_and_names_are_escaped():
    svg = drawn(MapArea("<1>", 'A & "B"', square(7), None, href="/daten/?gebiet=1&x=2"))

    assert svg.get("role") == "group"
    assert svg.find("a").get("href") == "/daten/?gebiet=1&x=2"
    assert svg.find("a").get("aria-label") == 'A & "B" (<1>)'


def test_areas_without_outline_are_left_out_and_none_gives_nothing():
    assert choropleth([MapArea("01", "Mitte", None)], key="k", title="t", description="d") == ""
    assert len(drawn(MapArea("01", "Mitte", square(7)), MapArea("02", "Nord", None)).findall("g")) == 1


def test_everything_lies_inside_the_picture():
    svg = drawn(MapArea("01", "Mitte", square(7)), MapArea("02", "Nord", square(7.5)))

    _, _, width, height = map(int, svg.get("viewBox").split())
    for path in svg.xpath("//path[starts-with(@class, 'tt-map__area')]"):
        x, y = (int(part) for part in path.get("d")[1:].split("l")[0].split())
        assert 0 <= x <= width
        assert 0 <= y <= height
