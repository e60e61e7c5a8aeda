"""Reads only the demo needs: contributions by their words, links out of letters."""

from sqlalchemy import select

from app.conferences.models import Conference
from app.contributions.models import Contribution
from app.contributions.queries import list_contributions
from app.core.mail import MailMessage
from app.extensions import db
from app.invitations.enums import Answer
from app.invitations.models import Invitation


def contributions_by_words(conference: Conference) -> dict[tuple[int, str], Contribution]:
    """The contributions of a conference by table number and text; in the demo's files a table says nothing twice."""
    return {(row.table.number, row.text): row for row in list_contributions(conference)}


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
