"""Reads the demo town's files."""

import csv
import json
from pathlib import Path

FOLDER = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file by column name."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def document(name: str):
    """The content of a JSON file."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def outlines() -> dict[str, str]:
    """GeoJSON geometry as text by area code."""
    features = json.loads((FOLDER / "areas.geojson").read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["code"]: json.dumps(feature["geometry"]) for feature in features}
