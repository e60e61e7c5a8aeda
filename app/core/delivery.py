"""Mails leave the house: claimed first, then handed over, then noted – in this order, so that none goes twice.

A mail is claimed and committed before a word is said to the server. When the worker dies or the line breaks after the
text went over, it stays claimed: whether it arrived is unknown, a person decides, and it is never sent again by itself.
"""

import logging
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import parseaddr

from flask import current_app
from flask_mailman import EmailMessage as BackendMessage
from sqlalchemy import or_, select, update

from app.core import clock
from app.core.bounces import count_bounce, paused_among
from app.core.jobs import jobs
from app.core.mail import MailMessage, MailState
from app.core.mime import compose, wire_address
from app.core.smtp import Line, NotNow, Refused, Server, Unclear
from app.extensions import db
from app.extensions import mail as mailer

log = logging.getLogger(__name__)
TRY_AGAIN_AFTER = (
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
)
"""Greylisting ends after some minutes, a broken server is mended within a day; after the last try a person decides."""
PAUSED = "Die Adresse ist pausiert, weil mehrere Mails zurückkamen."


@dataclass(frozen=True)
class Claimed:
    """A mail this process alone may send, as it stood when it was claimed."""

    id: int
    claimed_at: datetime
    attempts: int
    recipient: str
    content: EmailMessage | None
    problem: str = ""


@jobs.every_minute
@jobs.job
def deliver_released() -> int:
    """Send everything that is released and due, one claim and one commit per mail; returns how many left.

    A server that does not answer ends the round: the mails behind wait for the next minute instead of knocking, too.
    """
    sent = 0
    with _carrier() as carrier:
        while (claimed := _claim_next(clock.now())) is not None:
            outcome = _send(claimed, carrier)
            sent += outcome.get("state") is MailState.SENT
            if outcome.pop("unreachable", False):
                break
    if sent:
        log.info("mails_delivered", extra={"count": sent})
    return sent


def _claim_next(now: datetime) -> Claimed | None:
    """The next due mail, claimed and committed, or None. Whoever loses the race for a mail takes the next one."""
    due = select(MailMessage.id).where(
        MailMessage.state == MailState.RELEASED, or_(MailMessage.retry_at.is_(None), MailMessage.retry_at <= now)
    )
    while (found := db.session.scalar(due.order_by(MailMessage.id).limit(1))) is not None:
        won = db.session.execute(
            update(MailMessage)
            .where(MailMessage.id == found, MailMessage.state == MailState.RELEASED)
            .values(state=MailState.CLAIMED, claimed_at=now, error=None)
        ).rowcount
        claimed = _prepare(db.session.get(MailMessage, found, populate_existing=True), now) if won else None
        db.session.commit()
        if claimed is not None:
            return claimed
    db.session.rollback()
    return None


def _prepare(message: MailMessage, now: datetime) -> Claimed:
    """Build the mail in the claim's transaction; afterwards no lock is held while the server thinks.

    The Message-ID is kept over all tries: should a mail arrive twice after all, mail programs show it once.
    """
    sender = current_app.config["MAIL_DEFAULT_SENDER"]
    message.message_id = message.message_id or _new_message_id(sender)
    content, problem = None, PAUSED if paused_among([message.recipient]) else ""
    try:
        content = compose(
            sender=sender,
            recipient=message.recipient,
            subject=message.subject,
            body=message.body,
            calendar=message.calendar,
            message_id=message.message_id,
            now=now,
        )
    except Exception as error:  # whatever is wrong with one mail must not keep the others from leaving
        problem = str(error)[:500] or type(error).__name__
    return Claimed(message.id, message.claimed_at, message.attempts, message.recipient, content, problem)


def _new_message_id(sender: str) -> str:
    domain = parseaddr(sender)[1].rpartition("@")[2]
    return f"<{secrets.token_hex(16)}@{domain if 0 < len(domain) <= 80 else 'thementisch.invalid'}>"


def _send(claimed: Claimed, carrier) -> dict:
    """Hand a claimed mail over and note what became of it; returns what was noted."""
    outcome = _hand_over(claimed, carrier)
    unreachable = outcome.pop("unreachable", False)
    bounced = outcome.pop("bounced", False)
    noted = db.session.execute(
        update(MailMessage)
        .where(
            MailMessage.id == claimed.id,
            MailMessage.state == MailState.CLAIMED,
            MailMessage.claimed_at == claimed.claimed_at,
        )
        .values(**outcome)
    )
    if bounced and noted.rowcount:
        count_bounce(claimed.recipient, outcome["error"], clock.now())
    db.session.commit()
    return {**outcome, "unreachable": unreachable}


def _hand_over(claimed: Claimed, carrier) -> dict:
    """The new values of the mail after one try."""
    if claimed.problem:
        return {"state": MailState.REFUSED, "error": claimed.problem}
    try:
        carrier.carry(claimed)
    except Refused as refusal:
        reason = str(refusal)[:500]
        return {"state": MailState.REFUSED, "error": reason, "bounced": refusal.recipient_at_fault}
    except NotNow as delay:
        return {**_later(claimed.attempts, str(delay)[:500]), "unreachable": delay.unreachable}
    except Unclear as doubt:
        log.warning("mail_unclear", extra={"mail": claimed.id})
        return {"error": f"Die Verbindung brach bei der Übergabe ab: {doubt}"[:500]}
    return {"state": MailState.SENT, "sent_at": clock.now(), "error": None, "retry_at": None}


def _later(attempts: int, reason: str) -> dict:
    tried = {"attempts": attempts + 1, "error": reason, "claimed_at": None}
    if attempts >= len(TRY_AGAIN_AFTER):
        return {**tried, "state": MailState.REFUSED, "retry_at": None}
    return {**tried, "state": MailState.RELEASED, "retry_at": clock.now() + TRY_AGAIN_AFTER[attempts]}


class _ByServer:
    """Carries mails to the configured server over one connection."""

    def __init__(self):
        config = current_app.config
        self._sender = parseaddr(config["MAIL_DEFAULT_SENDER"])[1]
        self._line = Line(
            Server(
                host=config["MAIL_SERVER"],
                port=config["MAIL_PORT"],
                username=config["MAIL_USERNAME"],
                password=config["MAIL_PASSWORD"],
                use_tls=config["MAIL_USE_TLS"],
                timeout=config["MAIL_TIMEOUT"],
                patience=config.get("MAIL_PATIENCE", Server.patience),
            )
        )

    def carry(self, claimed: Claimed) -> None:
        """Raises Refused, NotNow or Unclear."""
        self._line.send(self._sender, wire_address(claimed.recipient), claimed.content.as_bytes())

    def close(self) -> None:
        """Hang up."""
        self._line.close()


class _ByBackend:
    """Carries mails through one of Flask-Mailman's other backends: into files, for trying things out."""

    def carry(self, claimed: Claimed) -> None:
        """A file that cannot be written may be writable later."""
        try:
            with mailer.get_connection() as connection:
                connection.send_messages([_Ready(claimed)])
        except OSError as error:
            raise NotNow(str(error)) from error

    def close(self) -> None:
        """Nothing stays open."""


class _Ready(BackendMessage):
    """A mail already composed, in the shape a backend takes."""

    def __init__(self, claimed: Claimed):
        super().__init__(to=[claimed.recipient])
        self._content = claimed.content

    def message(self) -> EmailMessage:
        """The composed mail."""
        return self._content


@contextmanager
def _carrier() -> Iterator[_ByServer | _ByBackend]:
    with closing(_ByServer() if current_app.config["MAIL_BACKEND"] == "smtp" else _ByBackend()) as carrier:
        yield carrier
