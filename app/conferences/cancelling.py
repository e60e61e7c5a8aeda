"""Cancel a conference, and take that back."""

from datetime import datetime

from flask_babel import gettext as _

from app.conferences.announcements import conference_changed
from app.conferences.models import Conference
from app.conferences.services import raise_calendar_sequence
from app.core.errors import RuleBroken
from app.core.turns import take_turn
from app.extensions import db

CHANGED = {"cancelled_at", "cancellation_reason"}
LONGEST_REASON = 255


def cancel_conference(*, conference: Conference, reason: str, now: datetime) -> None:
    """Call a conference off, with the reason people read. Raises RuleBroken when it is over or called off already."""
    reason = " ".join(reason.split())
    take_turn(Conference, conference.id)
    db.session.refresh(conference, ["cancelled_at"])
    if conference.cancelled_at is not None:
        raise RuleBroken(_("Diese Konferenz ist schon abgesagt."))
    if conference.ends_at <= now:
        raise RuleBroken(_("Diese Konferenz ist schon vorbei und kann nicht mehr abgesagt werden."))
    if not reason or len(reason) > LONGEST_REASON:
        raise RuleBroken(_("Nennen Sie den Grund in höchstens %(n)s Zeichen.", n=LONGEST_REASON))
    conference.cancelled_at, conference.cancellation_reason = now, reason
    _tell(conference, now)


def restore_conference(*, conference: Conference, now: datetime) -> None:
    """Take a cancellation back. Raises RuleBroken when there is none."""
    take_turn(Conference, conference.id)
    db.session.refresh(conference, ["cancelled_at"])
    if conference.cancelled_at is None:
        raise RuleBroken(_("Diese Konferenz ist nicht abgesagt."))
    conference.cancelled_at, conference.cancellation_reason = None, ""
    _tell(conference, now)


def _tell(conference: Conference, now: datetime) -> None:
    raise_calendar_sequence(conference)
    conference_changed.send(conference, changed=set(CHANGED), now=now)
