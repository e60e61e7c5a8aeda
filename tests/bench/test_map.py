"""Speed and size of a map (542 areas: < 300 ms, < 150 KB compressed), beside bare GeoJSON of the same outlines."""

import gzip
import itertools
import json
import statistics
import time
from collections.abc import Callable

import numpy
import pytest
import shapely

from app.areas.geojson import read_geojson
from app.areas.map_svg import MapArea, choropleth
from tests.areas.berlin import BERLIN, needs_berlin

pytestmark = pytest.mark.bench
WIGGLES = 40  # points added to each side of a cell


def believable_town(count: int = 542, seed: int = 7) -> list[str]:
    """GeoJSON outlines of a town of cells with winding borders that neighbours share point by point."""
    random = numpy.random.default_rng(seed)
    sites = shapely.points(random.normal((13.4, 52.5), (0.15, 0.09), (count, 2)))
    around = shapely.buffer(shapely.multipoints(sites), 0.02)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(sites), extend_to=around))
    cells = shapely.set_precision(shapely.intersection(cells, around), 1e-6)
    winding: dict[tuple, numpy.ndarray] = {}

    def side(a: tuple, b: tuple) -> numpy.ndarray:
        """The border from a to b, the same for both neighbours."""
        begin, end = sorted((a, b))
        if (begin, end) not in winding:
            along = numpy.linspace(0, 1, WIGGLES + 2)[:-1, None]
            straight = numpy.array(begin) * (1 - along) + numpy.array(end) * along
            height = 0.04 * numpy.hypot(*(numpy.array(end) - begin))
            wave = numpy.cumsum(random.normal(0, height / 6, (WIGGLES + 1, 2)), axis=0) * numpy.sin(numpy.pi * along)
            winding[begin, end] = straight + wave
        points = winding[begin, end]
        return points if a == begin else numpy.vstack([[a], points[:0:-1]])

    outlines = []
    for cell in shapely.get_parts(cells):
        ring = [tuple(point) for point in cell.exterior.coords]
        points = numpy.vstack([side(a, b) for a, b in itertools.pairwise(ring)])
        outlines.append(shapely.to_geojson(shapely.polygons(points)))
    return outlines


def seconds(act: Callable, times: int = 7) -> float:
    """The median of some runs."""
    found = []
    for _number in range(times):
        begin = time.perf_counter()
        act()
        found.append(time.perf_counter() - begin)
    return statistics.median(found)


def show(name: str, outlines: list[str]) -> None:
    """Draw and print one line of figures."""
    areas = [
        MapArea(
            f"{number:08}", f"Planungsraum {number}", outline, number % 5 + 1, "mittel (0,12)", f"/daten/?g={number}"
        )
        for number, outline in enumerate(outlines)
    ]

    def draw() -> str:
        return choropleth(areas, key="karte", title="Sozialindex", description="Text")

    shapes = shapely.from_geojson(outlines)
    ours, bare = seconds(draw), seconds(lambda: shapely.to_geojson(shapes))
    svg = draw().encode()
    points = int(shapely.get_num_coordinates(shapes).sum())
    print(  # noqa: T201 -- a benchmark prints
        f"\n{name}: {len(areas)} areas, {points} points, {ours * 1000:.0f} ms, {len(gzip.compress(svg)) / 1024:.0f} KB "
        f"compressed ({len(svg) / 1024:.0f} KB), {ours / bare:.1f} × shapely.to_geojson ({bare * 1000:.0f} ms)"
    )
    assert svg.count(b"<title>") == len(areas)


def stored(outlines: list[str]) -> list[str]:
    """The outlines as they are kept after an import."""
    features = [{"type": "Feature", "properties": {}, "geometry": json.loads(outline)} for outline in outlines]
    sheet = read_geojson(json.dumps({"type": "FeatureCollection", "features": features}))
    return [record.geometry for record in sheet.records if record.geometry]


def test_the_map_of_542_areas():
    town = believable_town()

    show("Karte, 542 Gebiete wie gespeichert", stored(town))
    show("Karte, 542 Gebiete unvereinfacht", town)


@needs_berlin
def test_the_map_of_berlin():
    sheet = read_geojson((BERLIN / "lor_prognoseraeume_2021.geojson").read_text("utf-8"))

    show("Karte, Berlin", [record.geometry for record in sheet.records])
