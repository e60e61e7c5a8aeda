"""Mails that come back: counted for the address, which is paused after five, until a person says so."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from app.core.errors import RuleBroken
from app.core.letters import one_line
from app.core.mail import MailAddress, MailMessage, MailState, normal_address
from app.extensions import db

PAUSED_AFTER = 5
LONGEST_REPORT = 1024 * 1024
STILL_OURS = timedelta(days=7)
"""How long after sending a report that names no mail of ours may still be about the last one to its address."""


@dataclass(frozen=True)
class Report:
    """What a delivery status notification says (RFC 3464)."""

    message_id: str
    recipient: str
    reason: str


def read_report(raw: bytes) -> Report:
    """Read a notification as mail servers pipe it. Raises RuleBroken with one line for anything else."""
    if len(raw) > LONGEST_REPORT:
        raise RuleBroken("Das ist zu groß für einen Zustellbericht (höchstens 1 MB).")
    try:
        parts = list(message_from_bytes(raw, policy=default).walk())
        status = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
        if status is None:
            raise RuleBroken("Das ist kein Zustellbericht nach RFC 3464.")
        return _report(status, parts)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:  # hostile headers
        if isinstance(error, RuleBroken):
            raise
        raise RuleBroken("Der Zustellbericht lässt sich nicht lesen.") from None


def _report(status: EmailMessage, parts: list[EmailMessage]) -> Report:
    blocks = [block for block in status.get_payload() if isinstance(block, Message)]
    failed = [block for block in blocks if str(block.get("Action", "")).strip().lower() == "failed"]
    if not failed:
        raise RuleBroken("Der Bericht meldet keine endgültig unzustellbare Mail.")
    reason = failed[0].get("Diagnostic-Code") or failed[0].get("Status") or "ohne Begründung"
    return Report(
        message_id=_original_id(parts),
        recipient=_typed_value(failed[0].get("Final-Recipient") or failed[0].get("Original-Recipient") or ""),
        reason=one_line(_typed_value(str(reason)))[:300],
    )


def _original_id(parts: list[EmailMessage]) -> str:
    """The Message-ID of the mail that came back, from its copy or from its headers alone."""
    for part in parts:
        if part.get_content_type() == "message/rfc822":
            for inner in part.get_payload():
                return one_line(str(inner.get("Message-ID", "")))
        if part.get_content_type() == "text/rfc822-headers":
            return one_line(str(message_from_bytes(part.get_payload(decode=True) or b"").get("Message-ID", "")))
    return ""


def _typed_value(field: str) -> str:
    """„rfc822; a@b.example“ → „a@b.example“."""
    return one_line(str(field).split(";", 1)[-1]).strip("<>")


def note_report(report: Report, now: datetime) -> MailMessage:
    """Note that a mail of ours came back; the same report twice counts once. Raises RuleBroken for foreign mail."""
    message = _find_mail(report, now)
    if message is None:
        raise RuleBroken("Zu diesem Zustellbericht gibt es keine Mail von hier.")
    note_bounce(message, report.reason, now)
    return message


def _find_mail(report: Report, now: datetime) -> MailMessage | None:
    if report.message_id:
        return db.session.scalar(select(MailMessage).where(MailMessage.message_id == report.message_id[:120]))
    return db.session.scalar(
        select(MailMessage)
        .where(
            MailMessage.recipient == report.recipient,
            MailMessage.state == MailState.SENT,
            MailMessage.sent_at > now - STILL_OURS,
        )
        .order_by(MailMessage.sent_at.desc(), MailMessage.id.desc())
        .limit(1)
    )


def note_bounce(message: MailMessage, reason: str, now: datetime) -> bool:
    """A mail that was sent came back: mark it and count for its address. False when it was not out, or noted before."""
    changed = db.session.execute(
        update(MailMessage)
        .where(
            MailMessage.id == message.id,
            MailMessage.bounced_at.is_(None),
            MailMessage.state.in_((MailState.SENT, MailState.CLAIMED)),
        )
        .values(bounced_at=now, error=reason, state=MailState.SENT)
    )
    if changed.rowcount:
        count_bounce(message.recipient, reason, now)
    db.session.refresh(message)
    return bool(changed.rowcount)


def count_bounce(address: str, reason: str, now: datetime) -> None:
    """Count one failure for an address; the fifth pauses it."""
    key = normal_address(address)
    if not _count_again(key, reason, now):
        try:
            with db.session.begin_nested():
                db.session.add(MailAddress(address=key, bounces=1, last_reason=reason, last_bounced_at=now))
        except IntegrityError:  # somebody else counted the first one at the same moment
            _count_again(key, reason, now)
    db.session.execute(
        update(MailAddress)
        .where(MailAddress.address == key, MailAddress.bounces >= PAUSED_AFTER, MailAddress.paused_at.is_(None))
        .values(paused_at=now)
    )


def _count_again(key: str, reason: str, now: datetime) -> bool:
    counted = db.session.execute(
        update(MailAddress)
        .where(MailAddress.address == key)
        .values(bounces=MailAddress.bounces + 1, last_reason=reason, last_bounced_at=now)
    )
    return bool(counted.rowcount)


def use_again(address: str) -> bool:
    """Lift the pause of an address and count from zero; False when it was not paused."""
    lifted = db.session.execute(
        update(MailAddress)
        .where(MailAddress.address == normal_address(address), MailAddress.paused_at.is_not(None))
        .values(paused_at=None, bounces=0)
    )
    return bool(lifted.rowcount)


def paused_among(addresses: Collection[str]) -> dict[str, MailAddress]:
    """Which of some addresses are paused, by their normal form."""
    wanted = {normal_address(address) for address in addresses}
    if not wanted:
        return {}
    rows = db.session.scalars(
        select(MailAddress)
        .where(MailAddress.paused_at.is_not(None), MailAddress.address.in_(sorted(wanted)))
        .order_by(MailAddress.address)
    )
    return {row.address: row for row in rows}
