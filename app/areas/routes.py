"""Pages of the areas floor: schemes with their levels and areas; groups and crosswalks stand beside."""

from flask import session, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.trail import note
from app.areas import crosswalk_routes, group_routes, queries, services  # noqa: F401 -- they register their pages
from app.areas.blueprint import MAY_ARRANGE, bp
from app.areas.forms import AreaForm, LevelForm, NewAreaForm, SchemeForm
from app.areas.group_routes import DELETED_GROUP
from app.areas.models import AreaScheme
from app.areas.scheme_page import build_scheme_page, list_cards
from app.core.access import office
from app.core.errors import RuleBroken
from app.core.hypermedia import redirect, render, say
from app.core.ids import typed_id
from app.extensions import db


@bp.get("/gebiete/")
@office(*MAY_ARRANGE)
def index():
    """The schemes with their levels and groups."""
    cards = list_cards(current_user.municipality)
    return render("areas/index.html", cards=cards, deleted=session.get(DELETED_GROUP))


@bp.get("/gebiete/neu")
@office(*MAY_ARRANGE)
def create_scheme():
    """The empty form of a scheme."""
    return render("areas/scheme_form.html", form=SchemeForm(), scheme=None)


@bp.post("/gebiete/neu")
@office(*MAY_ARRANGE)
def create_scheme_post():
    """Add a scheme by hand."""
    form = SchemeForm()
    if form.validate():
        try:
            scheme = services.create_scheme(municipality=current_user.municipality, **_scheme_given(form))
        except RuleBroken as error:
            form.name.errors = [str(error)]
        else:
            note("area_scheme.created", _("Gebietsgliederung „%(name)s“ angelegt.", name=scheme.name))
            db.session.commit()
            say(_("Die Gliederung ist angelegt. Fügen Sie nun ihre Ebenen hinzu, die gröbste zuerst."))
            return redirect(url_for("areas.scheme", scheme_id=scheme.id))
    return render("areas/scheme_form.html", status=422, form=form, scheme=None)


@bp.get("/gebiete/<int:scheme_id>")
@office(*MAY_ARRANGE)
def scheme(scheme_id: int):
    """One scheme: its levels and areas, what is missing, a map."""
    return _scheme_page(queries.get_scheme(current_user.municipality, scheme_id), LevelForm())


@bp.get("/gebiete/<int:scheme_id>/bearbeiten")
@office(*MAY_ARRANGE)
def edit_scheme(scheme_id: int):
    """The form with what is known of a scheme."""
    row = queries.get_scheme(current_user.municipality, scheme_id)
    return render("areas/scheme_form.html", form=SchemeForm(obj=row), scheme=row)


@bp.post("/gebiete/<int:scheme_id>/bearbeiten")
@office(*MAY_ARRANGE)
def edit_scheme_post(scheme_id: int):
    """Change name, validity and note."""
    row, form = queries.get_scheme(current_user.municipality, scheme_id), SchemeForm()
    if form.validate():
        try:
            services.update_scheme(scheme=row, **_scheme_given(form))
        except RuleBroken as error:
            form.name.errors = [str(error)]
        else:
            note("area_scheme.changed", _("Gebietsgliederung „%(name)s“ geändert.", name=row.name))
            db.session.commit()
            say(_("Die Änderungen sind gespeichert."))
            return redirect(url_for("areas.scheme", scheme_id=row.id))
    return render("areas/scheme_form.html", status=422, form=form, scheme=row)


@bp.post("/gebiete/<int:scheme_id>/ebenen")
@office(*MAY_ARRANGE)
def add_level(scheme_id: int):
    """One more level, below those there are."""
    row, form = queries.get_scheme(current_user.municipality, scheme_id), LevelForm()
    if form.validate():
        try:
            level = services.create_level(scheme=row, name=form.name.data)
        except RuleBroken as error:
            form.name.errors = [str(error)]
        else:
            note(
                "area_level.created", _("Ebene „%(name)s“ in „%(scheme)s“ angelegt.", name=level.name, scheme=row.name)
            )
            db.session.commit()
            say(_("Die Ebene „%(name)s“ ist angelegt.", name=level.name))
            return redirect(url_for("areas.scheme", scheme_id=row.id))
    return _scheme_page(row, form, status=422)


@bp.get("/gebiete/<int:scheme_id>/gebiete/neu")
@office(*MAY_ARRANGE)
def create_area(scheme_id: int):
    """The empty form of an area."""
    row = queries.get_scheme(current_user.municipality, scheme_id)
    return render("areas/area_form.html", form=_new_area_form(row), scheme=row, area=None)


@bp.post("/gebiete/<int:scheme_id>/gebiete/neu")
@office(*MAY_ARRANGE)
def create_area_post(scheme_id: int):
    """Add an area by hand; its outline comes from a file."""
    row = queries.get_scheme(current_user.municipality, scheme_id)
    form = _new_area_form(row)
    if form.validate():
        level = next(one for one in queries.list_levels(row) if one.id == typed_id(form.level.data))
        try:
            area = services.create_area(
                level=level, code=form.code.data, name=form.name.data, parent=_parent(form.parent_id)
            )
        except RuleBroken as error:
            form.code.errors = [str(error)]
        else:
            note("area.created", _("Gebiet „%(name)s“ angelegt.", name=area.name))
            db.session.commit()
            say(_("„%(name)s“ ist angelegt.", name=area.name))
            return redirect(url_for("areas.scheme", scheme_id=row.id))
    return render("areas/area_form.html", status=422, form=form, scheme=row, area=None)


@bp.get("/gebiete/gebiet/<int:area_id>")
@office(*MAY_ARRANGE)
def edit_area(area_id: int):
    """The form with what is known of an area."""
    area = queries.get_area(current_user.municipality, area_id)
    return _area_page(area, _offered(AreaForm(data={"name": area.name, "parent": str(area.parent_id or "")}), area))


@bp.post("/gebiete/gebiet/<int:area_id>")
@office(*MAY_ARRANGE)
def edit_area_post(area_id: int):
    """Rename an area, or let it lie in another one."""
    area = queries.get_area(current_user.municipality, area_id)
    form = _offered(AreaForm(), area)
    if form.validate():
        try:
            services.update_area(area=area, name=form.name.data, parent=_parent(form.parent_id))
        except RuleBroken as error:
            form.parent.errors = [str(error)]
        else:
            note("area.changed", _("Gebiet „%(name)s“ geändert.", name=area.name))
            db.session.commit()
            say(_("„%(name)s“ ist gespeichert.", name=area.name))
            return redirect(url_for("areas.scheme", scheme_id=area.scheme_id))
    return _area_page(area, form, status=422)


def _scheme_page(row: AreaScheme, form: LevelForm, status: int = 200):
    page = build_scheme_page(current_user.municipality, row, lambda area: url_for("areas.edit_area", area_id=area.id))
    return render("areas/scheme.html", status=status, view=page, form=form)


def _area_page(area, form: AreaForm, status: int = 200):
    row = queries.get_scheme(current_user.municipality, area.scheme_id)
    return render("areas/area_form.html", status=status, form=form, scheme=row, area=area)


def _scheme_given(form: SchemeForm) -> dict:
    return {name: form[name].data for name in ("name", "valid_from", "valid_to", "note")}


def _new_area_form(row: AreaScheme) -> NewAreaForm:
    form = NewAreaForm()
    form.offer_levels(queries.list_levels(row))
    form.offer_parents(queries.list_areas_of_scheme(row))
    return form


def _offered(form: AreaForm, area) -> AreaForm:
    everywhere = queries.list_areas_of_scheme(queries.get_scheme(current_user.municipality, area.scheme_id))
    form.offer_parents([one for one in everywhere if one.level.rank < area.level.rank])
    return form


def _parent(area_id: int | None):
    return queries.get_area(current_user.municipality, area_id) if area_id else None
