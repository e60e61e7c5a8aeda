"""Frozen figures in words and tables: value with unit, date and source, never a bare number."""

from datetime import date

from app.core import german
from app.papers.frozen_figures import differs, key_of

SECRET, MISSING, NO_SUM = "•", "–", "x"
LEGEND = (
    f"{SECRET} = geheim, damit niemand erkennbar wird; {MISSING} = nicht vorhanden; "
    f"{NO_SUM} = keine Summe für die Stadt, weil ein Teilwert geheim ist oder fehlt."
)
COLUMNS = 6


def value_text(figure: dict) -> str:
    """„47,1 %“, or the sign for secret or missing."""
    if figure["value"] is None:
        return SECRET if figure["state"] == "suppressed" else MISSING
    return _spelled(figure["value"], figure)


def town_text(figure: dict) -> str:
    """The town's figure, or the sign that none can be added up."""
    return NO_SUM if figure["town_value"] is None else _spelled(figure["town_value"], figure)


def _spelled(value: float, figure: dict) -> str:
    unit = "" if figure["unit"] == figure["name"] else figure["unit"]
    return f"{german.number(value, figure['digits'])}\u00a0{unit}".rstrip("\u00a0")


def day_text(day: str | None) -> str:
    """31.12.2025, or „–“."""
    return german.day(date.fromisoformat(day) if day else None)


def groups(figures: list[dict], today: dict[tuple, dict] | None = None) -> list[dict]:
    """Figures by indicator, each with its values by area.

    `today` holds today's figures by `key_of`; where one differs it stands beside the frozen one, which stays.
    """
    by_indicator: dict[tuple, list[dict]] = {}
    for figure in figures:
        by_indicator.setdefault((figure["indicator"], figure["reference_date"]), []).append(figure)
    return [_group(rows, today or {}) for rows in by_indicator.values()]


def _group(rows: list[dict], today: dict[tuple, dict]) -> dict:
    first = rows[0]
    values = [_value(row, today.get(key_of(row))) for row in rows]
    return {
        "name": first["name"],
        "about": _about(first),
        "date": day_text(first["reference_date"]),
        "source": first["source"] or "nicht angegeben",
        "origin": origin(first),
        "polarity": first["polarity"]["label"],
        "town": town_text(first),
        "values": values,
        "has_now": any(value["now"] for value in values),
        "line": ", ".join(f"{value['area']} {value['value']}" for value in values),
    }


def origin(figure: dict) -> str:
    """„Stichtag 31.12.2025, Quelle: …“."""
    return f"Stichtag {day_text(figure['reference_date'])}, Quelle: {figure['source'] or 'nicht angegeben'}"


def _about(figure: dict) -> str:
    if not figure["denominator_name"]:
        return figure["numerator_name"]
    return f"{figure['numerator_name']} bezogen auf {figure['denominator_name']}"


def _value(row: dict, now: dict | None) -> dict:
    return {
        "area": row["area"]["name"],
        "code": row["area"]["code"],
        "value": value_text(row),
        "counts": _counts(row),
        "change": _change(row),
        "now": _now(row, now) if now and differs(row, now) else "",
    }


def _counts(row: dict) -> str:
    if row["numerator"] is None or row["denominator"] is None:
        return ""
    return f"{german.number(row['numerator'])} von {german.number(row['denominator'])}"


def _change(row: dict) -> str:
    if row["value"] is None or row["previous_value"] is None:
        return ""
    return f"{german.signed(row['value'] - row['previous_value'], row['digits'])} seit {day_text(row['previous_date'])}"


def _now(then: dict, now: dict) -> str:
    text = f"{value_text(now)} am {day_text(now['reference_date'])}"
    if then["value"] is None or now["value"] is None:
        return text
    unit = " Prozentpunkte" if then["unit"] == "%" else ""
    return f"{text} ({german.signed(now['value'] - then['value'], then['digits'])}{unit})"


def area_tables(document: dict) -> list[dict]:
    """Indicators by area in tables narrow enough for a page: own area, its parts, the town."""
    figures = document["area_figures"]
    cells = {(figure["indicator"], key_of(figure)[1:]): figure for figure in figures}
    indicators = list(dict.fromkeys(figure["indicator"] for figure in figures))
    areas = list({key_of(figure)[1:]: figure["area"]["name"] for figure in figures}.items())
    if not indicators:
        return []
    own, parts = areas[:1], areas[1:]
    chunks = [parts[start : start + COLUMNS] for start in range(0, len(parts), COLUMNS)] or [[]]
    return [_area_table([*own, *chunk], indicators, cells) for chunk in chunks]


def _area_table(areas: list[tuple], indicators: list[str], cells: dict) -> dict:
    rows = []
    for indicator in indicators:
        found = [cells.get((indicator, key)) for key, _name in areas]
        first = next(filter(None, found), None)
        if first is not None:
            rows.append(
                {
                    "name": first["name"],
                    "date": day_text(first["reference_date"]),
                    "source": first["source"] or "nicht angegeben",
                    "cells": [value_text(figure) if figure else MISSING for figure in found],
                    "town": town_text(first),
                }
            )
    return {"areas": [name for _key, name in areas], "rows": rows, "sources": _sources(rows)}


def _sources(rows: list[dict]) -> list[str]:
    """Which source stands behind which indicators, each source once."""
    named: dict[str, list[str]] = {}
    for row in rows:
        named.setdefault(row["source"], []).append(row["name"])
    return [f"{', '.join(names)}: {source}" for source, names in named.items()]
