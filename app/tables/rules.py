"""Pure decisions about tables: phases, titles, addresses, and a fair first seating."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from app.tables.enums import Phase

NEXT_PHASES: Mapping[Phase, tuple[Phase, ...]] = {
    Phase.PREPARING: (Phase.COLLECTING,),
    Phase.COLLECTING: (Phase.VOTING, Phase.CLOSED),
    Phase.VOTING: (Phase.COLLECTING, Phase.CLOSED),
    Phase.CLOSED: (Phase.COLLECTING,),
}
OPEN_PHASES = frozenset({Phase.COLLECTING, Phase.VOTING})
LONGEST_TITLE = 120
ROMAN = [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]


def may_follow(current: Phase, wanted: Phase) -> bool:
    """Whether a table may go from one phase to another."""
    return wanted in NEXT_PHASES[current]


def takes_contributions(phase: Phase) -> bool:
    """Whether phones may send while a table is in a phase."""
    return phase in OPEN_PHASES


def roman(number: int) -> str:
    """1 → I, 4 → IV; for parallel tables, so up to 39 is plenty."""
    written = ""
    for value, letters in ROMAN:
        while number >= value:
            written, number = written + letters, number - value
    return written


def table_titles(topic: str, count: int) -> list[str]:
    """The titles of the tables that share a topic: one keeps its name, several are numbered I, II, III."""
    if count == 1:
        return [topic[:LONGEST_TITLE]]
    endings = [f" {roman(number)}" for number in range(1, count + 1)]
    return [topic[: LONGEST_TITLE - len(ending)] + ending for ending in endings]


def grouped_code(code: str) -> str:
    """A code as people read it aloud: „ABC 123“."""
    return f"{code[:3]} {code[3:]}"


def table_address(base_url: str, code: str) -> str:
    """What the QR code of a table opens."""
    return f"{base_url.rstrip('/')}/t/{code}"


def short_address(address: str) -> str:
    """An address as people type it: without the scheme."""
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}".rstrip("/")


def reaches_only_this_machine(base_url: str) -> bool:
    """Whether phones in the hall would look for the address on themselves."""
    return urlsplit(base_url).hostname in {"localhost", "127.0.0.1", "::1", "0.0.0.0"}  # noqa: S104 -- a comparison


def wish_rank(wishes: Sequence[int], topic: int) -> int | None:
    """Which of somebody's wishes (topics, first wish first) a topic is: 1, 2, 3 or None."""
    return wishes.index(topic) + 1 if topic in wishes else None


def seats_by_wish(
    people: Mapping[int, Sequence[int]], topics: Mapping[int, int], free: Mapping[int, int]
) -> dict[int, int]:
    """A table for each person as far as there are free seats.

    `people` maps a person to wished topics, first wish first; `topics` a table to its topic; `free` a table to its
    free seats. First wishes of all come first, then second ones; who is left goes where most seats are free. Among
    tables of one topic the emptier one is taken; ties go to the lower id.
    """
    left = dict(free)
    seats: dict[int, int] = {}
    for rank in range(max((len(wishes) for wishes in people.values()), default=0)):
        for person, wishes in people.items():
            if person not in seats and rank < len(wishes):
                wanted = [table for table, topic in topics.items() if topic == wishes[rank]]
                _take_emptiest(seats, person, wanted, left)
    for person in people:
        if person not in seats:
            _take_emptiest(seats, person, list(topics), left)
    return seats


def _take_emptiest(seats: dict[int, int], person: int, tables: Sequence[int], left: dict[int, int]) -> None:
    open_tables = [table for table in tables if left[table] > 0]
    if open_tables:
        table = max(open_tables, key=lambda candidate: (left[candidate], -candidate))
        seats[person] = table
        left[table] -= 1
