"""Taking cleared values over from a file: every row is taken whole or refused with its number and reason."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from app.accounts.models import Municipality, User
from app.accounts.services import note_act
from app.areas import queries as areas
from app.areas.models import AreaScheme
from app.core.errors import RuleBroken
from app.imports.report import ImportReport
from app.imports.sheets import Record, Sheet
from app.indicators import queries, services
from app.indicators.cells import Cell, Unreadable, read_cell, read_day, uses_decimal_comma
from app.indicators.enums import Polarity, ValueState
from app.indicators.figures import measure_of
from app.indicators.layouts import RawValue, key_of, layout_of
from app.indicators.models import Indicator
from app.indicators.services import NewValue


def import_values(
    *,
    municipality: Municipality,
    sheet: Sheet,
    area_column: str,
    reference_date: date | None,
    scheme_name: str | None = None,
    level_name: str | None = None,
    source: str = "",
    user: User | None,
    now: datetime,
) -> ImportReport:
    """Store the values of a wide or long table; see `layouts` for the columns.

    Unknown indicators are created: as rate when the file brings cases, else as published figure. Areas are found by
    code in the named or current scheme. Without `reference_date` a long table needs a date column.
    """
    sheet.require(area_column)
    scheme = _scheme(municipality, scheme_name)
    known = queries.list_catalogue(municipality)
    names = {one.key: one for one in known} | {one.name: one for one in known}
    layout = layout_of(sheet, area_column, set(names))
    if not layout.long and not layout.wide:
        raise RuleBroken("Die Datei hat keine Spalte mit Zahlen.")
    if reference_date is None and "date" not in layout.long:
        raise RuleBroken("Nennen Sie den Stichtag mit --date, zum Beispiel --date 2025-12-31.")
    rows = [(record, list(layout.values(record))) for record in sheet.records]
    taking = _Taking(
        indicators=_Catalogue(municipality, names, source, _with_counts(rows)),
        area_ids=_area_ids(scheme, level_name),
        reference_date=reference_date,
        decimal_comma=uses_decimal_comma(cell for _, raw in rows for one in raw for cell in _cells(one)),
    )
    for record, raw in rows:
        taking.take(record, record.cells.get(area_column, ""), raw)
    report = _stored(taking, scheme)
    report.notes += [f"Spalte „{column}“ enthält keine Zahlen und wurde übergangen." for column in layout.ignored]
    if report.created or report.updated:
        sentence = f"Indikatorwerte importiert: {report.created} neu, {report.updated} geändert."
        note_act(municipality_id=municipality.id, user=user, action="indicators.imported", sentence=sentence, now=now)
    return report


def _scheme(municipality: Municipality, name: str | None) -> AreaScheme:
    scheme = areas.find_scheme(municipality, name) if name else areas.find_current_scheme(municipality)
    if scheme is None and name:
        raise RuleBroken(f"Es gibt keine Gebietsgliederung „{name}“.")
    if scheme is None:
        raise RuleBroken("Es gibt noch keine Gebiete. Importieren Sie sie zuerst: flask areas import.")
    return scheme


def _area_ids(scheme: AreaScheme, level_name: str | None) -> dict[str, int | None]:
    """Area ids by code; None where a code stands on several levels and nobody said which is meant."""
    found: dict[str, int | None] = {}
    for area in areas.list_areas_of_scheme(scheme):
        if level_name in (None, area.level.name):
            found[area.code] = None if area.code in found else area.id
    return found


def _cells(raw: RawValue) -> tuple[str, str, str]:
    return raw.numerator, raw.denominator, raw.value


def _with_counts(rows: Iterable[tuple[Record, list[RawValue]]]) -> set[str]:
    return {one.heading for _, raw in rows for one in raw if one.numerator and one.denominator}


@dataclass
class _Catalogue:
    """The indicators of a file by heading; unknown ones are created when their first value is taken."""

    municipality: Municipality
    by_heading: dict[str, Indicator]
    source: str
    with_counts: set[str]
    created: list[Indicator] = field(default_factory=list)

    def find(self, heading: str) -> Indicator | None:
        """The indicator meant by a heading, if there is one."""
        return self.by_heading.get(heading) or self.by_heading.get(key_of(heading))

    def get(self, heading: str) -> Indicator:
        """The indicator meant by a heading, created when it is new."""
        found = self.find(heading)
        if found is None:
            counts = {"numerator": "Fälle", "denominator": "Bezugsgröße", "unit": "%", "factor": 100}
            plain = {"numerator": "", "denominator": None, "unit": "", "factor": 1}
            found = services.create_indicator(
                municipality=self.municipality,
                key=key_of(heading),
                name=heading,
                source=self.source,
                polarity=Polarity.CONTEXT,
                **(counts if heading in self.with_counts else plain),
            )
            self.created.append(found)
        self.by_heading[heading] = found
        return found


@dataclass
class _Taking:
    """One run over the rows of a file."""

    indicators: _Catalogue
    area_ids: dict[str, int | None]
    reference_date: date | None
    decimal_comma: bool
    values: list[NewValue] = field(default_factory=list)
    places: dict[tuple, int] = field(default_factory=dict)
    report: ImportReport = field(default_factory=ImportReport)

    def take(self, record: Record, code: str, raw: list[RawValue]) -> None:
        """Read all values of a row; keep them together or refuse the row."""
        self.report.read += 1
        try:
            area_id = self._area(record, code)
            values = [value for one in raw if (value := self._value(one, area_id)) is not None]
            for value in values:
                if value.place in self.places:
                    raise Unreadable(f"Der Wert steht schon in Zeile {self.places[value.place]}.")
        except Unreadable as problem:
            self.report.refuse(record.number, str(problem))
            return
        self.places |= {value.place: record.number for value in values}
        self.values += values

    def _area(self, record: Record, code: str) -> int:
        if record.problem:
            raise Unreadable(record.problem)
        if code not in self.area_ids:
            raise Unreadable(f"Es gibt kein Gebiet mit dem Schlüssel „{code}“." if code else "Der Schlüssel fehlt.")
        area_id = self.area_ids[code]
        if area_id is None:
            raise Unreadable(f"Den Schlüssel „{code}“ gibt es auf mehreren Ebenen. Nennen Sie eine mit --level.")
        return area_id

    def _value(self, raw: RawValue, area_id: int) -> NewValue | None:
        if not raw.heading or not key_of(raw.heading):
            raise Unreadable("Der Indikator fehlt.")
        day = self._day(raw)
        try:
            numerator, denominator, value = (read_cell(cell, decimal_comma=self.decimal_comma) for cell in _cells(raw))
        except Unreadable as problem:
            raise Unreadable(f"{raw.heading}: {problem}.") from problem
        if numerator is denominator is value is None:
            return None
        if denominator and denominator.figure is not None and denominator.figure < 0:
            raise Unreadable(f"{raw.heading}: Der Nenner ist negativ.")
        if numerator is None and denominator is not None and value is None:
            raise Unreadable(f"{raw.heading}: Der Zähler fehlt.")
        return _new_value(self.indicators.get(raw.heading), area_id, day, (numerator, denominator, value))

    def _day(self, raw: RawValue) -> date:
        if not raw.day:
            if self.reference_date is None:
                raise Unreadable("Der Stichtag fehlt.")
            return self.reference_date
        day = read_day(raw.day)
        if self.reference_date not in (None, day):
            raise Unreadable(f"Die Zeile nennt einen anderen Stichtag ({raw.day}).")
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


def _stored(taking: _Taking, scheme: AreaScheme) -> ImportReport:
    stored = services.record_values(scheme_id=scheme.id, values=taking.values)
    report = taking.report
    report.created, report.updated, report.unchanged = stored.created, stored.updated, stored.unchanged
    report.notes += [f"Neuer Indikator: {one.name} ({one.key})." for one in taking.indicators.created]
    return report
