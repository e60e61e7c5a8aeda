"""What the registrations floor does when something changes below, or when time has passed."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import selectinload

from app.conferences.announcements import conference_changed
from app.conferences.models import Conference
from app.core import clock
from app.core.jobs import jobs
from app.core.mail import MailMessage, MailState
from app.core.turns import take_turn
from app.extensions import db
from app.invitations import places
from app.invitations.models import ConferenceMail, Registration


@conference_changed.connect
def fill_new_places(conference: Conference, *, changed: Collection[str], now: datetime, **_extra) -> None:
    """Let people move up when the office raised the number of places or an event takes place after all."""
    if {"capacity", "cancelled_at"} & set(changed):
        places.move_up(conference, now)


@jobs.every_minute
@jobs.job
def drop_unconfirmed() -> int:
    """Every minute: forget who did not confirm in time, one commit per conference; returns how many."""
    now = clock.now()
    dropped = 0
    for conference in _with_unconfirmed(now):
        dropped += forget_unconfirmed(conference=conference, now=now)
        db.session.commit()
    return dropped


def forget_unconfirmed(*, conference: Conference, now: datetime) -> int:
    """Delete registrations whose address was not confirmed in time, with wishes, needs, links and mails to them.

    Those who wait move up. Only before the event: on the day somebody may already be in the room.
    """
    take_turn(Conference, conference.id)
    late = db.session.scalars(
        select(Registration)
        .where(Registration.conference_id == conference.id, Registration.confirm_by < now)
        .options(selectinload(Registration.wishes))
        .order_by(Registration.id)
    ).all()
    _delete_mails([row.id for row in late])
    for row in late:
        db.session.delete(row)
    db.session.flush()
    places.move_up(conference, now)
    return len(late)


def _with_unconfirmed(now: datetime) -> list[Conference]:
    late = select(Registration.conference_id).where(Registration.confirm_by < now)
    return list(
        db.session.scalars(
            select(Conference).where(Conference.id.in_(late), Conference.starts_at > now).order_by(Conference.id)
        )
    )


def _delete_mails(registration_ids: list[int]) -> None:
    """A mail that is on its way at this very moment stays until it has arrived."""
    found = db.session.execute(
        select(ConferenceMail.id, ConferenceMail.mail_id)
        .join(ConferenceMail.mail)
        .where(ConferenceMail.registration_id.in_(registration_ids), MailMessage.state != MailState.CLAIMED)
    ).all()
    db.session.execute(delete(ConferenceMail).where(ConferenceMail.id.in_([row.id for row in found])))
    db.session.execute(delete(MailMessage).where(MailMessage.id.in_([row.mail_id for row in found])))
