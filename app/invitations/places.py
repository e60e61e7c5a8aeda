"""Places at a conference: whoever registers gets a place while there are any, then waits in line."""

from datetime import datetime

from sqlalchemy import and_, func, or_, select

from app.conferences.models import Conference
from app.core.turns import take_turn
from app.extensions import db
from app.invitations.announcements import places_given
from app.invitations.enums import Place
from app.invitations.models import Registration


def count_places_taken(conference: Conference) -> int:
    """How many persons have a place."""
    return db.session.scalar(
        select(func.count(Registration.id)).where(
            Registration.conference_id == conference.id, Registration.place == Place.CONFIRMED
        )
    )


def free_places(conference: Conference) -> int | None:
    """How many places are left; None without a limit, never below zero."""
    if conference.capacity is None:
        return None
    return max(0, conference.capacity - count_places_taken(conference))


def give_place(conference: Conference, registration: Registration) -> Place:
    """A place, or the end of the waiting list, for a registration that has none: a new one, or one that was cancelled.

    Takes the conference's turn first, so that fifty people at once are counted one after the other.
    """
    take_turn(Conference, conference.id)
    db.session.refresh(conference, ["capacity"])
    free = free_places(conference)
    waits = free == 0 or (free is not None and count_waiting(conference) > 0)
    registration.place = Place.WAITING if waits else Place.CONFIRMED
    return registration.place


def move_up(conference: Conference, now: datetime) -> list[Registration]:
    """Give free places to those who wait, first come, first served; returns who has one now.

    Call it after anything that frees places: somebody cancels, the office raises the capacity. Once the event has
    begun or is called off nobody moves up by itself any more. Floors above that write to people follow
    `places_given`.
    """
    take_turn(Conference, conference.id)
    db.session.flush()
    db.session.refresh(conference, ["capacity", "cancelled_at", "starts_at"])
    if conference.cancelled_at is not None or now >= conference.starts_at:
        return []
    free = free_places(conference)
    waiting = list_waiting(conference)
    lucky = waiting if free is None else waiting[:free]
    for registration in lucky:
        registration.place = Place.CONFIRMED
    db.session.flush()
    if lucky:
        places_given.send(conference, registrations=lucky, now=now)
    return lucky


def list_waiting(conference: Conference) -> list[Registration]:
    """Who waits for a place, the first in line first; those who still have to confirm their address wait aside."""
    return list(
        db.session.scalars(
            select(Registration).where(*_in_line(conference)).order_by(Registration.registered_at, Registration.id)
        )
    )


def count_waiting(conference: Conference) -> int:
    """How many persons wait in line for a place."""
    return db.session.scalar(select(func.count(Registration.id)).where(*_in_line(conference)))


def place_in_line(conference: Conference, registration: Registration) -> int | None:
    """1 for the first in line; None for somebody who does not wait there."""
    if registration.place is not Place.WAITING or registration.confirm_by is not None:
        return None
    before = or_(
        Registration.registered_at < registration.registered_at,
        and_(Registration.registered_at == registration.registered_at, Registration.id < registration.id),
    )
    return 1 + db.session.scalar(select(func.count(Registration.id)).where(*_in_line(conference), before))


def _in_line(conference: Conference) -> tuple:
    return (
        Registration.conference_id == conference.id,
        Registration.place == Place.WAITING,
        Registration.confirm_by.is_(None),
    )
