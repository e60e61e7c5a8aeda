"""The directory: who works in which area, and whom one writes to."""

from flask import Response, current_app, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.areas import queries as area_queries
from app.core import clock
from app.core.access import office
from app.core.errors import RuleBroken
from app.core.hypermedia import redirect, render, say
from app.extensions import db
from app.institutions import exchange, merge_queries, queries, request_queries, rules, services
from app.institutions.blueprint import bp
from app.institutions.enums import InstitutionType
from app.institutions.forms import InstitutionForm, SingleContactForm, values_of
from app.institutions.models import Institution

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/institutionen/")
@office(Role.ORGANISER, Role.DEPARTMENT)
def index():
    """The directory with search and filters, which the address remembers."""
    areas = area_queries.list_area_choices(current_user.municipality)
    topics, umbrellas = queries.list_known_words(current_user.municipality)
    chosen = _chosen(areas)
    today = clock.local_date(clock.now())
    return render(
        "institutions/index.html",
        "institutions/_list.html",
        institutions=queries.list_institutions(
            current_user.municipality,
            chosen["search"],
            chosen["type"],
            chosen["area"],
            topic=chosen["topic"],
            umbrella=chosen["umbrella"],
            unconfirmed_on=today if chosen["unconfirmed"] else None,
        ),
        total=queries.count_institutions(current_user.municipality),
        areas=areas,
        types=list(InstitutionType),
        topics=topics,
        umbrellas=umbrellas,
        chosen=chosen,
        is_confirmed=lambda row: rules.is_confirmed(row.confirmed_on, today),
        requests=request_queries.count_new_requests(current_user.municipality),
    )


def _chosen(areas: list[tuple[int, str]]) -> dict:
    area_id = next((id_ for id_, label in areas if str(id_) == request.args.get("gebiet")), None)
    return {
        "search": request.args.get("suche", "").strip()[:100],
        "type": next((kind for kind in InstitutionType if kind == request.args.get("art")), None),
        "area": area_queries.get_area(current_user.municipality, area_id) if area_id else None,
        "topic": request.args.get("thema", "").strip()[:100],
        "umbrella": request.args.get("verband", "").strip()[:100],
        "unconfirmed": request.args.get("stand") == "unbestaetigt",
    }


@bp.get("/institutionen/export.csv")
@office(Role.ORGANISER)
def table_csv():
    """The directory as the import takes it."""
    return _download(exchange.csv_table(queries.list_institutions(current_user.municipality)), "text/csv", "csv")


@bp.get("/institutionen/export.xlsx")
@office(Role.ORGANISER)
def table_xlsx():
    """The same as a workbook."""
    return _download(exchange.xlsx_table(queries.list_institutions(current_user.municipality)), XLSX, "xlsx")


def _download(content: bytes, kind: str, ending: str) -> Response:
    name = f"institutionen-{current_user.municipality.slug}.{ending}"
    return Response(content, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


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
    """One institution; the address of a merged one leads to the one that stands for it."""
    kept = queries.find_kept_instead(current_user.municipality, institution_id)
    if kept is not None:
        return redirect(url_for("institutions.detail", institution_id=kept))
    return _detail_page(queries.get_institution(current_user.municipality, institution_id), SingleContactForm())


@bp.get("/institutionen/<int:institution_id>/bearbeiten")
@office(Role.ORGANISER)
def edit(institution_id: int):
    """The form with what is known."""
    kept = queries.find_kept_instead(current_user.municipality, institution_id)
    if kept is not None:
        return redirect(url_for("institutions.edit", institution_id=kept))
    row = queries.get_institution(current_user.municipality, institution_id)
    return _form_page(_prepared(InstitutionForm(data=values_of(row)), row), row)


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
        try:
            services.add_contact(institution=row, details=form.details)
        except RuleBroken as error:
            form.last_name.errors = [str(error)]
            return _detail_page(row, form, status=422)
        note("contact.added", _("Kontaktperson bei „%(name)s“ ergänzt.", name=row.name))
        db.session.commit()
        say(_("Die Kontaktperson ist gespeichert."))
        return redirect(url_for("institutions.detail", institution_id=row.id))
    return _detail_page(row, form, status=422)


@bp.post("/institutionen/<int:institution_id>/bestaetigen")
@office(Role.ORGANISER)
def confirm(institution_id: int):
    """Note that somebody there confirmed the entry today."""
    row = queries.get_institution(current_user.municipality, institution_id)
    services.confirm_institution(institution=row, today=clock.local_date(clock.now()))
    note("institution.confirmed", _("Eintrag „%(name)s“ als heute bestätigt vermerkt.", name=row.name))
    db.session.commit()
    say(_("Der Eintrag gilt als heute bestätigt."))
    return redirect(url_for("institutions.detail", institution_id=row.id))


def _detail_page(row: Institution, form: SingleContactForm, status: int = 200):
    return render(
        "institutions/detail.html",
        status=status,
        institution=row,
        form=form,
        confirmed=rules.is_confirmed(row.confirmed_on, clock.local_date(clock.now())),
        merged=merge_queries.list_merged_into(row),
        has_history="attendance.history" in current_app.view_functions,
    )


def _prepared(form: InstitutionForm, institution: Institution | None = None) -> InstitutionForm:
    """Offer the areas of today, and those of an older scheme the institution still has."""
    choices = area_queries.list_area_choices(current_user.municipality)
    offered = {area_id for area_id, label in choices}
    older = [(area.id, area.name) for area in (institution.areas if institution else []) if area.id not in offered]
    form.areas.choices = choices + older
    topics, umbrellas = queries.list_known_words(current_user.municipality)
    form.known, form.umbrellas = tuple(topics), tuple(umbrellas)
    return form


def _given(form: InstitutionForm) -> dict:
    """What the form says, as the services take it."""
    return {
        "name": form.name.data,
        "type": InstitutionType(form.type.data),
        "short_name": form.short_name.data,
        "umbrella": form.umbrella.data,
        "topics": rules.topics_of(form.topics.data, form.known),
        "confirmed_on": form.confirmed_on.data,
        "note": form.note.data,
        "areas": area_queries.list_areas_with_ids(current_user.municipality, form.areas.data or []),
        "contacts": form.contact_details,
    }


def _form_page(form: InstitutionForm, institution: Institution | None = None, status: int = 200):
    return render("institutions/form.html", status=status, form=form, institution=institution)


def _refused(form: InstitutionForm, error: RuleBroken, institution: Institution | None = None):
    form.name.errors = [str(error)]
    return _form_page(form, institution, status=422)
