"""What the shop window reads beyond the floors below: dates that are public."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Municipality
from app.conferences.models import Conference
from app.extensions import db
from app.profiles.queries import is_known_outside


def list_dates_ahead(municipality: Municipality, now: datetime) -> list[Conference]:
    """Conferences that are still to come and known outside: at least one invitation went out. Soonest first."""
    return list(
        db.session.scalars(
            select(Conference)
            .where(Conference.municipality_id == municipality.id, Conference.ends_at >= now, is_known_outside())
            .options(joinedload(Conference.area))
            .order_by(Conference.starts_at, Conference.id)
        )
    )
