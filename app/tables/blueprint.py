"""The blueprint of the tables floor; the route files add their views to it."""

from flask import Blueprint
from flask_login import current_user

from app.accounts.services import note_act
from app.core import clock

bp = Blueprint("tables", __name__)


def note(action: str, sentence: str) -> None:
    """Write what the signed-in person did into the trail."""
    note_act(
        municipality_id=current_user.municipality.id,
        user=current_user.user,
        action=action,
        sentence=sentence,
        now=clock.now(),
    )
