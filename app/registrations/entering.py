"""Services of entering and changing people: what the form of the office, of a guest and of the door have in common."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _

from app.accounts.models import User
from app.accounts.services import note_act
from app.conferences.models import Conference
from app.conferences.queries import list_topics
from app.core.errors import RuleBroken
from app.core.letters import one_line
from app.core.mail import valid_address
from app.extensions import db
from app.invitations import assistance, places
from app.invitations import rules as invitation_rules
from app.invitations.enums import Origin
from app.invitations.models import Registration, TopicWish
from app.invitations.rules import Need, Person
from app.registrations.rules import Entry


def enter_person(
    *,
    conference: Conference,
    entry: Entry,
    user: User | None,
    now: datetime,
    origin: Origin = Origin.BY_HAND,
    confirm_by: datetime | None = None,
) -> Registration:
    """Enter somebody who comes without an invitation; they get a place while there are any, else wait in line.

    Raises RuleBroken for a missing name, an unusable address or impossible wishes.
    """
    person = _checked(conference, entry)
    registration = Registration(
        conference_id=conference.id,
        registered_at=now,
        origin=origin,
        confirm_by=confirm_by,
        wishes=[],
    )
    _fill(registration, person, entry)
    places.give_place(conference, registration)
    db.session.add(registration)
    db.session.flush()
    keep_needs(registration=registration, text=entry.needs, accessible_place=entry.accessible_place, now=now)
    db.session.refresh(registration, ["institution"])
    sentence = f"Eine Person ({registration.comes_from}) für „{conference.title}“ eingetragen ({origin.label})."
    note_change(conference, user, "registration.entered", sentence, now)
    return registration


def change_person(
    *, conference: Conference, registration: Registration, entry: Entry, user: User | None, now: datetime
) -> None:
    """Change name, address, where somebody comes from, and wishes; needs have a way of their own.

    Raises RuleBroken as `enter_person` does.
    """
    person = _checked(conference, entry)
    _fill(registration, person, entry)
    db.session.flush()
    db.session.refresh(registration, ["institution"])
    sentence = f"Angaben einer Person ({registration.comes_from}) für „{conference.title}“ geändert."
    note_change(conference, user, "registration.changed", sentence, now)


def change_wishes(*, conference: Conference, registration: Registration, wishes: Sequence[int]) -> None:
    """Keep other topic wishes, best first. Raises RuleBroken for impossible ones."""
    _refuse_if(invitation_rules.wishes_problem(wishes, [topic.id for topic in list_topics(conference)]))
    _wish(registration, wishes)
    db.session.flush()


def keep_needs(*, registration: Registration, text: str, accessible_place: bool, now: datetime) -> None:
    """Keep what somebody needs in place of what was noted before; nothing needed leaves nothing."""
    need = Need(text, accessible_place, forget=True)
    assistance.keep_need(registration=registration, need=need, now=now)


def note_change(conference: Conference, user: User | None, action: str, sentence: str, now: datetime) -> None:
    """One line of the trail; it names where people come from, never the people."""
    note_act(municipality_id=conference.municipality_id, user=user, action=action, sentence=sentence[:500], now=now)


def _checked(conference: Conference, entry: Entry) -> Person:
    """The person tidied up."""
    person = Person(one_line(entry.person.first_name), one_line(entry.person.last_name), one_line(entry.person.email))
    if not person.first_name or not person.last_name:
        raise RuleBroken(_("Geben Sie Vorname und Nachname an."))
    if person.email and not valid_address(person.email):
        raise RuleBroken(_("Geben Sie eine E-Mail-Adresse wie name@verein.example ein."))
    _refuse_if(invitation_rules.wishes_problem(entry.wishes, [topic.id for topic in list_topics(conference)]))
    return person


def _fill(registration: Registration, person: Person, entry: Entry) -> None:
    registration.first_name, registration.last_name = person.first_name, person.last_name
    registration.email = person.email
    registration.institution_id = entry.institution_id
    registration.organisation = "" if entry.institution_id else one_line(entry.organisation)
    _wish(registration, entry.wishes)


def _wish(registration: Registration, topic_ids: Sequence[int]) -> None:
    """Change the wishes in place: the same rank is the same row, so nothing is inserted before its elder is gone."""
    kept = {wish.rank: wish for wish in registration.wishes}
    for rank, topic_id in enumerate(topic_ids, start=1):
        if rank in kept:
            kept[rank].topic_id = topic_id
        else:
            registration.wishes.append(TopicWish(rank=rank, topic_id=topic_id))
    registration.wishes = [wish for wish in registration.wishes if wish.rank <= len(topic_ids)]


def _refuse_if(problem: object) -> None:
    if problem:
        raise RuleBroken(str(problem))
