"""The rooms of a conference."""

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.conferences import preparation_queries, queries
from app.conferences import rooms as acts
from app.conferences.blueprint import bp
from app.conferences.headcount import headcount
from app.conferences.models import Conference, ConferenceRoom
from app.conferences.preparation_forms import RoomForm
from app.conferences.removed import remember, remembered, take_back
from app.core.access import office
from app.core.hypermedia import redirect, render, say
from app.extensions import db


@bp.get("/konferenzen/<int:conference_id>/raeume")
@office(Role.ORGANISER, Role.DEPARTMENT)
def rooms(conference_id: int):
    """The rooms, and whether they hold everybody."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    return _rooms_page(conference, RoomForm(data={"accessible": True}))


@bp.post("/konferenzen/<int:conference_id>/raeume")
@office(Role.ORGANISER)
def add_room(conference_id: int):
    """Add a room."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    form = RoomForm()
    if not form.validate():
        return _rooms_page(conference, form, status=422)
    room = acts.add_room(conference=conference, **_given(form))
    note("room.added", _("Raum „%(room)s“ in „%(title)s“ ergänzt.", room=room.name, title=conference.title))
    db.session.commit()
    say(_("Der Raum „%(room)s“ steht auf der Liste.", room=room.name))
    return _back(conference)


@bp.get("/konferenzen/<int:conference_id>/raeume/<int:room_id>")
@office(Role.ORGANISER)
def edit_room(conference_id: int, room_id: int):
    """The form with what is set."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    room = preparation_queries.get_room(conference, room_id)
    return render("conferences/room_form.html", conference=conference, room=room, form=RoomForm(data=_values(room)))


@bp.post("/konferenzen/<int:conference_id>/raeume/<int:room_id>")
@office(Role.ORGANISER)
def edit_room_post(conference_id: int, room_id: int):
    """Save changes."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    room = preparation_queries.get_room(conference, room_id)
    form = RoomForm()
    if not form.validate():
        return render("conferences/room_form.html", status=422, conference=conference, room=room, form=form)
    acts.update_room(room=room, **_given(form))
    db.session.commit()
    say(_("Der Raum „%(room)s“ ist gespeichert.", room=room.name))
    return _back(conference)


@bp.post("/konferenzen/<int:conference_id>/raeume/<int:room_id>/entfernen")
@office(Role.ORGANISER)
def remove_room(conference_id: int, room_id: int):
    """Take a room off the list; it can be brought back."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    room = preparation_queries.get_room(conference, room_id)
    remember("room", conference, _values(room))
    acts.remove_room(room=room)
    note("room.removed", _("Raum „%(room)s“ aus „%(title)s“ entfernt.", room=room.name, title=conference.title))
    db.session.commit()
    say(_("Der Raum „%(room)s“ ist entfernt. Unten können Sie ihn zurückholen.", room=room.name), "info")
    return _back(conference)


@bp.post("/konferenzen/<int:conference_id>/raeume/zurueckholen")
@office(Role.ORGANISER)
def restore_room(conference_id: int):
    """Put the room back that was removed last."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    if kept := take_back("room", conference):
        acts.add_room(conference=conference, **kept)
        db.session.commit()
        say(_("Der Raum „%(room)s“ ist wieder da.", room=kept["name"]))
    return _back(conference)


def _given(form: RoomForm) -> dict:
    return {
        "name": form.name.data,
        "seats": form.seats.data,
        "accessible": form.accessible.data,
        "note": form.note.data,
    }


def _values(room: ConferenceRoom) -> dict:
    return {"name": room.name, "seats": room.seats, "accessible": room.accessible, "note": room.note}


def _back(conference: Conference):
    return redirect(url_for("conferences.rooms", conference_id=conference.id))


def _rooms_page(conference: Conference, form: RoomForm, status: int = 200):
    rows = preparation_queries.list_rooms(conference)
    return render(
        "conferences/rooms.html",
        status=status,
        conference=conference,
        rooms=rows,
        seats=sum(room.seats or 0 for room in rows),
        uncounted=sum(room.seats is None for room in rows),
        expected=headcount(conference),
        form=form,
        removed=remembered("room", conference),
    )
