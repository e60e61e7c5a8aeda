"""What the shop window reads beyond the floors below: dates that are public."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Municipality
from app.conferences.enums import Participation
from app.conferences.models import Conference
from app.extensions import db
from app.profiles.queries import is_known_outside
from app.registrations.enums import Opening
from app.registrations.opening import opening_of


@dataclass(frozen=True)
class DateAhead:
    """An event to come and whether one may register for it."""

    conference: Conference
    opening: Opening


def list_dates_ahead(municipality: Municipality, now: datetime) -> list[DateAhead]:
    """Events still to come, with area, soonest first.

    Those that take registrations are known outside from the start, others once an invitation went out.
    """
    takes_registrations = [one for one in Participation if one.takes_registrations]
    found = db.session.scalars(
        select(Conference)
        .where(
            Conference.municipality_id == municipality.id,
            Conference.ends_at >= now,
            or_(Conference.participation.in_(takes_registrations), is_known_outside()),
        )
        .options(joinedload(Conference.area))
        .order_by(Conference.starts_at, Conference.id)
    )
    return [DateAhead(conference, opening_of(conference, now)) for conference in found]
