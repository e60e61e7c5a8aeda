"""The seating as people look at it: each person with what became of their wishes."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.invitations.models import Registration
from app.tables import rules
from app.tables.models import TopicTable
from app.tables.queries import SeatingPlan


@dataclass(frozen=True)
class Guest:
    """One person at (or without) a table; `rank` is the wish that came true, None when none did."""

    person: Registration
    rank: int | None
    wishes: list[str]

    @property
    def is_unhappy(self) -> bool:
        """Somebody who wished and got none of it."""
        return bool(self.wishes) and self.rank is None


@dataclass(frozen=True)
class RoomPlan:
    """Guests by table and those without a seat."""

    by_table: dict[int, list[Guest]]
    unseated: list[Guest]

    def at(self, table: TopicTable) -> list[Guest]:
        """The guests at a table."""
        return self.by_table.get(table.id, [])

    @property
    def everybody(self) -> int:
        """How many people come."""
        return len(self.unseated) + sum(len(guests) for guests in self.by_table.values())

    @property
    def unhappy(self) -> int:
        """How many sit at a table none of their wishes named."""
        return sum(guest.is_unhappy for guests in self.by_table.values() for guest in guests)


def room_plan(tables: Sequence[TopicTable], plan: SeatingPlan) -> RoomPlan:
    """The plan of a conference; people come with institution and wishes, wishes with their topic."""
    return RoomPlan(
        {table.id: [_guest(person, table.topic_id) for person in plan.at(table.id)] for table in tables},
        [_guest(person, None) for person in plan.unseated],
    )


def _guest(person: Registration, topic_id: int | None) -> Guest:
    wished = [wish.topic_id for wish in person.wishes]
    rank = rules.wish_rank(wished, topic_id) if topic_id else None
    return Guest(person, rank, [wish.topic.title for wish in person.wishes])
