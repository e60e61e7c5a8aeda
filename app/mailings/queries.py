"""Reads of the mailings floor."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Municipality
from app.conferences.models import Conference
from app.core.errors import NotFound
from app.extensions import db
from app.invitations.delivery import delivery_of
from app.invitations.enums import Delivery
from app.invitations.models import ConferenceMail, Mailing


@dataclass(frozen=True)
class MailingRow:
    """A mailing with how many of its mails stand where, in the order of the states."""

    mailing: Mailing
    deliveries: dict[Delivery, int]

    @property
    def mails(self) -> int:
        """How many mails were written."""
        return sum(self.deliveries.values())


def list_mailings(conference: Conference, now: datetime) -> list[MailingRow]:
    """All mailings of a conference, the latest first."""
    mailings = db.session.scalars(
        select(Mailing).where(Mailing.conference_id == conference.id).order_by(Mailing.id.desc())
    ).all()
    mails = db.session.scalars(
        select(ConferenceMail)
        .where(ConferenceMail.conference_id == conference.id, ConferenceMail.mailing_id.is_not(None))
        .options(joinedload(ConferenceMail.mail))
    )
    counts: dict[int, Counter] = {}
    for row in mails:
        counts.setdefault(row.mailing_id, Counter())[delivery_of(row.mail, now)] += 1
    return [MailingRow(row, _in_order(counts.get(row.id, Counter()))) for row in mailings]


def _in_order(counts: Counter) -> dict[Delivery, int]:
    return {state: counts[state] for state in Delivery if counts[state]}


def get_mailing(conference: Conference, mailing_id: int, lock: bool = False) -> Mailing:
    """One mailing of a conference; raises NotFound. `lock` keeps it from being written meanwhile."""
    statement = select(Mailing).where(Mailing.conference_id == conference.id, Mailing.id == mailing_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    row = db.session.scalar(statement)
    if row is None:
        raise NotFound(mailing_id)
    return row


def list_mails(mailing: Mailing) -> list[ConferenceMail]:
    """The mails a mailing wrote."""
    return list(
        db.session.scalars(
            select(ConferenceMail)
            .where(ConferenceMail.mailing_id == mailing.id)
            .options(joinedload(ConferenceMail.mail), joinedload(ConferenceMail.registration))
            .order_by(ConferenceMail.id)
        )
    )


def list_due(now: datetime) -> list[int]:
    """Planned mailings whose time has come, in the order of their times."""
    return list(
        db.session.scalars(
            select(Mailing.id)
            .where(Mailing.send_at <= now, Mailing.written_at.is_(None), Mailing.stopped_at.is_(None))
            .order_by(Mailing.send_at, Mailing.id)
        )
    )


def get_circumstances(mailing_id: int) -> tuple[Mailing, Conference, Municipality]:
    """A mailing with its conference and municipality; for the job, which acts for all of them."""
    row = db.session.execute(
        select(Mailing, Conference, Municipality)
        .join(Conference, Conference.id == Mailing.conference_id)
        .join(Municipality, Municipality.id == Conference.municipality_id)
        .where(Mailing.id == mailing_id)
        .execution_options(populate_existing=True)
    ).one()
    return row[0], row[1], row[2]
