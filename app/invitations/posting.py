"""Acts of the outbox: let mails leave, decide about those that did not arrive, drop those that should not leave."""

from collections.abc import Sequence
from datetime import datetime

from app.accounts.models import User
from app.accounts.services import note_act
from app.conferences.models import Conference
from app.core import bounces, mail
from app.core.errors import RuleBroken
from app.core.mail import MailState
from app.extensions import db
from app.invitations.outbox import Item


def release_items(*, conference: Conference, items: Sequence[Item], user: User, now: datetime) -> int:
    """Let reviewed mails leave with the next delivery; returns how many. Others than drafts and paused ones stay."""
    drafts = [item.mail for item in items if item.mail and item.mail.state is MailState.DRAFT and not item.paused]
    for message in drafts:
        mail.release(message)
    if drafts:
        count = "Eine Mail" if len(drafts) == 1 else f"{len(drafts)} Mails"
        _note(conference, user, "mail.released", f"{count} für „{conference.title}“ freigegeben.", now)
    db.session.flush()
    return len(drafts)


def release_again(*, conference: Conference, item: Item, user: User, now: datetime) -> None:
    """Send a refused or unclear mail once more. Raises RuleBroken for others and for paused addresses."""
    if bounces.paused_among([item.mail.recipient]):
        raise RuleBroken(
            f"Die Adresse {item.mail.recipient} ist pausiert. Erlauben Sie sie unter „Pausierte Adressen“ wieder."
        )
    if not mail.release_again(item.mail, now):
        raise RuleBroken("Diese Mail ist weder abgelehnt noch unklar. Laden Sie die Seite neu.")
    _note(conference, user, "mail.released", f"Mail an {_whom(item)} noch einmal freigegeben.", now)
    db.session.flush()


def confirm_arrival(*, conference: Conference, item: Item, user: User, now: datetime) -> None:
    """Note that an unclear mail arrived. Raises RuleBroken for others."""
    if not mail.confirm_arrival(item.mail, now):
        raise RuleBroken("Bei dieser Mail ist nichts unklar. Laden Sie die Seite neu.")
    _note(conference, user, "mail.confirmed", f"Mail an {_whom(item)} als angekommen vermerkt.", now)
    db.session.flush()


def note_return(*, conference: Conference, item: Item, user: User, now: datetime) -> None:
    """Note by hand that a mail came back. Raises RuleBroken for one that was not sent, or is noted already."""
    if not bounces.note_bounce(item.mail, "von Hand vermerkt", now):
        raise RuleBroken("Diese Mail wurde nicht gesendet, oder es ist schon vermerkt. Laden Sie die Seite neu.")
    _note(conference, user, "mail.bounced", f"Mail an {_whom(item)} kam zurück.", now)
    db.session.flush()


def discard(*, conference: Conference, item: Item, user: User, now: datetime) -> None:
    """Throw a draft away. Raises RuleBroken for an invitation, which is taken back instead, and for what left."""
    if item.conference_mail is None or item.mail.state is not MailState.DRAFT:
        raise RuleBroken("Verwerfen lassen sich nur Mails, die noch nicht freigegeben sind. Laden Sie die Seite neu.")
    db.session.delete(item.conference_mail)
    db.session.flush()
    db.session.delete(item.mail)
    _note(conference, user, "mail.discarded", f"Eine Mail für „{conference.title}“ verworfen.", now)
    db.session.flush()


def use_address_again(*, conference: Conference, address: str, user: User, now: datetime) -> None:
    """Lift the pause of an address (looked up for this municipality before)."""
    bounces.use_again(address)
    _note(conference, user, "mail.address_used_again", "Eine pausierte E-Mail-Adresse wird wieder benutzt.", now)
    db.session.flush()


def _whom(item: Item) -> str:
    """The trail names institutions, never guests."""
    return item.invitation.institution.name if item.invitation else "eine Person"


def _note(conference: Conference, user: User, action: str, sentence: str, now: datetime) -> None:
    note_act(municipality_id=conference.municipality_id, user=user, action=action, sentence=sentence, now=now)
