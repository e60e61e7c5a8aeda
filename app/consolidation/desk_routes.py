"""The desk: what is open on the left, points in the middle, the opened point on the right."""

from collections.abc import Callable
from dataclasses import replace

from flask import Response, request, session, url_for
from flask import redirect as plain_redirect
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.conferences import action_fields
from app.conferences.models import Conference
from app.conferences.queries import get_conference, list_action_fields
from app.consolidation import desk_page, queries, services, undo
from app.consolidation.blueprint import bp
from app.consolidation.forms import ActionFieldForm, PointForm
from app.consolidation.models import ConsolidatedPoint
from app.consolidation.rules import DeskView
from app.contributions.enums import Kind
from app.contributions.models import Contribution
from app.core import clock
from app.core.access import office
from app.core.errors import RuleBroken
from app.core.hypermedia import render
from app.core.ids import typed_id
from app.core.typed import stripped
from app.extensions import db

NOTICE = "desk_notice"
ADDRESS = "/konferenzen/<int:conference_id>/auswertung/"


@bp.get(ADDRESS)
@office(Role.ORGANISER, Role.DEPARTMENT)
def desk(conference_id: int):
    """The desk as the address asks for it: `punkt`, `tisch`, `art`, `text`, `ansicht`, `seite`."""
    conference = get_conference(current_user.municipality, conference_id)
    return _show(conference)


@bp.post(ADDRESS + "sortieren")
@office(Role.ORGANISER)
def sort(conference_id: int):
    """Sort the contributions chosen on the left: into a new point, to a point, or aside."""
    conference = get_conference(current_user.municipality, conference_id)
    chosen = _chosen(conference)
    title, reason = _typed("titel"), _typed("grund")
    act = request.form.get("akt")
    if act == "neu" and reason and not title:
        act = "beiseite"  # the enter key in the field for the reason

    def into_new_point() -> tuple[str, dict]:
        before = undo.remember(_ids(chosen))
        point = services.create_point(conference=conference, title=title, contributions=_some(chosen))
        done = _("Punkt %(number)s „%(title)s“ ist angelegt.", number=point.number, title=point.title)
        return done, {**before, "created": point.id}

    def to_point() -> tuple[str, dict]:
        point = _point_of(conference, request.form.get("ziel"))
        before = undo.remember(_ids(chosen))
        services.assign_contributions(point=point, contributions=chosen)
        return _counted(len(chosen), _("zu Punkt %(number)s gelegt", number=point.number)), before

    def aside() -> tuple[str, dict]:
        before = undo.remember(_ids(chosen))
        services.set_aside(contributions=chosen, reason=reason, now=clock.now())
        return _counted(len(chosen), _("beiseitegelegt")), before

    acts = {"neu": into_new_point, "zu": to_point, "beiseite": aside}
    return _attempt(
        conference, acts.get(act, to_point), typed={"titel": title, "grund": reason, "gewaehlt": _ids(chosen)}
    )


@bp.post(ADDRESS + "zurueckholen")
@office(Role.ORGANISER)
def bring_back(conference_id: int):
    """Make set aside contributions open again."""
    conference = get_conference(current_user.municipality, conference_id)
    chosen = _chosen(conference)

    def act() -> tuple[str, dict]:
        before = undo.remember(_ids(chosen))
        services.bring_back(contributions=chosen)
        return _counted(len(chosen), _("wieder offen")), before

    return _attempt(conference, act)


@bp.post(ADDRESS + "rueckgaengig")
@office(Role.ORGANISER)
def take_back(conference_id: int):
    """Undo the last act of this browser on this desk."""
    conference = get_conference(current_user.municipality, conference_id)
    memory = session.pop("desk_memory", None)

    def act() -> tuple[str, None]:
        if not memory or memory["conference"] != conference.id:
            raise RuleBroken(_("Es gibt nichts mehr, das sich rückgängig machen lässt."))
        undo.undo_act(conference=conference, memory=memory)
        return _("Der letzte Schritt ist rückgängig gemacht."), None

    return _attempt(conference, act)


@bp.post(ADDRESS + "handlungsfelder")
@office(Role.ORGANISER)
def add_action_field(conference_id: int):
    """Add a Handlungsfeld for all conferences of the municipality."""
    conference = get_conference(current_user.municipality, conference_id)
    form = ActionFieldForm()

    def act() -> tuple[str, None]:
        field = action_fields.add_action_field(municipality=current_user.municipality, name=form.name.data)
        return _("Das Handlungsfeld „%(name)s“ ist angelegt.", name=field.name), None

    return _attempt(conference, act, typed={"handlungsfeld": form.name.data})


@bp.post("/punkte/<int:point_id>")
@office(Role.ORGANISER)
def update_point(point_id: int):
    """Change a point's words."""
    point = queries.get_point(current_user.municipality, point_id)
    form = desk_page.point_form(list_action_fields(current_user.municipality))
    if not form.validate():
        return _show(point.conference, point_form=form, opened=point.id, status=422)
    fields = {field.id: field for field in list_action_fields(current_user.municipality)}

    def act() -> tuple[str, None]:
        services.update_point(
            point=point,
            title=form.title.data,
            summary=form.summary.data,
            action_field=fields.get(form.action_field.data),
            minority=form.minority.data,
        )
        return _("Punkt %(number)s ist gespeichert.", number=point.number), None

    return _attempt(point.conference, act)


@bp.post("/punkte/<int:point_id>/beitraege")
@office(Role.ORGANISER)
def sort_point(point_id: int):
    """Take contributions out of the opened point, split them off, or let them support another point as well."""
    point = queries.get_point(current_user.municipality, point_id)
    conference = point.conference
    chosen = _chosen(conference)
    title = _typed("titel")

    def out() -> tuple[str, dict]:
        before = undo.remember(_ids(chosen))
        services.remove_contributions(point=point, contributions=chosen)
        return _counted(len(chosen), _("aus Punkt %(number)s herausgenommen", number=point.number)), before

    def split() -> tuple[str, dict]:
        before = undo.remember(_ids(chosen))
        new = services.split_point(point=point, contributions=chosen, title=title)
        return _counted(len(chosen), _("in Punkt %(number)s abgetrennt", number=new.number)), {
            **before,
            "created": new.id,
        }

    def also() -> tuple[str, dict]:
        other = _point_of(conference, request.form.get("ziel"))
        before = undo.remember(_ids(chosen))
        services.assign_contributions(point=other, contributions=chosen)
        return _counted(len(chosen), _("auch zu Punkt %(number)s gelegt", number=other.number)), before

    acts = {"abtrennen": split, "auch": also, "heraus": out}
    typed = {"abtrennen": title, "gewaehlt": _ids(chosen)}
    return _attempt(conference, acts.get(request.form.get("akt"), out), typed=typed)


@bp.post("/punkte/<int:point_id>/zusammenfuehren")
@office(Role.ORGANISER)
def merge_point(point_id: int):
    """Let this point go into another one; the desk opens that one."""
    merged = queries.get_point(current_user.municipality, point_id)
    target = typed_id(request.form.get("ziel"))

    def act() -> tuple[str, dict]:
        into = _point_of(merged.conference, request.form.get("ziel"))
        before = undo.remember_merge(into=into, merged=merged)
        services.merge_points(into=into, merged=merged)
        done = _("Punkt %(old)s ist in Punkt %(new)s aufgegangen.", old=merged.number, new=into.number)
        note("point.merged", f"{merged.conference.title}: {done}")
        return done, before

    return _attempt(merged.conference, act, opened=target)


@bp.post("/punkte/<int:point_id>/loeschen")
@office(Role.ORGANISER)
def delete_point(point_id: int):
    """Remove an empty point."""
    point = queries.get_point(current_user.municipality, point_id)

    def act() -> tuple[str, dict]:
        before = undo.remember_point(point)
        services.delete_point(point=point)
        return _("Der leere Punkt „%(title)s“ ist gelöscht.", title=point.title), before

    return _attempt(point.conference, act)


def _attempt(
    conference: Conference,
    act: Callable[[], tuple[str, dict | None]],
    typed: dict | None = None,
    opened: int | None = None,
) -> Response:
    """Do an act, keep its outcome for the next look at the desk, and go there; nothing is saved when a rule forbids it.

    A plain redirect, also for htmx: the browser follows it by itself and the desk answers with its partial.
    """
    conference_id, view = conference.id, DeskView.from_args(request.args)
    try:
        done, memory = act()
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        session[NOTICE] = {"kind": "danger", "text": str(broken), "typed": typed or {}, "undo": False}
    else:
        undoable = memory is not None and undo.fits(memory)
        session[NOTICE] = {"kind": "success", "text": done, "undo": undoable, "typed": {}}
        if undoable:
            session["desk_memory"] = {**memory, "conference": conference_id}
        else:
            session.pop("desk_memory", None)
        view = replace(view, point=opened or view.point)
    return plain_redirect(url_for("consolidation.desk", conference_id=conference_id, **view.args()), 303)


def _show(
    conference: Conference, point_form: PointForm | None = None, opened: int | None = None, status: int = 200
) -> Response:
    view = DeskView.from_args(request.args)
    page = desk_page.read(current_user.municipality, conference, view, opened=opened)
    form = point_form or (desk_page.point_form(page.fields, page.point) if page.point else None)
    response = render(
        "consolidation/desk.html",
        "consolidation/_desk.html",
        status=status,
        conference=conference,
        desk=page,
        point_form=form,
        field_form=ActionFieldForm(formdata=None),
        notice=session.pop(NOTICE, None) or {"kind": None, "typed": {}},
        kinds=list(Kind),
        may_write=current_user.role == Role.ORGANISER,
    )
    if status != 200:
        response.headers["HX-Push-Url"] = "false"
    return response


def _chosen(conference: Conference) -> list[Contribution]:
    ids = {typed_id(text) for text in request.form.getlist("beitrag")} - {None}
    return queries.list_contributions(conference, ids) if ids else []


def _typed(name: str) -> str:
    """What was typed, short enough to come back through the session when a rule forbids the act."""
    return stripped(request.form.get(name))[:300]


def _some(chosen: list[Contribution]) -> list[Contribution]:
    if not chosen:
        raise RuleBroken(_("Wählen Sie mindestens einen Beitrag aus."))
    return chosen


def _ids(chosen: list[Contribution]) -> list[int]:
    return [contribution.id for contribution in chosen]


def _point_of(conference: Conference, text: str | None) -> ConsolidatedPoint:
    point_id = typed_id(text)
    if point_id is None:
        raise RuleBroken(_("Wählen Sie einen Punkt aus."))
    point = queries.get_point(current_user.municipality, point_id)
    if point.conference_id != conference.id:
        raise RuleBroken(_("Wählen Sie einen Punkt dieser Konferenz."))
    return point


def _counted(count: int, what: str) -> str:
    return ngettext("1 Beitrag: %(what)s.", "%(num)s Beiträge: %(what)s.", count, what=what)
