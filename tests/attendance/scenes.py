"""Guests at the door of the small town."""

from dataclasses import dataclass

from app.conferences.models import Conference
from app.extensions import db
from app.institutions.models import Institution
from app.invitations.enums import Answer, Place
from app.tables.models import Seat
from tests import factories


@dataclass(frozen=True)
class Door:
    """Ids of a conference with Ömer at table 1 and Zoë, who waits; the institution has said yes."""

    conference: int
    omer: int
    zoe: int
    badge: str


def open_door(town: factories.Town, **conference) -> Door:
    """Put them in and commit."""
    event = db.session.get(Conference, town.conference)
    for name, value in conference.items():
        setattr(event, name, value)
    house = db.session.get(Institution, town.institution)
    invited = factories.invitation(event, house, answer=Answer.YES)
    omer = factories.registration(
        event, house, invitation_id=invited.id, first_name="Ömer", last_name="Müller-Çelik", badge_code="ABCDEFGH2345"
    )
    zoe = factories.registration(event, first_name="Zoë", last_name="Nachbarin", place=Place.WAITING)
    factories.add(Seat(registration_id=omer.id, table_id=town.table, round=1))
    db.session.commit()
    return Door(event.id, omer.id, zoe.id, omer.badge_code)
