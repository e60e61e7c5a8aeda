"""Acts at the door, and taking in what people say afterwards."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from app.accounts.models import User
from app.attendance import door_queries, rules
from app.attendance.models import Attendance, Feedback
from app.attendance.rules import FeedbackState
from app.conferences.models import Conference
from app.core.clock import local_date
from app.core.errors import NotFound, RuleBroken
from app.core.turns import take_turn
from app.extensions import db
from app.institutions.models import Institution
from app.invitations import places
from app.invitations.enums import Origin, Place
from app.invitations.models import Registration
from app.seating.services import seat_registration, unseat_registration
from app.tables.models import TopicTable

SOMEBODY = "Gast"
"""The name of a walk-in who gave none."""


@dataclass(frozen=True)
class Arrival:
    """What came of a check-in: since when somebody is there, whether that is news, and whether they got a place."""

    arrived_at: datetime
    is_new: bool
    got_place: bool = False


def check_in(*, registration: Registration, user: User | None, now: datetime) -> Arrival:
    """Note that somebody is there; doing it twice, or on two phones at once, is the same as once.

    Who waited or had cancelled gets a place: they are standing in the room. Raises NotFound when the registration
    was taken away meanwhile.
    """
    take_turn(Conference, registration.conference_id)
    person = db.session.get(Registration, registration.id, populate_existing=True)
    if person is None:
        raise NotFound(registration.id)
    before = db.session.get(Attendance, person.id, populate_existing=True)
    if before is not None:
        return Arrival(before.arrived_at, is_new=False)
    got_place = person.place is not Place.CONFIRMED
    person.place, person.confirm_by = Place.CONFIRMED, None
    db.session.add(Attendance(registration_id=person.id, arrived_at=now, noted_by_id=user.id if user else None))
    db.session.flush()
    return Arrival(now, is_new=True, got_place=got_place)


def undo_check_in(*, registration: Registration) -> bool:
    """Take a check-in back; returns whether there was one. A walk-in who is not there counts as cancelled.

    Raises RuleBroken for somebody who has said how it was: they were there.
    """
    take_turn(Conference, registration.conference_id)
    person = db.session.get(Registration, registration.id, populate_existing=True)
    row = db.session.get(Attendance, registration.id, populate_existing=True)
    if person is None or row is None:
        return False
    if row.gave_feedback:
        raise RuleBroken(_("Diese Person hat schon eine Rückmeldung gegeben. Sie war also da."))
    if person.origin is Origin.WALK_IN:
        person.place = Place.CANCELLED
    db.session.delete(row)
    db.session.flush()
    return True


def take_in(
    *,
    conference: Conference,
    first_name: str,
    last_name: str,
    institution: Institution | None,
    organisation: str,
    table: TopicTable | None,
    user: User | None,
    now: datetime,
) -> Registration:
    """Register somebody who stands at the door without registration, and check them in.

    There is always a place for them, also above the capacity. Without any name they are a guest; the same name from
    the same place twice within two minutes is a double tap.
    """
    take_turn(Conference, conference.id)
    if last_name or first_name:
        same = door_queries.find_walk_in(
            conference,
            name=(first_name, last_name or SOMEBODY),
            institution_id=institution.id if institution else None,
            organisation="" if institution else organisation,
            since=now - rules.SAME_WALK_IN,
        )
        if same is not None:
            check_in(registration=same, user=user, now=now)
            return same
    person = Registration(
        conference_id=conference.id,
        institution=institution,
        organisation="" if institution else organisation,
        first_name=first_name,
        last_name=last_name or SOMEBODY,
        registered_at=now,
        origin=Origin.WALK_IN,
        place=Place.CONFIRMED,
    )
    db.session.add(person)
    db.session.flush()
    check_in(registration=person, user=user, now=now)
    if table is not None:
        seat_registration(table=table, registration=person)
    return person


def places_over(conference: Conference) -> int:
    """By how many persons the conference is over its capacity; 0 without one."""
    if conference.capacity is None:
        return 0
    return max(0, places.count_places_taken(conference) - conference.capacity)


def change_table(*, registration: Registration, table: TopicTable | None) -> int:
    """Seat somebody at another table of the first round, or at none; returns by how many it is over-full."""
    if table is None:
        unseat_registration(registration=registration)
        return 0
    return seat_registration(table=table, registration=registration)


def give_feedback(
    *,
    conference: Conference,
    registration: Registration,
    useful: int,
    heard: int,
    good: str,
    better: str,
    now: datetime,
) -> Feedback:
    """Keep what somebody thought of the event; only the day is kept, and nothing leads back to them.

    Raises RuleBroken for people who were not there, a second time, too early and too late.
    """
    take_turn(Registration, registration.id)
    attendance = db.session.get(Attendance, registration.id, populate_existing=True)
    state = rules.feedback_state(
        ends_at=conference.ends_at,
        now=now,
        came=attendance is not None,
        given=attendance is not None and attendance.gave_feedback,
    )
    if state is not FeedbackState.OPEN:
        raise RuleBroken(_("Sie haben uns Ihre Rückmeldung schon gegeben, oder es ist dafür nicht die Zeit."))
    attendance.gave_feedback = True
    row = Feedback(
        conference_id=conference.id,
        given_on=local_date(now),
        useful=useful,
        heard=heard,
        good=good,
        better=better,
    )
    db.session.add(row)
    db.session.flush()
    return row
