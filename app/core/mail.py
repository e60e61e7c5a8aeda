"""The outbox: a mail is a row written with the act that causes it, and delivered by a job, never twice.

Delivery claims a row and commits before it talks to the server. A mail whose delivery broke off in between
stays claimed and is shown to a person: whether it arrived is unknown, so it is not sent again by itself.
"""

import logging
from contextlib import suppress
from datetime import datetime, timedelta

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l
from flask_mailman import EmailMessage
from sqlalchemy import String, Text, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.columns import LabelledEnum, UTCDateTime, enum_column
from app.core.jobs import jobs
from app.extensions import db
from app.extensions import mail as mailer

log = logging.getLogger(__name__)
UNCLEAR_AFTER = timedelta(minutes=10)


class MailState(LabelledEnum):
    """Where a mail stands on its way out."""

    DRAFT = "draft", _l("zu prüfen")
    RELEASED = "released", _l("wartet auf Versand")
    CLAIMED = "claimed", _l("wird gesendet")
    SENT = "sent", _l("gesendet")
    REFUSED = "refused", _l("vom Mailserver abgelehnt")


NOT_OUT = frozenset({MailState.DRAFT, MailState.REFUSED})


class MailMessage(db.Model):
    """One mail to one address, exactly as it will read.

    `calendar` is an iCalendar file to send along. A server that asks to come back later sets `retry_at`.
    """

    __tablename__ = "mail_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[MailState] = enum_column(MailState, default=MailState.DRAFT, index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    claimed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    error: Mapped[str | None] = mapped_column(Text)
    calendar: Mapped[str | None] = mapped_column(Text)
    message_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    attempts: Mapped[int] = mapped_column(default=0)
    retry_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    bounced_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class MailAddress(db.Model):
    """An address that gave trouble; after five bounces nothing is sent there until a person says so."""

    __tablename__ = "mail_address"

    address: Mapped[str] = mapped_column(String(254), primary_key=True)
    bounces: Mapped[int] = mapped_column(default=0)
    last_reason: Mapped[str] = mapped_column(Text, default="")
    last_bounced_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    paused_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


def valid_address(address: str) -> bool:
    """Whether an address can be written to (syntax only; nothing is looked up)."""
    try:
        validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True


def write_mail(*, recipient: str, subject: str, body: str, now: datetime) -> MailMessage:
    """Put a mail into the outbox for review; it leaves only after `release`.

    Raises ValueError for an unusable address or a subject of several lines.
    """
    if not valid_address(recipient):
        raise ValueError("Ungültige E-Mail-Adresse.")
    if "\n" in subject or "\r" in subject:
        raise ValueError("Der Betreff darf nur eine Zeile haben.")
    message = MailMessage(recipient=recipient, subject=subject, body=body, created_at=now, state=MailState.DRAFT)
    db.session.add(message)
    return message


def release(message: MailMessage) -> None:
    """Let a reviewed mail go with the next delivery."""
    if message.state in NOT_OUT:
        message.state = MailState.RELEASED
        message.error = None


def release_again(message: MailMessage, now: datetime) -> bool:
    """Let a refused or unclear mail go once more, as a person decided; False when it is neither."""
    if message.state is not MailState.REFUSED and not is_unclear(message, now):
        return False
    message.state = MailState.RELEASED
    message.claimed_at = message.error = None
    return True


def confirm_arrival(message: MailMessage, now: datetime) -> bool:
    """Note that an unclear mail did arrive, as a person found out; False when it is not unclear."""
    if not is_unclear(message, now):
        return False
    message.state = MailState.SENT
    message.sent_at = message.claimed_at
    return True


def is_unclear(message: MailMessage, now: datetime) -> bool:
    """Claimed long ago and never confirmed: a person has to decide."""
    return (
        message.state is MailState.CLAIMED
        and message.claimed_at is not None
        and now - message.claimed_at > UNCLEAR_AFTER
    )


@jobs.every_minute
@jobs.job
def deliver_released() -> int:
    """Send everything released, one claim and one commit per mail; returns how many left."""
    sent = 0
    while (claimed := _claim_next(clock.now())) is not None:
        sent += _send(claimed)
    if sent:
        log.info("mails_delivered", extra={"count": sent})
    return sent


def _claim_next(now: datetime) -> int | None:
    released = db.session.scalars(
        select(MailMessage.id).where(MailMessage.state == MailState.RELEASED).order_by(MailMessage.id).limit(1)
    ).first()
    if released is None:
        db.session.rollback()
        return None
    claimed = db.session.execute(
        update(MailMessage)
        .where(MailMessage.id == released, MailMessage.state == MailState.RELEASED)
        .values(state=MailState.CLAIMED, claimed_at=now)
    )
    db.session.commit()
    return released if claimed.rowcount else _claim_next(now)


def _send(message_id: int) -> bool:
    """Hand a claimed mail over outside any transaction: no lock is held while the mail server thinks."""
    message = db.session.get(MailMessage, message_id)
    outgoing = EmailMessage(subject=message.subject, body=message.body, to=[message.recipient])
    db.session.rollback()
    refusal = _hand_over(outgoing)
    message.state = MailState.SENT if refusal is None else MailState.REFUSED
    message.sent_at = clock.now() if refusal is None else None
    message.error = refusal
    db.session.commit()
    return refusal is None


def _hand_over(outgoing: EmailMessage) -> str | None:
    """Why the mail was not taken, or None; a server that hangs up badly afterwards has taken it all the same."""
    outgoing.connection = mailer.get_connection()
    try:
        outgoing.connection.open()
        outgoing.send()
    except Exception as error:
        return str(error)[:500] or type(error).__name__
    finally:
        with suppress(Exception):
            outgoing.connection.close()
    return None
