"""Reads of the seating floor."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.conferences.models import Conference
from app.core.collation import sort_key
from app.extensions import db
from app.invitations.enums import Place
from app.invitations.models import AssistanceNeed, Registration
from app.invitations.queries import list_registrations
from app.seating.explanation import Plan
from app.seating.models import SeatingSnapshot
from app.seating.rules import Person, Situation, Table
from app.tables.models import Seat, TopicTable
from app.tables.queries import list_tables

PRIVATE = "private"


@dataclass(frozen=True)
class Seating:
    """Everything the plan of a conference needs: people by name, tables by number, the plan of all rounds."""

    conference: Conference
    people: list[Registration]
    tables: list[TopicTable]
    plan: Plan


def load_seating(conference: Conference) -> Seating:
    """Who has a place, the tables, and who sits where; seats of people without a place do not count."""
    people = sorted(list_registrations(conference), key=lambda row: (sort_key(row.last_name, row.first_name), row.id))
    tables = list_tables(conference)
    situation = _situation(conference, people, tables)
    known = {person.id for person in people}
    seats: dict[int, dict[int, int]] = defaultdict(dict)
    fixed: dict[int, dict[int, int]] = defaultdict(dict)
    for seat in list_all_seats(conference):
        if seat.registration_id in known and seat.round <= conference.seating_rounds:
            seats[seat.round][seat.registration_id] = seat.table_id
            if seat.fixed:
                fixed[seat.round][seat.registration_id] = seat.table_id
    return Seating(conference, people, tables, Plan(situation, dict(seats), dict(fixed)))


def list_all_seats(conference: Conference) -> list[Seat]:
    """The seats of every round, also of people who cancelled meanwhile."""
    return list(
        db.session.scalars(
            select(Seat)
            .join(Seat.table)
            .where(TopicTable.conference_id == conference.id)
            .order_by(Seat.round, Seat.registration_id)
        )
    )


def has_place(registration_id: int) -> bool:
    """Whether somebody is still expected; asked anew, as people cancel at any time."""
    place = db.session.scalar(select(Registration.place).where(Registration.id == registration_id))
    return place is Place.CONFIRMED


def find_snapshot(conference: Conference) -> SeatingSnapshot | None:
    """What the last big step can be taken back to."""
    return db.session.get(SeatingSnapshot, conference.id)


def _situation(conference: Conference, people: Sequence[Registration], tables: Sequence[TopicTable]) -> Situation:
    needs = set(
        db.session.scalars(
            select(AssistanceNeed.registration_id)
            .join(Registration, Registration.id == AssistanceNeed.registration_id)
            .where(Registration.conference_id == conference.id, AssistanceNeed.accessible_place)
        )
    )
    return Situation(
        people=[
            Person(
                id=row.id,
                wishes=tuple(dict.fromkeys(wish.topic_id for wish in row.wishes)),
                institution=row.institution_id or row.organisation.strip().casefold() or None,
                type=row.institution.type.value if row.institution else PRIVATE,
                accessible=row.id in needs,
            )
            for row in people
        ],
        tables=[Table(row.id, row.topic_id, row.capacity, row.accessible) for row in tables],
        rounds=conference.seating_rounds,
        hosts=_hosts(people, tables),
    )


def _hosts(people: Sequence[Registration], tables: Sequence[TopicTable]) -> dict[int, int]:
    """Who hosts a table and is registered under that very name, unless two people or tables share it."""
    named: dict[str, list[int]] = defaultdict(list)
    for row in people:
        named[_plain(row.name)].append(row.id)
    hosting: dict[int, list[int]] = defaultdict(list)
    for table in tables:
        found = named.get(_plain(table.host), []) if table.host else []
        if len(found) == 1:
            hosting[found[0]].append(table.id)
    return {person: where[0] for person, where in hosting.items() if len(where) == 1}


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
