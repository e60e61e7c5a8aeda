"""Acts of the mailings floor: write a mailing for review, plan one, change or stop it, write what is due."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from app.accounts.models import Municipality, User
from app.accounts.services import note_act
from app.conferences.models import Conference
from app.core import clock
from app.core.errors import RuleBroken
from app.extensions import db
from app.invitations.conference_mails import Addressee, Occasion, check_text, write_conference_mail
from app.invitations.enums import MailKind
from app.invitations.letter import one_line, plain_text
from app.invitations.models import Mailing
from app.invitations.services import current_letter
from app.mailings import queries, rules
from app.mailings.audience import audience_for


@dataclass(frozen=True)
class Text:
    """What is to be sent, and to whom: `only` names chosen addressees, None means everybody in the group."""

    subject: str
    body: str
    only: list[str] | None = None


@dataclass(frozen=True)
class Reach:
    """Where links lead: this server, and the page with the papers."""

    base_url: str
    papers_url: str


def draft_mailing(
    *,
    conference: Conference,
    municipality: Municipality,
    kind: MailKind,
    text: Text,
    reach: Reach,
    user: User,
    now: datetime,
) -> tuple[Mailing, int]:
    """Write the mails at once, for review in the outbox; returns how many. Raises RuleBroken."""
    _check(conference, kind, text, now)
    recipients = audience_for(kind, conference).only(text.only)
    if not recipients:
        raise RuleBroken("Diese Mail bekäme niemand. Wählen Sie mindestens eine Adresse aus.")
    mailing = _new_mailing(conference, kind, text, user, now)
    mailing.written_at = now
    db.session.add(mailing)
    db.session.flush()
    _write(_occasion(mailing, conference, municipality, reach, now), mailing, recipients, release=False)
    _note(conference, user, "mailing.written", f"„{kind.label}“ für „{conference.title}“ geschrieben.", now)
    db.session.flush()
    return mailing, len(recipients)


def plan_mailing(
    *, conference: Conference, kind: MailKind, text: Text, send_at: datetime, user: User, now: datetime
) -> Mailing:
    """Let a mailing be written and released by itself at a moment, to whoever belongs to the group then."""
    _check(conference, kind, text, now, send_at)
    mailing = _new_mailing(conference, kind, text, user, now)
    mailing.send_at = send_at
    db.session.add(mailing)
    _note(conference, user, "mailing.planned", f"„{kind.label}“ für „{conference.title}“ geplant.", now)
    db.session.flush()
    return mailing


def check_plan(*, conference: Conference, kind: MailKind, text: Text, send_at: datetime, now: datetime) -> None:
    """Raises RuleBroken when such a mailing could not be planned."""
    _check(conference, kind, text, now, send_at)


def change_mailing(
    *, conference: Conference, mailing: Mailing, text: Text, send_at: datetime, user: User, now: datetime
) -> None:
    """Change words, choice or moment of a planned mailing (locked). Raises RuleBroken once written or stopped."""
    _refuse_unless_planned(mailing)
    _check(conference, mailing.kind, text, now, send_at)
    mailing.subject, mailing.body = one_line(text.subject), plain_text(text.body)
    mailing.only, mailing.send_at = text.only, send_at
    _note(conference, user, "mailing.changed", f"Geplante Mail „{mailing.kind.label}“ geändert.", now)
    db.session.flush()


def stop_mailing(*, conference: Conference, mailing: Mailing, user: User, now: datetime) -> None:
    """Keep a planned mailing (locked) from being written. Raises RuleBroken once it was written or stopped."""
    _refuse_unless_planned(mailing)
    mailing.stopped_at = now
    _note(conference, user, "mailing.stopped", f"Geplante Mail „{mailing.kind.label}“ gestoppt.", now)
    db.session.flush()


def write_due_mailing(*, mailing_id: int, reach: Reach, now: datetime) -> int | None:
    """Write and release a planned mailing whose time has come, to whoever belongs to it now; returns how many mails.

    The conditional update makes one worker do it, in the same transaction as the mails. None when another one was
    first. What makes no sense any more, a reminder for a cancelled conference, is stopped instead.
    """
    won = db.session.execute(
        update(Mailing)
        .where(
            Mailing.id == mailing_id,
            Mailing.send_at <= now,
            Mailing.written_at.is_(None),
            Mailing.stopped_at.is_(None),
        )
        .values(written_at=now)
    )
    if not won.rowcount:
        return None
    mailing, conference, municipality = queries.get_circumstances(mailing_id)
    if _obstacle(conference, mailing.kind, now):
        mailing.written_at, mailing.stopped_at = None, now
        db.session.flush()
        return 0
    recipients = audience_for(mailing.kind, conference).only(mailing.only)
    _write(_occasion(mailing, conference, municipality, reach, now), mailing, recipients, release=True)
    return len(recipients)


def stop_all_planned(now: datetime) -> int:
    """After a restore: nothing planned leaves by itself; returns how many were stopped."""
    stopped = db.session.execute(
        update(Mailing)
        .where(Mailing.send_at.is_not(None), Mailing.written_at.is_(None), Mailing.stopped_at.is_(None))
        .values(stopped_at=now)
    )
    return stopped.rowcount


def occasion_of(
    *, conference: Conference, municipality: Municipality, kind: MailKind, reach: Reach, now: datetime
) -> Occasion:
    """What all mails of a mailing have in common: the sender of the letter, the day to answer by, the link."""
    letter = current_letter(conference=conference, municipality=municipality, now=now)
    return Occasion(
        kind=kind,
        conference=conference,
        municipality=municipality,
        base_url=reach.base_url,
        now=now,
        sender=letter.sender,
        deadline=rules.reminder_deadline(
            letter.reply_by, clock.local_date(now), clock.local_date(conference.starts_at)
        ),
        link=reach.papers_url if kind is MailKind.OUTCOME else "",
    )


def _occasion(
    mailing: Mailing, conference: Conference, municipality: Municipality, reach: Reach, now: datetime
) -> Occasion:
    common = occasion_of(conference=conference, municipality=municipality, kind=mailing.kind, reach=reach, now=now)
    return common.by(mailing.id)


def _write(occasion: Occasion, mailing: Mailing, recipients: Collection[Addressee], *, release: bool) -> None:
    for one in recipients:
        write_conference_mail(
            occasion=occasion, addressee=one, subject=mailing.subject, body=mailing.body, release=release
        )


def _new_mailing(conference: Conference, kind: MailKind, text: Text, user: User, now: datetime) -> Mailing:
    return Mailing(
        conference_id=conference.id,
        kind=kind,
        subject=one_line(text.subject),
        body=plain_text(text.body),
        only=text.only,
        created_at=now,
        created_by_id=user.id,
    )


def _check(conference: Conference, kind: MailKind, text: Text, now: datetime, send_at: datetime | None = None) -> None:
    check_text(kind, text.subject, text.body)
    problem = rules.planning_problem(send_at, now) if send_at else None
    problem = problem or _obstacle(conference, kind, now, send_at)
    if problem:
        raise RuleBroken(problem)
    if text.only is not None and not text.only:
        raise RuleBroken("Diese Mail bekäme niemand. Wählen Sie mindestens eine Adresse aus.")


def _obstacle(conference: Conference, kind: MailKind, now: datetime, leaves_at: datetime | None = None) -> str | None:
    return rules.obstacle(
        kind,
        cancelled=conference.cancelled_at is not None,
        starts_at=conference.starts_at,
        now=now,
        leaves_at=leaves_at,
    )


def _refuse_unless_planned(mailing: Mailing) -> None:
    if mailing.send_at is None or mailing.written_at is not None or mailing.stopped_at is not None:
        raise RuleBroken("Diese Mail ist schon geschrieben oder gestoppt und lässt sich nicht mehr ändern.")


def _note(conference: Conference, user: User, action: str, sentence: str, now: datetime) -> None:
    note_act(municipality_id=conference.municipality_id, user=user, action=action, sentence=sentence, now=now)
