"""Requests to be invited go half a year after the decision, and after a year without one."""

from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_

from app.core.retention import retention_rule
from app.extensions import db
from app.institutions.enums import RequestState
from app.institutions.models import InviteRequest

KEPT_AFTER_DECISION = timedelta(days=180)
KEPT_WAITING = timedelta(days=365)


@retention_rule("Anfragen um Einladung")
def forget_requests(now: datetime) -> int:
    """Delete decided requests after 180 days, undecided ones 365 days after they came."""
    decided = InviteRequest.decided_at < now - KEPT_AFTER_DECISION
    waiting = and_(InviteRequest.state == RequestState.NEW, InviteRequest.created_at < now - KEPT_WAITING)
    return db.session.execute(delete(InviteRequest).where(or_(decided, waiting))).rowcount
