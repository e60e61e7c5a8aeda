"""From the rows of a file to values: areas by code, indicators by heading, cells by what they say. Writes nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.imports.numbers import decimal_sign_of, looks_like_number
from app.imports.numbers import written as plain_number
from app.imports.sheets import Record, Sheet
from app.indicators.cells import Cell, Unreadable, read_cell, read_day
from app.indicators.enums import Polarity, ValueState
from app.indicators.figures import measure_of
from app.indicators.layouts import Layout, Written, holds_values, key_of
from app.indicators.models import Indicator
from app.indicators.value_changes import NewValue, Place

CODE_HEADING = re.compile(r"schlüssel|schluessel|code|kennziffer|nummer|\bnr\b|\bid\b|[-_ ]id$", re.IGNORECASE)
RATE = {"numerator": "Fälle", "denominator": "Bezugsgröße", "unit": "%", "factor": 100}
PLAIN = {"numerator": "", "denominator": None, "unit": "", "factor": 1}


@dataclass
class AreaCodes:
    """Area ids by code; None where a code stands on several levels and nobody said which is meant.

    Spreadsheets like to drop leading zeros: a shorter number is taken for a code if only one code fits.
    """

    ids: Mapping[str, int | None]
    padded: int = 0
    _bare: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self):
        for code in self.ids:
            if code.isdecimal():
                self._bare.setdefault(code.lstrip("0"), set()).add(code)

    def find(self, code: str) -> int:
        """The area's id. Raises Unreadable."""
        if not code:
            raise Unreadable("Der Schlüssel fehlt.")
        found = code if code in self.ids else self._without_zeros(code)
        if found is None:
            raise Unreadable(f"Es gibt kein Gebiet mit dem Schlüssel „{code[:40]}“.")
        area_id = self.ids[found]
        if area_id is None:
            raise Unreadable(
                f"Den Schlüssel „{code}“ gibt es auf mehreren Ebenen. Wählen Sie eine (im Befehl mit --level)."
            )
        self.padded += found != code
        return area_id

    def column_of(self, sheet: Sheet) -> str:
        """The column that holds codes of areas; empty when none does.

        One that is called so comes first, then the one with most different codes as they are written here.
        """
        scores = {column: self._score(sheet, column) for column in sheet.columns}
        best = max(sheet.columns, key=scores.__getitem__, default="")
        return best if best and any(scores[best][1:]) else ""

    def _score(self, sheet: Sheet, column: str) -> tuple[bool, int, int]:
        cells = {record.cells.get(column, "") for record in sheet.records}
        exact = len(cells & self.ids.keys())
        shortened = sum(self._without_zeros(cell) is not None for cell in cells)
        return bool(CODE_HEADING.search(column)) and exact + shortened > 0, exact, shortened

    def _without_zeros(self, code: str) -> str | None:
        if not code.isdecimal() or code.startswith("0"):
            return None
        longer = [one for one in self._bare.get(code, ()) if len(one) > len(code)]
        return longer[0] if len(longer) == 1 else None


@dataclass
class Catalogue:
    """The indicators of a file by heading; unknown ones are planned, with ids below zero until they exist."""

    by_heading: dict[str, Indicator]
    source: str
    rates: set[str]
    counts: set[str]
    planned: list[Indicator] = field(default_factory=list)

    def get(self, heading: str) -> Indicator:
        """The indicator meant by a heading, planned when it is new."""
        found = self.by_heading.get(heading) or self.by_heading.get(key_of(heading))
        if found is None:
            fields = RATE if heading in self.rates else PLAIN
            if heading in self.counts:
                fields = PLAIN | {"numerator": heading[:255]}
            found = Indicator(
                id=-1 - len(self.planned),
                key=key_of(heading),
                name=heading[:160],
                source=self.source,
                polarity=Polarity.CONTEXT,
                **fields,
            )
            self.planned.append(found)
            self.by_heading[found.key] = found
        self.by_heading[heading] = found
        return found


@dataclass
class ValueRows:
    """One run over the rows of a file."""

    layout: Layout
    areas: AreaCodes
    catalogue: Catalogue
    reference_date: date | None
    comma: bool
    seen: dict[Place, int] = field(default_factory=dict)

    def read(self, record: Record, written: list[Written]) -> list[NewValue]:
        """All values of a row. Raises Unreadable, with the reason for refusing the whole row."""
        if record.problem:
            raise Unreadable(record.problem)
        area_id = self.areas.find(record.cells.get(self.layout.code, ""))
        values = [value for one in written if (value := self._value(one, area_id)) is not None]
        places = [value.place for value in values]
        for place in places:
            if place in self.seen:
                raise Unreadable(f"Der Wert steht schon in Zeile {self.seen[place]}.")
        if len(set(places)) < len(places):
            raise Unreadable("Die Zeile nennt für einen Indikator und Stichtag zwei Werte.")
        self.seen.update(dict.fromkeys(places, record.number))
        return values

    def _value(self, written: Written, area_id: int) -> NewValue | None:
        if not written.heading or not key_of(written.heading):
            raise Unreadable("Der Indikator fehlt.")
        day = self._day(written)
        try:
            cells = tuple(read_cell(cell, decimal_comma=self.comma) if cell else None for cell in written.cells)
        except Unreadable as problem:
            raise Unreadable(f"{written.heading}: {problem}.") from problem
        numerator, denominator, value = cells
        if numerator is denominator is value is None:
            return None
        if denominator and denominator.figure is not None and denominator.figure < 0:
            raise Unreadable(f"{written.heading}: Der Nenner ist negativ.")
        if numerator is None and denominator is not None and value is None:
            raise Unreadable(f"{written.heading}: Der Zähler fehlt.")
        return _new_value(self.catalogue.get(written.heading), area_id, day, cells)

    def _day(self, written: Written) -> date:
        if not written.day:
            if self.reference_date is None:
                raise Unreadable("Der Stichtag fehlt.")
            return self.reference_date
        day = read_day(written.day)
        if self.reference_date not in (None, day) and not self.layout.series:
            raise Unreadable(f"Die Zeile nennt einen anderen Stichtag ({written.day}).")
        return day


def _new_value(
    indicator: Indicator, area_id: int, day: date, cells: tuple[Cell | None, Cell | None, Cell | None]
) -> NewValue:
    """Sort the cells into counts or figure. One secret cell makes the value secret, figures beside it are dropped."""
    states = {cell.state for cell in cells if cell}
    for state in (ValueState.SUPPRESSED, ValueState.MISSING):
        if state in states:
            return NewValue(indicator.id, area_id, day, state=state)
    numerator, denominator, value = (cell.figure if cell else None for cell in cells)
    measure = measure_of(indicator)
    if measure.counted:
        return NewValue(indicator.id, area_id, day, numerator=value if numerator is None else numerator)
    if measure.rated and numerator is not None and denominator is not None:
        return NewValue(indicator.id, area_id, day, numerator, denominator)
    if value is None:
        raise Unreadable(f"{indicator.key}: Zum Zähler fehlt der Nenner.")
    return NewValue(indicator.id, area_id, day, value=value)


def decimal_sign(sheet: Sheet, cells: list[str]) -> tuple[bool, list[str]]:
    """Whether the cells use a decimal comma, and a note where that is not certain."""
    if sheet.dialect.chosen:
        return bool(sheet.dialect.comma), []
    comma, certain = decimal_sign_of(cells)
    if certain:
        return comma, []
    example = next(cell for cell in cells if looks_like_number(cell) and ("." in cell or "," in cell))[:20]
    read = plain_number(read_cell(example, decimal_comma=comma).figure, comma=True)
    return comma, [
        f"„{example}“ lässt sich auf zwei Arten lesen und wurde als {read} gelesen. Stimmt das nicht, wählen Sie unter "
        "„Anders lesen“ das andere Dezimalzeichen."
    ]


def unused_columns(sheet: Sheet, used: set[str]) -> list[str]:
    """A note for every column that was not used."""
    return [
        f"Spalte „{column}“ wurde nicht verwendet."
        if holds_values(sheet, column)
        else f"Spalte „{column}“ enthält keine Zahlen und wurde übergangen."
        for column in sheet.columns
        if column not in used
    ]
