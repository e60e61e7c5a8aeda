"""What people need to take part: kept apart from who they are, for the organiser only, gone soon after the event."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.conferences.models import Conference
from app.core.collation import sort_key
from app.core.letters import plain_text
from app.extensions import db
from app.invitations.enums import Place
from app.invitations.models import AssistanceNeed, Registration
from app.invitations.rules import Need


@dataclass(frozen=True)
class NotedNeed:
    """A need with the person who has it, institution loaded."""

    person: Registration
    need: AssistanceNeed


def keep_need(*, registration: Registration, need: Need, now: datetime) -> None:
    """Add what an answer says to what was noted for a person before; nothing needed leaves no row."""
    row = db.session.get(AssistanceNeed, registration.id)
    before = (row.text, row.accessible_place) if row else ("", False)
    wanted = Need(plain_text(need.text).strip(), need.accessible_place, need.forget).added_to(*before)
    if (wanted.text, wanted.accessible_place) == before:
        return
    if row is None:
        row = AssistanceNeed(registration_id=registration.id)
        db.session.add(row)
    row.text, row.accessible_place, row.noted_at = wanted.text, wanted.accessible_place, now
    if wanted == Need():
        db.session.delete(row)
    db.session.flush()


def ids_with_need(registrations: list[Registration]) -> set[int]:
    """Which of some people have something noted, without saying what."""
    return set(
        db.session.scalars(
            select(AssistanceNeed.registration_id).where(
                AssistanceNeed.registration_id.in_([row.id for row in registrations])
            )
        )
    )


def list_needs(conference: Conference) -> list[NotedNeed]:
    """Everything noted for people who come or wait, in German order of their names."""
    found = db.session.execute(
        select(Registration, AssistanceNeed)
        .join(AssistanceNeed, AssistanceNeed.registration_id == Registration.id)
        .where(Registration.conference_id == conference.id, Registration.place != Place.CANCELLED)
        .options(joinedload(Registration.institution))
    )
    noted = [NotedNeed(person, need) for person, need in found]
    return sorted(noted, key=lambda one: (sort_key(one.person.last_name, one.person.first_name), one.person.id))
