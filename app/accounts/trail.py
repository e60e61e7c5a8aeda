"""The trail, as routes write it: who is signed in acts, now."""

from flask_login import current_user

from app.accounts.services import note_act
from app.core import clock


def note(action: str, sentence: str) -> None:
    """Add a line for the signed-in person; `action` is „thing.done“, the sentence names no outsiders."""
    note_act(
        municipality_id=current_user.municipality.id,
        user=current_user.user,
        action=action,
        sentence=sentence,
        now=clock.now(),
    )
