"""Acts on the links of an invitation that a person decides on: replace them, lock them."""

from datetime import datetime

from sqlalchemy import delete, select

from app.accounts.models import Municipality, User
from app.accounts.services import note_act
from app.conferences.models import Conference
from app.core.errors import RuleBroken
from app.core.mail import NOT_OUT, MailMessage, MailState
from app.extensions import db
from app.institutions.models import Institution
from app.invitations import conference_mails, links, services
from app.invitations.conference_mails import Occasion
from app.invitations.enums import MailKind
from app.invitations.letter_texts import WORDINGS
from app.invitations.models import ConferenceMail, Invitation


def renew_link(
    *,
    conference: Conference,
    municipality: Municipality,
    invitation: Invitation,
    institution: Institution,
    base_url: str,
    user: User,
    now: datetime,
) -> None:
    """Let all links sent so far go dead and write a mail with a new one, for review; contacts have been loaded.

    An invitation that has not left is written anew; one that has is followed by a reminder. Raises RuleBroken while a
    mail is on its way, and without an address to write to.
    """
    message = invitation.mail
    if message is None or message.state in NOT_OUT or message.bounced_at is not None:
        services.rewrite_mail(
            conference=conference,
            municipality=municipality,
            invitation=invitation,
            institution=institution,
            base_url=base_url,
            now=now,
        )
    elif message.state is MailState.SENT:
        links.revoke_links(invitation, now)
        _write_reminder(conference, municipality, invitation, base_url, now)
    else:
        raise RuleBroken(
            "Eine Mail mit dem alten Link ist gerade unterwegs. Versuchen Sie es in einer Minute noch einmal."
        )
    _note(conference, user, "link.renewed", f"Neuer Link für {institution.name}; die alten sind gesperrt.", now)


def revoke_link(*, conference: Conference, invitation: Invitation, user: User, now: datetime) -> None:
    """Let all links of an invitation go dead; what waits in the outbox with one of them goes, too.

    Raises RuleBroken when nobody has got a link yet.
    """
    if invitation.mail is None or invitation.mail.state in NOT_OUT:
        raise RuleBroken("Einen Link hat hier noch niemand bekommen. Nehmen Sie stattdessen die Einladung zurück.")
    links.revoke_links(invitation, now)
    _drop_drafts(invitation)
    _note(conference, user, "link.revoked", f"Links von {invitation.institution.name} gesperrt.", now)
    db.session.flush()


def _write_reminder(
    conference: Conference, municipality: Municipality, invitation: Invitation, base_url: str, now: datetime
) -> None:
    _drop_drafts(invitation)
    wording = WORDINGS[MailKind.REMINDER]
    letter = services.current_letter(conference=conference, municipality=municipality, now=now)
    conference_mails.write_conference_mail(
        occasion=Occasion(
            MailKind.REMINDER, conference, municipality, base_url, now, sender=letter.sender, deadline=letter.reply_by
        ),
        addressee=conference_mails.to_institution(invitation),
        subject=wording.subject,
        body=wording.body,
    )


def _drop_drafts(invitation: Invitation) -> None:
    """Mails to the institution that have not left would carry a dead link."""
    drafts = list(
        db.session.scalars(
            select(ConferenceMail.mail_id)
            .join(MailMessage, MailMessage.id == ConferenceMail.mail_id)
            .where(ConferenceMail.invitation_id == invitation.id, MailMessage.state.in_(NOT_OUT))
            .order_by(ConferenceMail.id)
        )
    )
    db.session.execute(delete(ConferenceMail).where(ConferenceMail.mail_id.in_(drafts)))
    db.session.execute(delete(MailMessage).where(MailMessage.id.in_(drafts)))


def _note(conference: Conference, user: User, action: str, sentence: str, now: datetime) -> None:
    note_act(municipality_id=conference.municipality_id, user=user, action=action, sentence=sentence, now=now)
