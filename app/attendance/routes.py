"""The door on the day: who is there, on several phones at once."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.trail import note
from app.attendance import (
    broadcast,
    door_queries,
    paper_routes,  # noqa: F401 -- adds badges and lists to the blueprint
    reach_routes,  # noqa: F401 -- adds the reports to the blueprint
    retention,  # noqa: F401 -- registers what is forgotten when
    services,
    walk_in_routes,  # noqa: F401 -- adds people without registration to the blueprint
)
from app.attendance.blueprint import bp
from app.attendance.door_queries import Guest
from app.attendance.forms import TableForm
from app.attendance.walk_in_routes import AT_THE_DOOR, CAMERA, table_choices
from app.conferences.models import Conference
from app.conferences.queries import get_conference
from app.core import clock
from app.core.access import office
from app.core.errors import NotFound, RuleBroken
from app.core.german import clock_time
from app.core.hypermedia import redirect, render, say
from app.extensions import db
from app.tables.queries import list_tables

__all__ = ["bp"]

SHOWN_AT_ONCE = 60


@bp.get("/konferenzen/<int:conference_id>/einlass/")
@office(*AT_THE_DOOR)
def door(conference_id: int):
    """The count, one search field, and people in large rows; those who are still missing as long as nobody searches."""
    conference = get_conference(current_user.municipality, conference_id)
    search = request.args.get("suche", "").strip()[:100]
    guests = door_queries.list_guests(conference, search)
    if not search:
        guests = [guest for guest in guests if guest.arrived_at is None]
    response = render(
        "attendance/door.html",
        "attendance/_guests.html",
        conference=conference,
        search=search,
        guests=guests[:SHOWN_AT_ONCE],
        more=max(0, len(guests) - SHOWN_AT_ONCE),
        role=current_user.role,
        **broadcast.content(conference),
    )
    response.headers["Permissions-Policy"] = CAMERA
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/konferenzen/<int:conference_id>/einlass/strom")
@office(*AT_THE_DOOR)
def stream(conference_id: int) -> Response:
    """The count and its changes."""
    return broadcast.stream(get_conference(current_user.municipality, conference_id))


@bp.get("/einlass/<code>")
@office(*AT_THE_DOOR)
def scan(code: str):
    """From the code on a badge to its person; nothing changes by looking."""
    try:
        person = door_queries.get_registration_by_badge(current_user.municipality, code)
    except NotFound:
        return render("attendance/unknown_code.html", status=404)
    return _found(person.conference_id, person.id)


@bp.get("/konferenzen/<int:conference_id>/einlass/<int:registration_id>")
@office(*AT_THE_DOOR)
def guest(conference_id: int, registration_id: int):
    """One person, one large button."""
    return _found(conference_id, registration_id)


@bp.post("/konferenzen/<int:conference_id>/einlass/<int:registration_id>/da")
@office(*AT_THE_DOOR)
def arrive(conference_id: int, registration_id: int):
    """Somebody is there; on to the next."""
    conference = get_conference(current_user.municipality, conference_id)
    found = door_queries.get_guest(conference, registration_id)
    arrival = services.check_in(registration=found.person, user=current_user.user, now=clock.now())
    event = broadcast.change(conference)
    name, since = found.person.name, clock_time(arrival.arrived_at)
    table = found.table.number if found.table else None
    db.session.commit()
    broadcast.send(conference_id, event)
    if not arrival.is_new:
        say(_("%(name)s ist schon da, seit %(time)s Uhr.", name=name, time=since), "info")
    elif arrival.got_place:
        say(_("%(name)s ist da und hat jetzt einen Platz.", name=name))
    elif table:
        say(_("%(name)s ist da: Tisch %(number)s.", name=name, number=table))
    else:
        say(_("%(name)s ist da.", name=name))
    return redirect(url_for("attendance.door", conference_id=conference_id))


@bp.post("/konferenzen/<int:conference_id>/einlass/<int:registration_id>/doch-nicht-da")
@office(*AT_THE_DOOR)
def undo(conference_id: int, registration_id: int):
    """Take a check-in back."""
    conference = get_conference(current_user.municipality, conference_id)
    found = door_queries.get_guest(conference, registration_id)
    name = found.person.name
    if services.undo_check_in(registration=found.person):
        note("guest.undone", _("Einlass einer Person bei „%(title)s“ zurückgenommen.", title=conference.title))
    event = broadcast.change(conference)
    db.session.commit()
    broadcast.send(conference_id, event)
    say(_("%(name)s gilt wieder als nicht da.", name=name), "info")
    return redirect(url_for("attendance.door", conference_id=conference_id))


@bp.post("/konferenzen/<int:conference_id>/einlass/<int:registration_id>/tisch")
@office(*AT_THE_DOOR)
def change_table(conference_id: int, registration_id: int):
    """Another table for somebody."""
    conference = get_conference(current_user.municipality, conference_id)
    found = door_queries.get_guest(conference, registration_id)
    if not found.is_expected:
        raise RuleBroken(_("Wer noch keinen Platz hat, bekommt beim Einlassen einen, und danach einen Tisch."))
    form = _table_form(conference, found)
    if not form.validate():
        return _guest_page(conference, found, form, status=422)
    tables = {table.id: table for table in list_tables(conference)}
    table = tables.get(form.table.data)
    overfull = services.change_table(registration=found.person, table=table)
    number = table.number if table else None
    db.session.commit()
    if number:
        say(_("Jetzt an Tisch %(number)s.", number=number))
    else:
        say(_("Jetzt ohne Tisch."), "info")
    if overfull:
        say(_("Tisch %(number)s ist damit überbelegt.", number=number), "warning")
    return redirect(url_for("attendance.guest", conference_id=conference_id, registration_id=registration_id))


def _found(conference_id: int, registration_id: int):
    conference = get_conference(current_user.municipality, conference_id)
    found = door_queries.get_guest(conference, registration_id)
    return _guest_page(conference, found, _table_form(conference, found))


def _table_form(conference: Conference, found: Guest) -> TableForm:
    form = TableForm(data={"table": found.table.id if found.table else 0})
    form.table.choices = table_choices(conference)
    return form


def _guest_page(conference: Conference, found: Guest, form: TableForm, status: int = 200):
    response = render("attendance/guest.html", status=status, conference=conference, guest=found, form=form)
    response.headers["Cache-Control"] = "no-store"
    return response
