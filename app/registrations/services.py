"""Services of places: somebody cancels, comes back, moves up by hand or steps back into the line."""

from datetime import datetime

from app.accounts.models import User
from app.conferences.models import Conference
from app.core.errors import RuleBroken
from app.core.letters import one_line
from app.core.turns import take_turn
from app.extensions import db
from app.invitations import places
from app.invitations.announcements import places_given
from app.invitations.enums import Place
from app.invitations.models import Registration
from app.registrations.entering import note_change


def cancel_place(*, conference: Conference, registration: Registration, user: User | None, now: datetime) -> None:
    """Somebody does not come after all, by themselves or struck by the office; the next in line moves up.

    The row stays, so that it can be taken back; an invitation's answer stays as it was given.
    """
    take_turn(Conference, conference.id)
    db.session.refresh(registration, ["place"])
    if registration.place is Place.CANCELLED:
        return
    registration.place = Place.CANCELLED
    sentence = f"Eine Person ({registration.comes_from}) kommt nicht zu „{conference.title}“."
    note_change(conference, user, "registration.cancelled", sentence, now)
    places.move_up(conference, now)


def take_back_cancellation(
    *, conference: Conference, registration: Registration, user: User | None, now: datetime
) -> Place:
    """Let somebody who cancelled come after all: a free place, or the end of the line."""
    take_turn(Conference, conference.id)
    db.session.refresh(registration, ["place"])
    if registration.place is not Place.CANCELLED:
        return registration.place
    registration.registered_at = now
    places.give_place(conference, registration)
    sentence = f"Eine Person ({registration.comes_from}) kommt doch zu „{conference.title}“."
    note_change(conference, user, "registration.brought_back", sentence, now)
    db.session.flush()
    return registration.place


def move_up_by_hand(
    *, conference: Conference, registration: Registration, reason: str, user: User, now: datetime
) -> None:
    """Give somebody who waits a place out of turn, even above the number of places; the reason stands in the trail.

    Raises RuleBroken without a reason, and when the person does not wait any more.
    """
    reason = one_line(reason)
    if not reason:
        raise RuleBroken("Schreiben Sie in einem Satz, warum diese Person vor den anderen einen Platz bekommt.")
    _waiting_only(conference, registration)
    registration.place = Place.CONFIRMED
    sentence = f"Eine Person ({registration.comes_from}) rückt bei „{conference.title}“ außer der Reihe nach: {reason}"
    note_change(conference, user, "registration.moved_up", sentence, now)
    db.session.flush()
    places_given.send(conference, registrations=[registration], now=now)


def put_on_waiting_list(*, conference: Conference, registration: Registration, user: User, now: datetime) -> None:
    """Take somebody's place and put them at the end of the line; the first in line moves up.

    Raises RuleBroken when nobody waits and places are free: the person would get the place right back.
    """
    take_turn(Conference, conference.id)
    db.session.refresh(registration, ["place"])
    if registration.place is not Place.CONFIRMED:
        raise RuleBroken("Diese Person hat keinen Platz mehr. Laden Sie die Seite neu.")
    registration.place = Place.WAITING
    db.session.flush()
    alone = all(row is registration for row in places.list_waiting(conference))
    if places.free_places(conference) != 0 and alone:
        raise RuleBroken(
            "Es wartet sonst niemand, und der Platz wäre frei: Die Person bekäme ihn gleich zurück. "
            "Streichen Sie sie, oder verringern Sie zuerst die Zahl der Plätze."
        )
    registration.registered_at = now
    sentence = f"Eine Person ({registration.comes_from}) steht für „{conference.title}“ wieder auf der Warteliste."
    note_change(conference, user, "registration.put_back", sentence, now)
    places.move_up(conference, now)


def _waiting_only(conference: Conference, registration: Registration) -> None:
    take_turn(Conference, conference.id)
    db.session.refresh(registration, ["place"])
    if registration.place is not Place.WAITING:
        raise RuleBroken("Diese Person steht nicht mehr auf der Warteliste. Laden Sie die Seite neu.")
