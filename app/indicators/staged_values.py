"""The preview of a file of values: what each row would change in the table."""

from dataclasses import dataclass

from app.accounts.models import Municipality
from app.areas import queries as areas
from app.areas.models import AreaScheme
from app.imports.enums import RowState
from app.imports.importer import Checked, StagedRow
from app.imports.sheets import Record, Sheet
from app.indicators import queries
from app.indicators.cells import Unreadable
from app.indicators.disclosure.attack import recoverable
from app.indicators.enums import ValueState
from app.indicators.file_values import AreaCodes, Catalogue, ValueRows, decimal_sign
from app.indicators.layouts import Layout
from app.indicators.models import Indicator, IndicatorValue
from app.indicators.rates import Counts
from app.indicators.value_changes import NewValue, Table, plan_changes

MOST_NAMED = 10


@dataclass
class ValueRun:
    """The rows of one file as they are read."""

    rows: ValueRows
    written: dict[int, list]
    notes: list[str]
    taken: list[tuple[Record, list[NewValue]]]
    refused: list[tuple[Record, str]]

    @classmethod
    def of(cls, sheet: Sheet, layout: Layout, municipality: Municipality, codes: AreaCodes, choices: dict, day):
        """Ready to take rows: the file as a whole says which decimal sign it uses and which headings are rates."""
        written = {record.number: list(layout.values(record)) for record in sheet.records}
        values = [one for some in written.values() for one in some]
        comma, notes = decimal_sign(sheet, [cell for one in values for cell in one.cells if cell])
        known = queries.list_catalogue(municipality)
        catalogue = Catalogue(
            {one.short_name: one for one in known} | {one.name: one for one in known} | {one.key: one for one in known},
            (choices.get("source") or "")[:255],
            {one.heading for one in values if one.numerator and one.denominator},
            layout.counts,
        )
        return cls(ValueRows(layout, codes, catalogue, day, comma), written, notes, [], [])

    def take(self, record: Record) -> None:
        """Keep the values of a row, or why there are none."""
        try:
            self.taken.append((record, self.rows.read(record, self.written[record.number])))
        except Unreadable as problem:
            self.refused.append((record, str(problem)))

    def checked(self, table: Table, scheme: AreaScheme, notes: list[str]) -> Checked:
        """What is new, changed and the same in the table."""
        changes = plan_changes(table, scheme.id, [value for _, values in self.taken for value in values])
        by_place = {change.place: change for change in changes}
        checked = Checked(notes=notes)
        for record, reason in self.refused:
            checked.refuse(record, reason)
        checked.rows += [_staged(record, values, by_place) for record, values in self.taken]
        checked.rows.sort(key=lambda row: row.number)
        used = {change.indicator_id for change in changes}
        new = [one for one in self.rows.catalogue.planned if one.id in used]
        checked.notes[:0] = [f"Neuer Indikator: {one.name} ({one.key})." for one in new]
        if self.rows.areas.padded:
            checked.notes.append(f"In {self.rows.areas.padded} Zeilen fehlten führende Nullen im Schlüssel.")
        if table is IndicatorValue:
            checked.notes += self._recoverable(scheme)
        checked.plan = {"indicators": [_planned(one) for one in new]}
        return checked

    def _recoverable(self, scheme: AreaScheme) -> list[str]:
        """A warning for every indicator and day whose secret cells could be computed from what would be published."""
        values = [value for _, some in self.taken for value in some]
        secret = {(one.indicator_id, one.reference_date) for one in values if one.state is ValueState.SUPPRESSED}
        if not secret:
            return []
        held, tree = queries.values_held(scheme.id, secret), areas.area_tree(scheme.id)
        for one in values:
            if (one.indicator_id, one.reference_date) in secret:
                held[one.indicator_id, one.reference_date][one.area_id] = Counts(*one.content)
        names = {one.id: one.name for one in self.rows.catalogue.by_heading.values()}
        codes = {area_id: code for code, area_id in self.rows.areas.ids.items()}
        return [
            f"Achtung: {names[indicator_id]}, {day:%d.%m.%Y}: Geheimes lässt sich aus anderen Werten ausrechnen für "
            f"{', '.join(codes.get(area_id, '–') for area_id in found[:MOST_NAMED])}"
            f"{' und weitere' if len(found) > MOST_NAMED else ''}. Fragen Sie die Stelle, die sie freigegeben hat."
            for indicator_id, day in sorted(secret)
            if (found := recoverable(held[indicator_id, day], tree))
        ]


def _staged(record: Record, values: list[NewValue], changes: dict) -> StagedRow:
    mine = [changes[value.place] for value in values if value.place in changes]
    created = sum(change.before is None for change in mine)
    state = RowState.CHANGED if created < len(mine) else RowState.NEW if mine else RowState.SAME
    return StagedRow(
        record.number,
        state,
        list(record.cells.values()),
        changes=[change.to_json() for change in mine],
        created=created,
        updated=len(mine) - created,
        same=len(values) - len(mine),
    )


def _planned(one: Indicator) -> dict:
    fields = ("id", "key", "name", "numerator", "denominator", "unit", "factor", "source")
    return {name: getattr(one, name) for name in fields}
