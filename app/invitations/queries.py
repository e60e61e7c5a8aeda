"""Reads of the invitations floor."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Municipality
from app.conferences.models import Conference
from app.core.collation import sort_key
from app.core.errors import NotFound
from app.core.mail import NOT_OUT, MailMessage
from app.extensions import db
from app.institutions.enums import InstitutionType
from app.institutions.models import Institution
from app.invitations import links
from app.invitations.delivery import delivery_of
from app.invitations.enums import Answer, Delivery, Place
from app.invitations.models import Invitation, InvitationLetter, Registration, TopicWish
from app.invitations.rules import InvitationCounts

COMING = (Answer.YES, Answer.SUBSTITUTE)
WISHES = selectinload(Registration.wishes).joinedload(TopicWish.topic)
WITH_PEOPLE = selectinload(Invitation.registrations).options(WISHES)


@dataclass(frozen=True)
class TrayFilter:
    """What the letter tray shows; None shows all."""

    answer: Answer | None = None
    delivery: Delivery | None = None
    type: InstitutionType | None = None

    @property
    def is_set(self) -> bool:
        """Whether anything is left out."""
        return (self.answer, self.delivery, self.type) != (None, None, None)


@dataclass(frozen=True)
class TypeAnswers:
    """How institutions of one type answered."""

    type: InstitutionType
    counts: InvitationCounts


def list_invitations(conference: Conference, now: datetime, only: TrayFilter | None = None) -> list[Invitation]:
    """Invitations with institution, contact, mail and people, in German order of the institutions."""
    only = only or TrayFilter()
    statement = (
        select(Invitation)
        .join(Invitation.institution)
        .where(Invitation.conference_id == conference.id)
        .options(
            joinedload(Invitation.institution),
            joinedload(Invitation.contact),
            joinedload(Invitation.mail),
            selectinload(Invitation.registrations),
        )
    )
    if only.answer is not None:
        statement = statement.where(Invitation.answer == only.answer)
    if only.type is not None:
        statement = statement.where(Institution.type == only.type)
    found = [
        row
        for row in db.session.scalars(statement)
        if only.delivery is None or delivery_of(row.mail, now) is only.delivery
    ]
    return sorted(found, key=lambda row: (sort_key(row.institution.name), row.id))


def get_invitation(conference: Conference, invitation_id: int, lock: bool = False) -> Invitation:
    """One invitation of a conference with everything its answer needs; raises NotFound.

    `lock` lets a second answer to the same invitation wait.
    """
    return _one_invitation(
        Invitation.conference_id == conference.id, Invitation.id == invitation_id, key=invitation_id, lock=lock
    )


def get_invitation_by_token(token: str, now: datetime, lock: bool = False) -> Invitation:
    """The invitation a personal link opens at a moment; raises NotFound. `lock` as in `get_invitation`."""
    link = links.get_link(token)
    invitation = _one_invitation(Invitation.id == link.invitation_id, key="token", lock=lock)
    if links.is_over(invitation.conference.ends_at, now):
        raise NotFound("token")
    return invitation


def _one_invitation(*conditions, key: object, lock: bool) -> Invitation:
    statement = (
        select(Invitation)
        .where(*conditions)
        .options(
            joinedload(Invitation.institution),
            joinedload(Invitation.contact),
            joinedload(Invitation.mail),
            joinedload(Invitation.conference).joinedload(Conference.area),
            WITH_PEOPLE,
        )
    )
    if lock:
        statement = statement.with_for_update(of=Invitation)
    row = db.session.scalar(statement)
    if row is None:
        raise NotFound(key)
    return row


def invited_institution_ids(conference: Conference) -> set[int]:
    """Which institutions are invited already."""
    return set(db.session.scalars(select(Invitation.institution_id).where(Invitation.conference_id == conference.id)))


def invitation_counts(conference: Conference) -> InvitationCounts:
    """Institutions by answer, and persons who come, with or without invitation."""
    answers = dict(
        db.session.execute(
            select(Invitation.answer, func.count())
            .where(Invitation.conference_id == conference.id)
            .group_by(Invitation.answer)
        ).all()
    )
    people, with_invitation = db.session.execute(
        select(func.count(Registration.id), func.count(Registration.invitation_id)).where(
            Registration.conference_id == conference.id, Registration.place == Place.CONFIRMED
        )
    ).one()
    return _counts(answers, people, people - with_invitation)


def answers_by_type(conference: Conference) -> list[TypeAnswers]:
    """Answers and persons for each type of institution that was invited or comes, in the order of the types."""
    answers: dict[InstitutionType, dict[Answer, int]] = {}
    for kind, answer, count in db.session.execute(
        select(Institution.type, Invitation.answer, func.count())
        .join(Invitation, Invitation.institution_id == Institution.id)
        .where(Invitation.conference_id == conference.id)
        .group_by(Institution.type, Invitation.answer)
    ):
        answers.setdefault(kind, {})[answer] = count
    people = {
        kind: (count, count - invited)
        for kind, count, invited in db.session.execute(
            select(Institution.type, func.count(Registration.id), func.count(Registration.invitation_id))
            .join(Registration, Registration.institution_id == Institution.id)
            .where(Registration.conference_id == conference.id, Registration.place == Place.CONFIRMED)
            .group_by(Institution.type)
        )
    }
    return [
        TypeAnswers(kind, _counts(answers.get(kind, {}), *people.get(kind, (0, 0))))
        for kind in InstitutionType
        if kind in answers or kind in people
    ]


def _counts(answers: dict[Answer, int], people: int, people_by_hand: int) -> InvitationCounts:
    return InvitationCounts(
        invited=sum(answers.values()),
        coming=sum(answers.get(answer, 0) for answer in COMING),
        declined=answers.get(Answer.NO, 0),
        people=people,
        people_by_hand=people_by_hand,
    )


def count_deliveries(conference: Conference, now: datetime) -> dict[Delivery, int]:
    """How many invitations have their mail in each state."""
    counts = dict.fromkeys(Delivery, 0)
    for row in db.session.scalars(
        select(Invitation).where(Invitation.conference_id == conference.id).options(joinedload(Invitation.mail))
    ):
        counts[delivery_of(row.mail, now)] += 1
    return counts


def list_registrations(conference: Conference, place: Place = Place.CONFIRMED) -> list[Registration]:
    """Everybody who has a place (or waits, or cancelled), with institution and topic wishes.

    In German order of where they come from and of names.
    """
    found = db.session.scalars(
        select(Registration)
        .where(Registration.conference_id == conference.id, Registration.place == place)
        .options(joinedload(Registration.institution), WISHES)
    )
    return sorted(found, key=lambda row: (sort_key(row.comes_from), sort_key(row.last_name, row.first_name), row.id))


def find_letter(conference: Conference) -> InvitationLetter | None:
    """The conference's own letter, or None while the default one is in use."""
    return db.session.scalar(select(InvitationLetter).where(InvitationLetter.conference_id == conference.id))


def count_audience(conference: Conference) -> tuple[int, int]:
    """Invitations that are out (or were made by phone) and not declined; people with a place or waiting for one."""
    out = or_(Invitation.mail_id.is_(None), MailMessage.state.not_in(NOT_OUT))
    invitations = (
        select(func.count(Invitation.id))
        .outerjoin(Invitation.mail)
        .where(Invitation.conference_id == conference.id, Invitation.answer != Answer.NO, out)
    )
    people = select(func.count(Registration.id)).where(
        Registration.conference_id == conference.id, Registration.place != Place.CANCELLED
    )
    return db.session.scalar(invitations), db.session.scalar(people)


def get_inviting_municipality(invitation: Invitation) -> Municipality:
    """Who invites; raises NotFound."""
    row = db.session.get(Municipality, invitation.conference.municipality_id)
    if row is None:
        raise NotFound(invitation.conference.municipality_id)
    return row
