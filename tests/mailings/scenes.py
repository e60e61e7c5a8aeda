"""A conference with guests in every situation a mailing has to tell apart."""

from datetime import timedelta

from app.attendance.models import Attendance
from app.conferences.models import Conference, Topic
from app.core import clock
from app.core.mail import MailState
from app.extensions import db
from app.institutions.models import Institution
from app.institutions.queries import list_institutions
from app.invitations.enums import Answer, Place
from app.invitations.models import Invitation
from app.invitations.services import invite_institutions
from app.mailings.services import Reach
from app.tables.models import Seat
from tests import factories
from tests.invitations import scenes

REACH = Reach(scenes.BASE_URL, f"{scenes.BASE_URL}/k/stadt/papiere/")
NAMES = ("Offen", "Entwurf", "Zusage", "Absage", "Telefon")


def fill(town) -> dict[str, object]:
    """Invitations in all states and people beside them; flushed. Everything by a telling name."""
    conference = scenes.conference_ahead(town)
    home = scenes.home_of(town)
    houses = {name: factories.institution(home, name) for name in NAMES}
    for contact in _contacts(home, "Telefon"):
        contact.email = ""
    db.session.flush()
    invited = _invite(town, conference, houses)
    invited["Zusage"].answer, invited["Absage"].answer = Answer.YES, Answer.NO
    fields = {"email": "zusage@verein.example", "last_name": "Zusage", "invitation_id": invited["Zusage"].id}
    people = {
        "zusage": factories.registration(conference, houses["Zusage"], **fields),
        "waiting": factories.registration(conference, last_name="W", email="w@verein.example", place=Place.WAITING),
        "cancelled": factories.registration(conference, last_name="C", email="c@x.example", place=Place.CANCELLED),
        "without": factories.registration(conference, last_name="Ohne"),
        "unconfirmed": factories.registration(
            conference,
            last_name="U",
            email="u@verein.example",
            confirm_by=clock.now() + timedelta(days=1),
            place=Place.WAITING,
        ),
    }
    table = factories.table(db.session.get(Topic, town.topic), number=7)
    for round_ in (1, 2):
        db.session.add(
            Seat(registration_id=people["zusage"].id, round=round_, table_id=table.id if round_ == 1 else town.table)
        )
    db.session.flush()
    return {"conference": conference, "home": home, **invited, **people}


def came(person) -> None:
    """Somebody checked in."""
    db.session.add(Attendance(registration_id=person.id, arrived_at=clock.now()))
    db.session.flush()


def _contacts(home, name: str):
    return next(row for row in list_institutions(home) if row.name == name).contacts


def _invite(town, conference: Conference, houses: dict[str, Institution]) -> dict[str, Invitation]:
    found = [row for row in list_institutions(scenes.home_of(town)) if row.name in houses]
    rows = invite_institutions(
        conference=conference,
        municipality=scenes.home_of(town),
        institutions=found,
        user=scenes.organiser_of(town),
        base_url=scenes.BASE_URL,
        now=clock.now(),
    )
    by_name = {row.institution.name: row for row in rows}
    for name in ("Offen", "Zusage", "Absage"):
        by_name[name].mail.state = MailState.SENT
    db.session.flush()
    return by_name
