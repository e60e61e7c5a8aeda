"""Acts on the rooms of a conference."""

from app.conferences import preparation_queries as queries
from app.conferences.models import Conference, ConferenceRoom
from app.core.turns import take_turn
from app.extensions import db


def add_room(
    *, conference: Conference, name: str, seats: int | None = None, accessible: bool = True, note: str = ""
) -> ConferenceRoom:
    """Add a room at the end of the list."""
    take_turn(Conference, conference.id)
    room = ConferenceRoom(
        conference_id=conference.id,
        position=queries.next_position(ConferenceRoom, conference),
        name=name,
        seats=seats,
        accessible=accessible,
        note=note,
    )
    db.session.add(room)
    db.session.flush()
    return room


def update_room(*, room: ConferenceRoom, name: str, seats: int | None, accessible: bool, note: str) -> None:
    """Change a room. Tables and agenda name rooms in words of their own and keep them."""
    room.name, room.seats, room.accessible, room.note = name, seats, accessible, note
    db.session.flush()


def remove_room(*, room: ConferenceRoom) -> None:
    """Take a room off the list."""
    db.session.delete(room)
    db.session.flush()
