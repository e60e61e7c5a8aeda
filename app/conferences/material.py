"""Acts on the packing list of a conference."""

from collections.abc import Sequence
from datetime import datetime

from app.conferences import preparation_queries as queries
from app.conferences.models import Conference, MaterialItem, TeamMember
from app.conferences.packing import Packed, not_packed_yet
from app.core.turns import take_turn
from app.extensions import db


def add_item(
    *, conference: Conference, title: str, quantity: str = "", place: str = "", owner: TeamMember | None = None
) -> MaterialItem:
    """Add a line at the end of the packing list."""
    take_turn(Conference, conference.id)
    item = MaterialItem(
        conference_id=conference.id,
        position=queries.next_position(MaterialItem, conference),
        title=title,
        quantity=quantity,
        place=place,
        owner=owner,
    )
    db.session.add(item)
    db.session.flush()
    return item


def update_item(*, item: MaterialItem, title: str, quantity: str, place: str, owner: TeamMember | None) -> None:
    """Change a line."""
    item.title, item.quantity, item.place, item.owner = title, quantity, place, owner
    db.session.flush()


def mark_ready(*, item: MaterialItem, now: datetime) -> None:
    """Note that it lies ready; doing it twice keeps the first moment."""
    item.ready_at = item.ready_at or now
    db.session.flush()


def mark_missing(*, item: MaterialItem) -> None:
    """Take that back."""
    item.ready_at = None
    db.session.flush()


def remove_item(*, item: MaterialItem) -> None:
    """Take a line off the list."""
    db.session.delete(item)
    db.session.flush()


def pack(*, conference: Conference, proposed: Sequence[Packed]) -> list[MaterialItem]:
    """Add the proposed lines that are not on the list by title; doing it twice is the same as once."""
    take_turn(Conference, conference.id)
    missing = not_packed_yet(proposed, [item.title for item in queries.list_material(conference)])
    return [add_item(conference=conference, title=line.title, quantity=line.quantity) for line in missing]
