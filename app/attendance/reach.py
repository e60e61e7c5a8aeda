"""Who was reached: pure counting over invitations and registrations of one conference."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from app.attendance.rules import FEWEST_ANSWERS, share


@dataclass(frozen=True)
class Invited:
    """One invitation: whose, and whether and how it was answered."""

    institution_id: int
    name: str
    type: str
    answered: bool
    said_yes: bool


@dataclass(frozen=True)
class People:
    """Persons of one party with the same origin: how many have a place, how many came, how many cancelled.

    `institution_id` is None for typed organisations (`name`) and private persons (no name).
    """

    institution_id: int | None
    name: str
    type: str | None
    origin: str
    is_walk_in: bool
    placed: int
    came: int
    cancelled: int = 0

    @property
    def party(self) -> tuple:
        """What they belong to; None for private persons."""
        return (self.institution_id, "" if self.institution_id else self.name)

    @property
    def is_private(self) -> bool:
        """Private persons stand for no institution."""
        return self.institution_id is None and not self.name


@dataclass(frozen=True)
class TypeReach:
    """The way from invited to came for the institutions of one type, and persons who came."""

    type: str | None
    invited: int
    answered: int
    said_yes: int
    came: int
    persons: int
    share: float | None


@dataclass(frozen=True)
class Reach:
    """The way from invited to came, for institutions and for persons."""

    invited: int
    answered: int
    said_yes: int
    institutions_came: int
    persons_placed: int
    persons_came: int
    persons_cancelled: int
    no_shows: int
    no_show_rate: float | None
    private_placed: int
    private_came: int
    walk_ins: int
    by_type: list[TypeReach]
    by_origin: dict[str, tuple[int, int]]
    promised_but_absent: list[str]
    came_unannounced: list[str]

    @property
    def was_recorded(self) -> bool:
        """Whether anybody noted at the door who came."""
        return self.persons_came > 0


def once_each(invited: Iterable[Invited]) -> list[Invited]:
    """One row for each institution: entries that were merged later may both have been invited."""
    rows: dict[int, Invited] = {}
    for row in invited:
        before = rows.setdefault(row.institution_id, row)
        if before is not row:
            rows[row.institution_id] = replace(
                before, answered=before.answered or row.answered, said_yes=before.said_yes or row.said_yes
            )
    return list(rows.values())


def measure(invited: Iterable[Invited], people: Iterable[People], types: Iterable[str]) -> Reach:
    """The report; `types` gives the order. Lists keep the order of what comes in.

    Somebody with a place who was not there is a no-show; walk-ins had no place before and never are.
    """
    invited, people = list(invited), list(people)
    came_parties = {row.party: row for row in people if row.came and not row.is_private}
    came_ids = {row.institution_id for row in came_parties.values() if row.institution_id is not None}
    expected = [row for row in people if not row.is_walk_in]
    placed, kept = sum(row.placed for row in expected), sum(row.came for row in expected)
    persons = sum(row.came for row in people)
    private = [row for row in people if row.is_private]
    announced = {row.party for row in expected}
    return Reach(
        invited=len(invited),
        answered=sum(row.answered for row in invited),
        said_yes=sum(row.said_yes for row in invited),
        institutions_came=len(came_parties),
        persons_placed=placed,
        persons_came=persons,
        persons_cancelled=sum(row.cancelled for row in expected),
        no_shows=placed - kept,
        no_show_rate=share(placed - kept, placed),
        private_placed=sum(row.placed for row in private if not row.is_walk_in),
        private_came=sum(row.came for row in private),
        walk_ins=sum(row.came for row in people if row.is_walk_in),
        by_type=_by_type(invited, people, types, persons),
        by_origin=_by_origin(people),
        promised_but_absent=[row.name for row in invited if row.said_yes and row.institution_id not in came_ids],
        came_unannounced=[row.name for party, row in came_parties.items() if party not in announced],
    )


def _by_type(invited: list[Invited], people: list[People], types: Iterable[str], persons: int) -> list[TypeReach]:
    rows = []
    for kind in [*types, None]:
        asked = [row for row in invited if row.type == kind]
        there = [row for row in people if row.type == kind and row.came]
        if asked or any(row.type == kind for row in people):
            came = sum(row.came for row in there)
            rows.append(
                TypeReach(
                    kind,
                    len(asked),
                    sum(row.answered for row in asked),
                    sum(row.said_yes for row in asked),
                    len({row.party for row in there if not row.is_private}),
                    came,
                    share(came, persons),
                )
            )
    return rows


def _by_origin(people: list[People]) -> dict[str, tuple[int, int]]:
    """Placed and came, by how somebody came to be registered."""
    counts: dict[str, tuple[int, int]] = {}
    for row in people:
        placed, came = counts.get(row.origin, (0, 0))
        counts[row.origin] = placed + row.placed, came + row.came
    return counts


@dataclass(frozen=True)
class Opinion:
    """What people said: the number of answers, and from five on the average marks (1 to 5) and the texts."""

    answers: int
    useful: float | None = None
    heard: float | None = None
    good: tuple[str, ...] = ()
    better: tuple[str, ...] = ()

    @property
    def may_be_shown(self) -> bool:
        """Whether there are enough answers for nobody to be recognised."""
        return self.answers >= FEWEST_ANSWERS


def opinion(given: Sequence[tuple[int, int, str, str]], order: Callable[[str], object] | None = None) -> Opinion:
    """From answers (useful, heard, good, better) to what may be shown.

    Texts come in the alphabet's order (`order` is its key) and each one once: the order of arrival would tell who
    wrote.
    """
    if len(given) < FEWEST_ANSWERS:
        return Opinion(len(given))
    useful, heard, good, better = zip(*given, strict=True)
    texts = (tuple(sorted({text for text in column if text}, key=order)) for column in (good, better))
    return Opinion(len(given), sum(useful) / len(given), sum(heard) / len(given), *texts)


def bar(percent: float | None, length: int = 20) -> str:
    """A bar of signs for a share: twenty for 100 per cent, at least one for anything that is not nothing."""
    if not percent:
        return ""
    return "■" * max(1, round(length * min(percent, 100) / 100))
