"""Who belongs to the group a kind of mailing is for, at this moment."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.attendance.models import Attendance
from app.conferences.models import Conference
from app.core.bounces import paused_among
from app.core.collation import sort_key
from app.core.mail import NOT_OUT, MailMessage, normal_address
from app.extensions import db
from app.institutions.models import Institution
from app.invitations.conference_mails import Addressee, to_institution, to_person
from app.invitations.enums import Answer, MailKind, Place
from app.invitations.models import Invitation, Registration
from app.tables.models import Seat, TopicTable

NO_ADDRESS = "ohne E-Mail: bitte anrufen"
PAUSED = "Adresse pausiert: bitte anrufen"


@dataclass(frozen=True)
class Audience:
    """Whom a mailing can reach, and whom somebody has to call instead, each with the reason."""

    reachable: list[Addressee]
    unreachable: list[tuple[Addressee, str]]

    @property
    def keys(self) -> list[str]:
        """Addressees as a mailing stores its choice."""
        return [one.key for one in self.reachable]

    def only(self, keys: Collection[str] | None) -> list[Addressee]:
        """Those chosen among the reachable; None is everybody."""
        return [one for one in self.reachable if keys is None or one.key in keys]


def audience_for(kind: MailKind, conference: Conference) -> Audience:
    """The group of a kind: open invitations, everybody concerned, everybody with a place, or those who came."""
    if kind is MailKind.REMINDER:
        found = [to_institution(row) for row in _open_invitations(conference)]
    elif kind in {MailKind.CHANGE, MailKind.CANCELLATION}:
        found = _everybody_concerned(conference)
    elif kind is MailKind.BEFORE:
        tables = _tables_of_first_round(conference)
        found = [to_person(row, tables.get(row.id, "")) for row in _people(conference, Place.CONFIRMED)]
    else:
        found = [to_person(row) for row in _people_who_came(conference)]
    return _sorted_out(found)


def _sorted_out(found: Iterable[Addressee]) -> Audience:
    ordered = sorted(found, key=lambda one: (sort_key(one.institution), sort_key(one.last_name), one.key))
    paused = paused_among([one.email for one in ordered if one.email])
    reachable, unreachable = [], []
    for one in ordered:
        if not one.email:
            unreachable.append((one, NO_ADDRESS))
        elif normal_address(one.email) in paused:
            unreachable.append((one, PAUSED))
        else:
            reachable.append(one)
    return Audience(reachable, unreachable)


def _everybody_concerned(conference: Conference) -> list[Addressee]:
    """Registered people and those in the line; the contact of an institution where none of its people can be reached.

    So nobody who was invited and did not decline misses a change, and nobody gets it twice.
    """
    people = _people(conference, Place.CONFIRMED, Place.WAITING)
    with_people = {row.invitation_id for row in people}
    reached = {row.invitation_id for row in people if to_person(row).email}
    contacts = [
        to_institution(row)
        for row in _invitations_not_declined(conference)
        if row.id not in reached and (row.answer is Answer.NONE or row.id in with_people)
    ]
    through_contact = {one.owner.id for one in contacts if one.email}
    persons = [to_person(row) for row in people if row.invitation_id not in through_contact]
    return [one for one in contacts if one.email or one.owner.answer is Answer.NONE] + persons


def _invitations(conference: Conference):
    out = or_(Invitation.mail_id.is_(None), MailMessage.state.not_in(NOT_OUT))
    return (
        select(Invitation)
        .outerjoin(Invitation.mail)
        .where(Invitation.conference_id == conference.id, out)
        .options(joinedload(Invitation.institution).selectinload(Institution.contacts))
        .order_by(Invitation.id)
    )


def _open_invitations(conference: Conference) -> list[Invitation]:
    return list(db.session.scalars(_invitations(conference).where(Invitation.answer == Answer.NONE)))


def _invitations_not_declined(conference: Conference) -> list[Invitation]:
    return list(db.session.scalars(_invitations(conference).where(Invitation.answer != Answer.NO)))


def _registered(conference: Conference):
    """People whose address is theirs: those who still have to confirm it get no other mail before."""
    return (
        select(Registration)
        .where(Registration.conference_id == conference.id, Registration.confirm_by.is_(None))
        .options(joinedload(Registration.institution))
        .order_by(Registration.id)
    )


def _people(conference: Conference, *places: Place) -> list[Registration]:
    return list(db.session.scalars(_registered(conference).where(Registration.place.in_(places))))


def _people_who_came(conference: Conference) -> list[Registration]:
    return list(
        db.session.scalars(_registered(conference).join(Attendance, Attendance.registration_id == Registration.id))
    )


def _tables_of_first_round(conference: Conference) -> dict[int, str]:
    """„Tisch 3: Familie im Stadtteil (Saal 1)“ by registration."""
    seats = db.session.execute(
        select(Seat.registration_id, TopicTable.number, TopicTable.title, TopicTable.room)
        .join(TopicTable, TopicTable.id == Seat.table_id)
        .where(TopicTable.conference_id == conference.id, Seat.round == 1)
    )
    return {row[0]: f"Tisch {row[1]}: {row[2]}{f' ({row[3]})' if row[3] else ''}" for row in seats}
