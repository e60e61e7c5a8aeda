"""What the pages of series show: events by round, what comes next. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.conferences.models import Conference, ConferenceSeries

Rounds = list[tuple[int, list[Conference]]]
SPANS = {
    52: _l("ein Jahr später, am gleichen Wochentag"),
    26: _l("ein halbes Jahr später"),
    13: _l("ein Vierteljahr später"),
    4: _l("vier Wochen später"),
}


@dataclass(frozen=True)
class Entry:
    """A series in the list: how many events in how many rounds, and the next one."""

    series: ConferenceSeries
    events: int
    rounds: int
    next: Conference | None


def entries(rows: Sequence[ConferenceSeries], events: Iterable[Conference], now: datetime) -> list[Entry]:
    """Every series with its count and its next event that is not cancelled."""
    events = list(events)
    found = []
    for row in rows:
        own = [event for event in events if event.series_id == row.id]
        coming = [event for event in own if event.ends_at >= now and event.cancelled_at is None]
        rounds = {event.series_round or 1 for event in own}
        first = min(coming, key=lambda event: (event.starts_at, event.id), default=None)
        found.append(Entry(row, len(own), len(rounds), first))
    return found


def by_round(events: Iterable[Conference]) -> Rounds:
    """Events in their order under their round, the latest round first; without a number it is the first."""
    rounds: dict[int, list[Conference]] = {}
    for event in events:
        rounds.setdefault(event.series_round or 1, []).append(event)
    return sorted(rounds.items(), reverse=True, key=lambda one: one[0])


def next_number(rounds: Rounds) -> int:
    """The number of the round to come."""
    return max((number for number, _events in rounds), default=0) + 1


def chosen_weeks(text: str | None) -> int:
    """How many weeks later the next round is; a year when nothing (or nonsense) is said."""
    return next((weeks for weeks in SPANS if str(weeks) == text), 52)
