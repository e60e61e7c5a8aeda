"""Recommendations: the list by Handlungsfeld, the form with its evidence beside it."""

from dataclasses import dataclass

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from wtforms.fields.choices import SelectChoice

from app.accounts.enums import Role
from app.accounts.trail import note
from app.areas.models import Area
from app.conferences.models import ActionField, Conference
from app.conferences.queries import get_conference, list_action_fields
from app.consolidation import queries, rules, services
from app.consolidation.blueprint import bp
from app.consolidation.desk_page import field_choices, grouped
from app.consolidation.enums import Competence, Priority, Strength, TimeHorizon
from app.consolidation.evidence import Evidence
from app.consolidation.evidence_queries import evidence_for, evidence_of
from app.consolidation.forms import RecommendationForm
from app.consolidation.models import ConsolidatedPoint, Recommendation
from app.core.access import office
from app.core.hypermedia import redirect, render, say
from app.core.ids import typed_id
from app.core.vocabulary import TargetGroup
from app.extensions import db
from app.indicators.models import Indicator
from app.indicators.queries import list_public_indicators
from app.institutions.models import Institution


@dataclass(frozen=True)
class Material:
    """What a recommendation can be made of: the choices of its form."""

    fields: list[ActionField]
    leads: list[Institution]
    points: list[ConsolidatedPoint]
    areas: list[Area]
    indicators: list[Indicator]


@bp.get("/konferenzen/<int:conference_id>/empfehlungen/")
@office(Role.ORGANISER, Role.DEPARTMENT)
def recommendations(conference_id: int):
    """All recommendations of a conference under their Handlungsfelder."""
    conference = get_conference(current_user.municipality, conference_id)
    rows = queries.list_recommendations(conference)
    return render(
        "consolidation/recommendations.html",
        conference=conference,
        groups=grouped(list_action_fields(current_user.municipality), rows),
        evidence=evidence_for(rows),
        points=queries.list_points(conference),
        may_write=_may_write(),
    )


@bp.get("/konferenzen/<int:conference_id>/empfehlungen/neu")
@office(Role.ORGANISER)
def create_recommendation(conference_id: int):
    """The empty form, or prefilled from a point (`punkt`) in the usual phrase."""
    conference = get_conference(current_user.municipality, conference_id)
    material = _material(conference)
    point = next((one for one in material.points if one.id == typed_id(request.args.get("punkt"))), None)
    words = rules.opening_words(
        strength=Strength.EXAMINE,
        area=conference.area.name,
        target_groups=[],
        finding=point.title if point else "",
    )
    start = {
        "title": point.title if point else "",
        "text": words,
        "action_field": point.action_field_id if point else None,
        "points": [point.id] if point else [],
        "time_horizon": TimeHorizon.MEDIUM.value,
        "priority": Priority.MEDIUM.value,
        "areas": [conference.area_id],
    }
    return _form_page(conference, material, _form(material, start))


@bp.post("/konferenzen/<int:conference_id>/empfehlungen/neu")
@office(Role.ORGANISER)
def create_recommendation_post(conference_id: int):
    """Save a new recommendation, or only look at its evidence (`vorschau`)."""
    conference = get_conference(current_user.municipality, conference_id)
    material = _material(conference)
    form = _form(material)
    if "vorschau" in request.form or not form.validate():
        return _form_page(conference, material, form)
    row = services.create_recommendation(conference=conference, **_fields(form, material))
    done = _("Empfehlung %(number)s „%(title)s“ angelegt", number=row.number, title=row.title)
    note("recommendation.created", f"{conference.title}: {done}")
    say(_("Empfehlung %(number)s ist angelegt.", number=row.number))
    return _save(conference.id)


@bp.get("/empfehlungen/<int:recommendation_id>/bearbeiten")
@office(Role.ORGANISER)
def edit_recommendation(recommendation_id: int):
    """The form of a recommendation."""
    row = queries.get_recommendation(current_user.municipality, recommendation_id)
    material = _material(row.conference, row)
    return _form_page(row.conference, material, _form(material, _values(row)), row)


@bp.post("/empfehlungen/<int:recommendation_id>/bearbeiten")
@office(Role.ORGANISER)
def edit_recommendation_post(recommendation_id: int):
    """Save a recommendation, or only look at its evidence (`vorschau`)."""
    row = queries.get_recommendation(current_user.municipality, recommendation_id)
    material = _material(row.conference, row)
    form = _form(material)
    if "vorschau" in request.form or not form.validate():
        return _form_page(row.conference, material, form, row)
    services.update_recommendation(recommendation=row, **_fields(form, material))
    done = _("Empfehlung %(number)s geändert", number=row.number)
    note("recommendation.changed", f"{row.conference.title}: {done}")
    say(_("Empfehlung %(number)s ist gespeichert.", number=row.number))
    return _save(row.conference_id)


@bp.get("/konferenzen/<int:conference_id>/empfehlungen/belege")
@office(Role.ORGANISER, Role.DEPARTMENT)
def evidence(conference_id: int):
    """The evidence of the `points`, `areas` and `indicators` in the address, as the form shows it while one chooses."""
    conference = get_conference(current_user.municipality, conference_id)
    chosen = {name: {typed_id(text) for text in request.args.getlist(name)} for name in services.LINKED}
    return render(
        "consolidation/_evidence.html", evidence=_evidence(_linkable(conference), chosen), conference=conference
    )


def _linkable(conference: Conference, row: Recommendation | None = None) -> Material:
    """Points, areas and indicators; what a recommendation already names is never left out."""
    areas = queries.list_conference_areas(conference)
    known = {area.id for area in areas}
    return Material(
        fields=[],
        leads=[],
        points=queries.list_points(conference),
        areas=[*areas, *(area for area in (row.areas if row else []) if area.id not in known)],
        indicators=[*list_public_indicators(current_user.municipality), *_kept_internal(row)],
    )


def _kept_internal(row: Recommendation | None) -> list[Indicator]:
    """What was chosen before it became internal: never printed, but not lost by saving either."""
    return [one for one in (row.indicators if row else []) if one.agreed and not one.public]


def _material(conference: Conference, row: Recommendation | None = None) -> Material:
    linkable = _linkable(conference, row)
    return Material(
        fields=list_action_fields(current_user.municipality),
        leads=queries.list_leads(current_user.municipality),
        points=linkable.points,
        areas=linkable.areas,
        indicators=linkable.indicators,
    )


def _form(material: Material, values: dict | None = None) -> RecommendationForm:
    form = RecommendationForm(data=values)
    form.action_field.choices = field_choices(material.fields)
    leads = (SelectChoice(str(one.id), one.name) for one in material.leads)
    form.lead.choices = [SelectChoice("", _("– noch offen –")), *leads]
    form.points.choices = [SelectChoice(point.id, f"{point.number} · {point.title}") for point in material.points]
    form.areas.choices = [SelectChoice(area.id, area.name) for area in material.areas]
    form.indicators.choices = [SelectChoice(one.id, one.name) for one in material.indicators]
    return form


def _values(row: Recommendation) -> dict:
    same = ("title", "text", "goal", "partners", "target_groups")
    return {
        **{name: getattr(row, name) for name in same},
        **{name: getattr(row, name).value for name in ("strength", "competence", "time_horizon", "priority")},
        **{name: [one.id for one in getattr(row, name)] for name in services.LINKED},
        "action_field": row.action_field_id,
        "lead": row.lead_id,
    }


def _fields(form: RecommendationForm, material: Material) -> dict:
    def chosen(name: str) -> list:
        ids = set(form[name].data or [])
        return [one for one in getattr(material, name) if one.id in ids]

    return {
        **{name: form[name].data for name in ("title", "text", "goal", "partners")},
        "strength": Strength(form.strength.data),
        "competence": Competence(form.competence.data),
        "time_horizon": TimeHorizon(form.time_horizon.data),
        "priority": Priority(form.priority.data),
        "target_groups": [TargetGroup(value) for value in form.target_groups.data or []],
        "action_field": next((one for one in material.fields if one.id == form.action_field.data), None),
        "lead": next((one for one in material.leads if one.id == form.lead.data), None),
        **{name: chosen(name) for name in services.LINKED},
    }


def _evidence(material: Material, chosen: dict[str, set]) -> Evidence:
    areas = [area for area in material.areas if area.id in chosen["areas"]] or material.areas[:1]
    return evidence_of(
        points=[point for point in material.points if point.id in chosen["points"]],
        areas=areas,
        indicators=[one for one in material.indicators if one.id in chosen["indicators"]],
    )


def _form_page(
    conference: Conference, material: Material, form: RecommendationForm, row: Recommendation | None = None
) -> Response:
    chosen = {name: set(form[name].data or []) for name in services.LINKED}
    return render(
        "consolidation/recommendation.html",
        status=422 if form.errors else 200,
        conference=conference,
        form=form,
        recommendation=row,
        evidence=_evidence(material, chosen),
        has_choices=bool(material.points),
    )


def _save(conference_id: int) -> Response:
    db.session.commit()
    return redirect(url_for("consolidation.recommendations", conference_id=conference_id))


def _may_write() -> bool:
    return current_user.role == Role.ORGANISER
