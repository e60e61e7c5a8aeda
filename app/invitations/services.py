"""Acts of the invitations floor: write the letter, invite, review and release mails, withdraw."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app.accounts.models import Municipality, User
from app.accounts.services import note_act
from app.conferences.models import Conference
from app.core import clock, mail
from app.core.errors import RuleBroken
from app.core.mail import NOT_OUT, MailState
from app.core.turns import take_turn
from app.extensions import db
from app.institutions.models import Institution
from app.invitations import correspondence, links, queries
from app.invitations import letter as letters
from app.invitations.enums import Answer
from app.invitations.letter import Letter
from app.invitations.models import Invitation, InvitationLetter


def current_letter(*, conference: Conference, municipality: Municipality, now: datetime) -> Letter:
    """The conference's letter, or the default one while none is saved."""
    saved = queries.find_letter(conference)
    if saved is not None:
        return Letter(saved.subject, saved.body, saved.sender, saved.reply_by)
    return letters.default_letter(
        correspondence.default_sender(municipality), clock.local_date(conference.starts_at), clock.local_date(now)
    )


def save_letter(*, conference: Conference, letter: Letter, user: User, now: datetime) -> InvitationLetter:
    """Keep a letter for later invitations; mails that wait already keep their words.

    Raises RuleBroken for unknown placeholders, a missing link, an empty sender or a late day to answer by.
    """
    _check_letter(letter, conference)
    take_turn(Conference, conference.id)
    saved = queries.find_letter(conference)
    if saved is None:
        saved = InvitationLetter(conference_id=conference.id)
        db.session.add(saved)
    saved.subject, saved.body = letters.one_line(letter.subject), letters.plain_text(letter.body)
    saved.sender, saved.reply_by = letters.one_line(letter.sender), letter.reply_by
    _note(conference, user, "letter.saved", f"Einladungsbrief für „{conference.title}“ gespeichert.", now)
    db.session.flush()
    return saved


def invite_institutions(
    *,
    conference: Conference,
    municipality: Municipality,
    institutions: Sequence[Institution],
    user: User,
    base_url: str,
    now: datetime,
) -> list[Invitation]:
    """Invite institutions (contacts loaded) and write their mails for review.

    Those invited already are left alone. An institution without a usable address is invited without mail: somebody
    calls there. Raises RuleBroken when the letter cannot be used.
    """
    letter = current_letter(conference=conference, municipality=municipality, now=now)
    _check_letter(letter, conference)
    db.session.execute(select(Conference.id).where(Conference.id == conference.id).with_for_update())
    already = queries.invited_institution_ids(conference)
    invited = []
    for institution in institutions:
        if institution.id in already:
            continue
        already.add(institution.id)
        invitation = Invitation(conference_id=conference.id, institution=institution, created_at=now)
        _write_mail(invitation, conference, institution, letter, base_url, now)
        invited.append(invitation)
    if invited:
        count = "Eine Institution" if len(invited) == 1 else f"{len(invited)} Institutionen"
        _note(conference, user, "invitation.written", f"{count} zu „{conference.title}“ eingeladen.", now)
    db.session.flush()
    return invited


def rewrite_mail(
    *,
    conference: Conference,
    municipality: Municipality,
    invitation: Invitation,
    institution: Institution,
    base_url: str,
    now: datetime,
) -> None:
    """Write a mail anew that has not left, or came back: with today's letter, contact and link; earlier links die.

    Raises RuleBroken for a mail that left or may have left, and when there is no address to write to.
    """
    before = invitation.mail
    if before is not None and before.state not in NOT_OUT and before.bounced_at is None:
        raise RuleBroken("Diese Mail ist schon unterwegs. Sie lässt sich nicht mehr ändern.")
    if correspondence.recipient(institution.contacts) is None:
        raise RuleBroken(f"Für {institution.name} steht keine gültige E-Mail-Adresse im Verzeichnis.")
    letter = current_letter(conference=conference, municipality=municipality, now=now)
    _check_letter(letter, conference)
    _write_mail(invitation, conference, institution, letter, base_url, now)
    db.session.flush()
    if before is not None:
        db.session.delete(before)
        db.session.flush()


def release_mails(*, conference: Conference, invitations: Sequence[Invitation], user: User, now: datetime) -> int:
    """Let reviewed mails leave with the next delivery; returns how many. Others than drafts are left alone."""
    drafts = [row.mail for row in invitations if row.mail is not None and row.mail.state is MailState.DRAFT]
    for message in drafts:
        mail.release(message)
    if drafts:
        count = "Eine Einladungsmail" if len(drafts) == 1 else f"{len(drafts)} Einladungsmails"
        _note(conference, user, "mail.released", f"{count} für „{conference.title}“ freigegeben.", now)
    db.session.flush()
    return len(drafts)


def withdraw_invitation(*, conference: Conference, invitation: Invitation, user: User, now: datetime) -> None:
    """Take back an invitation nobody has heard of yet. Raises RuleBroken once a mail left or an answer came."""
    message = invitation.mail
    if (message is not None and message.state is not MailState.DRAFT) or invitation.answer is not Answer.NONE:
        raise RuleBroken("Diese Einladung ist schon hinausgegangen oder beantwortet und bleibt deshalb stehen.")
    name = invitation.institution.name
    db.session.delete(invitation)
    db.session.flush()
    if message is not None:
        db.session.delete(message)
    _note(conference, user, "invitation.withdrawn", f"Einladung von {name} zurückgenommen.", now)
    db.session.flush()


def _write_mail(
    invitation: Invitation,
    conference: Conference,
    institution: Institution,
    letter: Letter,
    base_url: str,
    now: datetime,
) -> None:
    """Give the invitation a new link and, where there is an address, a mail for review; earlier links die."""
    if invitation.id:
        links.revoke_links(invitation, now)
    else:
        db.session.add(invitation)
        db.session.flush()
    token = links.new_link(invitation, now)
    contact = correspondence.recipient(institution.contacts)
    invitation.contact = contact or next(iter(institution.contacts), None)
    invitation.mail = None
    if contact is not None:
        link = correspondence.answer_link(base_url, token)
        subject, body = correspondence.write(
            letter=letter, conference=conference, institution=institution, contact=contact, link=link
        )
        invitation.mail = mail.write_mail(recipient=contact.email, subject=subject, body=body, now=now)


def _check_letter(letter: Letter, conference: Conference) -> None:
    problems = letters.subject_problems(letter.subject) + letters.body_problems(letter.body)
    if not letter.subject.strip():
        problems.append("Der Betreff ist leer.")
    if not letter.sender.strip():
        problems.append("Geben Sie an, wer einlädt.")
    if letter.reply_by > clock.local_date(conference.starts_at):
        problems.append("Die Antwortfrist liegt nach der Konferenz.")
    if problems:
        raise RuleBroken(" ".join(problems))


def _note(conference: Conference, user: User | None, action: str, sentence: str, now: datetime) -> None:
    note_act(municipality_id=conference.municipality_id, user=user, action=action, sentence=sentence, now=now)
