"""Who was reached, as page and table; and the history of an institution."""

from flask import Response, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.attendance import queries, reach_table
from app.attendance.blueprint import bp
from app.conferences.queries import get_conference
from app.core import clock
from app.core.access import office
from app.core.exports import to_csv
from app.core.hypermedia import render
from app.institutions.queries import get_institution, identities, kept_ids


@bp.get("/konferenzen/<int:conference_id>/reichweite")
@office(Role.ORGANISER, Role.DEPARTMENT)
def reach(conference_id: int):
    """Invited, answered, said yes, came: institutions and persons, and what people thought."""
    conference = get_conference(current_user.municipality, conference_id)
    previous = queries.find_previous(conference)
    kept = kept_ids(current_user.municipality)
    return render(
        "attendance/reach.html",
        conference=conference,
        is_over=conference.ends_at < clock.now(),
        reach=queries.measure_reach(conference, kept),
        previous=previous,
        before=queries.measure_reach(previous, kept) if previous else None,
        never_came=queries.list_never_came(current_user.municipality, kept, clock.now()),
        never_invited=queries.list_never_invited(current_user.municipality, conference.area, kept),
        opinion=queries.read_opinion(conference),
        shows_texts=current_user.role is Role.ORGANISER,
        words=reach_table,
    )


@bp.get("/konferenzen/<int:conference_id>/reichweite.csv")
@office(Role.ORGANISER, Role.DEPARTMENT)
def reach_csv(conference_id: int) -> Response:
    """The figures as a table."""
    conference = get_conference(current_user.municipality, conference_id)
    measured = queries.measure_reach(conference, kept_ids(current_user.municipality))
    response = Response(to_csv(reach_table.header(), reach_table.rows(measured)), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="reichweite-{conference.id}.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/institutionen/<int:institution_id>/verlauf")
@office(Role.ORGANISER, Role.DEPARTMENT)
def history(institution_id: int):
    """When an institution was invited, what it answered, how many came."""
    institution = get_institution(current_user.municipality, institution_id)
    return render(
        "attendance/history.html",
        institution=institution,
        participations=queries.list_participations(current_user.municipality, identities(institution)),
        back=url_for("institutions.index"),
        title=_("Verlauf"),
        now=clock.now(),
    )
