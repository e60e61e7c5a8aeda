"""How a file of values is laid out: one column per indicator (wide) or one row per value (long).

Wide:  `<key>` holds the published figure of a rate, or the count of a counted indicator;
       `<key>_zaehler` and `<key>_nenner` hold the cases behind a rate.
Long:  columns indicator (or indikator), numerator (zaehler), denominator (nenner), value (wert), date (stichtag).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.imports.sheets import Record, Sheet
from app.indicators.cells import looks_like_value

LONG = {
    "indicator": ("indicator", "indikator"),
    "numerator": ("numerator", "zaehler", "zähler"),
    "denominator": ("denominator", "nenner"),
    "value": ("value", "wert"),
    "date": ("date", "stichtag"),
}
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


@dataclass(frozen=True)
class RawValue:
    """One value as written: the indicator's heading and the three cells, those that the file has not being empty."""

    heading: str
    numerator: str = ""
    denominator: str = ""
    value: str = ""
    day: str = ""


@dataclass(frozen=True)
class Layout:
    """The columns that hold values; `ignored` are columns of text in a wide file."""

    long: dict[str, str]
    wide: dict[str, dict[str, str]]
    ignored: list[str]

    def values(self, record: Record) -> Iterator[RawValue]:
        """The values of one row."""
        if self.long:
            cells = {part: record.cells.get(column, "") for part, column in self.long.items()}
            yield RawValue(
                cells["indicator"],
                cells.get("numerator", ""),
                cells.get("denominator", ""),
                cells.get("value", ""),
                cells.get("date", ""),
            )
            return
        for heading, columns in self.wide.items():
            yield RawValue(heading, **{part: record.cells.get(column, "") for part, column in columns.items()})


def layout_of(sheet: Sheet, area_column: str, known: set[str]) -> Layout:
    """Find the value columns of a table; columns named like a known indicator are never taken for text."""
    columns = [column for column in sheet.columns if column != area_column]
    by_name = {column.lower(): column for column in columns}
    long = {part: by_name[name] for part, names in LONG.items() for name in reversed(names) if name in by_name}
    if "indicator" in long and {"numerator", "value"} & long.keys():
        return Layout(long, {}, [])
    wide: dict[str, dict[str, str]] = {}
    ignored = []
    for column in columns:
        heading, part = _split(column)
        if heading not in known and not _holds_values(sheet, column):
            ignored.append(column)
        else:
            wide.setdefault(heading, {})[part] = column
    return Layout({}, wide, ignored)


def key_of(heading: str) -> str:
    """A key for an indicator that comes with a file: its heading where that can be one, else made from it."""
    if re.fullmatch(r"[A-Za-z0-9_.-]{1,80}", heading):
        return heading
    return re.sub(r"[^a-z0-9]+", "_", heading.translate(UMLAUTS).lower()).strip("_")[:80]


def _split(column: str) -> tuple[str, str]:
    for ending, part in (("_zaehler", "numerator"), ("_zähler", "numerator"), ("_nenner", "denominator")):
        if column.lower().endswith(ending) and len(column) > len(ending):
            return column[: -len(ending)], part
    return column, "value"


def _holds_values(sheet: Sheet, column: str) -> bool:
    filled = [record.cells[column] for record in sheet.records if record.cells.get(column)]
    return bool(filled) and 2 * sum(map(looks_like_value, filled)) >= len(filled)
