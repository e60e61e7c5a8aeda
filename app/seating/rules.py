"""What a good seating is: values in, limits and broken rules out; for proposals and for plans made by hand."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from app.seating.enums import Rule

TOLERANCE = 2


@dataclass(frozen=True)
class Person:
    """Somebody to be seated; `wishes` are topics, best first. Without institution nobody is their colleague.

    People of one institution have the same type.
    """

    id: int
    wishes: tuple[int, ...] = ()
    institution: Hashable | None = None
    type: str = ""
    accessible: bool = False


@dataclass(frozen=True)
class Table:
    """A table; those with the same topic are parallel."""

    id: int
    topic: int
    capacity: int
    accessible: bool = True


Seats = Mapping[int, int]
"""One round: person → table."""


@dataclass(frozen=True)
class Situation:
    """Who is to sit where, in how many rounds; `hosts` stay at their table and are not bound by their wishes."""

    people: Sequence[Person]
    tables: Sequence[Table]
    rounds: int = 1
    hosts: Seats = field(default_factory=dict)

    @property
    def topics(self) -> dict[int, int]:
        """The topic of each table."""
        return {table.id: table.topic for table in self.tables}


@dataclass(frozen=True)
class Breach:
    """A rule that gave way in a round: at a table, for a person or an institution, by how many (seats, people)."""

    rule: Rule
    round: int
    by: int
    table: int | None = None
    person: int | None = None
    institution: Hashable | None = None


def rank(person: Person, topic: int | None) -> int | None:
    """Which of somebody's wishes a topic is: 1, 2, 3 or None."""
    return person.wishes.index(topic) + 1 if topic in person.wishes else None


def institution_limit(size: int, tables: int) -> int:
    """How many people of one institution may sit at one table: usually one, more when there are more than tables."""
    return max(1, ceil(size / tables)) if tables else size


def institution_sizes(people: Iterable[Person]) -> Counter:
    """How many people come from each institution."""
    return Counter(person.institution for person in people if person.institution is not None)


def size_limits(tables: Sequence[Table], people: int) -> dict[int, tuple[int, int]]:
    """The least and the most people at each table that do not make the room lop-sided.

    Were all tables filled evenly, small ones to the brim, the others would have k or k + 1 people. A table may have
    up to two fewer than k and up to two more than k + 1 (or k, when it comes out even), within its capacity.
    """
    people = min(people, sum(table.capacity for table in tables))
    level = 0
    while (filled := _filled(tables, level + 1)) <= people and level < people:
        level += 1
        if filled == people:
            break
    above = level if _filled(tables, level) == people else level + 1
    return {
        table.id: (max(0, min(level - TOLERANCE, table.capacity)), min(above + TOLERANCE, table.capacity))
        for table in tables
    }


def _filled(tables: Sequence[Table], level: int) -> int:
    return sum(min(table.capacity, level) for table in tables)


def best_ranks(situation: Situation, rounds: Iterable[Seats]) -> dict[int, int | None]:
    """The best wish each person (hosts left out) got in any of the rounds."""
    topics = situation.topics
    seats = list(rounds)
    best = {}
    for person in situation.people:
        if person.id not in situation.hosts:
            got = [rank(person, topics.get(at[person.id])) for at in seats if person.id in at]
            best[person.id] = min((one for one in got if one), default=None)
    return best


def broken_rules(situation: Situation, plan: Mapping[int, Seats]) -> list[Breach]:
    """Every rule a plan (round → person → table) breaks, round after round."""
    breaches = []
    for number in range(1, situation.rounds + 1):
        seats = plan.get(number, {})
        breaches += _of_people(situation, plan, number, seats)
        breaches += _of_institutions(situation, number, seats)
        breaches += _of_sizes(situation, number, seats)
    return breaches


def _of_people(situation: Situation, plan: Mapping[int, Seats], number: int, seats: Seats) -> list[Breach]:
    tables = {table.id: table for table in situation.tables}
    breaches = []
    for person in situation.people:
        table = tables.get(seats.get(person.id))
        if table is None:
            breaches.append(Breach(Rule.EVERYBODY_SITS, number, 1, person=person.id))
            continue
        if person.accessible and not table.accessible:
            breaches.append(Breach(Rule.ACCESSIBLE, number, 1, table=table.id, person=person.id))
        earlier = {tables[at[person.id]].topic for n, at in plan.items() if n < number and at.get(person.id) in tables}
        if table.topic in earlier and person.id not in situation.hosts:
            breaches.append(Breach(Rule.NEW_TOPIC, number, 1, table=table.id, person=person.id))
    return breaches


def _of_institutions(situation: Situation, number: int, seats: Seats) -> list[Breach]:
    sizes = institution_sizes(situation.people)
    together = Counter(
        (seats[person.id], person.institution)
        for person in situation.people
        if person.institution is not None and person.id in seats
    )
    return [
        Breach(Rule.INSTITUTION, number, many - limit, table=table, institution=institution)
        for (table, institution), many in sorted(together.items(), key=lambda item: (item[0][0], str(item[0][1])))
        if many > (limit := institution_limit(sizes[institution], len(situation.tables)))
    ]


def _of_sizes(situation: Situation, number: int, seats: Seats) -> list[Breach]:
    sizes = Counter(seats.values())
    limits = size_limits(situation.tables, len(seats))
    breaches = []
    for table in situation.tables:
        least, most = limits[table.id]
        if sizes[table.id] > table.capacity:
            breaches.append(Breach(Rule.CAPACITY, number, sizes[table.id] - table.capacity, table=table.id))
        elif not least <= sizes[table.id] <= most:
            by = sizes[table.id] - most if sizes[table.id] > most else sizes[table.id] - least
            breaches.append(Breach(Rule.EVEN_SIZES, number, by, table=table.id))
    return breaches + _of_parallel_tables(situation, number, sizes)


def _of_parallel_tables(situation: Situation, number: int, sizes: Counter) -> list[Breach]:
    """A smaller table that is full need not keep up with the others."""
    breaches = []
    for topic in dict.fromkeys(table.topic for table in situation.tables):
        parallel = [table for table in situation.tables if table.topic == topic]
        largest = max(parallel, key=lambda table: (sizes[table.id], -table.id))
        free = [sizes[table.id] for table in parallel if sizes[table.id] < table.capacity]
        difference = sizes[largest.id] - min(free, default=sizes[largest.id])
        if difference > 1:
            breaches.append(Breach(Rule.PARALLEL_SIZES, number, difference, table=largest.id))
    return breaches
