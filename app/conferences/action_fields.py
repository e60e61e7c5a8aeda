"""The municipality's Handlungsfelder: the same over all its conferences, so that results can be laid side by side."""

from app.accounts.models import Municipality
from app.conferences import queries
from app.conferences.models import ActionField
from app.core.errors import RuleBroken
from app.core.turns import take_turn
from app.extensions import db


def add_action_field(*, municipality: Municipality, name: str) -> ActionField:
    """Add a Handlungsfeld at the end of the list. Raises RuleBroken for an empty or taken name."""
    name = name.strip()
    if not name:
        raise RuleBroken("Geben Sie dem Handlungsfeld einen Namen.")
    if len(name) > 120:
        raise RuleBroken("Der Name des Handlungsfelds darf höchstens 120 Zeichen haben.")
    take_turn(Municipality, municipality.id)
    fields = queries.list_action_fields(municipality)
    if any(field.name.casefold() == name.casefold() for field in fields):
        raise RuleBroken(f"Das Handlungsfeld „{name}“ gibt es schon.")
    position = max((field.position for field in fields), default=0) + 1
    row = ActionField(municipality_id=municipality.id, position=position, name=name)
    db.session.add(row)
    db.session.flush()
    return row
