"""Acts on topic tables: setting them up and running them."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from app.conferences.announcements import topic_retitled
from app.conferences.models import Conference, Topic
from app.core import tokens
from app.core.errors import RuleBroken
from app.core.turns import take_turn
from app.extensions import db
from app.tables import queries, rules
from app.tables.enums import Phase
from app.tables.models import TopicTable

CODE_ATTEMPTS = 20


def add_table(*, topic: Topic, room: str = "", host: str = "", capacity: int = 10) -> TopicTable:
    """Set up one more table for a topic; parallel tables are numbered I, II, III in their titles."""
    take_turn(Conference, topic.conference_id)
    row = TopicTable(
        conference_id=topic.conference_id,
        topic=topic,
        number=queries.next_table_number(topic.conference_id),
        title=topic.title,
        code=_new_code(),
        room=room,
        host=host,
        capacity=capacity,
    )
    db.session.add(row)
    db.session.flush()
    name_tables(topic)
    return row


def add_missing_tables(*, conference: Conference, topics: Sequence[Topic]) -> list[TopicTable]:
    """A table for every topic that has none yet."""
    take_turn(Conference, conference.id)
    served = {table.topic_id for table in queries.list_tables(conference)}
    return [add_table(topic=topic) for topic in topics if topic.id not in served]


def update_table(*, table: TopicTable, room: str, host: str, capacity: int, accessible: bool = True) -> None:
    """Change room, host, number of seats and whether everybody can get there."""
    table.room, table.host, table.capacity, table.accessible = room, host, capacity, accessible
    table.version = TopicTable.version + 1
    db.session.flush()


def remove_table(*, table: TopicTable) -> None:
    """Take away a table (topic loaded) that was never opened; its people lose their seat, not their place.

    Raises RuleBroken for a table that is or was in use.
    """
    in_use = RuleBroken(_("Tisch %(n)s wurde schon benutzt und bleibt deshalb erhalten.", n=table.number))
    if table.phase is not Phase.PREPARING:
        raise in_use
    topic = table.topic
    for seat in queries.list_seats(table):
        db.session.delete(seat)
    db.session.flush()
    try:
        with db.session.begin_nested():
            db.session.delete(table)
    except IntegrityError:
        raise in_use from None
    name_tables(topic)


def open_table(*, table: TopicTable, now: datetime) -> None:
    """Let phones contribute. Raises RuleBroken from a phase that does not allow it."""
    _enter(table, Phase.COLLECTING)
    table.opened_at = table.opened_at or now


def open_waiting_tables(*, tables: Sequence[TopicTable], now: datetime) -> list[TopicTable]:
    """Open every table that was not opened yet; returns them."""
    waiting = [table for table in tables if table.phase is Phase.PREPARING]
    for table in waiting:
        open_table(table=table, now=now)
    return waiting


def start_voting(*, table: TopicTable) -> None:
    """Let people give dots; contributions are still taken. Raises RuleBroken."""
    _enter(table, Phase.VOTING)


def close_table(*, table: TopicTable) -> None:
    """Take no more contributions or dots. Raises RuleBroken."""
    _enter(table, Phase.CLOSED)


def reopen_table(*, table: TopicTable, now: datetime) -> None:
    """Back to collecting, from voting or after closing. Raises RuleBroken."""
    open_table(table=table, now=now)


def enter_phase(*, table: TopicTable, phase: Phase, now: datetime) -> None:
    """The act that leads to a phase. Raises RuleBroken when it is not allowed from here."""
    if phase is Phase.COLLECTING:
        open_table(table=table, now=now)
    else:
        _enter(table, phase)


def name_tables(topic: Topic) -> None:
    """Give a topic's tables the titles that fit its title and their number."""
    tables = queries.list_tables_of_topic(topic)
    for table, title in zip(tables, rules.table_titles(topic.title, len(tables)), strict=True):
        if table.title != title:
            table.title = title
            table.version = TopicTable.version + 1
    db.session.flush()


topic_retitled.connect(name_tables)


def _enter(table: TopicTable, phase: Phase) -> None:
    if not rules.may_follow(table.phase, phase):
        raise RuleBroken(
            _("Tisch %(n)s ist gerade: %(phase)s. Laden Sie die Seite neu.", n=table.number, phase=table.phase.label)
        )
    table.phase = phase
    table.version = TopicTable.version + 1
    db.session.flush()


def _new_code() -> str:
    """A code no table has; six of 31 letters make collisions rare, so a few attempts are plenty."""
    for _attempt in range(CODE_ATTEMPTS):
        code = tokens.new_code()
        if not queries.code_is_taken(code):
            return code
    raise RuleBroken(_("Es ließ sich kein freier Code finden. Versuchen Sie es noch einmal."))
