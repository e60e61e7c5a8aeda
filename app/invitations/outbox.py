"""What the outbox reads: invitations and all other mails of a conference, side by side."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Municipality
from app.conferences.models import Conference
from app.core.bounces import paused_among
from app.core.collation import sort_key
from app.core.errors import NotFound
from app.core.mail import MailAddress, MailMessage, normal_address
from app.extensions import db
from app.institutions.models import Contact, Institution
from app.invitations.delivery import delivery_of
from app.invitations.enums import Delivery, MailKind
from app.invitations.models import ConferenceMail, Invitation, Registration


@dataclass(frozen=True)
class Item:
    """One mail in the outbox. Without `conference_mail` it is an invitation; that has perhaps no mail at all."""

    name: str
    mail: MailMessage | None
    delivery: Delivery
    invitation: Invitation | None = None
    conference_mail: ConferenceMail | None = None
    paused: bool = False

    @property
    def kind(self) -> MailKind | None:
        """What the mail is for; None is the invitation itself."""
        return self.conference_mail.kind if self.conference_mail else None


def list_outbox(conference: Conference, now: datetime) -> list[Item]:
    """Every mail of a conference and every invitation without one, in German order of whom they go to."""
    items = [_of_invitation(row, now) for row in _invitations(conference)]
    items += [_of_conference_mail(row, now) for row in _conference_mails(conference)]
    return _with_pauses(sorted(items, key=lambda item: (sort_key(item.name), item.mail.id if item.mail else 0)))


def get_item(conference: Conference, mail_id: int, now: datetime) -> Item:
    """One mail of a conference, locked against a second decision; raises NotFound."""
    row = db.session.scalar(
        select(MailMessage).where(MailMessage.id == mail_id).with_for_update().execution_options(populate_existing=True)
    )
    found = [_of_invitation(one, now) for one in _invitations(conference, mail_id)]
    found += [_of_conference_mail(one, now) for one in _conference_mails(conference, mail_id)]
    if row is None or not found:
        raise NotFound(mail_id)
    return _with_pauses(found)[0]


def _invitations(conference: Conference, mail_id: int | None = None) -> list[Invitation]:
    statement = (
        select(Invitation)
        .where(Invitation.conference_id == conference.id)
        .options(joinedload(Invitation.institution), joinedload(Invitation.mail))
        .order_by(Invitation.id)
    )
    if mail_id is not None:
        statement = statement.where(Invitation.mail_id == mail_id)
    return list(db.session.scalars(statement))


def _conference_mails(conference: Conference, mail_id: int | None = None) -> list[ConferenceMail]:
    statement = (
        select(ConferenceMail)
        .where(ConferenceMail.conference_id == conference.id)
        .options(
            joinedload(ConferenceMail.mail),
            selectinload(ConferenceMail.invitation).joinedload(Invitation.institution),
            selectinload(ConferenceMail.registration),
        )
        .order_by(ConferenceMail.id)
    )
    if mail_id is not None:
        statement = statement.where(ConferenceMail.mail_id == mail_id)
    return list(db.session.scalars(statement))


def _of_invitation(row: Invitation, now: datetime) -> Item:
    return Item(row.institution.name, row.mail, delivery_of(row.mail, now), invitation=row)


def _of_conference_mail(row: ConferenceMail, now: datetime) -> Item:
    if row.registration is not None:
        name = row.registration.name
    else:
        name = row.invitation.institution.name if row.invitation else row.mail.recipient
    return Item(name, row.mail, delivery_of(row.mail, now), conference_mail=row)


def _with_pauses(items: list[Item]) -> list[Item]:
    drafts = {item.mail.recipient for item in items if item.delivery is Delivery.DRAFT}
    paused = paused_among(drafts)
    return [
        Item(item.name, item.mail, item.delivery, item.invitation, item.conference_mail, paused=True)
        if item.delivery is Delivery.DRAFT and normal_address(item.mail.recipient) in paused
        else item
        for item in items
    ]


def list_paused(municipality: Municipality) -> list[MailAddress]:
    """Paused addresses that stand in a municipality's directory or among its registered people."""
    return list(db.session.scalars(_paused(municipality).order_by(MailAddress.address)))


def get_paused(municipality: Municipality, address: str) -> MailAddress:
    """One of them; raises NotFound, also for an address only others know."""
    row = db.session.scalar(_paused(municipality).where(MailAddress.address == normal_address(address)))
    if row is None:
        raise NotFound("address")
    return row


def _paused(municipality: Municipality):
    contacts = (
        select(func.lower(Contact.email))
        .join(Institution, Institution.id == Contact.institution_id)
        .where(Institution.municipality_id == municipality.id)
    )
    people = (
        select(func.lower(Registration.email))
        .join(Conference, Conference.id == Registration.conference_id)
        .where(Conference.municipality_id == municipality.id)
    )
    known = MailAddress.address.in_(contacts) | MailAddress.address.in_(people)
    return select(MailAddress).where(MailAddress.paused_at.is_not(None), known)
