"""Acts of follow-up."""

from datetime import date, datetime

from app.accounts.models import User
from app.consolidation.models import Recommendation
from app.core.clock import local_date
from app.core.errors import RuleBroken
from app.extensions import db
from app.measures.enums import ImplementationStatus, Light
from app.measures.models import StatusReport


def report_status(
    *,
    recommendation: Recommendation,
    status: ImplementationStatus,
    light: Light,
    note: str,
    as_of: date,
    user: User | None,
    now: datetime,
) -> StatusReport:
    """Add a report; earlier ones stay. Raises RuleBroken without a note or for a date in the future."""
    note = note.strip()
    if not note:
        raise RuleBroken("Schreiben Sie in einem Satz, was geschehen ist.")
    if len(note) > 4000:
        raise RuleBroken("Bitte kürzen Sie auf höchstens 4.000 Zeichen.")
    if as_of > local_date(now):
        raise RuleBroken("Der Stand darf nicht in der Zukunft liegen.")
    report = StatusReport(
        recommendation_id=recommendation.id,
        status=status,
        light=light,
        note=note,
        as_of=as_of,
        reported_at=now,
        reported_by_id=user.id if user else None,
    )
    db.session.add(report)
    db.session.flush()
    return report
