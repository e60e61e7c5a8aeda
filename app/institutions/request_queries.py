"""Reads of the requests to be invited."""

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Municipality
from app.core.errors import NotFound
from app.extensions import db
from app.institutions.enums import RequestState
from app.institutions.models import InviteRequest


def list_requests(municipality: Municipality) -> list[InviteRequest]:
    """All requests with their areas: the new ones first, of each the latest first."""
    is_new = case((InviteRequest.state == RequestState.NEW, 0), else_=1)
    return list(
        db.session.scalars(
            select(InviteRequest)
            .where(InviteRequest.municipality_id == municipality.id)
            .options(joinedload(InviteRequest.area))
            .order_by(is_new, InviteRequest.created_at.desc(), InviteRequest.id.desc())
        )
    )


def count_new_requests(municipality: Municipality) -> int:
    """How many wait for a decision."""
    return db.session.scalar(
        select(func.count(InviteRequest.id)).where(
            InviteRequest.municipality_id == municipality.id, InviteRequest.state == RequestState.NEW
        )
    )


def get_request(municipality: Municipality, request_id: int) -> InviteRequest:
    """One request with its area; raises NotFound."""
    row = db.session.scalar(
        select(InviteRequest)
        .where(InviteRequest.municipality_id == municipality.id, InviteRequest.id == request_id)
        .options(joinedload(InviteRequest.area))
    )
    if row is None:
        raise NotFound(request_id)
    return row


def find_same_waiting(municipality: Municipality, institution_name: str, email: str) -> InviteRequest | None:
    """The request of the same institution from the same address that waits for a decision, or None."""
    return db.session.scalar(
        select(InviteRequest)
        .where(
            InviteRequest.municipality_id == municipality.id,
            InviteRequest.state == RequestState.NEW,
            func.lower(InviteRequest.email) == email.lower(),
            InviteRequest.institution_name == institution_name,
        )
        .order_by(InviteRequest.id)
        .limit(1)
    )
