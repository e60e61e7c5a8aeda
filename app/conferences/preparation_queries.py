"""Reads of a conference's preparation: agenda, tasks, team, rooms, material."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.conferences.models import AgendaItem, Conference, PreparationTask
from app.core.errors import NotFound
from app.extensions import db


def list_agenda(conference: Conference) -> list[AgendaItem]:
    """The agenda by time."""
    return list(
        db.session.scalars(
            select(AgendaItem)
            .where(AgendaItem.conference_id == conference.id)
            .order_by(AgendaItem.starts_at, AgendaItem.id)
        )
    )


def list_tasks(conference: Conference) -> list[PreparationTask]:
    """Preparation tasks with their department: open ones first, then by due date."""
    return list(
        db.session.scalars(
            select(PreparationTask)
            .where(PreparationTask.conference_id == conference.id)
            .options(joinedload(PreparationTask.department))
            .order_by(PreparationTask.done_at.is_not(None), PreparationTask.due, PreparationTask.id)
        )
    )


def get_task(conference: Conference, task_id: int) -> PreparationTask:
    """One task with its department; raises NotFound."""
    row = db.session.scalar(
        select(PreparationTask)
        .where(PreparationTask.conference_id == conference.id, PreparationTask.id == task_id)
        .options(joinedload(PreparationTask.department))
    )
    if row is None:
        raise NotFound(task_id)
    return row
