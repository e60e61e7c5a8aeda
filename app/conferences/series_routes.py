"""Series: the list, one of them with its rounds, and the next round."""

from datetime import timedelta

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.conferences import queries, series_page
from app.conferences import series as acts
from app.conferences.blueprint import bp
from app.conferences.models import Conference, ConferenceSeries
from app.conferences.series_forms import MOST_EVENTS, NextRoundForm, SeriesForm
from app.core import clock
from app.core.access import office
from app.core.errors import RuleBroken
from app.core.hypermedia import redirect, render, say
from app.core.ids import typed_id
from app.extensions import db

ADDRESS = "/konferenzen/reihen/"


@bp.get(ADDRESS)
@office(Role.ORGANISER, Role.DEPARTMENT)
def series_list():
    """All series, and the form for a new one."""
    return _list_page(SeriesForm())


@bp.post(ADDRESS)
@office(Role.ORGANISER)
def create_series():
    """Add a series."""
    form = SeriesForm()
    if not form.validate():
        return _list_page(form, status=422)
    try:
        row = acts.create_series(
            municipality=current_user.municipality, title=form.title.data, description=form.description.data
        )
    except RuleBroken as error:
        form.title.errors = [str(error)]
        return _list_page(form, status=422)
    note("series.created", _("Reihe „%(title)s“ angelegt.", title=row.title))
    db.session.commit()
    say(_("Die Reihe „%(title)s“ ist angelegt.", title=row.title))
    return redirect(url_for("conferences.series", series_id=row.id))


@bp.get(ADDRESS + "<int:series_id>")
@office(Role.ORGANISER, Role.DEPARTMENT)
def series(series_id: int):
    """Its events round by round."""
    row = queries.get_series(current_user.municipality, series_id)
    return _series_page(row, SeriesForm(data={"title": row.title, "description": row.description}))


@bp.post(ADDRESS + "<int:series_id>")
@office(Role.ORGANISER)
def update_series(series_id: int):
    """Change title and description."""
    row = queries.get_series(current_user.municipality, series_id)
    form = SeriesForm()
    if not form.validate():
        return _series_page(row, form, status=422)
    try:
        acts.update_series(
            municipality=current_user.municipality,
            series=row,
            title=form.title.data,
            description=form.description.data,
        )
    except RuleBroken as error:
        form.title.errors = [str(error)]
        return _series_page(row, form, status=422)
    note("series.changed", _("Reihe „%(title)s“ geändert.", title=row.title))
    db.session.commit()
    say(_("Die Änderungen sind gespeichert."))
    return redirect(url_for("conferences.series", series_id=series_id))


@bp.get(ADDRESS + "<int:series_id>/fortsetzen")
@office(Role.ORGANISER)
def next_round(series_id: int):
    """What the next round would be: every event of a round (`runde`) so many weeks later (`wochen`)."""
    row = queries.get_series(current_user.municipality, series_id)
    rounds = _rounds(row)
    events = _events_of(rounds, typed_id(request.args.get("runde")))
    weeks = series_page.chosen_weeks(request.args.get("wochen"))
    lines = [
        {
            "event_id": event.id,
            "held": event.cancelled_at is None,
            "day": clock.local_date(event.starts_at) + timedelta(weeks=weeks),
        }
        for event in events
    ]
    return _next_page(row, NextRoundForm(data={"events": lines}), rounds, weeks)


@bp.post(ADDRESS + "<int:series_id>/fortsetzen")
@office(Role.ORGANISER)
def next_round_post(series_id: int):
    """Create the events of the next round on the days given."""
    row = queries.get_series(current_user.municipality, series_id)
    rounds, form = _rounds(row), NextRoundForm()
    if not form.validate():
        return _next_page(row, form, rounds, status=422)
    held = {typed_id(line.event_id.data): line.day.data for line in (one.form for one in form.events) if line.held.data}
    events = [event for _number, known in rounds for event in known]
    try:
        made = acts.continue_series(series=row, events=events, days=held, round_number=series_page.next_number(rounds))
    except RuleBroken as error:
        return _next_page(row, form, rounds, error=str(error))
    note("series.continued", _("Reihe „%(title)s“ fortgesetzt.", title=row.title))
    db.session.commit()
    say(ngettext("%(num)s Konferenz ist angelegt.", "%(num)s Konferenzen sind angelegt.", len(made)))
    return redirect(url_for("conferences.series", series_id=series_id))


def _rounds(row: ConferenceSeries) -> series_page.Rounds:
    return series_page.by_round(queries.list_conferences_of_series(row))


def _events_of(rounds: series_page.Rounds, number: int | None) -> list[Conference]:
    """The events of the round asked for, of the last one otherwise; only as many as one form can take."""
    known = dict(rounds)
    return known.get(number or max(known, default=1), [])[:MOST_EVENTS]


def _list_page(form: SeriesForm, status: int = 200):
    rows = queries.list_series(current_user.municipality)
    events = queries.list_conferences(current_user.municipality)
    return render(
        "conferences/series_list.html", status=status, form=form, entries=series_page.entries(rows, events, clock.now())
    )


def _series_page(row: ConferenceSeries, form: SeriesForm, status: int = 200):
    return render("conferences/series.html", status=status, series=row, rounds=_rounds(row), form=form, now=clock.now())


def _next_page(
    row: ConferenceSeries,
    form: NextRoundForm,
    rounds: series_page.Rounds,
    weeks: int | None = None,
    error: str | None = None,
    status: int = 200,
):
    return render(
        "conferences/series_next.html",
        status=422 if error else status,
        series=row,
        form=form,
        rounds=rounds,
        events={str(event.id): event for _number, events in rounds for event in events},
        number=series_page.next_number(rounds),
        weeks=weeks,
        spans=series_page.SPANS,
        error=error,
    )
