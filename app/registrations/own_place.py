"""Services of everybody's own page: confirm the address, change wishes and needs, cancel and come after all."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _

from app.accounts.models import Municipality
from app.conferences.models import Conference
from app.core.errors import RuleBroken
from app.core.turns import take_turn
from app.extensions import db
from app.invitations import places
from app.invitations.conference_mails import reply
from app.invitations.enums import Place
from app.invitations.models import Registration
from app.invitations.rules import answers_open
from app.registrations import services
from app.registrations.entering import change_wishes, keep_needs
from app.registrations.opening import kind_of_reply


def confirm_address(
    *, conference: Conference, municipality: Municipality, registration: Registration, base_url: str, now: datetime
) -> None:
    """Note that the address is the person's own; whoever waits keeps the turn of the day they registered.

    They get a mail with what they need on the day, unless they moved up just now: then that mail says it.
    """
    take_turn(Conference, conference.id)
    db.session.refresh(registration, ["confirm_by", "place"])
    if registration.confirm_by is None or registration.place is Place.CANCELLED:
        return
    registration.confirm_by = None
    waited = registration.place is Place.WAITING
    places.move_up(conference, now)
    if waited and registration.place is Place.CONFIRMED:
        return
    reply(
        kind=kind_of_reply(registration),
        conference=conference,
        municipality=municipality,
        registration=registration,
        base_url=base_url,
        now=now,
    )


def change_details(
    *,
    conference: Conference,
    registration: Registration,
    wishes: Sequence[int],
    needs: str,
    accessible_place: bool,
    now: datetime,
) -> None:
    """Keep other wishes and needs. Raises RuleBroken once the event has begun, and for impossible wishes."""
    _still_ahead(conference, now)
    change_wishes(conference=conference, registration=registration, wishes=wishes)
    keep_needs(registration=registration, text=needs, accessible_place=accessible_place, now=now)


def cancel(*, conference: Conference, registration: Registration, now: datetime) -> None:
    """Somebody does not come after all. Raises RuleBroken once the event has begun."""
    _still_ahead(conference, now)
    services.cancel_place(conference=conference, registration=registration, user=None, now=now)


def come_after_all(*, conference: Conference, registration: Registration, now: datetime) -> Place:
    """Take a cancellation back: a free place or the end of the line. Raises RuleBroken once the event has begun."""
    _still_ahead(conference, now)
    return services.take_back_cancellation(conference=conference, registration=registration, user=None, now=now)


def _still_ahead(conference: Conference, now: datetime) -> None:
    if not answers_open(now, conference.starts_at):
        raise RuleBroken(_("Die Veranstaltung hat begonnen. Hier lässt sich nichts mehr ändern."))
    if conference.cancelled_at is not None:
        raise RuleBroken(_("Die Veranstaltung fällt aus. Sie müssen nichts mehr tun."))
