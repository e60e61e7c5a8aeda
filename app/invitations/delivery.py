"""Where the mail of an invitation stands, in the words of the letter tray."""

from datetime import datetime

from app.core.mail import MailMessage, MailState, is_unclear
from app.invitations.enums import Delivery

STATES = {
    MailState.DRAFT: Delivery.DRAFT,
    MailState.RELEASED: Delivery.WAITING,
    MailState.CLAIMED: Delivery.WAITING,
    MailState.SENT: Delivery.SENT,
    MailState.REFUSED: Delivery.REFUSED,
}


def delivery_of(mail: MailMessage | None, now: datetime) -> Delivery:
    """The state of a mail; without one, the institution is invited by phone."""
    if mail is None:
        return Delivery.NONE
    if mail.bounced_at is not None:
        return Delivery.BOUNCED
    return Delivery.UNCLEAR if is_unclear(mail, now) else STATES[mail.state]
