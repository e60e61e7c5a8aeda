"""The form of a conference: what it offers, what it shows, and what it says as the services take it."""

from datetime import date, datetime, time

from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from app.accounts.models import Municipality
from app.areas import queries as area_queries
from app.conferences import queries, rules
from app.conferences.enums import Moderation, Participation
from app.conferences.forms import ConferenceForm
from app.conferences.models import Conference, ConferenceFormat
from app.core import clock
from app.core.german import day


def proposals(today: date, area_id: int | None, kind: ConferenceFormat | None, series_id: int | None) -> dict:
    """What a form for a new conference begins with."""
    return {
        "area": area_id,
        "format": kind.id if kind else None,
        "participation": kind.participation if kind else None,
        "series": series_id,
        "day": rules.usual_day(today),
        "starts": rules.USUAL_START,
        "ends": rules.USUAL_END,
        "moderation": Moderation.BEFORE_WALL.value,
        "dot_budget": 3,
        "seating_rounds": 1,
    }


def as_typed(conference: Conference) -> dict:
    """What is set, in the form's fields."""
    closes = conference.registration_closes_at
    return {
        "area": conference.area_id,
        "title": conference.title,
        "format": conference.format_id,
        "participation": conference.participation,
        "capacity": conference.capacity,
        "registration_closes": clock.local_date(closes) if closes else None,
        "series": conference.series_id,
        "series_round": conference.series_round,
        "feeds_into": conference.feeds_into_id,
        "seating_rounds": conference.seating_rounds,
        "day": clock.local_date(conference.starts_at),
        "starts": clock_time(conference.starts_at),
        "ends": clock_time(conference.ends_at),
        "venue": conference.venue,
        "venue_address": conference.venue_address,
        "moderation": conference.moderation.value,
        "dot_budget": conference.dot_budget,
    }


def prepared(
    form: ConferenceForm, municipality: Municipality, now: datetime, conference: Conference | None = None
) -> ConferenceForm:
    """Offer what can be chosen: areas of today (and the conference's own), formats, series, later conferences."""
    form.area.choices = area_choices(municipality, conference)
    form.formats = queries.list_formats(municipality)
    form.format.choices = _with_none(_("– keines –"), [(kind.id, kind.name) for kind in form.formats])
    form.participation.choices = [(one, one.label) for one in Participation]
    if conference is None:
        form.participation.choices.insert(0, SelectChoice("", _("wie beim Format üblich, sonst nur auf Einladung")))
    form.series_rows = queries.list_series(municipality)
    form.series.choices = _with_none(_("– keine –"), [(row.id, row.title) for row in form.series_rows])
    form.later = _later(municipality, now, conference)
    form.feeds_into.choices = _with_none(
        _("– keine andere Konferenz –"), [(row.id, f"{row.title}, {day(row.starts_at)}") for row in form.later]
    )
    form.seating_rounds.choices = [
        (n, _("1, alle bleiben an ihrem Tisch") if n == 1 else str(n)) for n in range(1, rules.MOST_ROUNDS + 1)
    ]
    return form


def given(form: ConferenceForm, municipality: Municipality) -> dict:
    """What the form says: German clock times become moments, the last day to register lasts until its end."""
    closes, series = form.registration_closes.data, _chosen(form.series_rows, form.series.data)
    kind = _chosen(form.formats, form.format.data)
    return {
        "area": area_queries.get_area(municipality, form.area.data),
        "title": form.title.data,
        "format": kind,
        "participation": form.participation.data or (kind.participation if kind else Participation.INVITATION),
        "capacity": form.capacity.data,
        "registration_closes_at": rules.end_of_day(closes) if closes else None,
        "series": series,
        "series_round": (form.series_round.data or 1) if series else None,
        "feeds_into": _chosen(form.later, form.feeds_into.data),
        "seating_rounds": form.seating_rounds.data,
        "starts_at": clock.from_local(form.day.data, form.starts.data.hour, form.starts.data.minute),
        "ends_at": clock.from_local(form.day.data, form.ends.data.hour, form.ends.data.minute),
        "venue": form.venue.data,
        "venue_address": form.venue_address.data,
        "moderation": Moderation(form.moderation.data),
        "dot_budget": form.dot_budget.data,
    }


def area_choices(municipality: Municipality, conference: Conference | None = None) -> list[tuple[int, str]]:
    """The areas of today, and the conference's own if it belongs to an older scheme."""
    choices = area_queries.list_area_choices(municipality)
    if conference and conference.area_id not in {area_id for area_id, label in choices}:
        choices.append((conference.area_id, conference.area.name))
    return choices


def clock_time(moment: datetime) -> time:
    """The time on the clock in Germany."""
    return moment.astimezone(clock.BERLIN).time()


def _later(municipality: Municipality, now: datetime, conference: Conference | None) -> list[Conference]:
    """Where results can go: conferences to come, those after this one, and the one already chosen."""
    since = min(now, conference.starts_at) if conference else now
    own = (conference.id, conference.feeds_into_id) if conference else (None, None)
    return [
        row
        for row in reversed(queries.list_conferences(municipality))
        if row.id != own[0] and (row.id == own[1] or (row.starts_at > since and row.cancelled_at is None))
    ]


def _with_none(text: str, choices: list[tuple[int, str]]) -> list:
    return [SelectChoice("", text), *choices]


def _chosen(rows: list, row_id: int | None):
    return next((row for row in rows if row.id == row_id), None)
