"""Outlines made to exhaust a server end within a second, take little memory and say why."""

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import random, sys, time, tracemalloc
import shapely, app.areas.geojson as reader
from app.core.errors import RuleBroken

def file(points, times=1, crs="EPSG:25832"):
    one = '{"type":"Feature","properties":{"code":"1"},"geometry":{"type":"Polygon","coordinates":[[%s]]}}' % points
    head = '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"' + crs + '"}},"features":['
    return head + ",".join([one] * times) + "]}"

def scribble(clusters, each):
    random.seed(1)
    points = ["[%.1f,%.1f]" % (361000 + n * 300 + random.random() * 50, 5707000 + random.random() * 50)
              for n in range(clusters) for _ in range(each)]
    return ",".join(points + points[:1])

CASES = {
    "millions in one": lambda: file("[7,51]," * 1_400_000 + "[7,51]"),
    "millions in many": lambda: file("[7,51]," * 1_000 + "[7,51]", 1_400),
    "not a number": lambda: file("[NaN,51]," * 100_000 + "[NaN,51]", 9),
    "wrong crs": lambda: file("[18.4,-33.9],[18.5,-33.9],[18.5,-34.0],[18.4,-33.9]", 20_000),
    "deep nesting": lambda: '{"type":"FeatureCollection","features":[{"a":' + "[" * 140_000,
    "deep objects": lambda: '{"type":"FeatureCollection","features":[' + '{"a":' * 190_000,
    "many strings": lambda: '{"type":"FeatureCollection","features":[{"a":[' + '"ab",' * 1_900_000 + "1]}]}",
    "scribbles": lambda: file(scribble(33, 150), 50),
    "pile": lambda: file("[361200,5707200],[361900,5707200],[361900,5708300],[361200,5707200]", 4_000),
}
reader.read_geojson(file("[361200,5707200],[361900,5707200],[361900,5708300],[361200,5707200]"))
text = CASES[sys.argv[1]]()
def read():
    try:
        return {str(record.problem) for record in reader.read_geojson(text).records}
    except RuleBroken as error:
        return {str(error)}
begin = time.process_time()
said = read()
seconds = time.process_time() - begin
tracemalloc.start()
read()
print(seconds, tracemalloc.get_traced_memory()[1], "|".join(said), sep="\\n")
"""
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        ("millions in one", "zu viele Punkte"),
        ("millions in many", "zu viele Punkte"),
        ("not a number", "unbrauchbare Koordinaten"),
        ("wrong crs", "Mit keinem bekannten Koordinatensystem"),
        ("deep nesting", "kein lesbares GeoJSON"),
        ("deep objects", "kein lesbares GeoJSON"),
        ("many strings", "zu viele Punkte"),
        ("scribbles", "läuft kreuz und quer"),
        ("pile", "None"),
    ],
)
def test_hostile_outlines_cost_little(case, reason):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, case], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )

    seconds, peak, said = done.stdout.strip().split("\n")
    assert reason in said
    assert int(peak) < 50_000_000
    assert float(seconds) < 5  # about one at most; a shared machine gets some more
