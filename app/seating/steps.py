"""What the seating's views share: which round, and the way back to it."""

from flask import request, url_for

from app.conferences.models import Conference
from app.core.hypermedia import redirect
from app.core.ids import typed_id


def chosen_round(conference: Conference) -> int:
    """The round the address or the form names; the first for anything else."""
    number = typed_id(request.values.get("runde")) or 1
    return number if number <= conference.seating_rounds else 1


def back(conference: Conference, number: int = 1, anchor: str | None = None):
    """To the plan of a round, with the filter people came from."""
    kept = {name: value for name in ("zeigen", "institution") if (value := request.args.get(name))}
    return redirect(url_for("seating.plan", conference_id=conference.id, runde=number, _anchor=anchor, **kept))
