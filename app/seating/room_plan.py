"""The seating as people look at it: rooms with tables with seats, and what became of everybody's wishes."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from app.core.collation import sort_key
from app.invitations.models import Registration
from app.seating import wording
from app.seating.enums import Rule
from app.seating.explanation import Plan, Unmet
from app.seating.queries import Seating
from app.seating.rules import Breach, Person, best_ranks, broken_rules, rank
from app.tables.models import TopicTable


class Show(StrEnum):
    """Whom the list of people shows."""

    UNSEATED = "ohne-platz"
    UNHAPPY = "ohne-wunsch"
    ACCESSIBLE = "barrierefrei"
    INSTITUTION = "institution"
    ALL = "alle"


@dataclass(frozen=True)
class Wish:
    """A topic somebody wished and did not get in this round, with why."""

    rank: int
    topic: str
    reason: str


@dataclass(frozen=True)
class Guest:
    """One person in a round; `rank` is the wish this table is, `best` the best one over all rounds."""

    row: Registration
    table: TopicTable | None
    rank: int | None
    best: int | None
    wished: bool
    fixed: bool
    hosts: bool
    accessible: bool
    unmet: list[Wish]

    @property
    def is_unhappy(self) -> bool:
        """Somebody who wished and gets none of it in any round."""
        return self.wished and self.best is None and not self.hosts


@dataclass(frozen=True)
class SeatedTable:
    """A table with its guests, and how many seats are free or too few."""

    row: TopicTable
    guests: list[Guest]

    @property
    def place(self) -> str:
        """Where in the room it stands."""
        return _room_and_place(self.row)[1]

    @property
    def free(self) -> int:
        """Seats nobody has."""
        return max(0, self.row.capacity - len(self.guests))

    @property
    def too_many(self) -> int:
        """People beyond the seats."""
        return max(0, len(self.guests) - self.row.capacity)


@dataclass(frozen=True)
class Summary:
    """How well the wishes were met over all rounds, and the sizes of this round's tables."""

    wishing: int
    by_rank: Counter
    smallest: int
    largest: int
    breaches: list[Breach]


@dataclass(frozen=True)
class RoomPlan:
    """One round: rooms by name (empty for tables without one), everybody, and the summary."""

    round: int
    rooms: dict[str, list[SeatedTable]]
    guests: list[Guest]
    summary: Summary

    @property
    def unseated(self) -> list[Guest]:
        """Who has no seat in this round."""
        return [guest for guest in self.guests if guest.table is None]

    @property
    def tables(self) -> list[SeatedTable]:
        """All tables by number."""
        return sorted((table for room in self.rooms.values() for table in room), key=lambda table: table.row.number)

    @property
    def unmet(self) -> list[Guest]:
        """Who has a seat, but not the first wish."""
        return [guest for guest in self.guests if guest.table and guest.unmet]

    @property
    def institutions(self) -> list[tuple[int, str]]:
        """The institutions people come from, in German order."""
        names = {guest.row.institution.id: guest.row.institution.name for guest in self.guests if guest.row.institution}
        return sorted(names.items(), key=lambda item: (sort_key(item[1]), item[0]))

    def shown(self, show: Show, institution_id: int | None) -> list[Guest]:
        """The people a filter leaves."""
        keeps: dict[Show, Callable[[Guest], bool]] = {
            Show.UNSEATED: lambda guest: guest.table is None,
            Show.UNHAPPY: lambda guest: guest.is_unhappy,
            Show.ACCESSIBLE: lambda guest: guest.accessible,
            Show.INSTITUTION: lambda guest: guest.row.institution_id == institution_id,
            Show.ALL: lambda _guest: True,
        }
        return [guest for guest in self.guests if keeps[show](guest)]


def room_plan(seating: Seating, number: int, discreet: bool) -> RoomPlan:
    """One round of a conference; `discreet` hides who needs an accessible place."""
    guests = _guests(seating, number, discreet)
    rooms: dict[str, list[SeatedTable]] = {}
    for table in seating.tables:
        sitting = [guest for guest in guests if guest.table is table]
        rooms.setdefault(_room_and_place(table)[0], []).append(SeatedTable(table, sitting))
    return RoomPlan(number, rooms, guests, _summary(seating, number, discreet))


def _room_and_place(table: TopicTable) -> tuple[str, str]:
    """„Großer Saal, Fensterseite“ is a place in a room."""
    room, _comma, place = table.room.partition(",")
    return room.strip(), place.strip()


def _guests(seating: Seating, number: int, discreet: bool) -> list[Guest]:
    plan, situation = seating.plan, seating.plan.situation
    tables = {table.id: table for table in seating.tables}
    people = {person.id: person for person in situation.people}
    titles = {wish.topic_id: wish.topic.title for row in seating.people for wish in row.wishes}
    unmet, best = plan.why(number), best_ranks(situation, plan.seats.values())

    def guest(row: Registration) -> Guest:
        person = people[row.id]
        table = tables.get(plan.seats.get(number, {}).get(row.id))
        return Guest(
            row=row,
            table=table,
            rank=rank(person, table.topic_id) if table else None,
            best=best.get(row.id),
            wished=bool(person.wishes),
            fixed=row.id in plan.fixed.get(number, {}),
            hosts=row.id in situation.hosts,
            accessible=person.accessible and not discreet,
            unmet=[_wish(one, titles, discreet) for one in unmet.get(row.id, [])],
        )

    return [guest(row) for row in seating.people]


def _wish(unmet: Unmet, titles: dict[int, str], discreet: bool) -> Wish:
    return Wish(unmet.rank, titles[unmet.topic], wording.why(unmet, discreet))


def _summary(seating: Seating, number: int, discreet: bool) -> Summary:
    plan, situation = seating.plan, seating.plan.situation
    sizes = Counter(plan.seats.get(number, {}).values())
    filled = [sizes[table.id] for table in seating.tables]
    wishing = {person.id for person in situation.people if _counts(person, plan)}
    best = best_ranks(situation, plan.seats.values())
    return Summary(
        wishing=len(wishing),
        by_rank=Counter(best[person] for person in wishing),
        smallest=min(filled, default=0),
        largest=max(filled, default=0),
        breaches=_breaches(plan, number, discreet),
    )


def _counts(person: Person, plan: Plan) -> bool:
    return bool(person.wishes) and person.id not in plan.situation.hosts


def _breaches(plan: Plan, number: int, discreet: bool) -> list[Breach]:
    """Broken rules of a round; without anybody seated yet there is nothing to judge."""
    if not plan.seats.get(number):
        return []
    found = [breach for breach in broken_rules(plan.situation, plan.seats) if breach.round == number]
    return [breach for breach in found if not (discreet and breach.rule is Rule.ACCESSIBLE)]
