"""Pages of the profiles floor for the office: the profile with everything internal, assessments, table sheets."""

from datetime import date

from flask import Response, session, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.areas import queries as areas
from app.areas.enums import GroupKind
from app.areas.models import Area
from app.conferences.queries import get_conference
from app.core import clock
from app.core.access import office
from app.core.base_url import public_base_url
from app.core.errors import RuleBroken
from app.core.hypermedia import redirect, render, say
from app.extensions import db
from app.indicators.comparison_over_schemes import group_readings
from app.indicators.queries import list_indicators
from app.profiles import queries, services, table_sheets, wording
from app.profiles.atlas import draw_map, open_atlas
from app.profiles.blueprint import bp
from app.profiles.forms import AssessmentForm
from app.profiles.models import Assessment
from app.profiles.profile import build_profile

REMEMBERED = "removed_assessment"


@bp.get("/raeume/<int:area_id>")
@office(Role.ORGANISER, Role.DEPARTMENT, Role.STATISTICS)
def detail(area_id: int):
    """The profile of an area, internal indicators and assessments included."""
    municipality = current_user.municipality
    atlas = open_atlas(municipality, internal=True)
    area = atlas.get_area_with_id(area_id)
    return render(
        "profiles/detail.html",
        atlas=atlas,
        area=area,
        profile=build_profile(municipality, atlas, area, now=clock.now(), internal=True),
        map=draw_map(atlas, area, href=_address),
        area_url=_address,
        remembered=_remembered(area) is not None,
        slug=municipality.slug,
        wording=wording,
    )


@bp.get("/raeume/gruppen/<int:group_id>")
@office(Role.ORGANISER, Role.DEPARTMENT, Role.STATISTICS)
def group(group_id: int):
    """The figures of an action area or a grouping as a whole, beside the town's."""
    municipality = current_user.municipality
    row = areas.get_group(municipality, group_id)
    readings = group_readings(row, list_indicators(municipality))
    return render("profiles/group.html", group=row, readings=readings, is_action_area=row.kind is GroupKind.ACTION_AREA)


@bp.get("/raeume/<int:area_id>/einschaetzungen/neu")
@office(Role.ORGANISER)
def add_assessment(area_id: int):
    """The form, with what was removed last when there is something to put back."""
    area = areas.get_area(current_user.municipality, area_id)
    return _form_page(area, AssessmentForm(data=_remembered(area) or {"public": True}))


@bp.post("/raeume/<int:area_id>/einschaetzungen/neu")
@office(Role.ORGANISER)
def add_assessment_post(area_id: int):
    """Note an assessment."""
    area = areas.get_area(current_user.municipality, area_id)
    form = AssessmentForm()
    if not form.validate():
        return _form_page(area, form, status=422)
    try:
        services.add_assessment(area=area, **_given(form))
    except RuleBroken as error:
        return _refused(area, form, error)
    note("assessment.added", _("Einschätzung zu „%(area)s“ aufgenommen.", area=area.name))
    db.session.commit()
    session.pop(REMEMBERED, None)
    say(_("Die Einschätzung ist gespeichert."))
    return redirect(_address(area))


@bp.get("/raeume/<int:area_id>/einschaetzungen/<int:assessment_id>")
@office(Role.ORGANISER)
def edit_assessment(area_id: int, assessment_id: int):
    """The form with what is known."""
    area, row = _assessment(area_id, assessment_id)
    return _form_page(area, AssessmentForm(obj=row), row)


@bp.post("/raeume/<int:area_id>/einschaetzungen/<int:assessment_id>")
@office(Role.ORGANISER)
def edit_assessment_post(area_id: int, assessment_id: int):
    """Save changes."""
    area, row = _assessment(area_id, assessment_id)
    form = AssessmentForm()
    if not form.validate():
        return _form_page(area, form, row, status=422)
    try:
        services.update_assessment(assessment=row, **_given(form))
    except RuleBroken as error:
        return _refused(area, form, error, row)
    note("assessment.changed", _("Einschätzung zu „%(area)s“ geändert.", area=area.name))
    db.session.commit()
    say(_("Die Änderungen sind gespeichert."))
    return redirect(_address(area))


@bp.post("/raeume/<int:area_id>/einschaetzungen/<int:assessment_id>/entfernen")
@office(Role.ORGANISER)
def remove_assessment(area_id: int, assessment_id: int):
    """Take an assessment away; its words are kept so that it can be put back."""
    area, row = _assessment(area_id, assessment_id)
    typed = {"author_group": row.author_group, "text": row.text, "public": row.public}
    session[REMEMBERED] = {"area": area.id, "made_on": row.made_on.isoformat(), **typed}
    services.remove_assessment(assessment=row)
    note("assessment.removed", _("Einschätzung zu „%(area)s“ entfernt.", area=area.name))
    db.session.commit()
    say(_("Die Einschätzung ist entfernt. Über „Entfernte Einschätzung zurückholen“ legen Sie sie wieder an."), "info")
    return redirect(_address(area))


@bp.get("/konferenzen/<int:conference_id>/datenblaetter.pdf")
@office(Role.ORGANISER, Role.DEPARTMENT)
def table_sheets_pdf(conference_id: int):
    """A sheet of figures for every topic table."""
    conference = get_conference(current_user.municipality, conference_id)
    tables = queries.list_tables_with_topics(conference)
    if not tables:
        say(_("Es gibt noch keine Tische. Legen Sie zuerst Tische an."), "info")
        return redirect(url_for("tables.index", conference_id=conference.id))
    document = table_sheets.sheets_pdf(
        municipality=current_user.municipality,
        conference=conference,
        tables=tables,
        base_url=public_base_url(),
        now=clock.now(),
    )
    response = Response(document, mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="datenblaetter.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _address(area: Area) -> str:
    return url_for("profiles.detail", area_id=area.id)


def _assessment(area_id: int, assessment_id: int) -> tuple[Area, Assessment]:
    area = areas.get_area(current_user.municipality, area_id)
    return area, queries.get_assessment(current_user.municipality, area, assessment_id)


def _remembered(area: Area) -> dict | None:
    """What was removed last from this area in this browser, as the form takes it."""
    kept = session.get(REMEMBERED)
    if not kept or kept["area"] != area.id:
        return None
    return {**kept, "made_on": date.fromisoformat(kept["made_on"])}


def _given(form: AssessmentForm) -> dict:
    """What the form says, as the services take it."""
    return {
        "author_group": form.author_group.data,
        "made_on": form.made_on.data,
        "text": form.text.data,
        "public": form.public.data,
        "today": clock.local_date(clock.now()),
    }


def _form_page(area: Area, form: AssessmentForm, row: Assessment | None = None, status: int = 200):
    return render("profiles/assessment.html", status=status, area=area, form=form, assessment=row)


def _refused(area: Area, form: AssessmentForm, error: RuleBroken, row: Assessment | None = None):
    form.made_on.errors = [str(error)]
    return _form_page(area, form, row, status=422)
