"""Chained events: what the feeding conferences said, as a matrix, and what of it goes to which topic. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.conferences.models import ActionField, Conference

LONGEST_SOURCE = 160


@dataclass(frozen=True)
class Said:
    """A point of an earlier conference as it stands: how many voices it rests on, and its Handlungsfeld."""

    conference_id: int
    point_id: int
    number: int
    title: str
    voices: int
    field_id: int | None


@dataclass(frozen=True)
class Input:
    """What lies on a topic's tables from an earlier conference; `position` begins with 1 for what most people said."""

    topic_id: int
    position: int
    conference_id: int
    source: str
    point_number: int
    text: str
    voices: int

    @property
    def content(self) -> tuple:
        """All of it but the place in the list."""
        return (self.topic_id, self.conference_id, self.source, self.point_number, self.text, self.voices)


@dataclass(frozen=True)
class Row:
    """What one conference said, Handlungsfeld by Handlungsfeld."""

    conference: Conference
    name: str
    cells: tuple[tuple[Said, ...], ...]

    @property
    def points(self) -> int:
        """How many points in all."""
        return sum(len(cell) for cell in self.cells)


@dataclass(frozen=True)
class Matrix:
    """Rows are the feeding conferences, columns the Handlungsfelder; None is the column of points without one."""

    fields: tuple[ActionField | None, ...]
    rows: tuple[Row, ...]

    @property
    def points(self) -> int:
        """How many points in all."""
        return sum(row.points for row in self.rows)


@dataclass(frozen=True)
class Drift:
    """How what lies on the tables differs from what the earlier conferences say now."""

    new: int = 0
    gone: int = 0
    kept: int = field(default=0, compare=False)

    def __bool__(self) -> bool:
        return bool(self.new or self.gone)


def matrix(
    conferences: Sequence[Conference], names: dict[int, str], fields: Sequence[ActionField], said: Iterable[Said]
) -> Matrix:
    """Points laid out by conference and Handlungsfeld, most voices first; points without one get a column if needed."""
    said = sorted(said, key=_loudest)
    known = {one.id for one in fields}
    loose = any(one.field_id not in known for one in said)
    columns = (*fields, None) if loose else tuple(fields)

    def cell(conference: Conference, column: ActionField | None) -> tuple[Said, ...]:
        own = (one for one in said if one.conference_id == conference.id)
        return tuple(one for one in own if (one.field_id == column.id if column else one.field_id not in known))

    rows = (Row(one, names[one.id], tuple(cell(one, column) for column in columns)) for one in conferences)
    return Matrix(columns, tuple(rows))


def source_names(conferences: Iterable[tuple[int, str, str]]) -> dict[int, str]:
    """What people call each conference, from (id, area, title): the area, or the title where two share an area."""
    conferences = list(conferences)
    held = Counter(area for _id, area, _title in conferences)
    return {
        conference_id: (area if held[area] == 1 else title)[:LONGEST_SOURCE]
        for conference_id, area, title in conferences
    }


def inputs_for(topics: Iterable[tuple[int, int | None]], names: dict[int, str], said: Iterable[Said]) -> list[Input]:
    """What goes to the tables: for every topic (id, Handlungsfeld) all points in its field, most voices first."""
    said = sorted(said, key=_loudest)
    return [
        Input(topic_id, position, one.conference_id, names[one.conference_id], one.number, one.title, one.voices)
        for topic_id, field_id in topics
        if field_id is not None
        for position, one in enumerate((one for one in said if one.field_id == field_id), start=1)
    ]


def drift(lying: Iterable[Input], now: Iterable[Input]) -> Drift:
    """What has been added or changed (`new`) and what no longer stands like that (`gone`) since it was handed over."""
    before, after = Counter(one.content for one in lying), Counter(one.content for one in now)
    return Drift((after - before).total(), (before - after).total(), (before & after).total())


def _loudest(one: Said) -> tuple:
    return (-one.voices, one.conference_id, one.number)
