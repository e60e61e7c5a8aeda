"""Pages of areas of need: the list by number and size of deviations, and confirming action areas from it."""

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from app.accounts.enums import Role
from app.accounts.trail import note
from app.areas import groups
from app.areas import queries as areas
from app.areas.enums import GroupKind
from app.core import clock
from app.core.access import office
from app.core.errors import RuleBroken
from app.core.hypermedia import redirect, render, say
from app.core.ids import typed_id
from app.extensions import db
from app.indicators import index_page, need_page
from app.indicators.blueprint import bp
from app.indicators.index_forms import ActionAreaForm, NeedFilter

FILTER = ("ebene", "stichtag", "mitte", "schwelle", "mindestens", "indikator")


@bp.get("/daten/index/bedarf")
@office(Role.ORGANISER, Role.DEPARTMENT, Role.STATISTICS)
def need():
    """Areas with many or large deviations; those ticked are offered for confirmation."""
    choices = index_page.find_choices(current_user.municipality)
    if choices is None:
        return render("indicators/index_impossible.html")
    chosen = [text for text in request.args.getlist("gebiet") if typed_id(text)]
    form = ActionAreaForm(formdata=None)
    return _page(choices, form, chosen)


@bp.post("/daten/index/bedarf")
@office(Role.ORGANISER)
def need_post():
    """Confirm the chosen areas as one action area."""
    choices = index_page.find_choices(current_user.municipality)
    if choices is None:
        return render("indicators/index_impossible.html", status=422)
    everywhere = areas.list_areas_of_scheme(choices.scheme)
    form = ActionAreaForm()
    form.areas.choices = [(str(area.id), area.name) for area in everywhere]
    if not form.validate():
        return _page(choices, form, form.areas.data or [], status=422)
    try:
        groups.create_group(
            scheme=choices.scheme,
            kind=GroupKind.ACTION_AREA,
            name=form.name.data,
            areas=[area for area in everywhere if str(area.id) in form.areas.data],
            reason=form.reason.data,
            confirmed_on=form.confirmed_on.data or clock.now().date(),
        )
    except RuleBroken as error:
        form.name.errors = [str(error)]
        return _page(choices, form, form.areas.data, status=422)
    note("action_area.confirmed", _("Handlungsraum „%(name)s“ bestätigt.", name=form.name.data))
    db.session.commit()
    say(_("„%(name)s“ ist als Handlungsraum bestätigt.", name=form.name.data))
    return redirect(url_for("indicators.need"))


def _page(choices: index_page.Choices, form: ActionAreaForm, chosen: list[str], status: int = 200):
    """The list; with areas chosen also the form that confirms them, its reason drafted from the deviations."""
    sent = MultiDict([pair for pair in request.args.items(multi=True) if pair[0] in FILTER])
    filter_ = NeedFilter(sent)
    filter_.offer([(one.id, one.name) for one in choices.levels], choices.days, choices.indicators)
    view = need_page.find_page(filter_, choices)
    listed = {str(area.id): area for area, _need in view.rows} if view else {}
    if not form.is_submitted() and view:
        chosen = [one for one in chosen if one in listed]
        form.reason.data = view.reason_for(chosen)
        form.confirmed_on.data = clock.now().date()
    return render(
        "indicators/need.html",
        status=status,
        filter=filter_,
        view=view,
        form=form,
        chosen=chosen,
        names={str(area.id): area.name for area in areas.list_areas_of_scheme(choices.scheme)} if chosen else {},
        confirmed=areas.list_groups(choices.scheme, GroupKind.ACTION_AREA),
    )
