"""Conferences: the list, making one, changing one."""

from datetime import time

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.areas import queries as area_queries
from app.conferences import (
    preparation_routes,  # noqa: F401 -- adds agenda and tasks to the blueprint
    queries,
    rules,
    services,
    topic_routes,  # noqa: F401 -- adds the topics to the blueprint
)
from app.conferences.blueprint import bp
from app.conferences.enums import Moderation
from app.conferences.forms import ConferenceForm
from app.conferences.models import Conference
from app.core import clock
from app.core.access import office
from app.core.hypermedia import redirect, render, say
from app.extensions import db

__all__ = ["bp"]


@bp.get("/konferenzen/")
@office(Role.ORGANISER, Role.DEPARTMENT)
def index():
    """Upcoming conferences first, past ones below."""
    now = clock.now()
    rows = queries.list_conferences(current_user.municipality)
    return render(
        "conferences/index.html",
        upcoming=sorted((row for row in rows if row.ends_at >= now), key=lambda row: (row.starts_at, row.id)),
        past=[row for row in rows if row.ends_at < now],
        topic_counts=queries.count_topics(rows),
    )


@bp.get("/konferenzen/neu")
@office(Role.ORGANISER)
def create():
    """The form with proposals for everything that can be proposed."""
    form = _prepared(
        ConferenceForm(
            data={
                "area": request.args.get("gebiet", type=int),
                "day": rules.usual_day(clock.local_date(clock.now())),
                "starts": rules.USUAL_START,
                "ends": rules.USUAL_END,
                "moderation": Moderation.BEFORE_WALL.value,
                "dot_budget": 3,
            }
        )
    )
    return _form_page(form)


@bp.post("/konferenzen/neu")
@office(Role.ORGANISER)
def create_post():
    """Add the conference and go on to its topics."""
    form = _prepared(ConferenceForm())
    if not form.validate():
        return _form_page(form, status=422)
    row = services.create_conference(municipality=current_user.municipality, **_given(form))
    note("conference.created", _("Konferenz „%(title)s“ angelegt.", title=row.title))
    db.session.commit()
    say(_("„%(title)s“ ist angelegt. Legen Sie jetzt fest, worüber gesprochen wird.", title=row.title))
    return redirect(url_for("conferences.topics", conference_id=row.id))


@bp.get("/konferenzen/<int:conference_id>/bearbeiten")
@office(Role.ORGANISER)
def edit(conference_id: int):
    """The form with what is set."""
    row = queries.get_conference(current_user.municipality, conference_id)
    form = ConferenceForm(
        data={
            "area": row.area_id,
            "title": row.title,
            "day": clock.local_date(row.starts_at),
            "starts": _clock_time(row.starts_at),
            "ends": _clock_time(row.ends_at),
            "venue": row.venue,
            "venue_address": row.venue_address,
            "moderation": row.moderation.value,
            "dot_budget": row.dot_budget,
        }
    )
    return _form_page(_prepared(form, row), row)


@bp.post("/konferenzen/<int:conference_id>/bearbeiten")
@office(Role.ORGANISER)
def edit_post(conference_id: int):
    """Save changes."""
    row = queries.get_conference(current_user.municipality, conference_id)
    form = _prepared(ConferenceForm(), row)
    if not form.validate():
        return _form_page(form, row, status=422)
    services.update_conference(municipality=current_user.municipality, conference=row, **_given(form))
    note("conference.changed", _("Konferenz „%(title)s“ geändert.", title=row.title))
    db.session.commit()
    say(_("Die Änderungen sind gespeichert."))
    return redirect(url_for("conferences.edit", conference_id=row.id))


def _prepared(form: ConferenceForm, conference: Conference | None = None) -> ConferenceForm:
    """Offer the areas of today, and the conference's own if it belongs to an older scheme."""
    choices = area_queries.list_area_choices(current_user.municipality)
    if conference and conference.area_id not in {area_id for area_id, label in choices}:
        choices.append((conference.area_id, conference.area.name))
    form.area.choices = choices
    return form


def _given(form: ConferenceForm) -> dict:
    """What the form says, as the services take it: German clock times become moments."""
    return {
        "area": area_queries.get_area(current_user.municipality, form.area.data),
        "title": form.title.data,
        "starts_at": clock.from_local(form.day.data, form.starts.data.hour, form.starts.data.minute),
        "ends_at": clock.from_local(form.day.data, form.ends.data.hour, form.ends.data.minute),
        "venue": form.venue.data,
        "venue_address": form.venue_address.data,
        "moderation": Moderation(form.moderation.data),
        "dot_budget": form.dot_budget.data,
    }


def _clock_time(moment) -> time:
    return moment.astimezone(clock.BERLIN).time()


def _form_page(form: ConferenceForm, conference: Conference | None = None, status: int = 200):
    return render("conferences/form.html", status=status, form=form, conference=conference)
