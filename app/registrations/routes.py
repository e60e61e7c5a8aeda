"""Who comes, as the office sees it: places, waiting list, people entered by hand."""

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.conferences.models import Conference
from app.conferences.queries import get_conference, list_topics
from app.core import clock
from app.core.access import office
from app.core.exports import to_csv, to_xlsx
from app.core.hypermedia import redirect, render, say
from app.extensions import db
from app.institutions.queries import list_institutions
from app.invitations import places, retention
from app.invitations.enums import Origin, Place
from app.registrations import entering, export, queries
from app.registrations.office_forms import EnterForm, PersonForm, known_so_far
from app.registrations.place_routes import bp as places_bp
from app.registrations.queries import PeopleFilter

bp = Blueprint("registrations", __name__)
bp.register_blueprint(places_bp)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"institution": False, "privat": True}


@bp.get("/konferenzen/<int:conference_id>/personen/")
@office(Role.ORGANISER, Role.DEPARTMENT)
def people(conference_id: int):
    """Everybody who comes, who waits in which order, and who cancelled."""
    conference = get_conference(current_user.municipality, conference_id)
    everybody = queries.people_of(conference)
    shown = _filter()
    return render(
        "registrations/people.html",
        conference=conference,
        everybody=everybody,
        people=everybody.only(shown),
        shown=shown,
        line={row.id: n for n, row in enumerate((r for r in everybody.waiting if r.confirm_by is None), start=1)},
        places=list(Place),
        origins=list(Origin),
        kept_for_days=retention.KEPT_FOR.days,
    )


@bp.get("/konferenzen/<int:conference_id>/personen/liste.csv")
@office(Role.ORGANISER, Role.DEPARTMENT)
def people_csv(conference_id: int):
    """Everybody as CSV, with the same filter as the page."""
    conference = get_conference(current_user.municipality, conference_id)
    return _download(conference, "csv", to_csv(export.HEADER, _rows(conference)), "text/csv; charset=utf-8")


@bp.get("/konferenzen/<int:conference_id>/personen/liste.xlsx")
@office(Role.ORGANISER, Role.DEPARTMENT)
def people_xlsx(conference_id: int):
    """Everybody as a workbook, with the same filter as the page."""
    conference = get_conference(current_user.municipality, conference_id)
    return _download(conference, "xlsx", to_xlsx(export.HEADER, _rows(conference), _("Personen")), XLSX)


@bp.get("/konferenzen/<int:conference_id>/personen/neu")
@office(Role.ORGANISER)
def enter(conference_id: int):
    """The form for somebody who comes without invitation."""
    conference = get_conference(current_user.municipality, conference_id)
    return _enter_page(conference, _offered(EnterForm(), conference))


@bp.post("/konferenzen/<int:conference_id>/personen/neu")
@office(Role.ORGANISER)
def enter_post(conference_id: int):
    """Enter somebody."""
    conference = get_conference(current_user.municipality, conference_id)
    form = _offered(EnterForm(), conference)
    if not form.validate():
        return _enter_page(conference, form, status=422)
    registration = entering.enter_person(
        conference=conference, entry=form.entry, user=current_user.user, now=clock.now()
    )
    db.session.commit()
    if registration.place is Place.WAITING:
        say(_("Es ist kein Platz frei: %(name)s steht auf der Warteliste.", name=registration.name), "info")
    else:
        say(_("%(name)s ist eingetragen.", name=registration.name))
    return redirect(url_for("registrations.people", conference_id=conference_id))


@bp.get("/konferenzen/<int:conference_id>/personen/<int:registration_id>")
@office(Role.ORGANISER)
def edit(conference_id: int, registration_id: int):
    """The form for what is known of somebody."""
    conference = get_conference(current_user.municipality, conference_id)
    registration = queries.get_person(conference, registration_id)
    form = _offered(PersonForm(data=known_so_far(registration)), conference)
    return _edit_page(conference, registration, form)


@bp.post("/konferenzen/<int:conference_id>/personen/<int:registration_id>")
@office(Role.ORGANISER)
def edit_post(conference_id: int, registration_id: int):
    """Change what is known of somebody."""
    conference = get_conference(current_user.municipality, conference_id)
    registration = queries.get_person(conference, registration_id)
    form = _offered(PersonForm(), conference)
    if not form.validate():
        return _edit_page(conference, registration, form, status=422)
    entering.change_person(
        conference=conference, registration=registration, entry=form.entry, user=current_user.user, now=clock.now()
    )
    db.session.commit()
    say(_("Die Angaben zu %(name)s sind geändert.", name=registration.name))
    return redirect(url_for("registrations.people", conference_id=conference_id))


def _filter() -> PeopleFilter:
    given = request.args
    return PeopleFilter(
        search=" ".join(given.get("suche", "").split())[:80],
        place=next((place for place in Place if place.value == given.get("platz")), None),
        origin=next((origin for origin in Origin if origin.value == given.get("herkunft")), None),
        private=KINDS.get(given.get("art", "")),
    )


def _rows(conference: Conference) -> list[list]:
    return export.rows_of(queries.people_of(conference).only(_filter()).everybody)


def _download(conference: Conference, ending: str, content: bytes, mimetype: str) -> Response:
    response = Response(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="personen-{conference.id}.{ending}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _offered(form: PersonForm, conference: Conference) -> PersonForm:
    form.offer_institutions(list_institutions(current_user.municipality))
    form.offer(list_topics(conference))
    return form


def _enter_page(conference: Conference, form: EnterForm, status: int = 200):
    return render(
        "registrations/enter.html",
        status=status,
        conference=conference,
        form=form,
        free=places.free_places(conference),
        needs_kept_for_days=retention.NEEDS_KEPT_FOR.days,
    )


def _edit_page(conference: Conference, registration, form: PersonForm, status: int = 200):
    return render("registrations/edit.html", status=status, conference=conference, registration=registration, form=form)
