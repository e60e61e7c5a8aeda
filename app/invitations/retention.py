"""Names and addresses of people who came go half a year after the conference."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from app.conferences.models import Conference
from app.core.mail import MailMessage
from app.core.retention import retention_rule
from app.extensions import db
from app.invitations.models import Invitation, Registration

KEPT_FOR = timedelta(days=180)
DELETED = "gelöscht"


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
    """Take recipient and text out of invitation mails of conferences that ended 180 days ago; their state stays."""
    over = (
        select(Invitation.mail_id)
        .join(Conference, Conference.id == Invitation.conference_id)
        .where(Conference.ends_at < now - KEPT_FOR, Invitation.mail_id.is_not(None))
    )
    forgotten = db.session.execute(
        update(MailMessage)
        .where(MailMessage.id.in_(over), MailMessage.recipient != DELETED)
        .values(recipient=DELETED, subject=DELETED, body=DELETED, error=None)
    )
    return forgotten.rowcount
