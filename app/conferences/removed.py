"""What somebody just took away while preparing, a topic or a task, kept in their session: one click brings it back."""

from flask import session

from app.conferences.models import Conference

KEY = "removed_while_preparing"


def remember(kind: str, conference: Conference, values: dict) -> None:
    """Keep what is needed to make it again; only the latest one is kept."""
    session[KEY] = {"kind": kind, "conference": conference.id, "values": values}


def remembered(kind: str, conference: Conference) -> dict | None:
    """The values of what was removed last, if it is of this kind and conference."""
    kept = session.get(KEY) or {}
    matches = kept.get("kind") == kind and kept.get("conference") == conference.id
    return kept["values"] if matches else None


def take_back(kind: str, conference: Conference) -> dict | None:
    """The same, once."""
    values = remembered(kind, conference)
    if values is not None:
        session.pop(KEY)
    return values
