"""The list of people as a table to take along; needs for assistance are never in it."""

from collections.abc import Sequence

from app.core.german import moment
from app.invitations.models import Registration
from app.invitations.rules import MOST_WISHES

HEADER = [
    "Nachname",
    "Vorname",
    "Institution",
    "Art",
    "E-Mail-Adresse",
    "Platz",
    "Adresse bestätigt",
    "Herkunft",
    "Angemeldet am",
    *(f"{rank}. Wunsch" for rank in range(1, MOST_WISHES + 1)),
]


def rows_of(people: Sequence[Registration]) -> list[list[str | bool]]:
    """One row a person, in the order given."""
    return [_row(person) for person in people]


def _row(person: Registration) -> list[str | bool]:
    wishes = [wish.topic.title for wish in person.wishes][:MOST_WISHES]
    return [
        person.last_name,
        person.first_name,
        person.comes_from,
        str(person.institution.type.label) if person.institution else "",
        person.email,
        str(person.place.label),
        person.confirm_by is None,
        str(person.origin.label),
        moment(person.registered_at),
        *wishes,
        *[""] * (MOST_WISHES - len(wishes)),
    ]
