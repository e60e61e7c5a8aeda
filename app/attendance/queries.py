"""Reads about who was reached, what they thought, and the history of an institution."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import and_, case, func, or_, select

from app.accounts.models import Municipality
from app.areas.models import Area
from app.attendance import reach
from app.attendance.models import Attendance, Feedback
from app.attendance.reach import Invited, Opinion, People, Reach
from app.conferences.models import Conference
from app.core.collation import sort_key
from app.core.errors import NotFound
from app.extensions import db
from app.institutions.enums import InstitutionType
from app.institutions.models import Institution
from app.institutions.queries import list_names_in
from app.invitations.enums import Answer, Origin, Place
from app.invitations.models import Invitation, Registration
from app.invitations.queries import COMING

PLACED = func.sum(case((Registration.place == Place.CONFIRMED, 1), else_=0))
CANCELLED = func.sum(case((Registration.place == Place.CANCELLED, 1), else_=0))
CAME = func.count(Attendance.registration_id)


@dataclass(frozen=True)
class Participation:
    """One conference in the history of an institution; `invited_at` is None when it came uninvited."""

    conference: Conference
    invited_at: datetime | None
    answer: Answer | None
    placed: int
    came: int
    was_recorded: bool


def measure_reach(conference: Conference, kept: Mapping[int, int]) -> Reach:
    """The report on one conference, in two statements.

    `kept` is `app.institutions.queries.kept_ids`: what a merged institution did counts for the one that was kept.
    """
    invited = [
        replace(row, institution_id=kept.get(row.institution_id, row.institution_id))
        for row in _list_invited(conference)
    ]
    people = [
        replace(row, institution_id=kept.get(row.institution_id, row.institution_id))
        for row in _list_people(conference)
    ]
    return reach.measure(reach.once_each(invited), people, list(InstitutionType))


def _list_invited(conference: Conference) -> list[Invited]:
    rows = db.session.execute(
        select(Institution.id, Institution.name, Institution.type, Invitation.answer)
        .join(Invitation, Invitation.institution_id == Institution.id)
        .where(Invitation.conference_id == conference.id)
    )
    invited = [
        Invited(key, name, kind, answer is not Answer.NONE, answer in COMING) for key, name, kind, answer in rows
    ]
    return sorted(invited, key=lambda row: (sort_key(row.name), row.institution_id))


def _list_people(conference: Conference) -> list[People]:
    typed = case((Registration.institution_id.is_(None), Registration.organisation), else_="")
    rows = db.session.execute(
        select(
            Registration.institution_id,
            Institution.name,
            typed,
            Institution.type,
            Registration.origin,
            PLACED,
            CAME,
            CANCELLED,
        )
        .outerjoin(Attendance, Attendance.registration_id == Registration.id)
        .outerjoin(Institution, Institution.id == Registration.institution_id)
        .where(Registration.conference_id == conference.id)
        .group_by(Registration.institution_id, Institution.name, typed, Institution.type, Registration.origin)
    )
    people = [
        People(key, name or said, kind, origin, origin is Origin.WALK_IN, placed, came, cancelled)
        for key, name, said, kind, origin, placed, came, cancelled in rows
    ]
    return sorted(people, key=lambda row: (row.is_private, sort_key(row.name), row.institution_id or 0, row.origin))


def find_previous(conference: Conference) -> Conference | None:
    """The last conference before this one in its series, else about its area; None for a first one."""
    same_series = and_(Conference.series_id.is_not(None), Conference.series_id == conference.series_id)
    return db.session.scalar(
        select(Conference)
        .where(
            Conference.municipality_id == conference.municipality_id,
            or_(same_series, Conference.area_id == conference.area_id),
            Conference.starts_at < conference.starts_at,
            Conference.cancelled_at.is_(None),
        )
        .order_by(
            case((same_series, 0), else_=1),
            Conference.starts_at.desc(),
            Conference.id.desc(),
        )
        .limit(1)
    )


def list_never_came(municipality: Municipality, kept: Mapping[int, int], now: datetime) -> list[Institution]:
    """Institutions that were invited at least once and never came, in German order.

    Only conferences count that are over and at which arrivals were noted.
    """
    own = Conference.municipality_id == municipality.id
    invited = db.session.scalars(
        select(Invitation.institution_id)
        .join(Conference, Conference.id == Invitation.conference_id)
        .where(own, Conference.ends_at < now, Conference.id.in_(_recorded()))
        .distinct()
    )
    came = db.session.scalars(
        select(Registration.institution_id)
        .join(Attendance, Attendance.registration_id == Registration.id)
        .join(Conference, Conference.id == Registration.conference_id)
        .where(own, Registration.institution_id.is_not(None))
        .distinct()
    )
    never = {kept.get(key, key) for key in invited} - {kept.get(key, key) for key in came}
    found = db.session.scalars(select(Institution).where(Institution.id.in_(never)))
    return sorted(found, key=lambda row: (sort_key(row.name), row.id))


def list_never_invited(municipality: Municipality, area: Area, kept: Mapping[int, int]) -> list[Institution]:
    """Institutions of the directory for an area that were never invited to anything, in German order."""
    invited = db.session.scalars(
        select(Invitation.institution_id)
        .join(Conference, Conference.id == Invitation.conference_id)
        .where(Conference.municipality_id == municipality.id)
        .distinct()
    )
    reached = {kept.get(key, key) for key in invited}
    return [
        row
        for row in list_names_in(municipality, area)
        if row.id not in reached and row.type is not InstitutionType.DEPARTMENT
    ]


def read_opinion(conference: Conference) -> Opinion:
    """What people thought: averages and texts when there are enough answers, else only how many there are."""
    rows = db.session.execute(
        select(Feedback.useful, Feedback.heard, Feedback.good, Feedback.better).where(
            Feedback.conference_id == conference.id
        )
    )
    return reach.opinion([tuple(row) for row in rows], order=sort_key)


def list_participations(municipality: Municipality, institution_ids: Collection[int]) -> list[Participation]:
    """Every conference an institution (under all its ids) was invited or came to, latest first."""
    conferences = {
        row.id: row
        for row in db.session.scalars(select(Conference).where(Conference.municipality_id == municipality.id))
    }
    invited = {
        row.conference_id: row
        for row in db.session.scalars(
            select(Invitation).where(Invitation.institution_id.in_(institution_ids)).order_by(Invitation.id.desc())
        )
    }
    people = {
        conference_id: (placed, came)
        for conference_id, placed, came in db.session.execute(
            select(Registration.conference_id, PLACED, CAME)
            .outerjoin(Attendance, Attendance.registration_id == Registration.id)
            .where(Registration.institution_id.in_(institution_ids))
            .group_by(Registration.conference_id)
        )
    }
    recorded = set(db.session.scalars(_recorded()))
    found = [
        Participation(
            row,
            invited[row.id].created_at if row.id in invited else None,
            invited[row.id].answer if row.id in invited else None,
            *people.get(row.id, (0, 0)),
            row.id in recorded,
        )
        for row in conferences.values()
        if row.id in invited or row.id in people
    ]
    return sorted(found, key=lambda one: (one.conference.starts_at, one.conference.id), reverse=True)


def _recorded():
    """Conferences at which arrivals were noted."""
    return select(Registration.conference_id).join(Attendance, Attendance.registration_id == Registration.id).distinct()


def get_guest_of_link(registration_id: int | None) -> tuple[Registration, Conference, Municipality, Attendance | None]:
    """The person behind a personal link, their conference and town, and whether they were there; raises NotFound."""
    row = db.session.execute(
        select(Registration, Conference, Municipality, Attendance)
        .join(Conference, Conference.id == Registration.conference_id)
        .join(Municipality, Municipality.id == Conference.municipality_id)
        .outerjoin(Attendance, Attendance.registration_id == Registration.id)
        .where(Registration.id == registration_id)
    ).first()
    if row is None:
        raise NotFound("link")
    return tuple(row)
