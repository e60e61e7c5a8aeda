"""Mails that follow from what happened elsewhere: a colleague was named, somebody moved up in the line."""

from collections.abc import Sequence
from datetime import datetime

from app.accounts.models import Municipality
from app.conferences.models import Conference
from app.core.base_url import public_base_url
from app.extensions import db
from app.invitations import conference_mails
from app.invitations.announcements import places_given, substitute_named
from app.invitations.enums import MailKind
from app.invitations.models import Invitation, Registration


@substitute_named.connect
def write_to_substitute(invitation: Invitation, *, registration: Registration, now: datetime, **_others) -> None:
    """A draft for the colleague: an institution named the address, so a person looks at it first."""
    conference_mails.draft_for_substitute(
        invitation=invitation,
        registration=registration,
        municipality=db.session.get(Municipality, invitation.conference.municipality_id),
        base_url=public_base_url(),
        now=now,
    )


@places_given.connect
def tell_those_who_moved_up(
    conference: Conference, *, registrations: Sequence[Registration], now: datetime, **_others
) -> None:
    """Whoever waited learns at once that there is a place."""
    municipality = db.session.get(Municipality, conference.municipality_id)
    for registration in registrations:
        conference_mails.reply(
            kind=MailKind.MOVED_UP,
            conference=conference,
            municipality=municipality,
            registration=registration,
            base_url=public_base_url(),
            now=now,
        )
