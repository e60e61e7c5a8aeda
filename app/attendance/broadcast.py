"""The live count: rendered once after each change at the door, for all phones.

Events are made before the commit, in the conference's turn, so that their time orders them; they are sent after it.
The snapshot a phone gets first carries the number 0: it never hides a change that was on its way meanwhile.
"""

from flask import Response, render_template

from app.attendance import door_queries
from app.attendance.rules import DoorCount, count_door
from app.conferences.models import Conference
from app.core import clock, live
from app.core.live import Event
from app.core.turns import take_turn
from app.extensions import db
from app.institutions.enums import InstitutionType


def channel(conference_id: int) -> str:
    """Where the phones at a door listen."""
    return f"door:{conference_id}"


def count(conference: Conference) -> DoorCount:
    """Who is there, out of who is expected."""
    types = [(kind, kind.label) for kind in InstitutionType]
    return count_door(door_queries.count_parties(conference), [*types, (None, "")])


def content(conference: Conference) -> dict:
    """What the templates of the count need."""
    return {"count": count(conference), "latest": door_queries.list_latest(conference)}


def change(conference: Conference) -> Event:
    """The count as it will be after the commit; the conference's turn is kept until then."""
    take_turn(Conference, conference.id)
    db.session.flush()
    version = int(clock.now().timestamp() * 1_000_000)
    return Event.of(version, render_template("attendance/_count_event.html", **content(conference)))


def send(conference_id: int, event: Event) -> None:
    """Publish; call it after the commit."""
    live.publish(channel(conference_id), event)


def stream(conference: Conference) -> Response:
    """Answer with the count and its changes: joins first and reads then, so that nothing falls in between."""
    subscription = live.bus().subscribe(channel(conference.id))
    db.session.rollback()  # what was read so far may be older than the first event
    try:
        snapshot = Event.of(0, render_template("attendance/_count_event.html", **content(conference)))
        return live.stream(subscription, snapshot)
    except Exception:
        subscription.close()
        raise
