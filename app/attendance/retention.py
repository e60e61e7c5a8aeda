"""What people wrote about an event goes after two years; their marks stay."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from app.attendance.models import Feedback
from app.conferences.models import Conference
from app.core.retention import retention_rule
from app.extensions import db

KEPT_FOR = timedelta(days=730)


@retention_rule("Texte der Rückmeldungen")
def forget_texts(now: datetime) -> int:
    """Empty the texts of conferences that ended two years ago: free texts may name people."""
    over = select(Conference.id).where(Conference.ends_at < now - KEPT_FOR)
    forgotten = db.session.execute(
        update(Feedback)
        .where(Feedback.conference_id.in_(over), or_(Feedback.good != "", Feedback.better != ""))
        .values(good="", better="")
    )
    return forgotten.rowcount
