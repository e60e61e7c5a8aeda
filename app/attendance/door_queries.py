"""Reads for the door: who is expected, who is there."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Municipality
from app.attendance.models import Attendance
from app.attendance.rules import PartyCount
from app.conferences.models import Conference
from app.core.collation import contains, sort_key
from app.core.errors import NotFound
from app.core.tokens import normalise_code
from app.extensions import db
from app.institutions.models import Institution
from app.invitations.enums import Place
from app.invitations.models import Registration
from app.tables.models import Seat, TopicTable

FIRST_ROUND = 1


@dataclass(frozen=True)
class Guest:
    """Somebody registered, the table of their first round, and since when they are there."""

    person: Registration
    table: TopicTable | None
    arrived_at: datetime | None

    @property
    def is_expected(self) -> bool:
        """Whether they have a place."""
        return self.person.place is Place.CONFIRMED


def list_guests(conference: Conference, search: str = "") -> list[Guest]:
    """Everybody registered, by last name; with `search` only those whose name, institution or badge code has it.

    People who cancelled are found by searching only.
    """
    found = [Guest(*row) for row in db.session.execute(_guests().where(Registration.conference_id == conference.id))]
    if search:
        found = [guest for guest in found if contains(_searchable(guest.person), search) or _has_code(guest, search)]
    else:
        found = [guest for guest in found if guest.person.place is not Place.CANCELLED]
    return sorted(found, key=lambda guest: (sort_key(guest.person.last_name, guest.person.first_name), guest.person.id))


def get_guest(conference: Conference, registration_id: int) -> Guest:
    """One person registered for a conference; raises NotFound."""
    return _one(
        _guests().where(Registration.conference_id == conference.id, Registration.id == registration_id),
        registration_id,
    )


def get_registration_by_badge(municipality: Municipality, code: str) -> Registration:
    """Whose badge this is, among the municipality's conferences; raises NotFound."""
    row = db.session.scalar(
        select(Registration)
        .join(Conference, Conference.id == Registration.conference_id)
        .where(Registration.badge_code == normalise_code(code), Conference.municipality_id == municipality.id)
    )
    if row is None:
        raise NotFound("badge")
    return row


def list_latest(conference: Conference, most: int = 3) -> list[Guest]:
    """Who arrived last, the last one first."""
    statement = _guests().where(Registration.conference_id == conference.id, Attendance.arrived_at.is_not(None))
    latest = statement.order_by(Attendance.arrived_at.desc(), Registration.id.desc()).limit(most)
    return [Guest(*row) for row in db.session.execute(latest)]


def count_parties(conference: Conference) -> list[PartyCount]:
    """Persons with a place and persons there, by where they come from, in German order; one statement."""
    there = func.count(Attendance.registration_id)
    confirmed = func.sum(case((Registration.place == Place.CONFIRMED, 1), else_=0))
    typed = case((Registration.institution_id.is_(None), Registration.organisation), else_="")
    rows = db.session.execute(
        select(Registration.institution_id, Institution.name, Institution.type, typed, confirmed, there)
        .outerjoin(Attendance, Attendance.registration_id == Registration.id)
        .outerjoin(Institution, Institution.id == Registration.institution_id)
        .where(
            Registration.conference_id == conference.id,
            or_(Registration.place == Place.CONFIRMED, Attendance.registration_id.is_not(None)),
        )
        .group_by(Registration.institution_id, Institution.name, Institution.type, typed)
    )
    parties = [PartyCount(key, name or said, kind, placed, came) for key, name, kind, said, placed, came in rows]
    return sorted(parties, key=lambda party: (party.is_private, sort_key(party.name), party.key or 0))


def find_walk_in(
    conference: Conference, *, name: tuple[str, str], institution_id: int | None, organisation: str, since: datetime
) -> Registration | None:
    """Somebody of the same name from the same place who was taken in since a moment, or None."""
    return db.session.scalar(
        select(Registration)
        .where(
            Registration.conference_id == conference.id,
            Registration.first_name == name[0],
            Registration.last_name == name[1],
            Registration.institution_id.is_(None)
            if institution_id is None
            else Registration.institution_id == institution_id,
            Registration.organisation == organisation,
            Registration.registered_at >= since,
        )
        .order_by(Registration.id)
        .limit(1)
    )


def _guests() -> Select:
    return (
        select(Registration, TopicTable, Attendance.arrived_at)
        .outerjoin(Attendance, Attendance.registration_id == Registration.id)
        .outerjoin(Seat, and_(Seat.registration_id == Registration.id, Seat.round == FIRST_ROUND))
        .outerjoin(TopicTable, TopicTable.id == Seat.table_id)
        .options(joinedload(Registration.institution))
    )


def _one(statement: Select, key: object) -> Guest:
    row = db.session.execute(statement).first()
    if row is None:
        raise NotFound(key)
    return Guest(*row)


def _searchable(person: Registration) -> str:
    house = person.institution
    return " ".join([person.name, person.organisation, *([house.name, house.short_name] if house else [])])


def _has_code(guest: Guest, search: str) -> bool:
    typed = normalise_code(search)
    return len(typed) >= 4 and guest.person.badge_code.startswith(typed)
