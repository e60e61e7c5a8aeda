"""Why somebody does not sit where they wished, read from the plan alone, whoever made it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.seating.enums import Reason
from app.seating.rules import Person, Seats, Situation, Table, institution_limit, institution_sizes, rank, size_limits

NEAREST_FIRST = (
    Reason.SEAT_FREE,
    Reason.TOO_SMALL_ELSEWHERE,
    Reason.TOO_BIG,
    Reason.COLLEAGUE,
    Reason.FULL,
    Reason.FULL_OF_FIXED,
    Reason.FULL_OF_FIRST_WISHES,
)


@dataclass(frozen=True)
class Unmet:
    """A wish that did not come true in a round; `round` names the one in which it does, for OTHER_ROUND."""

    person: int
    topic: int
    rank: int
    reason: Reason
    round: int | None = None


@dataclass(frozen=True)
class Plan:
    """All rounds with what is fixed in each."""

    situation: Situation
    seats: Mapping[int, Seats]
    fixed: Mapping[int, Seats] = field(default_factory=dict)

    def why(self, number: int) -> dict[int, list[Unmet]]:
        """For each person of a round the wishes that are better than what the round brought, best first."""
        view = _View(self, number)
        found = {person.id: view.unmet(person) for person in self.situation.people}
        return {person: unmet for person, unmet in found.items() if unmet}


class _View:
    """One round, counted once."""

    def __init__(self, plan: Plan, number: int):
        self.plan, self.number, self.situation = plan, number, plan.situation
        self.seats = plan.seats.get(number, {})
        self.fixed = {**plan.situation.hosts, **plan.fixed.get(number, {})}
        self.topics = plan.situation.topics
        self.sizes = Counter(self.seats.values())
        self.limits = size_limits(plan.situation.tables, len(self.seats))
        self.institutions = institution_sizes(plan.situation.people)
        people = {person.id: person for person in plan.situation.people}
        self.sitting = [(people[one], table) for one, table in self.seats.items() if one in people]
        self.together = Counter((person.institution, table) for person, table in self.sitting)
        self.grateful = Counter(
            table
            for person, table in self.sitting
            if rank(person, self.topics.get(table)) == 1 or person.id in self.fixed
        )
        self.pinned = Counter(table for person, table in self.sitting if person.id in self.fixed)

    def unmet(self, person: Person) -> list[Unmet]:
        """The wishes that are better than this round's table."""
        got = rank(person, self.topics.get(self.seats.get(person.id)))
        better = person.wishes[: got - 1] if got else person.wishes
        return [self._explain(person, topic, place) for place, topic in enumerate(better, start=1)]

    def _explain(self, person: Person, topic: int, place: int) -> Unmet:
        for number, seats in sorted(self.plan.seats.items()):
            if number != self.number and self.topics.get(seats.get(person.id)) == topic:
                return Unmet(person.id, topic, place, Reason.OTHER_ROUND, number)
        return Unmet(person.id, topic, place, self._reason(person, topic))

    def _reason(self, person: Person, topic: int) -> Reason:
        tables = [table for table in self.situation.tables if table.topic == topic]
        within_reach = [table for table in tables if table.accessible or not person.accessible]
        if not tables:
            return Reason.NO_TABLE
        if person.id in self.fixed:
            return Reason.HOST if person.id in self.situation.hosts else Reason.FIXED
        if not within_reach:
            return Reason.NOT_ACCESSIBLE
        return min((self._at(person, table) for table in within_reach), key=NEAREST_FIRST.index)

    def _at(self, person: Person, table: Table) -> Reason:
        """What kept somebody from one table; of parallel ones the nearest miss counts."""
        size, own = self.sizes[table.id], self.seats.get(person.id)
        limit = institution_limit(self.institutions[person.institution], len(self.situation.tables))
        if size >= table.capacity:
            if self.pinned[table.id] == size:
                return Reason.FULL_OF_FIXED
            return Reason.FULL_OF_FIRST_WISHES if self.grateful[table.id] == size else Reason.FULL
        if person.institution is not None and self.together[person.institution, table.id] >= limit:
            return Reason.COLLEAGUE
        if size >= self.limits[table.id][1]:
            return Reason.TOO_BIG
        if own in self.limits and self.sizes[own] <= self.limits[own][0]:
            return Reason.TOO_SMALL_ELSEWHERE
        return Reason.SEAT_FREE
