"""The outbox: a mail is a row written with the act that causes it, and delivered by a job, never twice.

What people decide about mails stands here; how they leave is in `delivery`, how they come back in `bounces`.
"""

from datetime import datetime, timedelta

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l
from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.columns import LabelledEnum, UTCDateTime, enum_column
from app.extensions import db

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


def normal_address(address: str) -> str:
    """An address as it is compared: case does not matter."""
    return address.strip().lower()


def write_mail(*, recipient: str, subject: str, body: str, now: datetime, calendar: str | None = None) -> MailMessage:
    """Put a mail into the outbox for review, with an iCalendar file where given; it leaves only after `release`.

    Raises ValueError for an unusable address or a subject of several lines.
    """
    if not valid_address(recipient):
        raise ValueError("Ungültige E-Mail-Adresse.")
    if "\n" in subject or "\r" in subject:
        raise ValueError("Der Betreff darf nur eine Zeile haben.")
    message = MailMessage(
        recipient=recipient, subject=subject, body=body, calendar=calendar, created_at=now, state=MailState.DRAFT
    )
    db.session.add(message)
    return message


def release(message: MailMessage) -> None:
    """Let a reviewed mail go with the next delivery."""
    if message.state in NOT_OUT:
        _let_go(message)


def release_again(message: MailMessage, now: datetime) -> bool:
    """Let a refused or unclear mail go once more, as a person decided; False when it is neither."""
    if message.state is not MailState.REFUSED and not is_unclear(message, now):
        return False
    _let_go(message)
    return True


def _let_go(message: MailMessage) -> None:
    """Patience with busy servers starts anew with every decision of a person."""
    message.state, message.attempts = MailState.RELEASED, 0
    message.claimed_at = message.retry_at = message.error = None


def confirm_arrival(message: MailMessage, now: datetime) -> bool:
    """Note that an unclear mail did arrive, as a person found out; False when it is not unclear."""
    if not is_unclear(message, now):
        return False
    message.state, message.sent_at, message.error = MailState.SENT, message.claimed_at, None
    return True


def is_unclear(message: MailMessage, now: datetime) -> bool:
    """Claimed and known to have broken off, or claimed long ago and never confirmed: a person has to decide."""
    if message.state is not MailState.CLAIMED:
        return False
    return bool(message.error) or (message.claimed_at is not None and now - message.claimed_at > UNCLEAR_AFTER)
