"""How far the preparation is: pure reckoning over tasks, steps of a check list and times of an agenda."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, Protocol


class Task(Protocol):
    """What is asked of a task here."""

    id: int
    due: date
    done_at: datetime | None


@dataclass(frozen=True)
class Progress:
    """How many of all tasks are done, and how many are late."""

    done: int
    all: int
    late: int

    @property
    def open(self) -> int:
        """How many are left."""
        return self.all - self.done


@dataclass
class Share:
    """A department with its tasks: late and open ones first, done ones last."""

    department: Any
    tasks: list[Task] = field(default_factory=list)

    def progress(self, today: date) -> Progress:
        """How far this department is."""
        return progress(self.tasks, today)


def progress(tasks: Iterable[Task], today: date) -> Progress:
    """Count tasks on a day."""
    tasks = list(tasks)
    done = sum(task.done_at is not None for task in tasks)
    return Progress(done=done, all=len(tasks), late=sum(is_late(task, today) for task in tasks))


def is_late(task: Task, today: date) -> bool:
    """Open and due before today."""
    return task.done_at is None and task.due < today


def shares(tasks: Sequence) -> list[Share]:
    """Tasks under their department; the department with the most pressing open task comes first."""
    grouped: dict[int, Share] = {}
    for task in sorted(tasks, key=lambda task: (task.done_at is not None, task.due, task.id)):
        grouped.setdefault(task.department_id, Share(task.department)).tasks.append(task)
    return list(grouped.values())


def due_day(day: date, days_before: int) -> date:
    """When a step of a check list is due for a conference on a day."""
    return day - timedelta(days=days_before)


def missing_steps(steps: Iterable, titles: Iterable[str]) -> list:
    """Steps whose title is not among the tasks' titles yet; a title that stands twice in the list counts once."""
    known = {title.casefold() for title in titles}
    missing = []
    for step in steps:
        if step.title.casefold() not in known:
            known.add(step.title.casefold())
            missing.append(step)
    return missing


def with_ends(items: Sequence, ends_at: datetime) -> list[tuple]:
    """Agenda items by time, each with the moment it ends: when the next later one begins, at last with the conference.

    The end is None for an item that begins when the conference is over.
    """
    starts = sorted({item.starts_at for item in items} | {ends_at})
    following = dict(pairwise(starts))
    return [(item, following.get(item.starts_at)) for item in items]


def departments_without(departments: Iterable, members: Iterable) -> list:
    """Departments nobody of which is in the team."""
    present = {member.department_id for member in members}
    return [department for department in departments if department.id not in present]


def by_department(members: Iterable) -> list[tuple]:
    """Team members under their department, in the order they come in."""
    grouped = defaultdict(list)
    for member in members:
        grouped[member.department].append(member)
    return list(grouped.items())
