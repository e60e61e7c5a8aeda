"""Changes to cells of a table of values: planned, applied and taken back, each knowing what stood there before.

Imports and the disclosure control both write through here, so that either can be undone exactly.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sqlalchemy import bindparam, delete, insert, select, update

from app.areas.models import Area
from app.core.errors import RuleBroken
from app.extensions import db
from app.indicators.enums import ValueState
from app.indicators.models import IndicatorValue, RawValue

Table = type[IndicatorValue] | type[RawValue]
Place = tuple[int, int, date]
Content = tuple[ValueState, float | None, float | None, float | None]
Held = dict[Place, tuple[Content, int | None]]
AT_ONCE = 5_000  # ids in one statement; databases limit the number of parameters

CHANGED_SINCE_PREVIEW = (
    "Seit der Vorschau hat jemand dieselben Werte geändert. Prüfen Sie die Datei noch einmal, dann sehen Sie den "
    "neuen Stand."
)
CHANGED_SINCE_TAKING = "Das lässt sich nicht mehr zurücknehmen: Die Werte wurden seither geändert."


@dataclass(frozen=True)
class NewValue:
    """A value to store: counts where known, else the published figure, else a state that says why not."""

    indicator_id: int
    area_id: int
    reference_date: date
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    state: ValueState = ValueState.KNOWN

    @property
    def place(self) -> Place:
        """What identifies the cell."""
        return self.indicator_id, self.area_id, self.reference_date

    @property
    def content(self) -> Content:
        """What is stored in the cell."""
        return self.state, self.numerator, self.denominator, self.value


@dataclass(frozen=True)
class CellChange:
    """One cell: what stood there (None: nothing) and what comes there (None: nothing).

    A content is (state, numerator, denominator, value). `clearance_before` is the clearance of what stood there.
    """

    indicator_id: int
    area_id: int
    reference_date: date
    before: Content | None
    after: Content | None
    clearance_before: int | None = None

    @property
    def place(self) -> Place:
        """What identifies the cell."""
        return self.indicator_id, self.area_id, self.reference_date

    def to_json(self) -> list:
        """The change as plain lists; `from_json` reads them back."""
        return [
            self.indicator_id,
            self.area_id,
            self.reference_date.isoformat(),
            list(self.before) if self.before else None,
            list(self.after) if self.after else None,
            self.clearance_before,
        ]

    @classmethod
    def from_json(cls, stored: Sequence) -> "CellChange":
        """A change as `to_json` wrote it."""
        indicator_id, area_id, day, before, after, clearance_before = stored
        return cls(indicator_id, area_id, date.fromisoformat(day), _content(before), _content(after), clearance_before)


def _content(stored: Sequence | None) -> Content | None:
    return (ValueState(stored[0]), *stored[1:]) if stored else None


def plan_changes(table: Table, scheme_id: int, values: Sequence[NewValue]) -> list[CellChange]:
    """What storing values for areas of one scheme would really change; cells that hold the same are left out.

    Reads only. Raises RuleBroken for a cell that is named twice or holds a figure without state KNOWN.
    """
    check_values(values)
    held = cells_held(table, {one.place for one in values}, scheme_id)
    changes = []
    for one in values:
        before, clearance_id = held.get(one.place, (None, None))
        if before != one.content:
            changes.append(CellChange(*one.place, before, one.content, clearance_id))
    return changes


def check_values(values: Sequence[NewValue]) -> None:
    """Raise RuleBroken for a cell that is named twice or holds a figure without state KNOWN."""
    if len({one.place for one in values}) < len(values):
        raise RuleBroken("Für ein Gebiet, einen Indikator und einen Stichtag kann es nur einen Wert geben.")
    for one in values:
        known = one.state is ValueState.KNOWN
        if known != any(figure is not None for figure in one.content[1:]):
            raise RuleBroken("Ein Wert ist entweder bekannt und hat eine Zahl, oder er ist geheim oder fehlt.")


def apply_changes(table: Table, changes: Sequence[CellChange], clearance_id: int | None = None) -> None:
    """Write what comes after, in a few bulk statements; cleared cells carry their clearance.

    Raises RuleBroken when a cell no longer holds what stood there when the change was planned.
    """
    _expect(table, {change.place: change.before for change in changes}, CHANGED_SINCE_PREVIEW)
    _write(table, [(change.place, change.before, change.after, clearance_id) for change in changes])


def revert_changes(table: Table, changes: Sequence[CellChange]) -> None:
    """Put back exactly what stood there before, with its clearance; cells that were empty are empty again.

    Raises RuleBroken when a cell no longer holds what the change put there („seither geändert“).
    """
    _expect(table, {change.place: change.after for change in changes}, CHANGED_SINCE_TAKING)
    _write(table, [(change.place, change.after, change.before, change.clearance_before) for change in changes])


def cells_held(table: Table, places: Iterable[Place], scheme_id: int | None = None) -> Held:
    """What the cells at some places hold, with the clearance; empty cells are left out."""
    wanted = set(places)
    days = sorted({place[2] for place in wanted})
    clearance = table.clearance_id if table is IndicatorValue else None
    areas_of_scheme = select(Area.id).where(Area.scheme_id == scheme_id)
    columns = [table.indicator_id, table.area_id, table.reference_date]
    columns += [table.state, table.numerator, table.denominator, table.value]
    held: Held = {}
    for some in _batches(sorted({place[0] for place in wanted})):
        for some_days in _batches(days):
            statement = select(*columns, *([clearance] if clearance is not None else [])).where(
                table.indicator_id.in_(some), table.reference_date.in_(some_days)
            )
            if scheme_id is not None:
                statement = statement.where(table.area_id.in_(areas_of_scheme))
            for row in db.session.execute(statement):
                if tuple(row[:3]) in wanted:
                    held[tuple(row[:3])] = (tuple(row[3:7]), row[7] if clearance is not None else None)
    return held


def _batches(items: list) -> Iterator[list]:
    remaining = iter(items)
    while batch := list(islice(remaining, AT_ONCE)):
        yield batch


def _expect(table: Table, expected: dict[Place, Content | None], complaint: str) -> None:
    held = cells_held(table, expected)
    for place, content in expected.items():
        if (held[place][0] if place in held else None) != content:
            raise RuleBroken(complaint)


def _write(table: Table, moves: list[tuple[Place, Content | None, Content | None, int | None]]) -> None:
    columns = table.__table__
    here = (
        columns.c.indicator_id == bindparam("at_indicator"),
        columns.c.area_id == bindparam("at_area"),
        columns.c.reference_date == bindparam("at_day"),
    )
    new = [
        _row(table, place, after, clearance) for place, before, after, clearance in moves if before is None and after
    ]
    kept = [
        _at(place) | _row(table, place, after, clearance)
        for place, before, after, clearance in moves
        if before and after
    ]
    gone = [_at(place) for place, before, after, _ in moves if before and after is None]
    for statement, rows in (
        (insert(columns), new),
        (update(columns).where(*here), kept),
        (delete(columns).where(*here), gone),
    ):
        if rows:
            db.session.execute(statement, rows)
    _reload(table)


def _at(place: Place) -> dict:
    return dict(zip(("at_indicator", "at_area", "at_day"), place, strict=True))


def _row(table: Table, place: Place, content: Content, clearance_id: int | None) -> dict:
    fields = dict(zip(("indicator_id", "area_id", "reference_date"), place, strict=True))
    fields |= dict(zip(("state", "numerator", "denominator", "value"), content, strict=True))
    return fields | {"clearance_id": clearance_id} if table is IndicatorValue else fields


def _reload(table: Table) -> None:
    """Rows that were loaded before are read again when asked for: the bulk statements went past them."""
    for row in list(db.session.identity_map.values()):
        if isinstance(row, table):
            db.session.expire(row)
