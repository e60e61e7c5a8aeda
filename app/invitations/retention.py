"""What people needed goes two weeks after the conference, their names and addresses half a year after it."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, union_all, update

from app.conferences.models import Conference
from app.core.mail import MailAddress, MailMessage, MailState
from app.core.retention import retention_rule
from app.extensions import db
from app.institutions.models import Contact
from app.invitations.models import AssistanceNeed, ConferenceMail, Invitation, Registration

KEPT_FOR = timedelta(days=180)
NEEDS_KEPT_FOR = timedelta(days=14)
DELETED = "gelöscht"


@retention_rule("Unterstützungsbedarfe")
def forget_needs(now: datetime) -> int:
    """Delete what people needed to take part 14 days after the conference ended."""
    over = (
        select(Registration.id)
        .join(Conference, Conference.id == Registration.conference_id)
        .where(Conference.ends_at < now - NEEDS_KEPT_FOR)
    )
    return db.session.execute(delete(AssistanceNeed).where(AssistanceNeed.registration_id.in_(over))).rowcount


@retention_rule("Angemeldete Personen")
def forget_people(now: datetime) -> int:
    """Take names and addresses out of registrations of conferences that ended 180 days ago.

    The rows stay, so that numbers by institution and type still add up; messages sent with answers go, too.
    """
    over = select(Conference.id).where(Conference.ends_at < now - KEPT_FOR)
    db.session.execute(
        update(Invitation).where(Invitation.conference_id.in_(over), Invitation.message != "").values(message="")
    )
    forgotten = db.session.execute(
        update(Registration)
        .where(Registration.conference_id.in_(over), Registration.last_name != DELETED)
        .values(first_name="", last_name=DELETED, email="")
    )
    return forgotten.rowcount


@retention_rule("Einladungsmails")
def forget_mails(now: datetime) -> int:
    """Take recipient and text out of all mails of conferences that ended 180 days ago; their state stays.

    One that still waits for a person will never be of use again: it counts as refused.
    """
    over = union_all(
        *(
            select(owner.mail_id)
            .join(Conference, Conference.id == owner.conference_id)
            .where(Conference.ends_at < now - KEPT_FOR, owner.mail_id.is_not(None))
            for owner in (Invitation, ConferenceMail)
        )
    )
    db.session.execute(
        update(MailMessage)
        .where(MailMessage.id.in_(over), MailMessage.state.in_((MailState.DRAFT, MailState.RELEASED)))
        .values(state=MailState.REFUSED)
    )
    forgotten = db.session.execute(
        update(MailMessage)
        .where(MailMessage.id.in_(over), MailMessage.recipient != DELETED)
        .values(recipient=DELETED, subject=DELETED, body=DELETED, calendar=None, error=None)
    )
    return forgotten.rowcount


@retention_rule("Unzustellbare Adressen")
def forget_addresses(now: datetime) -> int:
    """Forget addresses that gave trouble more than 180 days ago once nobody in a directory or registered has them."""
    known = union_all(select(func.lower(Contact.email)), select(func.lower(Registration.email)))
    forgotten = db.session.execute(
        delete(MailAddress).where(MailAddress.last_bounced_at < now - KEPT_FOR, MailAddress.address.not_in(known))
    )
    return forgotten.rowcount
