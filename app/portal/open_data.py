"""The figures as open data: every area, indicator and reference date of the current scheme, cleared values only."""

from dataclasses import asdict, astuple, dataclass, replace
from datetime import date

from app.accounts.models import Municipality
from app.areas import queries as areas
from app.core.exports import to_csv
from app.indicators import queries as indicators
from app.indicators.enums import ValueState
from app.indicators.models import Indicator
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
    licence: str = LICENCE


def list_cells(municipality: Municipality) -> list[Cell]:
    """All figures by indicator, date, level and code; the town as a whole comes last of each, without a code."""
    scheme = areas.find_current_scheme(municipality)
    if scheme is None:
        return []
    places = areas.list_areas_of_scheme(scheme)
    catalogue = indicators.list_indicators(municipality)
    held = indicators.dates_held(scheme.id)
    readings = read_scheme(scheme.id, areas.area_tree(scheme.id), catalogue, held)
    cells = []
    for indicator in catalogue:
        for day in sorted(held.get(indicator.id, [])):
            series = readings[indicator.id, day]
            cells += [
                _cell(place.code, place.name, place.level.name, indicator, day, series.by_area[place.id])
                for place in places
            ]
            cells.append(_cell("", municipality.name, WHOLE_TOWN, indicator, day, series.town))
    return cells


def _cell(code: str, name: str, level: str, indicator: Indicator, day: date, reading: Reading) -> Cell:
    return Cell(
        area_code=code,
        area_name=name,
        level=level,
        indicator=indicator.key,
        indicator_name=indicator.name,
        unit=indicator.unit,
        reference_date=day.isoformat(),
        value=_plain(reading.value) if reading.known else None,
        numerator=_plain(reading.numerator) if reading.known else None,
        denominator=_plain(reading.denominator) if reading.known else None,
        state=reading.state,
        source=indicator.source,
    )


def _plain(value: float | None) -> float | int | None:
    """Four places say more than any count can; whole numbers are written as such."""
    if value is None:
        return None
    rounded = round(value, 4)
    return int(rounded) if rounded == int(rounded) else rounded


def as_csv(municipality: Municipality) -> bytes:
    """The table for the spreadsheets of German offices; the state is written in words."""
    rows = [astuple(replace(cell, state=cell.state.label)) for cell in list_cells(municipality)]
    return to_csv(HEADER, rows)


def as_json(municipality: Municipality) -> dict:
    """The same for programs."""
    return {
        "municipality": municipality.name,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "items": [asdict(cell) for cell in list_cells(municipality)],
    }
