"""The print kit: what lies on the tables, hangs on people and on the wall."""

from flask import Response, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.conferences import queries as conference_queries
from app.conferences.models import Conference
from app.core.access import office
from app.core.base_url import public_base_url
from app.core.hypermedia import redirect, render, say
from app.invitations.queries import list_registrations
from app.tables import print_kit as kit
from app.tables import queries, rules
from app.tables.blueprint import bp


@bp.get("/konferenzen/<int:conference_id>/druck/")
@office(Role.ORGANISER, Role.DEPARTMENT)
def print_kit(conference_id: int):
    """All documents at one glance."""
    conference = conference_queries.get_conference(current_user.municipality, conference_id)
    base_url = public_base_url()
    plan = queries.seats_by_table(conference)
    return render(
        "tables/print_kit.html",
        conference=conference,
        tables=queries.list_tables(conference),
        people=len(plan.unseated) + len(plan.table_of),
        unseated=len(plan.unseated),
        base_url=base_url,
        only_here=rules.reaches_only_this_machine(base_url),
    )


@bp.get("/konferenzen/<int:conference_id>/druck/tischkarten.pdf")
@office(Role.ORGANISER, Role.DEPARTMENT)
def cards_pdf(conference_id: int):
    """Table cards with QR codes."""
    conference = conference_queries.get_conference(current_user.municipality, conference_id)
    tables = queries.list_tables_with_questions(conference)
    if not tables:
        return _nothing_to_print(conference)
    document = kit.cards_pdf(
        municipality=current_user.municipality, conference=conference, tables=tables, base_url=public_base_url()
    )
    return _pdf(document, "tischkarten")


@bp.get("/konferenzen/<int:conference_id>/druck/namensschilder.pdf")
@office(Role.ORGANISER, Role.DEPARTMENT)
def badges_pdf(conference_id: int):
    """Name badges."""
    conference = conference_queries.get_conference(current_user.municipality, conference_id)
    document = kit.badges_pdf(
        municipality=current_user.municipality,
        conference=conference,
        people=list_registrations(conference),
        numbers=queries.table_numbers(conference),
        base_url=public_base_url(),
    )
    return _pdf(document, "namensschilder")


@bp.get("/konferenzen/<int:conference_id>/druck/anwesenheitsliste.pdf")
@office(Role.ORGANISER, Role.DEPARTMENT)
def attendance_pdf(conference_id: int):
    """The list to sign."""
    conference = conference_queries.get_conference(current_user.municipality, conference_id)
    document = kit.attendance_pdf(
        municipality=current_user.municipality,
        conference=conference,
        people=list_registrations(conference),
        numbers=queries.table_numbers(conference),
    )
    return _pdf(document, "anwesenheitsliste")


@bp.get("/konferenzen/<int:conference_id>/druck/raumplan.pdf")
@office(Role.ORGANISER, Role.DEPARTMENT)
def poster_pdf(conference_id: int):
    """The room poster."""
    conference = conference_queries.get_conference(current_user.municipality, conference_id)
    tables = queries.list_tables(conference)
    if not tables:
        return _nothing_to_print(conference)
    document = kit.poster_pdf(
        municipality=current_user.municipality, conference=conference, tables=tables, base_url=public_base_url()
    )
    return _pdf(document, "raumplan")


def _pdf(document: bytes, name: str) -> Response:
    response = Response(document, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _nothing_to_print(conference: Conference) -> Response:
    say(_("Es gibt noch keine Tische. Legen Sie zuerst Tische an."), "info")
    return redirect(url_for("tables.index", conference_id=conference.id))
