"""The steps of a table on the day: open, vote, close, and the title of an open topic."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from app.accounts.models import User
from app.accounts.services import note_act
from app.conferences import topics
from app.contributions import versions
from app.core.errors import RuleBroken
from app.extensions import db
from app.tables import services as tables
from app.tables.enums import Phase
from app.tables.models import TopicTable


def enter_step(*, table: TopicTable, phase: Phase, user: User, now: datetime) -> bool:
    """Bring a table into a phase; False when it was there already. Raises RuleBroken when it may not go there.

    Two hosts tapping at once queue at the table's row, so the second sees what the first did.
    """
    versions.next_of_table(table)
    db.session.refresh(table, ["phase"])
    if table.phase is phase:
        return False
    tables.enter_phase(table=table, phase=phase, now=now)
    versions.next_of_wall(table.conference)
    note_act(
        municipality_id=table.conference.municipality_id,
        user=user,
        action="table." + phase.value,
        sentence=_("Tisch %(number)s: %(phase)s.", number=table.number, phase=phase.label),
        now=now,
    )
    return True


def enter_step_everywhere(*, tables: list[TopicTable], phase: Phase, user: User, now: datetime) -> list[TopicTable]:
    """Bring every table into a phase that may go there; returns those that went."""
    lock = select(TopicTable.id).where(TopicTable.id.in_([table.id for table in tables]))
    db.session.execute(lock.order_by(TopicTable.number).with_for_update())  # all tables before the wall: no deadlock
    moved = []
    for table in tables:
        try:
            if enter_step(table=table, phase=phase, user=user, now=now):
                moved.append(table)
        except RuleBroken:
            continue
    return moved


def name_open_topic(*, table: TopicTable, title: str, user: User, now: datetime) -> None:
    """Give the open topic of a table (questions loaded) the title agreed on the day. Raises RuleBroken."""
    topics.set_open_topic(topic=table.topic, title=title)
    versions.next_of_table(table)
    db.session.refresh(table, ["title"])
    versions.next_of_wall(table.conference)
    note_act(
        municipality_id=table.conference.municipality_id,
        user=user,
        action="table.topic",
        sentence=_("Tisch %(number)s arbeitet an „%(title)s“.", number=table.number, title=table.topic.title),
        now=now,
    )
