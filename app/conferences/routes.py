"""Conferences: the list, making one, changing one."""

from flask import current_app, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.conferences import (
    cancel_routes,  # noqa: F401 -- adds cancelling to the blueprint
    copy_routes,  # noqa: F401 -- adds copying to the blueprint
    editing,
    format_routes,  # noqa: F401 -- adds the formats to the blueprint
    merging,  # noqa: F401 -- lets departments follow a merge
    preparation_routes,  # noqa: F401 -- adds agenda and tasks to the blueprint
    queries,
    rules,
    series_routes,  # noqa: F401 -- adds the series to the blueprint
    services,
    topic_routes,  # noqa: F401 -- adds the topics to the blueprint
)
from app.conferences.audience import audience_of
from app.conferences.blueprint import bp
from app.conferences.forms import ConferenceForm
from app.conferences.models import Conference
from app.core import clock
from app.core.access import office
from app.core.errors import RuleBroken
from app.core.hypermedia import redirect, render, say
from app.core.ids import typed_id
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
    """The form with proposals for everything that can be proposed; `gebiet`, `format` and `reihe` may be given."""
    area_id, format_id, series_id = (typed_id(request.args.get(name)) for name in ("gebiet", "format", "reihe"))
    kind = queries.find_format(current_user.municipality, format_id)
    form = ConferenceForm(data=editing.proposals(clock.local_date(clock.now()), area_id, kind, series_id))
    return _form_page(_prepared(form))


@bp.post("/konferenzen/neu")
@office(Role.ORGANISER)
def create_post():
    """Add the conference and go on to its topics."""
    form = _prepared(ConferenceForm())
    if not form.validate():
        return _form_page(form, status=422)
    try:
        row = services.create_conference(municipality=current_user.municipality, **_given(form))
    except RuleBroken as error:
        form.feeds_into.errors = [str(error)]
        return _form_page(form, status=422)
    note("conference.created", _("Konferenz „%(title)s“ angelegt.", title=row.title))
    db.session.commit()
    say(_("„%(title)s“ ist angelegt. Legen Sie jetzt fest, worüber gesprochen wird.", title=row.title))
    return redirect(url_for("conferences.topics", conference_id=row.id))


@bp.get("/konferenzen/<int:conference_id>/bearbeiten")
@office(Role.ORGANISER)
def edit(conference_id: int):
    """The form with what is set."""
    row = queries.get_conference(current_user.municipality, conference_id)
    return _form_page(_prepared(ConferenceForm(data=editing.as_typed(row)), row), row)


@bp.post("/konferenzen/<int:conference_id>/bearbeiten")
@office(Role.ORGANISER)
def edit_post(conference_id: int):
    """Save changes; who has invitations out for another time or place is told how to write to the people."""
    row = queries.get_conference(current_user.municipality, conference_id)
    form = _prepared(ConferenceForm(), row)
    if not form.validate():
        return _form_page(form, row, status=422)
    try:
        changed = services.update_conference(
            municipality=current_user.municipality, conference=row, now=clock.now(), **_given(form)
        )
    except RuleBroken as error:
        form.feeds_into.errors = [str(error)]
        return _form_page(form, row, status=422)
    note("conference.changed", _("Konferenz „%(title)s“ geändert.", title=row.title))
    people_must_know = rules.must_people_learn(changed) and bool(audience_of(row))
    db.session.commit()
    say(_("Die Änderungen sind gespeichert."))
    news = "termin" if people_must_know else None
    return redirect(url_for("conferences.edit", conference_id=conference_id, neu=news))


def _prepared(form: ConferenceForm, conference: Conference | None = None) -> ConferenceForm:
    return editing.prepared(form, current_user.municipality, clock.now(), conference)


def _given(form: ConferenceForm) -> dict:
    return editing.given(form, current_user.municipality)


def _form_page(form: ConferenceForm, conference: Conference | None = None, status: int = 200):
    """`neu=termin` in the address asks for the line that leads from a new time or place to the people's mail."""
    mail = "mailings.create" in current_app.view_functions
    return render(
        "conferences/form.html",
        status=status,
        form=form,
        conference=conference,
        feeding=queries.list_feeding(conference) if conference else [],
        must_tell=request.args.get("neu") == "termin",
        mail_url=url_for("mailings.create", conference_id=conference.id, art="change") if conference and mail else None,
    )
