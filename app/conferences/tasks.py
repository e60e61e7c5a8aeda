"""Acts on what the departments prepare for a conference."""

from datetime import date, datetime

from app.conferences.models import Conference, PreparationTask
from app.extensions import db
from app.institutions.models import Institution


def add_task(*, conference: Conference, department: Institution, title: str, due: date) -> PreparationTask:
    """Give a department something to prepare."""
    task = PreparationTask(conference_id=conference.id, department=department, title=title.strip(), due=due)
    db.session.add(task)
    db.session.flush()
    return task


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
