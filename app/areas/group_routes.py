"""Pages of areas taken together: action areas and groupings."""

from datetime import date

from flask import request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.trail import note
from app.areas import groups, queries
from app.areas.blueprint import MAY_ARRANGE, bp
from app.areas.choices import area_choices
from app.areas.enums import GroupKind
from app.areas.forms import GroupForm
from app.areas.models import AreaGroup, AreaScheme
from app.core.access import office
from app.core.errors import NotFound, RuleBroken
from app.core.hypermedia import redirect, render, say
from app.extensions import db

DELETED_GROUP = "areas_deleted_group"
MOST_REMEMBERED = 300  # areas; the session is a cookie


@bp.get("/gebiete/<int:scheme_id>/gruppen/neu")
@office(*MAY_ARRANGE)
def create_group(scheme_id: int):
    """The empty form of an action area or a grouping."""
    scheme = queries.get_scheme(current_user.municipality, scheme_id)
    form = _offered(GroupForm(data={"family": request.args.get("familie", "")[:80]}), scheme)
    return _page(form, scheme, _kind_asked())


@bp.post("/gebiete/<int:scheme_id>/gruppen/neu")
@office(*MAY_ARRANGE)
def create_group_post(scheme_id: int):
    """Take areas together."""
    scheme, kind = queries.get_scheme(current_user.municipality, scheme_id), _kind_asked()
    form = _offered(GroupForm(), scheme)
    if form.validate():
        try:
            group = groups.create_group(scheme=scheme, kind=kind, areas=_chosen(form), **form.given)
        except RuleBroken as error:
            form.name.errors = [str(error)]
        else:
            note("area_group.created", _("%(kind)s „%(name)s“ angelegt.", kind=kind.label, name=group.name))
            db.session.commit()
            say(_("„%(name)s“ ist angelegt.", name=group.name))
            return redirect(url_for("areas.index"))
    return _page(form, scheme, kind, status=422)


@bp.get("/gebiete/gruppen/<int:group_id>")
@office(*MAY_ARRANGE)
def edit_group(group_id: int):
    """The form with what is known of a group."""
    group = queries.get_group(current_user.municipality, group_id)
    known = {name: getattr(group, name) for name in ("name", "family", "reason", "confirmed_on")}
    form = _offered(GroupForm(data=known | {"areas": [area.id for area in group.areas]}), group.scheme)
    return _page(form, group.scheme, group.kind, group)


@bp.post("/gebiete/gruppen/<int:group_id>")
@office(*MAY_ARRANGE)
def edit_group_post(group_id: int):
    """Change a group."""
    group = queries.get_group(current_user.municipality, group_id)
    form = _offered(GroupForm(), group.scheme)
    if form.validate():
        try:
            groups.update_group(group=group, areas=_chosen(form), **form.given)
        except RuleBroken as error:
            form.name.errors = [str(error)]
        else:
            note("area_group.changed", _("%(kind)s „%(name)s“ geändert.", kind=group.kind.label, name=group.name))
            db.session.commit()
            say(_("Die Änderungen sind gespeichert."))
            return redirect(url_for("areas.index"))
    return _page(form, group.scheme, group.kind, group, status=422)


@bp.post("/gebiete/gruppen/<int:group_id>/loeschen")
@office(*MAY_ARRANGE)
def delete_group(group_id: int):
    """Take a group away; the next page offers to bring it back."""
    group = queries.get_group(current_user.municipality, group_id)
    memory, name, kind = _memory(group), group.name, group.kind
    groups.delete_group(group=group)
    note("area_group.deleted", _("%(kind)s „%(name)s“ gelöscht.", kind=kind.label, name=name))
    db.session.commit()
    session.pop(DELETED_GROUP, None)
    if len(memory["areas"]) <= MOST_REMEMBERED:
        session[DELETED_GROUP] = memory
    return redirect(url_for("areas.index"))


@bp.post("/gebiete/<int:scheme_id>/gruppen/zurueckholen")
@office(*MAY_ARRANGE)
def restore_group(scheme_id: int):
    """Undo: the group deleted last in this browser is there again."""
    scheme = queries.get_scheme(current_user.municipality, scheme_id)
    memory = session.pop(DELETED_GROUP, None)
    if not memory or memory["scheme"] != scheme.id:
        raise RuleBroken(_("Es gibt nichts mehr zurückzuholen."))
    group = groups.create_group(
        scheme=scheme,
        kind=GroupKind(memory["kind"]),
        areas=queries.list_areas_with_ids(current_user.municipality, memory["areas"]),
        confirmed_on=date.fromisoformat(memory["confirmed_on"]) if memory["confirmed_on"] else None,
        **{key: memory[key] for key in ("name", "family", "reason")},
    )
    note("area_group.restored", _("%(kind)s „%(name)s“ zurückgeholt.", kind=group.kind.label, name=group.name))
    db.session.commit()
    say(_("„%(name)s“ ist wieder da.", name=group.name))
    return redirect(url_for("areas.index"))


def _memory(group: AreaGroup) -> dict:
    return {
        "scheme": group.scheme_id,
        "kind": group.kind.value,
        "name": group.name,
        "family": group.family,
        "reason": group.reason,
        "confirmed_on": group.confirmed_on.isoformat() if group.confirmed_on else "",
        "areas": [area.id for area in group.areas],
    }


def _kind_asked() -> GroupKind:
    asked = request.args.get("art", GroupKind.ACTION_AREA)
    kind = next((kind for kind in GroupKind if kind == asked), None)
    if kind is None:
        raise NotFound("kind")
    return kind


def _offered(form: GroupForm, scheme: AreaScheme) -> GroupForm:
    form.areas.choices = area_choices(queries.list_areas_of_scheme(scheme))
    return form


def _chosen(form: GroupForm) -> list:
    return queries.list_areas_with_ids(current_user.municipality, form.areas.data)


def _page(form: GroupForm, scheme: AreaScheme, kind: GroupKind, group: AreaGroup | None = None, status: int = 200):
    is_grouping = kind is GroupKind.GROUPING
    return render(
        "areas/group_form.html",
        status=status,
        form=form,
        scheme=scheme,
        kind=kind,
        group=group,
        is_grouping=is_grouping,
    )
