"""Categories of all offers: give several one name, after seeing what that changes."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.core.access import office
from app.core.hypermedia import redirect, render, say
from app.extensions import db
from app.offers import categories, queries, services
from app.offers.blueprint import bp
from app.offers.offer_forms import CategoriesForm


@bp.get("/angebote/kategorien")
@office(Role.ORGANISER)
def categories_page():
    """The categories in use, and the form to rename or merge them."""
    return _page(_prepared())


@bp.post("/angebote/kategorien")
@office(Role.ORGANISER)
def categories_preview():
    """Shows which offers would change; nothing has changed yet."""
    form = _prepared()
    if not form.validate():
        return _page(form, status=422)
    before = [name for name in form.names.data if name != form.new_name.data]
    if not before:
        form.new_name.errors = [_("So heißt die Kategorie schon. Geben Sie einen anderen Namen ein.")]
        return _page(form, status=422)
    offers = queries.list_offers_in_categories(current_user.municipality, before)
    in_use = dict(queries.count_by_category(current_user.municipality))
    return render("offers/categories_preview.html", form=form, offers=offers, in_use=in_use)


@bp.post("/angebote/kategorien/umbenennen")
@office(Role.ORGANISER)
def categories_post():
    """Do what the preview showed."""
    form = _prepared()
    if not form.validate():
        return _page(form, status=422)
    name = form.new_name.data
    count = services.rename_categories(municipality=current_user.municipality, names=form.names.data, new_name=name)
    before = ", ".join(f"„{one}“" for one in form.names.data)
    note("category.renamed", _("Kategorie %(before)s heißt jetzt „%(name)s“.", before=before, name=name))
    db.session.commit()
    say(ngettext("Ein Angebot geändert.", "%(num)s Angebote geändert.", count))
    return redirect(url_for("atlas.categories_page"))


def _prepared() -> CategoriesForm:
    form = CategoriesForm()
    form.names.choices = [
        (name, f"{name} ({count})") for name, count in queries.count_by_category(current_user.municipality)
    ]
    return form


def _page(form: CategoriesForm, status: int = 200):
    in_use = [value for value, label in form.names.choices]
    return render(
        "offers/categories.html", status=status, form=form, suggestions=categories.suggestions(in_use), in_use=in_use
    )
