"""People who come without registration."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.attendance import broadcast, services
from app.attendance.blueprint import bp
from app.attendance.forms import WalkInForm
from app.conferences.models import Conference
from app.conferences.queries import get_conference
from app.core import clock
from app.core.access import office
from app.core.hypermedia import redirect, render, say
from app.extensions import db
from app.institutions.queries import get_institution, list_institutions
from app.tables.queries import count_seated, list_tables

AT_THE_DOOR = (Role.ORGANISER, Role.HOST, Role.DEPARTMENT)
CAMERA = "camera=(self), microphone=(), geolocation=(), payment=()"
"""The door may look through the camera at badges; every other page may not."""


@bp.get("/konferenzen/<int:conference_id>/einlass/ohne-anmeldung")
@office(*AT_THE_DOOR)
def walk_in(conference_id: int):
    """The short form."""
    conference = get_conference(current_user.municipality, conference_id)
    return _page(conference, _prepared(conference))


@bp.post("/konferenzen/<int:conference_id>/einlass/ohne-anmeldung")
@office(*AT_THE_DOOR)
def walk_in_post(conference_id: int):
    """Register and check in at once."""
    conference = get_conference(current_user.municipality, conference_id)
    form = _prepared(conference)
    if not form.validate():
        return _page(conference, form, status=422)
    person = services.take_in(
        conference=conference,
        first_name=form.first_name.data,
        last_name=form.last_name.data,
        institution=get_institution(current_user.municipality, form.institution.data)
        if form.institution.data
        else None,
        organisation=form.organisation.data,
        table=next((table for table in list_tables(conference) if table.id == form.table.data), None),
        user=current_user.user,
        now=clock.now(),
    )
    note("guest.taken_in", _("Eine Person ohne Anmeldung bei „%(title)s“ eingelassen.", title=conference.title))
    over, name = services.places_over(conference), person.name
    event = broadcast.change(conference)
    db.session.commit()
    broadcast.send(conference_id, event)
    say(_("%(name)s ist da.", name=name))
    if over:
        say(
            ngettext(
                "Damit ist eine Person mehr da oder angemeldet, als Plätze vorgesehen sind.",
                "Damit sind %(num)s Personen mehr da oder angemeldet, als Plätze vorgesehen sind.",
                over,
            ),
            "warning",
        )
    return redirect(url_for("attendance.door", conference_id=conference_id))


def table_choices(conference: Conference) -> list[tuple[int, str]]:
    """No table, and the tables with how many seats are free."""
    taken = count_seated(conference)
    return [(0, _("kein Tisch")), *((table.id, _table_label(table, taken)) for table in list_tables(conference))]


def _table_label(table, taken: dict[int, int]) -> str:
    free = table.capacity - taken.get(table.id, 0)
    seats = ngettext("%(num)s Platz frei", "%(num)s Plätze frei", free) if free > 0 else _("voll")
    return f"{table.number} · {table.title or _('Thema noch offen')} ({seats})"


def _prepared(conference: Conference) -> WalkInForm:
    form = WalkInForm()
    houses = list_institutions(current_user.municipality)
    form.institution.choices = [(0, _("keine oder nicht im Verzeichnis")), *((row.id, row.name) for row in houses)]
    form.table.choices = table_choices(conference)
    return form


def _page(conference: Conference, form: WalkInForm, status: int = 200):
    return render("attendance/walk_in.html", status=status, conference=conference, form=form)
