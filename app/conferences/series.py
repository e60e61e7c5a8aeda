"""Acts on series: events that belong together, round by round."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask_babel import gettext as _

from app.accounts.models import Municipality
from app.conferences import queries, rules
from app.conferences.copying import CopyPlan, copy_conference
from app.conferences.models import Conference, ConferenceSeries
from app.core import clock
from app.core.errors import RuleBroken
from app.core.turns import take_turn
from app.extensions import db


def create_series(*, municipality: Municipality, title: str, description: str = "") -> ConferenceSeries:
    """Add a series. Raises RuleBroken for a taken title."""
    take_turn(Municipality, municipality.id)
    row = ConferenceSeries(
        municipality_id=municipality.id,
        title=_free_title(title, queries.list_series(municipality)),
        description=description.strip(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def update_series(*, municipality: Municipality, series: ConferenceSeries, title: str, description: str = "") -> None:
    """Change title and description. Raises RuleBroken for a taken title."""
    take_turn(Municipality, municipality.id)
    series.title = _free_title(title, [one for one in queries.list_series(municipality) if one.id != series.id])
    series.description = description.strip()
    db.session.flush()


def continue_series(
    *, series: ConferenceSeries, events: Sequence[Conference], days: Mapping[int, date], round_number: int
) -> list[Conference]:
    """The next round: a copy of each event with a day in `days` (by its id), called after the new year.

    Where an event fed another one of the round, the copies do the same. Raises RuleBroken when that would lead
    backwards in time, or without any event.
    """
    take_turn(ConferenceSeries, series.id)
    chosen = [event for event in events if event.id in days]
    if not chosen:
        raise RuleBroken(_("Wählen Sie mindestens eine Konferenz für die neue Runde aus."))
    begins = {event.id: rules.moved_to_day(event.starts_at, days[event.id]) for event in chosen}
    for event in chosen:
        if event.feeds_into_id in begins and begins[event.id] >= begins[event.feeds_into_id]:
            raise RuleBroken(_("„%(title)s“ liefert Ergebnisse an eine Konferenz, die davor läge.", title=event.title))
    copies = {
        event.id: copy_conference(original=event, plan=_plan(series, event, days[event.id], round_number))
        for event in chosen
    }
    for event in chosen:
        copies[event.id].feeds_into = copies.get(event.feeds_into_id)
    db.session.flush()
    return list(copies.values())


def _plan(series: ConferenceSeries, event: Conference, day: date, round_number: int) -> CopyPlan:
    title = rules.title_in_year(event.title, clock.local_date(event.starts_at).year, day.year)
    return CopyPlan(title=title, area=event.area, day=day, series=series, series_round=round_number)


def _free_title(title: str, others: Sequence[ConferenceSeries]) -> str:
    title = " ".join(title.split())
    if not title:
        raise RuleBroken(_("Geben Sie der Reihe einen Titel."))
    if any(other.title.casefold() == title.casefold() for other in others):
        raise RuleBroken(_("Die Reihe „%(title)s“ gibt es schon.", title=title))
    return title
