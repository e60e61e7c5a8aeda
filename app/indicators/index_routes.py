"""Pages of the Sozialindex: defining it in versions, reading it, laying two definitions side by side."""

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.core import clock
from app.core.access import office
from app.core.errors import RuleBroken
from app.core.hypermedia import redirect, render, say
from app.extensions import db
from app.indicators import index_page, index_services, queries
from app.indicators.blueprint import bp
from app.indicators.index_forms import ComparisonForm, IndexForm
from app.indicators.index_words import index_words, shown_index
from app.indicators.models import SocialIndex

READERS = (Role.ORGANISER, Role.DEPARTMENT, Role.STATISTICS)


@bp.get("/daten/index/")
@office(*READERS)
def indexes():
    """Every index in its newest version, with the earlier ones."""
    by_name: dict[str, list[SocialIndex]] = {}
    for index in queries.list_indexes(current_user.municipality):
        by_name.setdefault(index.name, []).append(index)
    choices = index_page.find_choices(current_user.municipality)
    return render("indicators/indexes.html", by_name=by_name, words=index_words, possible=choices is not None)


@bp.get("/daten/index/neu")
@office(Role.ORGANISER)
def index_new():
    """The empty definition."""
    return _definition_page(None)


@bp.post("/daten/index/neu")
@office(Role.ORGANISER)
def index_new_post():
    """Preview, or store the first version."""
    return _definition_sent(None)


@bp.get("/daten/index/<int:index_id>/neue-fassung")
@office(Role.ORGANISER)
def index_next(index_id: int):
    """The definition of a version, to be changed into the next one."""
    return _definition_page(queries.get_index(current_user.municipality, index_id))


@bp.post("/daten/index/<int:index_id>/neue-fassung")
@office(Role.ORGANISER)
def index_next_post(index_id: int):
    """Preview, or store the next version."""
    return _definition_sent(queries.get_index(current_user.municipality, index_id))


@bp.get("/daten/index/<int:index_id>")
@office(*READERS)
def index_result(index_id: int):
    """An index: table, map, how to read it, who is left out and why."""
    index = queries.get_index(current_user.municipality, index_id)
    versions = [one for one in queries.list_indexes(current_user.municipality) if one.name == index.name]
    view = index_page.show_index(index)
    return render("indicators/index_result.html", view=view, index=index, versions=versions, shown_index=shown_index)


@bp.get("/daten/index/vergleich")
@office(*READERS)
def compare_indexes():
    """Two versions side by side: which areas change class, and why."""
    known = queries.list_indexes(current_user.municipality)
    form = ComparisonForm(request.args)
    options = [(str(one.id), _("%(name)s, Fassung %(n)s", name=one.name, n=one.version)) for one in known]
    form.vorher.choices = form.nachher.choices = options
    before, after = (index_page.get_version(known, field.data) for field in (form.vorher, form.nachher))
    view, problem = None, ""
    if before and after:
        try:
            view = index_page.lay_side_by_side(before, after)
        except RuleBroken as error:
            problem = str(error)
    return render(
        "indicators/index_comparison.html", form=form, known=known, view=view, problem=problem, shown_index=shown_index
    )


def _definition_page(index: SocialIndex | None, form: IndexForm | None = None, status: int = 200, **more):
    """The form; without anything to make an index of, what comes first."""
    choices = index_page.find_choices(current_user.municipality, index)
    if choices is None:
        return render("indicators/index_impossible.html")
    form = form or index_page.form_for(choices, index)
    named = {str(one.id): one for one in choices.indicators}
    context = {"index": index, "named": named, "view": None, "problem": "", "shown_index": shown_index}
    return render("indicators/index_form.html", status=status, form=form, **(context | more))


def _definition_sent(index: SocialIndex | None):
    choices = index_page.find_choices(current_user.municipality, index)
    if choices is None:
        return render("indicators/index_impossible.html", status=422)
    form = index_page.form_for(choices, index)
    if "more" in request.form:
        form.offer_more_rows()
        return _definition_page(index, form)
    if not form.validate():
        return _definition_page(index, form, status=422)
    try:
        definition = index_page.definition_of(form, choices)
        if "preview" in request.form:
            draft = index_services.draft_social_index(municipality=current_user.municipality, **definition)
            return _definition_page(index, form, view=index_page.show_index(draft))
        made = index_services.define_social_index(
            municipality=current_user.municipality, user=current_user.user, now=clock.now(), **definition
        )
    except RuleBroken as error:
        return _definition_page(index, form, status=422, problem=str(error))
    db.session.commit()
    say(_("„%(name)s“ ist als Fassung %(n)s gespeichert.", name=made.name, n=made.version))
    return redirect(url_for("indicators.index_result", index_id=made.id))
