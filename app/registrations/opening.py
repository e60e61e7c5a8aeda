"""Services of the open registration: anybody may ask for a place, private persons confirm their address first."""

from dataclasses import replace
from datetime import datetime

from flask_babel import gettext as _

from app.accounts.models import Municipality
from app.conferences.models import Conference
from app.core.errors import RuleBroken
from app.core.mail import valid_address
from app.core.turns import take_turn
from app.extensions import db
from app.invitations.conference_mails import reply
from app.invitations.enums import MailKind, Origin, Place
from app.invitations.models import Registration
from app.registrations import queries, rules
from app.registrations.entering import enter_person
from app.registrations.enums import Opening
from app.registrations.rules import Entry


def opening_of(conference: Conference, now: datetime) -> Opening:
    """Whether a conference takes registrations now, or why not."""
    return rules.opening(
        participation=conference.participation,
        starts_at=conference.starts_at,
        closes_at=conference.registration_closes_at,
        cancelled_at=conference.cancelled_at,
        now=now,
    )


def register_openly(
    *, conference: Conference, municipality: Municipality, entry: Entry, base_url: str, now: datetime
) -> Registration:
    """Register somebody who came by themselves; the mail tells them how it went, never the page.

    An address that is registered already stays as it is and gets its mail once more: whoever typed it learns nothing.
    People who come for an institution of the directory belong to it. Raises RuleBroken when the event takes nobody,
    or for a missing name, an unusable address or impossible wishes.
    """
    take_turn(Conference, conference.id)
    db.session.refresh(conference)
    if opening_of(conference, now) is not Opening.OPEN:
        raise RuleBroken(_("Die Anmeldung ist nicht mehr offen. Laden Sie die Seite neu."))
    if not valid_address(entry.person.email):
        raise RuleBroken(_("Geben Sie eine E-Mail-Adresse wie name@verein.example ein."))
    registration = queries.find_by_address(conference, entry.person.email)
    if registration is None:
        registration = _newcomer(conference, municipality, entry, now)
    reply(
        kind=kind_of_reply(registration),
        conference=conference,
        municipality=municipality,
        registration=registration,
        base_url=base_url,
        now=now,
    )
    return registration


def kind_of_reply(registration: Registration) -> MailKind:
    """What to write to somebody about where they stand."""
    if registration.confirm_by is not None:
        return MailKind.CONFIRM
    return MailKind.WAITING if registration.place is Place.WAITING else MailKind.REGISTERED


def _newcomer(conference: Conference, municipality: Municipality, entry: Entry, now: datetime) -> Registration:
    institution = queries.find_institution_typed(municipality, entry.organisation)
    if institution is not None:
        entry = replace(entry, institution_id=institution.id)
    return enter_person(
        conference=conference,
        entry=entry,
        user=None,
        now=now,
        origin=Origin.OPEN,
        confirm_by=rules.confirm_by(entry, now),
    )
