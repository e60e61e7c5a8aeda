"""Acts on the municipality's formats: kinds of events under its own names, with their check lists."""

from collections.abc import Sequence

from flask_babel import gettext as _

from app.accounts.models import Municipality
from app.conferences import queries
from app.conferences.enums import Participation
from app.conferences.models import ConferenceFormat, FormatStep
from app.conferences.usual_formats import USUAL_FORMATS
from app.core.errors import RuleBroken
from app.core.turns import take_turn
from app.extensions import db

Steps = Sequence[tuple[str, int]]


def create_format(
    *, municipality: Municipality, name: str, participation: Participation, steps: Steps = ()
) -> ConferenceFormat:
    """Add a format at the end; `steps` are (what, days before the event). Raises RuleBroken for a taken name."""
    take_turn(Municipality, municipality.id)
    known = queries.list_formats(municipality)
    row = ConferenceFormat(
        municipality_id=municipality.id,
        position=max((one.position for one in known), default=0) + 1,
        name=_free_name(name, known),
        participation=participation,
        steps=_steps(steps),
    )
    db.session.add(row)
    db.session.flush()
    return row


def update_format(
    *, municipality: Municipality, row: ConferenceFormat, name: str, participation: Participation, steps: Steps = ()
) -> None:
    """Change a format (steps loaded); conferences keep the tasks they got from it. Raises RuleBroken."""
    take_turn(Municipality, municipality.id)
    row.name = _free_name(name, [one for one in queries.list_formats(municipality) if one.id != row.id])
    row.participation = participation
    row.steps = _steps(steps)
    db.session.flush()


def move_format(*, municipality: Municipality, row: ConferenceFormat, up: bool) -> None:
    """Change places with the neighbour; the first and the last stay where they are."""
    take_turn(Municipality, municipality.id)
    rows = queries.list_formats(municipality)
    place = next(number for number, one in enumerate(rows) if one.id == row.id)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    for position, one in enumerate(rows, start=1):
        one.position = position
    db.session.flush()


def remove_format(*, municipality: Municipality, row: ConferenceFormat) -> None:
    """Take away a format (steps loaded) no conference has. Raises RuleBroken."""
    take_turn(Municipality, municipality.id)
    if queries.count_conferences_of_formats(municipality).get(row.id):
        raise RuleBroken(
            _("Es gibt schon Konferenzen im Format „%(name)s“. Deshalb bleibt es in der Liste.", name=row.name)
        )
    db.session.delete(row)
    db.session.flush()


def adopt_usual_formats(*, municipality: Municipality) -> list[ConferenceFormat]:
    """Add the usual formats whose names are still free; returns the new ones."""
    take_turn(Municipality, municipality.id)
    taken = {one.name.casefold() for one in queries.list_formats(municipality)}
    return [
        create_format(municipality=municipality, name=usual.name, participation=usual.participation, steps=usual.steps)
        for usual in USUAL_FORMATS
        if usual.name.casefold() not in taken
    ]


def _free_name(name: str, others: Sequence[ConferenceFormat]) -> str:
    name = " ".join(name.split())
    if not name:
        raise RuleBroken(_("Geben Sie dem Format einen Namen."))
    if any(other.name.casefold() == name.casefold() for other in others):
        raise RuleBroken(_("Das Format „%(name)s“ gibt es schon.", name=name))
    return name


def _steps(steps: Steps) -> list[FormatStep]:
    """The earliest first."""
    ordered = sorted(steps, key=lambda step: -step[1])
    return [
        FormatStep(position=position, title=title, days_before=days)
        for position, (title, days) in enumerate(ordered, start=1)
    ]
