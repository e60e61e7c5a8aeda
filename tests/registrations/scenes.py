"""What several tests of this floor start from: an open conference ahead with few places, people who registered."""

from datetime import datetime, timedelta

from app.conferences.enums import Participation
from app.conferences.models import Conference
from app.core import clock
from app.extensions import db
from app.invitations import places
from app.invitations.enums import Place
from app.invitations.models import Registration
from app.invitations.rules import Person
from app.registrations import entering
from app.registrations.rules import Entry
from tests.invitations.scenes import conference_ahead, home_of, organiser_of

__all__ = ["Person", "conference_ahead", "home_of", "organiser_of", "places"]


def open_conference(town, **fields) -> Conference:
    """The town's conference in 30 days, open for registrations, with the given columns; flushes."""
    row = conference_ahead(town)
    row.participation = Participation.OPEN
    for name, value in fields.items():
        setattr(row, name, value)
    db.session.flush()
    return row


def enter(conference: Conference, *names: str, now: datetime | None = None) -> list[Registration]:
    """Enter people by hand, one after the other; flushes."""
    start = now or clock.now() - timedelta(days=1)
    return [
        entering.enter_person(
            conference=conference,
            entry=Entry(Person("Kim", name), organisation="Verein Nord"),
            user=None,
            now=start + timedelta(minutes=n),
        )
        for n, name in enumerate(names)
    ]


def placed(town, place: Place) -> list[str]:
    """Last names of those who have, wait for, or gave back a place, in the order they registered."""
    rows = db.session.query(Registration).filter_by(conference_id=town.conference, place=place)
    return [row.last_name for row in rows.order_by(Registration.registered_at, Registration.id)]
