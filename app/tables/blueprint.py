"""The blueprint of the tables floor; the route files add their views to it."""

from flask import Blueprint, current_app, request
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


def public_base_url() -> str:
    """The address phones reach this server at, without a slash at the end: PUBLIC_URL, else the one just used."""
    return (current_app.config["PUBLIC_URL"] or request.host_url).rstrip("/")
