"""Acts on a conference's agenda."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.conferences import preparation_queries as queries
from app.conferences.models import AgendaItem, Conference
from app.extensions import db


@dataclass(frozen=True)
class AgendaLine:
    """One line as it is to be; `id` is None for a new one."""

    starts_at: datetime
    title: str
    note: str = ""
    room: str = ""
    id: int | None = None


def add_agenda_item(
    *, conference: Conference, starts_at: datetime, title: str, note: str = "", room: str = ""
) -> AgendaItem:
    """Add one line to the agenda."""
    item = AgendaItem(conference_id=conference.id, starts_at=starts_at, title=title, note=note, room=room)
    db.session.add(item)
    db.session.flush()
    return item


def save_agenda(*, conference: Conference, lines: Sequence[AgendaLine]) -> None:
    """Make the agenda these lines: known ones are changed, new ones added, missing ones removed."""
    known = {item.id: item for item in queries.list_agenda(conference)}
    for line in lines:
        item = known.pop(line.id, None)
        if item is None:
            item = AgendaItem(conference_id=conference.id)
            db.session.add(item)
        item.starts_at, item.title, item.note, item.room = line.starts_at, line.title, line.note, line.room
    for item in known.values():
        db.session.delete(item)
    db.session.flush()
