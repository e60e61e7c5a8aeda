"""The figures as open data: every area, indicator and reference date of the current scheme, cleared values only."""

import json
from dataclasses import dataclass
from datetime import date

from app.accounts.models import Municipality
from app.areas import queries as areas
from app.areas.choices import tree_of_areas
from app.areas.models import Area
from app.areas.outlines import outlines_of
from app.core.exports import to_csv
from app.indicators import queries as indicators
from app.indicators.catalogue_queries import clearances_held
from app.indicators.enums import Polarity, ValueState
from app.indicators.models import Clearance, Indicator
from app.indicators.rates import Reading
from app.indicators.reading import read_scheme

LICENCE = "Datenlizenz Deutschland – Namensnennung – Version 2.0"
LICENCE_URL = "https://www.govdata.de/dl-de/by-2-0"
WHOLE_TOWN = "Gesamt"
HEADER = (
    "Gebietsschlüssel",
    "Gebiet",
    "Ebene",
    "Indikator",
    "Indikatorname",
    "Einheit",
    "Stichtag",
    "Wert",
    "Zähler",
    "Nenner",
    "Stand",
    "Quelle",
    "Lizenz",
    "Wirkrichtung",
    "Kleinste Fallzahl",
    "Kleinste Bezugsgröße",
    "Freigegeben durch",
    "Freigegeben am",
    "Gliederung",
)


@dataclass(frozen=True)
class Cell:
    """One figure; `state` is known, suppressed or missing, and only a known one has numbers."""

    area_code: str
    area_name: str
    level: str
    indicator: str
    indicator_name: str
    unit: str
    reference_date: str
    value: float | None
    numerator: float | None
    denominator: float | None
    state: ValueState
    source: str
    licence: str
    polarity: str
    threshold: int
    minimum_base: int
    cleared_by: str
    cleared_on: str
    area_scheme: str


def list_cells(municipality: Municipality) -> list[Cell]:
    """All figures by indicator, date, level and code; the town as a whole comes last of each, without a code."""
    scheme = areas.find_current_scheme(municipality)
    if scheme is None:
        return []
    places = areas.list_areas_of_scheme(scheme)
    catalogue = indicators.list_public_indicators(municipality)
    held = indicators.dates_held(scheme.id)
    cleared = clearances_held(scheme.id)
    readings = read_scheme(scheme.id, areas.area_tree(scheme.id), catalogue, held)
    cells = []
    for indicator in catalogue:
        for day in sorted(held.get(indicator.id, [])):
            series = readings[indicator.id, day]
            tail = _tail(indicator, cleared.get((indicator.id, day)), scheme.name)
            cells += [
                _cell((place.code, place.name, place.level.name), indicator, day, series.by_area[place.id], tail)
                for place in places
            ]
            cells.append(_cell(("", municipality.name, WHOLE_TOWN), indicator, day, series.town, tail))
    return cells


def _tail(indicator: Indicator, cleared: Clearance | None, scheme: str) -> tuple:
    """What every figure of an indicator at a date shares, from the source on."""
    rule = (indicator.polarity.value, indicator.threshold, indicator.minimum_base)
    by_whom = (cleared.cleared_by, cleared.cleared_on.isoformat()) if cleared else ("", "")
    return (indicator.source, LICENCE, *rule, *by_whom, scheme)


def _cell(place: tuple[str, str, str], indicator: Indicator, day: date, reading: Reading, tail: tuple) -> Cell:
    counts = (reading.value, reading.numerator, reading.denominator) if reading.known else (None, None, None)
    about = (indicator.key, indicator.name, indicator.unit, day.isoformat())
    return Cell(*place, *about, *(_plain(one) for one in counts), reading.state, *tail)


def _plain(value: float | None) -> float | int | None:
    """Four places say more than any count can; whole numbers are written as such."""
    if value is None:
        return None
    rounded = round(value, 4)
    return int(rounded) if rounded == int(rounded) else rounded


def as_csv(municipality: Municipality) -> bytes:
    """The table for the spreadsheets of German offices; state and direction are written in words."""
    words = {one: str(one.label) for kind in (ValueState, Polarity) for one in kind}
    rows = [
        [words[value] if name in ("state", "polarity") else value for name, value in vars(cell).items()]
        for cell in list_cells(municipality)
    ]
    return to_csv(HEADER, rows)


def as_json(municipality: Municipality) -> dict:
    """The same for programs."""
    return {
        "municipality": municipality.name,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "items": [vars(cell) for cell in list_cells(municipality)],
    }


def areas_as_geojson(municipality: Municipality) -> dict:
    """All areas of the current scheme with outline (null where none is known), code, name, level and parent's code."""
    scheme = areas.find_current_scheme(municipality)
    places = areas.list_areas_of_scheme(scheme) if scheme else []
    own = areas.list_outlines(scheme.id) if scheme else {}
    outlines = outlines_of([place.id for place in places], own, tree_of_areas(places))
    return {
        "type": "FeatureCollection",
        "name": scheme.name if scheme else "",
        "licence": LICENCE,
        "features": [_feature(place, outlines.get(place.id)) for place in places],
    }


def _feature(place: Area, outline: str | None) -> dict:
    parent = place.parent.code if place.parent else None
    return {
        "type": "Feature",
        "properties": {"code": place.code, "name": place.name, "level": place.level.name, "parent": parent},
        "geometry": json.loads(outline) if outline else None,
    }
