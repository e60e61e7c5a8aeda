"""The usual material reckoned for a conference, and the packing list on paper."""

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.conferences import packing, preparation_queries, queries
from app.conferences.blueprint import bp
from app.conferences.headcount import headcount
from app.conferences.material import pack
from app.conferences.models import Conference
from app.conferences.preparation_forms import PackingForm
from app.core.access import office
from app.core.hypermedia import redirect, render, say
from app.extensions import db


@bp.get("/konferenzen/<int:conference_id>/material/vorschlag")
@office(Role.ORGANISER)
def packing_proposal(conference_id: int):
    """What is usually needed for so many tables and people: those known, or those typed."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    if "tables" in request.args or "people" in request.args:
        form = PackingForm(formdata=request.args, meta={"csrf": False})
        return _page(conference, form, form.validate())
    known = headcount(conference)
    people = known.people or conference.capacity or 0
    return _page(conference, PackingForm(data={"tables": known.tables, "people": people}), True)


@bp.post("/konferenzen/<int:conference_id>/material/vorschlag")
@office(Role.ORGANISER)
def pack_usual(conference_id: int):
    """Take the proposal over."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    form = PackingForm()
    if not form.validate():
        return _page(conference, form, False, status=422)
    added = pack(conference=conference, proposed=packing.usual_material(form.tables.data, form.people.data))
    if added:
        note("material.added", _("Übliches Material in „%(title)s“ ergänzt.", title=conference.title))
    db.session.commit()
    say(
        ngettext("Eine Zeile ist dazugekommen.", "%(num)s Zeilen sind dazugekommen.", len(added))
        if added
        else _("Es ist nichts Neues dazugekommen."),
        "success" if added else "info",
    )
    return redirect(url_for("conferences.material", conference_id=conference.id))


@bp.get("/konferenzen/<int:conference_id>/material/druck")
@office(Role.ORGANISER, Role.DEPARTMENT)
def print_material(conference_id: int):
    """The packing list with boxes to tick, for paper."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    items = preparation_queries.list_material(conference)
    return render("conferences/material_print.html", conference=conference, items=items)


def _page(conference: Conference, form: PackingForm, is_valid: bool, status: int = 200):
    titles = [item.title for item in preparation_queries.list_material(conference)]
    proposed = packing.usual_material(form.tables.data, form.people.data) if is_valid else []
    return render(
        "conferences/packing.html",
        status=status,
        conference=conference,
        form=form,
        lines=packing.not_packed_yet(proposed, titles),
        is_valid=is_valid,
    )
