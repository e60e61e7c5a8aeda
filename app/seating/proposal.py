"""A fair seating by optimisation: who sits at which table in each round.

Never broken: a table's capacity, one seat per person and round, fixed seats and hosts, and that who needs an
accessible place sits at an accessible table. If all of it cannot be had, these give way in this order, the last one
first and as little as possible (`rules.broken_rules` says which did):

1. everybody has a seat;
2. nobody sits at the same topic (parallel tables are one topic) in two rounds;
3. at a table sit at most ⌈size of the institution ÷ tables⌉ people of one institution, usually one;
4. no lop-sided tables: `rules.size_limits`.

Within these, fairness is lexicographic; a later line never costs an earlier one a single person:

a. as few people as possible who wished something and got none of it in this or an earlier round: nobody goes without
   a wish before anybody gets a second one;
b. as few as possible whose best wish so far is the third,
c. then the second, so that most get their first;
d. in later rounds, this round's table is as good a wish as possible for as many as possible;
e. tables of even size, above all parallel ones;
f. types of institutions mixed: as few pairs of one type at one table as possible;
g. among equals the better wish goes to who registered first (lower id).

Rounds are planned one after the other, each as well as the earlier ones allow. The same people, tables and fixed seats
give the same plan, in whatever order they are given.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.seating.network import Network
from app.seating.rules import (
    Person,
    Seats,
    Situation,
    Table,
    best_ranks,
    institution_limit,
    institution_sizes,
    rank,
    size_limits,
)

NO_WISH = 3
RULES = ("unseated", "again", "institution", "lopsided")
FAIRNESS = ("wish", "now", "size", "pairs", "later")


def propose(situation: Situation, fixed: Mapping[int, Seats] | None = None) -> dict[int, dict[int, int]]:
    """The plan: round → person → table; people for whom no seat is left are missing in their round.

    `fixed` are seats by round that stay; where it says nothing of a host, the host sits at the own table.
    """
    situation = _in_order(situation)
    pinned = {number: _pinned(situation, (fixed or {}).get(number, {})) for number in _rounds(situation)}
    plan: dict[int, dict[int, int]] = {}
    for number in _rounds(situation):
        later = [pinned[other] for other in pinned if other > number]
        plan[number] = _Round(situation, list(plan.values()), later, pinned[number]).seats()
    return plan


def _in_order(situation: Situation) -> Situation:
    """Sorted by id; an institution has one type, else the network would not be one."""
    types: dict = {}
    people = sorted(situation.people, key=lambda person: person.id)
    return Situation(
        people=[
            one if one.institution is None else replace(one, type=types.setdefault(one.institution, one.type))
            for one in people
        ],
        tables=sorted(situation.tables, key=lambda table: table.id),
        rounds=situation.rounds,
        hosts=situation.hosts,
    )


def _rounds(situation: Situation) -> range:
    return range(1, situation.rounds + 1)


def _pinned(situation: Situation, fixed: Seats) -> dict[int, int]:
    tables, people = situation.topics, {person.id for person in situation.people}
    seats = {**situation.hosts, **fixed}
    return {person: table for person, table in sorted(seats.items()) if person in people and table in tables}


@dataclass
class _Load:
    """How many fixed people a table has, altogether, by institution and by type."""

    all: Counter
    institutions: Counter
    types: Counter


class _Round:
    """One round as a network: person → institution at a table → type at a table → table → seats."""

    def __init__(self, situation: Situation, earlier: list[Seats], later: list[Seats], pinned: Seats):
        self.situation, self.pinned = situation, pinned
        self.free = [person for person in situation.people if person.id not in pinned]
        self.seen = self._topics_seen([*earlier, *later])
        self.best = best_ranks(situation, earlier)
        self.sizes = institution_sizes(situation.people)
        self.load = self._load()
        self.network = Network()
        self.choices: list[tuple[int, int, int]] = []

    def seats(self) -> dict[int, int]:
        """Fixed and proposed seats."""
        if not self.free or not self.situation.tables:
            return dict(self.pinned)
        self._build()
        flow = self.network.cheapest(RULES, FAIRNESS)
        return {**self.pinned, **{person: table for arc, person, table in self.choices if flow[arc]}}

    def _topics_seen(self, rounds: list[Seats]) -> dict[int, set[int]]:
        topics, seen = self.situation.topics, defaultdict(set)
        for seats in rounds:
            for person, table in seats.items():
                seen[person].add(topics[table])
        return seen

    def _load(self) -> _Load:
        load = _Load(Counter(), Counter(), Counter())
        for person in self.situation.people:
            table = self.pinned.get(person.id)
            if table is not None:
                load.all[table] += 1
                load.institutions[person.institution, table] += 1
                load.types[person.type, table] += 1
        return load

    def _build(self) -> None:
        nodes = [self.network.node(supply=1) for _person in self.free]
        for place, (node, person) in enumerate(zip(nodes, self.free, strict=True)):
            self.network.arc(node, Network.SINK, unseated=1, **self._costs(person, place, None))
        limits = size_limits(self.situation.tables, len(self.situation.people))
        for table in self.situation.tables:
            self._add_table(table, limits[table.id], nodes)

    def _add_table(self, table: Table, limits: tuple[int, int], nodes: list[int]) -> None:
        seats = self.network.node()
        sat = self.load.all[table.id]
        for taken in range(sat, min(table.capacity, sat + len(self.free))):
            self.network.arc(seats, Network.SINK, lopsided=_lopsided(taken, *limits), size=taken)
        types: dict[str, int] = {}
        institutions: dict = {}
        for place, (node, person) in enumerate(zip(nodes, self.free, strict=True)):
            if person.accessible and not table.accessible:
                continue
            if person.type not in types:
                types[person.type] = self._add_type(person, table, seats)
            entrance = types[person.type]
            if self.sizes[person.institution] > 1:
                if person.institution not in institutions:
                    institutions[person.institution] = self._add_institution(person, table, entrance)
                entrance = institutions[person.institution]
            arc = self.network.arc(node, entrance, **self._costs(person, place, table.topic))
            self.choices.append((arc, person.id, table.id))

    def _add_type(self, person: Person, table: Table, seats: int) -> int:
        node, sat = self.network.node(), self.load.types[person.type, table.id]
        many = sum(other.type == person.type for other in self.free)
        for taken in range(sat, sat + min(many, table.capacity)):
            self.network.arc(node, seats, pairs=taken)
        return node

    def _add_institution(self, person: Person, table: Table, entrance: int) -> int:
        node, size = self.network.node(), self.sizes[person.institution]
        sat = self.load.institutions[person.institution, table.id]
        limit = institution_limit(size, len(self.situation.tables))
        if sat < limit:
            self.network.arc(node, entrance, limit - sat)
        for taken in range(max(sat, limit), min(size, table.capacity)):
            self.network.arc(node, entrance, institution=taken + 1 - limit)
        return node

    def _costs(self, person: Person, place: int, topic: int | None) -> dict[str, int]:
        costs = {"again": int(topic in self.seen[person.id])}
        if person.wishes:
            got = rank(person, topic)
            best = min((one for one in (got, self.best[person.id]) if one), default=None)
            now = got - 1 if got else max(NO_WISH, len(person.wishes))
            costs |= {"wish": self._lack(best), "now": now, "later": now * (len(self.free) - place)}
        return costs

    def _lack(self, best: int | None) -> int:
        """What the best wish so far costs: no wish more than a third one for everybody, that more than second ones.

        With 300 people that is less than 10⁵, exact enough to be added up.
        """
        more = len(self.free) + 1
        return more * more if best is None else more if best > 2 else best - 1


def _lopsided(taken: int, least: int, most: int) -> int:
    """A seat that brings a table nearer to its least is a gain, one beyond its most a loss."""
    return -1 if taken < least else int(taken >= most)
