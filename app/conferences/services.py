"""Acts on a conference; those on topics, agenda and tasks are in `topics.py`, `agenda.py` and `tasks.py`."""

from datetime import datetime
from typing import TypedDict, Unpack

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import inspect

from app.accounts.models import Municipality
from app.areas.models import Area
from app.conferences import preparation_queries, queries, rules
from app.conferences.announcements import conference_changed
from app.conferences.enums import Moderation, Participation
from app.conferences.models import Conference, ConferenceFormat, ConferenceSeries
from app.core import clock, tokens
from app.core.errors import RuleBroken
from app.core.turns import take_turn
from app.extensions import db

FEEDING_REFUSED = {
    "circle": _l("So würden sich die Konferenzen im Kreis beliefern. Wählen Sie eine andere."),
    "earlier": _l("Ergebnisse können nur in eine Konferenz gehen, die später beginnt."),
    "fed later": _l(
        "Eine Konferenz, deren Ergebnisse hierher gehen, läge dann nicht mehr davor. Ändern Sie zuerst deren Tag."
    ),
}


class Terms(TypedDict, total=False):
    """What may be left unsaid: a new conference then gets the usual, an existing one keeps what it has."""

    format: ConferenceFormat | None
    series: ConferenceSeries | None
    series_round: int | None
    participation: Participation
    capacity: int | None
    registration_closes_at: datetime | None
    seating_rounds: int
    feeds_into: Conference | None


def create_conference(
    *,
    municipality: Municipality,
    area: Area,
    starts_at: datetime,
    ends_at: datetime,
    title: str = "",
    venue: str = "",
    venue_address: str = "",
    moderation: Moderation = Moderation.BEFORE_WALL,
    dot_budget: int = 3,
    **terms: Unpack[Terms],
) -> Conference:
    """Add a conference for an area; without title it is called after its format (or the town's label), area and year.

    Without `participation` those of the format take part. Raises RuleBroken when it would end before it begins, or
    when its results cannot go where `feeds_into` says.
    """
    _check_times(starts_at, ends_at)
    if into := terms.get("feeds_into"):
        _check_feeding(municipality, None, starts_at, into.id)
    kind = terms.get("format")
    if kind is not None:
        terms.setdefault("participation", kind.participation)
    row = Conference(
        municipality_id=municipality.id,
        area=area,
        title=title.strip() or _proposed_title(municipality, kind, area, starts_at),
        starts_at=starts_at,
        ends_at=ends_at,
        venue=venue,
        venue_address=venue_address,
        moderation=moderation,
        dot_budget=dot_budget,
        wall_token=tokens.new_link_token(),
        **terms,
    )
    db.session.add(row)
    db.session.flush()
    return row


def update_conference(
    *,
    municipality: Municipality,
    conference: Conference,
    area: Area,
    starts_at: datetime,
    ends_at: datetime,
    title: str = "",
    venue: str = "",
    venue_address: str = "",
    moderation: Moderation = Moderation.BEFORE_WALL,
    dot_budget: int = 3,
    now: datetime | None = None,
    **terms: Unpack[Terms],
) -> set[str]:
    """Change a conference and return the names of the columns that changed; on a new day the agenda moves along.

    The calendar sequence rises when calendars must learn of it. Without `now` no floor above is told, as when a story
    is laid out. Raises RuleBroken.
    """
    _check_times(starts_at, ends_at)
    take_turn(Conference, conference.id)
    before = _columns(conference)
    _check_new_place_in_chain(municipality, conference, starts_at, terms)
    _move_agenda(conference, starts_at)
    kind = terms["format"] if "format" in terms else queries.find_format(municipality, conference.format_id)
    given = {
        "area": area,
        "title": title.strip() or _proposed_title(municipality, kind, area, starts_at),
        "starts_at": starts_at,
        "ends_at": ends_at,
        "venue": venue,
        "venue_address": venue_address,
        "moderation": moderation,
        "dot_budget": dot_budget,
        **terms,
    }
    for name, value in given.items():
        setattr(conference, name, value)
    db.session.flush()
    changed = {name for name, value in _columns(conference).items() if value != before[name]}
    if rules.must_calendars_learn(changed):
        raise_calendar_sequence(conference)
    if changed and now is not None:
        conference_changed.send(conference, changed=changed, now=now)
    return changed


def raise_calendar_sequence(conference: Conference) -> None:
    """Let calendars know that they hold an older state; every change gets a number of its own."""
    conference.calendar_sequence = Conference.calendar_sequence + 1
    db.session.flush()
    db.session.refresh(conference, ["calendar_sequence"])


def _proposed_title(municipality: Municipality, kind: ConferenceFormat | None, area: Area, starts_at: datetime) -> str:
    label = kind.name if kind else municipality.dialogue_label
    return rules.proposed_title(label, area.name, clock.local_date(starts_at).year)


def _columns(conference: Conference) -> dict:
    return {column.key: getattr(conference, column.key) for column in inspect(Conference).column_attrs}


def _move_agenda(conference: Conference, starts_at: datetime) -> None:
    day = clock.local_date(starts_at)
    if day != clock.local_date(conference.starts_at):
        for item in preparation_queries.list_agenda(conference):
            item.starts_at = rules.moved_to_day(item.starts_at, day)


def _check_times(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise RuleBroken(_("Das Ende muss nach dem Beginn liegen."))


def _check_new_place_in_chain(
    municipality: Municipality, conference: Conference, starts_at: datetime, terms: Terms
) -> None:
    """Only what this change moves is checked: a venue may be corrected whatever the chain looks like."""
    into = terms["feeds_into"].id if terms.get("feeds_into") else None
    into_id = into if "feeds_into" in terms else conference.feeds_into_id
    if (starts_at, into_id) != (conference.starts_at, conference.feeds_into_id):
        _check_feeding(municipality, conference.id, starts_at, into_id)


def _check_feeding(municipality: Municipality, own_id: int | None, starts_at: datetime, into_id: int | None) -> None:
    """A chain of conferences only leads forward in time."""
    starts, feeds = queries.chain_of(municipality)
    if into_id is not None and into_id not in starts:
        raise RuleBroken(_("Wählen Sie eine Konferenz aus der Liste."))
    problem = rules.feeding_problem(own_id, starts_at, into_id, starts, feeds)
    if problem:
        raise RuleBroken(FEEDING_REFUSED[problem])
