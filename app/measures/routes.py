"""What became of it: per conference, over all of them, and the thread of one recommendation."""

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.conferences.models import Conference
from app.conferences.queries import get_conference, list_action_fields
from app.consolidation.desk_page import grouped
from app.consolidation.evidence_queries import evidence_for
from app.consolidation.queries import get_recommendation, list_recommendations
from app.core import clock
from app.core.access import office
from app.core.hypermedia import redirect, render, say
from app.core.ids import typed_id
from app.extensions import db
from app.measures import overview as reading
from app.measures import queries, rules, services
from app.measures.enums import ImplementationStatus, Light
from app.measures.forms import ReportForm

bp = Blueprint("measures", __name__)


@bp.get("/konferenzen/<int:conference_id>/umsetzung/")
@office(Role.ORGANISER, Role.DEPARTMENT)
def index(conference_id: int):
    """Every recommendation of a conference with its latest status, history and a form for news."""
    return _index(get_conference(current_user.municipality, conference_id))


@bp.post("/empfehlungen/<int:recommendation_id>/umsetzung")
@office(Role.ORGANISER)
def report(recommendation_id: int):
    """Add a status report."""
    row = get_recommendation(current_user.municipality, recommendation_id)
    form = _form(row.id)
    if not form.validate():
        return _index(row.conference, row.id, form)
    services.report_status(
        recommendation=row,
        status=ImplementationStatus(form.status.data),
        light=Light(form.light.data),
        note=form.note.data,
        as_of=form.as_of.data,
        user=current_user.user,
        now=clock.now(),
    )
    sentence = _("Stand zu Empfehlung %(number)s „%(title)s“ gemeldet", number=row.number, title=row.title)
    note("status.reported", f"{row.conference.title}: {sentence}")
    say(_("Der Stand von Empfehlung %(number)s ist festgehalten.", number=row.number))
    conference_id, anchor = row.conference_id, f"empfehlung-{row.id}"
    db.session.commit()
    return redirect(url_for("measures.index", conference_id=conference_id, _anchor=anchor))


@bp.get("/umsetzung/")
@office(Role.ORGANISER, Role.DEPARTMENT)
def overview():
    """All recommendations of all published conferences; filters `stand`, `gebiet`, `federfuehrung`, `wartet`."""
    status = request.args.get("stand", "")
    chosen = rules.OverviewFilter(
        status=status if status in {rules.NO_REPORT, *ImplementationStatus} else "",
        area=typed_id(request.args.get("gebiet")),
        lead=typed_id(request.args.get("federfuehrung")),
        waiting=request.args.get("wartet") == "ja",
    )
    found = reading.read(current_user.municipality, chosen, clock.now())
    words = {"statuses": list(ImplementationStatus), "no_report": rules.NO_REPORT}
    return render("measures/overview.html", found=found, **words)


@bp.get("/empfehlungen/<int:recommendation_id>/faden")
@office(Role.ORGANISER, Role.DEPARTMENT)
def thread(recommendation_id: int):
    """The red thread of one recommendation: figures and voices, points, recommendation, status."""
    row = get_recommendation(current_user.municipality, recommendation_id)
    return render(
        "measures/thread.html",
        recommendation=row,
        conference=row.conference,
        evidence=evidence_for([row])[row.id],
        reports=queries.list_reports([row.id]).get(row.id, []),
        may_write=current_user.role == Role.ORGANISER,
    )


def _index(conference: Conference, failed: int | None = None, failed_form: ReportForm | None = None) -> Response:
    rows = list_recommendations(conference)
    return render(
        "measures/index.html",
        status=422 if failed else 200,
        conference=conference,
        groups=grouped(list_action_fields(current_user.municipality), rows),
        reports=queries.list_reports([row.id for row in rows]),
        forms_by_id={row.id: failed_form if row.id == failed else _form(row.id, fresh=True) for row in rows},
        failed=failed,
        may_write=current_user.role == Role.ORGANISER,
    )


def _form(recommendation_id: int, fresh: bool = False) -> ReportForm:
    """The form for one recommendation; several stand on one page, so their fields are told apart by a prefix."""
    today = clock.local_date(clock.now())
    kept = {"formdata": None} if fresh else {}
    form = ReportForm(prefix=f"r{recommendation_id}", data={"as_of": today}, **kept)
    form.today = today
    return form
