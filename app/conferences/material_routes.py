"""The packing list of a conference."""

from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.conferences import material as acts
from app.conferences import preparation_queries, queries
from app.conferences.blueprint import bp
from app.conferences.models import Conference, MaterialItem
from app.conferences.preparation_forms import NOBODY, MaterialForm
from app.conferences.removed import remember, remembered, take_back
from app.core import clock
from app.core.access import office
from app.core.hypermedia import redirect, render, say, wants_partial
from app.extensions import db


@bp.get("/konferenzen/<int:conference_id>/material")
@office(Role.ORGANISER, Role.DEPARTMENT)
def material(conference_id: int):
    """What must be there on the day, and what lies ready."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    return _material_page(conference, _prepared(MaterialForm(), conference))


@bp.post("/konferenzen/<int:conference_id>/material")
@office(Role.ORGANISER)
def add_item(conference_id: int):
    """Add a line."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    form = _prepared(MaterialForm(), conference)
    if not form.validate():
        return _material_page(conference, form, status=422)
    item = acts.add_item(conference=conference, **_given(form))
    note("material.added", _("Material „%(item)s“ in „%(title)s“ ergänzt.", item=item.title, title=conference.title))
    db.session.commit()
    say(_("„%(item)s“ steht auf der Liste.", item=item.title))
    return _back(conference)


@bp.get("/konferenzen/<int:conference_id>/material/<int:item_id>")
@office(Role.ORGANISER)
def edit_item(conference_id: int, item_id: int):
    """The form with what is set."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    item = preparation_queries.get_item(conference, item_id)
    return _item_page(conference, item, _prepared(MaterialForm(data=_typed(item)), conference))


@bp.post("/konferenzen/<int:conference_id>/material/<int:item_id>")
@office(Role.ORGANISER)
def edit_item_post(conference_id: int, item_id: int):
    """Save changes."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    item = preparation_queries.get_item(conference, item_id)
    form = _prepared(MaterialForm(), conference)
    if not form.validate():
        return _item_page(conference, item, form, status=422)
    acts.update_item(item=item, **_given(form))
    db.session.commit()
    say(_("„%(item)s“ ist gespeichert.", item=item.title))
    return _back(conference)


@bp.post("/konferenzen/<int:conference_id>/material/<int:item_id>/bereit")
@office(Role.ORGANISER, Role.DEPARTMENT)
def mark_ready(conference_id: int, item_id: int):
    """Note that it lies ready."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    acts.mark_ready(item=preparation_queries.get_item(conference, item_id), now=clock.now())
    return _ticked(conference)


@bp.post("/konferenzen/<int:conference_id>/material/<int:item_id>/offen")
@office(Role.ORGANISER, Role.DEPARTMENT)
def mark_missing(conference_id: int, item_id: int):
    """Take that back."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    acts.mark_missing(item=preparation_queries.get_item(conference, item_id))
    return _ticked(conference)


@bp.post("/konferenzen/<int:conference_id>/material/<int:item_id>/entfernen")
@office(Role.ORGANISER)
def remove_item(conference_id: int, item_id: int):
    """Take a line off the list; it can be brought back."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    item = preparation_queries.get_item(conference, item_id)
    ready_at = item.ready_at.isoformat() if item.ready_at else None
    remember("item", conference, {**_typed(item), "ready_at": ready_at})
    acts.remove_item(item=item)
    note(
        "material.removed", _("Material „%(item)s“ aus „%(title)s“ entfernt.", item=item.title, title=conference.title)
    )
    db.session.commit()
    say(_("„%(item)s“ ist entfernt. Unten können Sie es zurückholen.", item=item.title), "info")
    return _back(conference)


@bp.post("/konferenzen/<int:conference_id>/material/zurueckholen")
@office(Role.ORGANISER)
def restore_item(conference_id: int):
    """Put the line back that was removed last."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    if kept := take_back("item", conference):
        ready_at, owner_id = kept.pop("ready_at"), kept.pop("owner")
        team = {row.id: row for row in preparation_queries.list_team(conference)}
        item = acts.add_item(conference=conference, owner=team.get(owner_id), **kept)
        if ready_at:
            acts.mark_ready(item=item, now=datetime.fromisoformat(ready_at))
        db.session.commit()
        say(_("„%(item)s“ ist wieder da.", item=item.title))
    return _back(conference)


def _prepared(form: MaterialForm, conference: Conference) -> MaterialForm:
    form.member_rows = {row.id: row for row in preparation_queries.list_team(conference)}
    form.owner.choices = [(NOBODY, _("noch niemand"))] + [
        (row.id, _("%(name)s, %(department)s", name=row.name, department=row.department.label))
        for row in form.member_rows.values()
    ]
    return form


def _given(form: MaterialForm) -> dict:
    return {
        "title": form.title.data,
        "quantity": form.quantity.data,
        "place": form.place.data,
        "owner": form.member_rows.get(form.owner.data),
    }


def _typed(item: MaterialItem) -> dict:
    return {
        "title": item.title,
        "quantity": item.quantity,
        "place": item.place,
        "owner": item.owner_id or NOBODY,
    }


def _back(conference: Conference):
    return redirect(url_for("conferences.material", conference_id=conference.id))


def _ticked(conference: Conference):
    db.session.commit()
    return _material_page(conference, None) if wants_partial() else _back(conference)


def _material_page(conference: Conference, form: MaterialForm | None, status: int = 200):
    return render(
        "conferences/material.html",
        "conferences/_material.html",
        status=status,
        conference=conference,
        items=preparation_queries.list_material(conference),
        rooms=preparation_queries.list_rooms(conference),
        form=form,
        removed=remembered("item", conference),
    )


def _item_page(conference: Conference, item: MaterialItem, form: MaterialForm, status: int = 200):
    rooms = preparation_queries.list_rooms(conference)
    return render("conferences/item_form.html", status=status, conference=conference, item=item, form=form, rooms=rooms)
