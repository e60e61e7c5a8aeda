"""Acts on who sits where: by proposal and by hand. Each takes the conference's turn before it reads."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _

from app.conferences.models import Conference
from app.conferences.rules import MOST_ROUNDS
from app.core.errors import RuleBroken
from app.core.turns import take_turn
from app.extensions import db
from app.invitations.models import Registration
from app.seating import queries
from app.seating.models import SeatingSnapshot
from app.seating.proposal import propose
from app.tables.models import Seat, TopicTable
from app.tables.queries import count_seats, find_seat


def propose_seats(*, conference: Conference, now: datetime, round_: int | None = None) -> int:
    """Seat everybody whose seat is not fixed, in all rounds or in one; returns how many seats were given.

    With one round the others stay as they are, and their topics count as visited. What was before can be taken back.
    Raises RuleBroken without tables or people.
    """
    take_turn(Conference, conference.id)
    db.session.refresh(conference, ["seating_rounds"])
    seating = queries.load_seating(conference)
    if not seating.tables:
        raise RuleBroken(_("Es gibt noch keine Tische. Legen Sie zuerst Tische an."))
    if not seating.people:
        raise RuleBroken(_("Noch hat niemand zugesagt. Wer auf die Einladung antwortet, kann gesetzt werden."))
    plan, fixed = seating.plan, seating.plan.fixed
    kept = fixed if round_ is None else {**plan.seats, round_: fixed.get(round_, {})}
    proposed = propose(plan.situation, kept)
    before = _all_seats(conference)
    rounds = set(proposed) if round_ is None else {round_}
    _clear(conference, rounds)
    for number in rounds:
        pinned = fixed.get(number, {})
        for person, table in proposed[number].items():
            db.session.add(Seat(registration_id=person, round=number, table_id=table, fixed=person in pinned))
    db.session.flush()
    _remember(conference, before, now)
    return sum(len(proposed[number]) for number in rounds)


def clear_round(*, conference: Conference, round_: int, now: datetime) -> int:
    """Take away every seat of a round that is not fixed; returns how many. It can be taken back."""
    take_turn(Conference, conference.id)
    before = _all_seats(conference)
    loose = [seat for seat in queries.list_all_seats(conference) if seat.round == round_ and not seat.fixed]
    for seat in loose:
        db.session.delete(seat)
    db.session.flush()
    _remember(conference, before, now)
    return len(loose)


def take_back(*, conference: Conference) -> None:
    """Make the seats what they were before the last proposal or clearing. Raises RuleBroken when they changed since."""
    take_turn(Conference, conference.id)
    snapshot = queries.find_snapshot(conference)
    if snapshot is None or not _is_current(conference, snapshot):
        raise RuleBroken(_("Die Plätze wurden inzwischen geändert. Der letzte Schritt lässt sich nicht zurücknehmen."))
    seats = snapshot.seats
    _clear(conference, {number for _person, number, *_rest in [*seats, *_all_seats(conference)]})
    for person, number, table, fixed in seats:
        db.session.add(Seat(registration_id=person, round=number, table_id=table, fixed=bool(fixed)))
    db.session.delete(snapshot)
    db.session.flush()


def can_take_back(*, conference: Conference) -> bool:
    """Whether nothing changed since the last proposal or clearing."""
    snapshot = queries.find_snapshot(conference)
    return snapshot is not None and _is_current(conference, snapshot)


def seat_registration(*, table: TopicTable, registration: Registration, round_: int = 1, fixed: bool = False) -> int:
    """Give somebody a seat in a round, moving them if they have one; returns by how many people the table is over-full.

    A fixed seat is kept by later proposals. Raises RuleBroken for somebody of another conference or without a place.
    """
    if registration.conference_id != table.conference_id:
        raise RuleBroken(_("Diese Person ist für eine andere Konferenz angemeldet."))
    take_turn(Conference, table.conference_id)
    if not queries.has_place(registration.id):
        raise RuleBroken(_("%(name)s ist nicht mehr angemeldet. Laden Sie die Seite neu.", name=registration.name))
    _put(registration.id, table.id, round_, fixed)
    return max(0, count_seats(table, round_) - table.capacity)


def unseat_registration(*, registration: Registration, round_: int = 1) -> None:
    """Take somebody's seat in a round away; they still come."""
    take_turn(Conference, registration.conference_id)
    seat = find_seat(registration, round_)
    if seat is not None:
        db.session.delete(seat)
        db.session.flush()


def fix_seats(*, people: Sequence[Registration], round_: int, fixed: bool) -> int:
    """Keep seats from being moved by a proposal, or let them go again; returns how many people have a seat to fix."""
    take_turn(Conference, people[0].conference_id)
    seats = [seat for person in people if (seat := find_seat(person, round_)) is not None]
    for seat in seats:
        seat.fixed = fixed
    db.session.flush()
    return len(seats)


def swap_seats(*, first: Registration, second: Registration, round_: int) -> None:
    """Let two people change places; both stay fixed there. Raises RuleBroken unless both sit, at different tables."""
    take_turn(Conference, first.conference_id)
    seats = [find_seat(person, round_) for person in (first, second)]
    if None in seats or seats[0].table_id == seats[1].table_id:
        raise RuleBroken(_("Zum Tauschen haken Sie zwei Personen an, die an verschiedenen Tischen sitzen."))
    here, there = seats[0].table_id, seats[1].table_id
    _put(first.id, there, round_, True)
    _put(second.id, here, round_, True)


def set_rounds(*, conference: Conference, rounds: int) -> None:
    """How often people change tables, less one; the seats of rounds that fall away go. Raises RuleBroken."""
    if not 1 <= rounds <= MOST_ROUNDS:
        raise RuleBroken(_("Zwischen einer und %(most)s Runden.", most=MOST_ROUNDS))
    take_turn(Conference, conference.id)
    conference.seating_rounds = rounds
    _clear(conference, {number for _person, number, *_rest in _all_seats(conference) if number > rounds})
    db.session.flush()


def _put(registration_id: int, table_id: int, round_: int, fixed: bool) -> None:
    seat = db.session.get(Seat, (registration_id, round_))
    if seat is None:
        seat = Seat(registration_id=registration_id, round=round_)
        db.session.add(seat)
    seat.table_id, seat.fixed = table_id, fixed
    db.session.flush()


def _clear(conference: Conference, rounds: set[int]) -> None:
    for seat in queries.list_all_seats(conference):
        if seat.round in rounds:
            db.session.delete(seat)
    db.session.flush()


def _all_seats(conference: Conference) -> list[list[int]]:
    return [
        [seat.registration_id, seat.round, seat.table_id, int(seat.fixed)]
        for seat in queries.list_all_seats(conference)
    ]


def _remember(conference: Conference, before: list[list[int]], now: datetime) -> None:
    snapshot = queries.find_snapshot(conference) or SeatingSnapshot(conference_id=conference.id)
    snapshot.seats, snapshot.mark, snapshot.made_at = before, _mark(_all_seats(conference)), now
    db.session.add(snapshot)
    db.session.flush()


def _is_current(conference: Conference, snapshot: SeatingSnapshot) -> bool:
    return snapshot.mark == _mark(_all_seats(conference))


def _mark(seats: list[list[int]]) -> str:
    return hashlib.sha256(json.dumps(seats).encode()).hexdigest()
