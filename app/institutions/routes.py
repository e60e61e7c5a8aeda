"""The directory: who works in which area, and whom one writes to."""

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.areas import queries as area_queries
from app.core.access import office
from app.core.errors import RuleBroken
from app.core.hypermedia import redirect, render, say
from app.extensions import db
from app.institutions import queries, services
from app.institutions.enums import InstitutionType
from app.institutions.forms import InstitutionForm, SingleContactForm
from app.institutions.models import Institution

bp = Blueprint("institutions", __name__)


@bp.get("/institutionen/")
@office(Role.ORGANISER, Role.DEPARTMENT)
def index():
    """The directory with search and filters."""
    areas = area_queries.list_area_choices(current_user.municipality)
    search = request.args.get("suche", "").strip()[:100]
    type_ = next((kind for kind in InstitutionType if kind == request.args.get("art")), None)
    area_id = next((id_ for id_, label in areas if str(id_) == request.args.get("gebiet")), None)
    area = area_queries.get_area(current_user.municipality, area_id) if area_id else None
    return render(
        "institutions/index.html",
        "institutions/_list.html",
        institutions=queries.list_institutions(current_user.municipality, search, type_, area),
        total=queries.count_institutions(current_user.municipality),
        areas=areas,
        types=list(InstitutionType),
        chosen={"search": search, "type": type_, "area": area},
    )


@bp.get("/institutionen/neu")
@office(Role.ORGANISER)
def create():
    """The empty form."""
    return _form_page(_prepared(InstitutionForm()))


@bp.post("/institutionen/neu")
@office(Role.ORGANISER)
def create_post():
    """Add an institution, or offer a block for one more contact person."""
    form = _prepared(InstitutionForm())
    if "more" in request.form:
        form.offer_another_contact()
        return _form_page(form)
    if form.validate():
        try:
            row = services.create_institution(municipality=current_user.municipality, **_given(form))
        except RuleBroken as error:
            return _refused(form, error)
        note("institution.created", _("„%(name)s“ in das Verzeichnis aufgenommen.", name=row.name))
        db.session.commit()
        say(_("„%(name)s“ steht jetzt im Verzeichnis.", name=row.name))
        return redirect(url_for("institutions.detail", institution_id=row.id))
    return _form_page(form, status=422)


@bp.get("/institutionen/<int:institution_id>")
@office(Role.ORGANISER, Role.DEPARTMENT)
def detail(institution_id: int):
    """One institution."""
    row = queries.get_institution(current_user.municipality, institution_id)
    return render("institutions/detail.html", institution=row, form=SingleContactForm())


@bp.get("/institutionen/<int:institution_id>/bearbeiten")
@office(Role.ORGANISER)
def edit(institution_id: int):
    """The form with what is known."""
    row = queries.get_institution(current_user.municipality, institution_id)
    contacts = [
        {
            "contact_id": contact.id,
            "salutation": contact.salutation,
            "first_name": contact.first_name,
            "last_name": contact.last_name,
            "role": contact.role,
            "email": contact.email,
        }
        for contact in row.contacts
    ]
    form = InstitutionForm(
        data={
            "name": row.name,
            "short_name": row.short_name,
            "type": row.type.value,
            "umbrella": row.umbrella,
            "note": row.note,
            "areas": [area.id for area in row.areas],
            "contacts": contacts,
        }
    )
    return _form_page(_prepared(form, row), row)


@bp.post("/institutionen/<int:institution_id>/bearbeiten")
@office(Role.ORGANISER)
def edit_post(institution_id: int):
    """Save changes, or offer a block for one more contact person."""
    row = queries.get_institution(current_user.municipality, institution_id)
    form = _prepared(InstitutionForm(), row)
    if "more" in request.form:
        form.offer_another_contact()
        return _form_page(form, row)
    if form.validate():
        try:
            services.update_institution(municipality=current_user.municipality, institution=row, **_given(form))
        except RuleBroken as error:
            return _refused(form, error, row)
        note("institution.changed", _("Eintrag „%(name)s“ geändert.", name=row.name))
        db.session.commit()
        say(_("Die Änderungen sind gespeichert."))
        return redirect(url_for("institutions.detail", institution_id=row.id))
    return _form_page(form, row, status=422)


@bp.post("/institutionen/<int:institution_id>/kontakte")
@office(Role.ORGANISER)
def add_contact(institution_id: int):
    """One more contact person from the institution's page."""
    row = queries.get_institution(current_user.municipality, institution_id)
    form = SingleContactForm()
    if form.validate():
        services.add_contact(institution=row, details=form.details)
        note("contact.added", _("Kontaktperson bei „%(name)s“ ergänzt.", name=row.name))
        db.session.commit()
        say(_("Die Kontaktperson ist gespeichert."))
        return redirect(url_for("institutions.detail", institution_id=row.id))
    return render("institutions/detail.html", status=422, institution=row, form=form)


def _prepared(form: InstitutionForm, institution: Institution | None = None) -> InstitutionForm:
    """Offer the areas of today, and those of an older scheme the institution still has."""
    choices = area_queries.list_area_choices(current_user.municipality)
    offered = {area_id for area_id, label in choices}
    older = [(area.id, area.name) for area in (institution.areas if institution else []) if area.id not in offered]
    form.areas.choices = choices + older
    return form


def _given(form: InstitutionForm) -> dict:
    """What the form says, as the services take it."""
    return {
        "name": form.name.data,
        "type": InstitutionType(form.type.data),
        "short_name": form.short_name.data,
        "umbrella": form.umbrella.data,
        "note": form.note.data,
        "areas": area_queries.list_areas_with_ids(current_user.municipality, form.areas.data or []),
        "contacts": form.contact_details,
    }


def _form_page(form: InstitutionForm, institution: Institution | None = None, status: int = 200):
    return render("institutions/form.html", status=status, form=form, institution=institution)


def _refused(form: InstitutionForm, error: RuleBroken, institution: Institution | None = None):
    form.name.errors = [str(error)]
    return _form_page(form, institution, status=422)
