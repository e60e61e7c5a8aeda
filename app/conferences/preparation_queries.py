"""Reads of a conference's preparation: agenda, team, tasks, rooms, material."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.conferences.models import (
    AgendaItem,
    Conference,
    ConferenceRoom,
    FormatStep,
    MaterialItem,
    PreparationTask,
    TeamMember,
)
from app.core.collation import sort_key
from app.core.errors import NotFound
from app.extensions import db
from app.institutions.models import Institution

WITH_PEOPLE = (joinedload(PreparationTask.department), joinedload(PreparationTask.owner))


def list_agenda(conference: Conference) -> list[AgendaItem]:
    """The agenda by time."""
    return list(
        db.session.scalars(
            select(AgendaItem)
            .where(AgendaItem.conference_id == conference.id)
            .order_by(AgendaItem.starts_at, AgendaItem.id)
        )
    )


def list_tasks(
    conference: Conference, department_id: int | None = None, owner_id: int | None = None
) -> list[PreparationTask]:
    """Preparation tasks with department and owner: open ones first, then by due date."""
    statement = select(PreparationTask).where(PreparationTask.conference_id == conference.id)
    if department_id is not None:
        statement = statement.where(PreparationTask.department_id == department_id)
    if owner_id is not None:
        statement = statement.where(PreparationTask.owner_id == owner_id)
    statement = statement.options(*WITH_PEOPLE).order_by(
        PreparationTask.done_at.is_not(None), PreparationTask.due, PreparationTask.id
    )
    return list(db.session.scalars(statement))


def get_task(conference: Conference, task_id: int) -> PreparationTask:
    """One task with department and owner; raises NotFound."""
    return _one(
        select(PreparationTask)
        .where(PreparationTask.conference_id == conference.id, PreparationTask.id == task_id)
        .options(*WITH_PEOPLE),
        task_id,
    )


def list_tasks_to_remind(last_day: date, due_from: date) -> list[PreparationTask]:
    """Open tasks nobody was reminded of, with what a mail needs, of conferences that take place.

    Their reminder is set for `last_day` or earlier and they were due on `due_from` or later.
    """
    return list(
        db.session.scalars(
            select(PreparationTask)
            .join(Conference, Conference.id == PreparationTask.conference_id)
            .where(
                PreparationTask.done_at.is_(None),
                PreparationTask.reminded_at.is_(None),
                PreparationTask.remind_on <= last_day,
                PreparationTask.due >= due_from,
                Conference.cancelled_at.is_(None),
            )
            .options(
                joinedload(PreparationTask.owner),
                joinedload(PreparationTask.department).selectinload(Institution.contacts),
            )
            .order_by(PreparationTask.id)
        )
    )


def conferences_by_id(ids: set[int]) -> dict[int, Conference]:
    """Conferences of any municipality; for jobs only."""
    return {row.id: row for row in db.session.scalars(select(Conference).where(Conference.id.in_(ids)))}


def list_format_steps(conference: Conference) -> list[FormatStep]:
    """The check list of the conference's format; empty without one."""
    return list(
        db.session.scalars(
            select(FormatStep)
            .where(FormatStep.format_id == conference.format_id)
            .order_by(FormatStep.days_before.desc(), FormatStep.position, FormatStep.id)
        )
    )


def list_team(conference: Conference) -> list[TeamMember]:
    """The organising team with departments, by department and name in German order."""
    found = db.session.scalars(
        select(TeamMember).where(TeamMember.conference_id == conference.id).options(joinedload(TeamMember.department))
    )
    return sorted(
        found, key=lambda row: (sort_key(row.department.label), row.department_id, sort_key(row.name), row.id)
    )


def get_member(conference: Conference, member_id: int) -> TeamMember:
    """One member of the team with the department; raises NotFound."""
    return _one(
        select(TeamMember)
        .where(TeamMember.conference_id == conference.id, TeamMember.id == member_id)
        .options(joinedload(TeamMember.department)),
        member_id,
    )


def count_tasks_by_owner(conference: Conference) -> dict[int, int]:
    """How many open tasks each member of the team has, by its id."""
    return dict(
        db.session.execute(
            select(PreparationTask.owner_id, func.count())
            .where(
                PreparationTask.conference_id == conference.id,
                PreparationTask.owner_id.is_not(None),
                PreparationTask.done_at.is_(None),
            )
            .group_by(PreparationTask.owner_id)
        ).all()
    )


def ids_owned_by(member: TeamMember) -> tuple[list[int], list[int]]:
    """The tasks and the material a member of the team has."""
    tasks = select(PreparationTask.id).where(PreparationTask.owner_id == member.id).order_by(PreparationTask.id)
    material = select(MaterialItem.id).where(MaterialItem.owner_id == member.id).order_by(MaterialItem.id)
    return list(db.session.scalars(tasks)), list(db.session.scalars(material))


def list_rooms(conference: Conference) -> list[ConferenceRoom]:
    """The rooms in their order."""
    return list(
        db.session.scalars(
            select(ConferenceRoom)
            .where(ConferenceRoom.conference_id == conference.id)
            .order_by(ConferenceRoom.position, ConferenceRoom.id)
        )
    )


def get_room(conference: Conference, room_id: int) -> ConferenceRoom:
    """One room; raises NotFound."""
    return _one(
        select(ConferenceRoom).where(ConferenceRoom.conference_id == conference.id, ConferenceRoom.id == room_id),
        room_id,
    )


def list_material(conference: Conference) -> list[MaterialItem]:
    """The packing list with owners, in its order."""
    return list(
        db.session.scalars(
            select(MaterialItem)
            .where(MaterialItem.conference_id == conference.id)
            .options(joinedload(MaterialItem.owner))
            .order_by(MaterialItem.position, MaterialItem.id)
        )
    )


def get_item(conference: Conference, item_id: int) -> MaterialItem:
    """One line of the packing list with owner; raises NotFound."""
    return _one(
        select(MaterialItem)
        .where(MaterialItem.conference_id == conference.id, MaterialItem.id == item_id)
        .options(joinedload(MaterialItem.owner)),
        item_id,
    )


def next_position(model: type[ConferenceRoom] | type[MaterialItem], conference: Conference) -> int:
    """Where a new room or line of the packing list goes."""
    last = db.session.scalar(select(func.max(model.position)).where(model.conference_id == conference.id))
    return (last or 0) + 1


def _one(statement, row_id: int):
    row = db.session.scalar(statement)
    if row is None:
        raise NotFound(row_id)
    return row
