"""Who must know when a conference changes: asked by the conferences, answered from the guest list."""

from app.conferences.announcements import audience_asked
from app.conferences.audience import Audience
from app.conferences.models import Conference
from app.invitations import queries


@audience_asked.connect
def count_audience(conference: Conference) -> Audience:
    """Invitations that are out and were not declined, and people with a place or on the waiting list."""
    return Audience(*queries.count_audience(conference))
