"""Acts on what the departments prepare for a conference."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from app.conferences import preparation_queries as queries
from app.conferences.models import Conference, FormatStep, PreparationTask, TeamMember
from app.conferences.preparation import due_day, missing_steps
from app.conferences.reminding import USUAL_DAYS_BEFORE, is_armed_again, reminder_day
from app.core import clock
from app.core.errors import RuleBroken
from app.core.turns import take_turn
from app.extensions import db
from app.institutions.models import Institution


@dataclass(frozen=True)
class Assignment:
    """A step of the check list, and the department that is to take care of it."""

    step: FormatStep
    department: Institution


def add_task(
    *,
    conference: Conference,
    department: Institution,
    title: str,
    due: date,
    owner: TeamMember | None = None,
    note: str = "",
    remind_on: date | None = None,
) -> PreparationTask:
    """Give a department something to prepare; its owner is reminded on a day, or nobody is."""
    task = PreparationTask(
        conference_id=conference.id,
        department=department,
        owner=owner,
        title=_title(title),
        note=note.strip(),
        due=due,
        remind_on=remind_on,
    )
    db.session.add(task)
    db.session.flush()
    return task


def update_task(
    *,
    task: PreparationTask,
    department: Institution,
    title: str,
    due: date,
    owner: TeamMember | None,
    note: str,
    remind_on: date | None,
) -> None:
    """Change a task; a reminder that went out goes out once more when its day moves to a later one."""
    if task.reminded_at and is_armed_again(remind_on, task.remind_on, clock.local_date(task.reminded_at)):
        task.reminded_at = None
    task.department, task.owner = department, owner
    task.title, task.note = _title(title), note.strip()
    task.due, task.remind_on = due, remind_on
    db.session.flush()


def complete_task(*, task: PreparationTask, now: datetime) -> None:
    """Tick a task off; doing it twice keeps the first moment."""
    task.done_at = task.done_at or now
    db.session.flush()


def reopen_task(*, task: PreparationTask) -> None:
    """Take the tick back."""
    task.done_at = None
    db.session.flush()


def remove_task(*, task: PreparationTask) -> None:
    """Take a task off the list."""
    db.session.delete(task)
    db.session.flush()


def take_over_checklist(
    *, conference: Conference, assignments: Sequence[Assignment], today: date
) -> list[PreparationTask]:
    """Make tasks of steps of the format's check list, due as many days before the conference as they say.

    Steps that are on the list by title are left out, so that doing it twice is the same as once. Each task is
    reminded of the usual number of days before, unless that day has passed.
    """
    take_turn(Conference, conference.id)
    departments = {one.step.id: one.department for one in assignments}
    steps = missing_steps([one.step for one in assignments], [task.title for task in queries.list_tasks(conference)])
    tasks = []
    for step in steps:
        due = due_day(clock.local_date(conference.starts_at), step.days_before)
        remind_on = reminder_day(due, USUAL_DAYS_BEFORE, today)
        department = departments[step.id]
        tasks.append(
            add_task(conference=conference, department=department, title=step.title, due=due, remind_on=remind_on)
        )
    return tasks


def _title(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise RuleBroken(_("Geben Sie die Aufgabe ein."))
    return title
