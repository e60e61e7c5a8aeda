"""Buttons of the list of people: strike, bring back, move up out of turn, back into the line."""

from flask import Blueprint, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.conferences.models import Conference
from app.conferences.queries import get_conference
from app.core import clock
from app.core.access import office
from app.core.hypermedia import redirect, render, say
from app.extensions import db
from app.invitations import places
from app.invitations.enums import Place
from app.invitations.models import Registration
from app.registrations import queries, services
from app.registrations.office_forms import ReasonForm

bp = Blueprint("places", __name__)


@bp.post("/konferenzen/<int:conference_id>/personen/<int:registration_id>/streichen")
@office(Role.ORGANISER)
def strike(conference_id: int, registration_id: int):
    """Somebody does not come; it can be taken back."""
    conference, registration = _found(conference_id, registration_id)
    services.cancel_place(conference=conference, registration=registration, user=current_user.user, now=clock.now())
    db.session.commit()
    say(_("%(name)s ist gestrichen und steht unten unter „Abgesagt“.", name=registration.name), "info")
    return _back(conference)


@bp.post("/konferenzen/<int:conference_id>/personen/<int:registration_id>/zurueckholen")
@office(Role.ORGANISER)
def bring_back(conference_id: int, registration_id: int):
    """Somebody who was struck comes after all."""
    conference, registration = _found(conference_id, registration_id)
    place = services.take_back_cancellation(
        conference=conference, registration=registration, user=current_user.user, now=clock.now()
    )
    db.session.commit()
    if place is Place.WAITING:
        say(_("Es ist kein Platz frei: %(name)s steht auf der Warteliste.", name=registration.name), "info")
    else:
        say(_("%(name)s ist wieder angemeldet.", name=registration.name))
    return _back(conference)


@bp.get("/konferenzen/<int:conference_id>/personen/<int:registration_id>/nachruecken")
@office(Role.ORGANISER)
def move_up(conference_id: int, registration_id: int):
    """Ask for the reason."""
    return _move_up_page(*_found(conference_id, registration_id), ReasonForm())


@bp.post("/konferenzen/<int:conference_id>/personen/<int:registration_id>/nachruecken")
@office(Role.ORGANISER)
def move_up_post(conference_id: int, registration_id: int):
    """Give somebody a place out of turn."""
    conference, registration = _found(conference_id, registration_id)
    form = ReasonForm()
    if not form.validate():
        return _move_up_page(conference, registration, form, status=422)
    services.move_up_by_hand(
        conference=conference,
        registration=registration,
        reason=form.reason.data,
        user=current_user.user,
        now=clock.now(),
    )
    taken = places.count_places_taken(conference)
    db.session.commit()
    if conference.capacity is not None and taken > conference.capacity:
        words = _(
            "%(name)s hat einen Platz. Damit haben %(taken)s Personen einen Platz; vorgesehen sind %(capacity)s.",
            name=registration.name,
            taken=taken,
            capacity=conference.capacity,
        )
        say(words, "warning")
    else:
        say(_("%(name)s hat einen Platz.", name=registration.name))
    return _back(conference)


@bp.post("/konferenzen/<int:conference_id>/personen/<int:registration_id>/warteliste")
@office(Role.ORGANISER)
def put_back(conference_id: int, registration_id: int):
    """Put somebody back into the line."""
    conference, registration = _found(conference_id, registration_id)
    services.put_on_waiting_list(
        conference=conference, registration=registration, user=current_user.user, now=clock.now()
    )
    db.session.commit()
    say(_("%(name)s steht jetzt am Ende der Warteliste.", name=registration.name), "info")
    return _back(conference)


def _found(conference_id: int, registration_id: int) -> tuple[Conference, Registration]:
    conference = get_conference(current_user.municipality, conference_id)
    return conference, queries.get_person(conference, registration_id)


def _move_up_page(conference: Conference, registration: Registration, form: ReasonForm, status: int = 200):
    return render(
        "registrations/move_up.html",
        status=status,
        conference=conference,
        registration=registration,
        form=form,
        free=places.free_places(conference),
    )


def _back(conference: Conference):
    return redirect(url_for("registrations.people", conference_id=conference.id))
