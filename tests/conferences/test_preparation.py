"""Reckoning over tasks, check lists, times and packing lists."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from app.conferences.packing import Packed, not_packed_yet, usual_material
from app.conferences.preparation import (
    Progress,
    departments_without,
    due_day,
    missing_steps,
    progress,
    shares,
    with_ends,
)

TODAY = date(2027, 3, 10)


@dataclass
class House:
    id: int


@dataclass
class Item:
    """A task, step, agenda item or member, whatever a test needs of it."""

    id: int = 0
    title: str = ""
    due: date | None = None
    done_at: datetime | None = None
    starts_at: datetime | None = None
    department: House | None = None

    @property
    def department_id(self) -> int:
        return self.department.id


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2027, 3, 10, hour, minute, tzinfo=UTC)


def task(number: int, house: House, day: int, done: bool = False) -> Item:
    return Item(id=number, department=house, due=date(2027, 3, day), done_at=at(9) if done else None)


def test_progress_counts_done_and_late():
    house = House(1)
    tasks = [task(1, house, 9), task(2, house, 9, done=True), task(3, house, 10), task(4, house, 11)]

    assert progress(tasks, TODAY) == Progress(done=1, all=4, late=1)
    assert progress([], TODAY).open == 0


def test_the_department_with_the_most_pressing_task_comes_first_and_done_ones_last():
    first, second, ready = House(1), House(2), House(3)
    tasks = [task(1, ready, 1, done=True), task(2, first, 12), task(3, second, 5), task(4, first, 8, done=True)]

    grouped = shares(tasks)

    assert [share.department for share in grouped] == [second, first, ready]
    assert [row.id for row in grouped[1].tasks] == [2, 4]
    assert grouped[1].progress(TODAY) == Progress(done=1, all=2, late=0)


def test_steps_that_are_tasks_already_are_not_missing_whatever_their_case():
    steps = [Item(title="Saal buchen"), Item(title="Einladung"), Item(title="EINLADUNG")]

    assert [step.title for step in missing_steps(steps, ["saal buchen"])] == ["Einladung"]


def test_a_step_is_due_so_many_days_before_over_the_change_of_clocks():
    assert due_day(date(2027, 3, 30), 7) == date(2027, 3, 23)


def test_each_agenda_item_ends_when_the_next_later_one_begins():
    items = [Item(starts_at=at(14)), Item(starts_at=at(15)), Item(starts_at=at(15)), Item(starts_at=at(17))]

    assert [end for _item, end in with_ends(items, at(17))] == [at(15), at(17), at(17), None]


def test_departments_without_a_member_are_named():
    there, missing = House(1), House(2)

    assert departments_without([there, missing], [Item(department=there)]) == [missing]


def test_usual_material_follows_tables_and_people():
    quantities = {line.title: line.quantity for line in usual_material(tables=9, people=83)}

    assert quantities["Tischkarten mit QR-Code"] == "9"
    assert quantities["Stifte"] == "18"
    assert quantities["Mehrfachsteckdosen mit Verlängerung"] == "5"
    assert quantities["Namensschilder"] == "92"
    assert quantities["Papierkarten für Menschen ohne Handy"] == "51"


@pytest.mark.parametrize(("tables", "people"), [(0, 0), (0, 12), (3, 0)])
def test_nothing_is_packed_none_times(tables, people):
    assert "0" not in {line.quantity for line in usual_material(tables, people)}


def test_what_is_on_the_list_is_not_packed_twice():
    lines = [Packed("Stifte", "18", ""), Packed("Wegweiser", "1", "")]

    assert [line.title for line in not_packed_yet(lines, ["STIFTE"])] == ["Wegweiser"]
