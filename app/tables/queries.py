"""Reads of the tables floor."""

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.accounts.models import Municipality
from app.conferences.models import Conference, Topic
from app.core.collation import sort_key
from app.core.errors import NotFound
from app.extensions import db
from app.invitations.enums import Place
from app.invitations.models import Registration
from app.invitations.queries import list_registrations
from app.tables.models import Seat, TopicTable


@dataclass(frozen=True)
class SeatingPlan:
    """Who sits where, each list in German order of last names."""

    by_table: dict[int, list[Registration]]
    unseated: list[Registration]
    table_of: dict[int, int]

    def at(self, table_id: int) -> list[Registration]:
        """The people at a table."""
        return self.by_table.get(table_id, [])


def list_tables(conference: Conference) -> list[TopicTable]:
    """The tables of a conference with their topic, by number."""
    return list(db.session.scalars(_tables_of(conference).options(joinedload(TopicTable.topic))))


def list_tables_with_questions(conference: Conference) -> list[TopicTable]:
    """The tables with topic and guiding questions, by number: what is printed."""
    with_questions = joinedload(TopicTable.topic).selectinload(Topic.questions)
    return list(db.session.scalars(_tables_of(conference).options(with_questions)))


def _tables_of(conference: Conference) -> Select:
    by_number = select(TopicTable).order_by(TopicTable.number, TopicTable.id)
    return by_number.where(TopicTable.conference_id == conference.id)


def list_tables_of_topic(topic: Topic) -> list[TopicTable]:
    """The parallel tables of a topic, by number."""
    return list(
        db.session.scalars(
            select(TopicTable).where(TopicTable.topic_id == topic.id).order_by(TopicTable.number, TopicTable.id)
        )
    )


def get_table(municipality: Municipality, table_id: int) -> TopicTable:
    """A table with conference, area, topic, questions and indicators; raises NotFound."""
    row = db.session.scalar(
        select(TopicTable)
        .join(TopicTable.conference)
        .where(TopicTable.id == table_id, Conference.municipality_id == municipality.id)
        .options(
            contains_eager(TopicTable.conference).joinedload(Conference.area),
            joinedload(TopicTable.topic).options(selectinload(Topic.questions), selectinload(Topic.indicators)),
        )
    )
    if row is None:
        raise NotFound(table_id)
    return row


def get_table_of(conference: Conference, table_id: int) -> TopicTable:
    """A table of one conference with its topic; raises NotFound."""
    row = db.session.scalar(
        select(TopicTable)
        .where(TopicTable.id == table_id, TopicTable.conference_id == conference.id)
        .options(joinedload(TopicTable.topic))
    )
    if row is None:
        raise NotFound(table_id)
    return row


def code_is_taken(code: str) -> bool:
    """Whether any table anywhere has this code."""
    return db.session.scalar(select(TopicTable.id).where(TopicTable.code == code)) is not None


def next_table_number(conference_id: int) -> int:
    """The number of a conference's next table: one after the highest that stands."""
    last = db.session.scalar(select(func.max(TopicTable.number)).where(TopicTable.conference_id == conference_id))
    return (last or 0) + 1


def count_seats(table: TopicTable, round_: int = 1) -> int:
    """How many people with a place sit at a table in a round."""
    seated = select(func.count()).select_from(Seat).join(Seat.registration)
    return db.session.scalar(
        seated.where(Seat.table_id == table.id, Seat.round == round_, Registration.place == Place.CONFIRMED)
    )


def count_seated(conference: Conference) -> dict[int, int]:
    """How many people with a place sit at each table in the first round."""
    return dict(
        db.session.execute(
            select(Seat.table_id, func.count())
            .join(Seat.table)
            .join(Seat.registration)
            .where(TopicTable.conference_id == conference.id, Seat.round == 1, Registration.place == Place.CONFIRMED)
            .group_by(Seat.table_id)
        ).all()
    )


def find_seat(registration: Registration, round_: int = 1) -> Seat | None:
    """Where somebody sits in a round."""
    return db.session.get(Seat, (registration.id, round_))


def list_seats(table: TopicTable) -> list[Seat]:
    """The seats taken at a table."""
    return list(db.session.scalars(select(Seat).where(Seat.table_id == table.id).order_by(Seat.registration_id)))


def table_numbers(conference: Conference) -> dict[int, list[int]]:
    """The numbers of the tables each person sits at, round by round, by registration."""
    numbers: dict[int, list[int]] = {}
    for person, number in db.session.execute(
        select(Seat.registration_id, TopicTable.number)
        .join(Seat.table)
        .where(TopicTable.conference_id == conference.id)
        .order_by(Seat.registration_id, Seat.round)
    ):
        numbers.setdefault(person, []).append(number)
    return numbers


def seats_by_table(conference: Conference, round_: int = 1) -> SeatingPlan:
    """Everybody who comes, with institution and wishes, at their tables of a round or without a seat."""
    people = sorted(list_registrations(conference), key=lambda row: (sort_key(row.last_name, row.first_name), row.id))
    seats = dict(
        db.session.execute(
            select(Seat.registration_id, Seat.table_id)
            .join(Seat.table)
            .where(TopicTable.conference_id == conference.id, Seat.round == round_)
        ).all()
    )
    table_of = {person.id: seats[person.id] for person in people if person.id in seats}
    by_table: dict[int, list[Registration]] = {}
    for person in people:
        if person.id in table_of:
            by_table.setdefault(table_of[person.id], []).append(person)
    return SeatingPlan(by_table, [person for person in people if person.id not in table_of], table_of)
