"""Badges and lists from the browser in one go."""

from flask import Response, request
from flask_login import current_user

from app.accounts.enums import Role
from app.attendance.blueprint import bp
from app.attendance.paper import Part, paper_pdf
from app.conferences.queries import get_conference
from app.core.access import office
from app.core.base_url import public_base_url
from app.core.hypermedia import render
from app.invitations.queries import list_registrations
from app.tables.queries import table_numbers
from app.tables.rules import reaches_only_this_machine


@bp.get("/konferenzen/<int:conference_id>/einlass/druck")
@office(Role.ORGANISER, Role.DEPARTMENT)
def paper(conference_id: int):
    """What to print: all of it is chosen."""
    conference = get_conference(current_user.municipality, conference_id)
    people = list_registrations(conference)
    seated = table_numbers(conference)
    base_url = public_base_url()
    return render(
        "attendance/paper.html",
        conference=conference,
        people=len(people),
        unseated=sum(row.id not in seated for row in people),
        parts=list(Part),
        base_url=base_url,
        only_here=reaches_only_this_machine(base_url),
    )


@bp.get("/konferenzen/<int:conference_id>/einlass/druck/mappe.pdf")
@office(Role.ORGANISER, Role.DEPARTMENT)
def paper_file(conference_id: int) -> Response:
    """The chosen parts as one document; everything when nothing usable is chosen."""
    conference = get_conference(current_user.municipality, conference_id)
    chosen = [part for part in Part if part.value in request.args.getlist("teil")]
    document = paper_pdf(
        municipality=current_user.municipality,
        conference=conference,
        people=list_registrations(conference),
        numbers=table_numbers(conference),
        parts=chosen or list(Part),
        base_url=public_base_url(),
    )
    response = Response(document, mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="einlass.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response
