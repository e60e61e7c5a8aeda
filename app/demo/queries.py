"""Reads only the demo needs: contributions by their words, links out of letters."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.conferences.models import Conference
from app.contributions.models import Contribution
from app.core.mail import MailMessage
from app.extensions import db
from app.invitations.enums import Answer
from app.invitations.models import Invitation
from app.tables.models import TopicTable


def contributions_by_words(conference: Conference) -> dict[tuple[int, str], Contribution]:
    """The contributions of a conference by table number and text; in the demo's files a table says nothing twice."""
    rows = db.session.scalars(
        select(Contribution)
        .join(Contribution.table)
        .where(TopicTable.conference_id == conference.id)
        .options(joinedload(Contribution.table))
        .order_by(Contribution.id)
    )
    return {(row.table.number, row.text): row for row in rows}


def list_unanswered_letters(conference: Conference, limit: int) -> list[str]:
    """Bodies of mails to institutions that have not answered, by institution."""
    return list(
        db.session.scalars(
            select(MailMessage.body)
            .join(Invitation, Invitation.mail_id == MailMessage.id)
            .where(Invitation.conference_id == conference.id, Invitation.answer == Answer.NONE)
            .order_by(Invitation.id)
            .limit(limit)
        )
    )
