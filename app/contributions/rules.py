"""Decisions of the live room: what may be sent, who sees what, how dots count. Values in, verdict out."""

import re
import unicodedata
from collections.abc import Iterable

from app.conferences.enums import Moderation
from app.contributions.enums import ContributionState
from app.tables.enums import Phase

MAX_TEXT = 1000
MAX_REASON = 200
LIST_LIMIT = 1000
WALL_NEWEST = 3
WALL_STRONGEST = 5
MOVES = {
    ContributionState.WAITING: frozenset({ContributionState.SHOWN, ContributionState.HIDDEN}),
    ContributionState.SHOWN: frozenset({ContributionState.WAITING, ContributionState.HIDDEN}),
    ContributionState.HIDDEN: frozenset({ContributionState.WAITING, ContributionState.SHOWN}),
}
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def clean_text(typed: str) -> str:
    """What is stored of a typed text: one kind of line break, no control characters, no blank edges.

    Databases refuse NUL and lone surrogates; a form and a JSON body must yield the same text.
    """
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"}).strip()


def clean_client_id(given: str) -> str | None:
    """The UUID in its usual spelling, or None when it is none."""
    lowered = given.strip().lower()
    return lowered if _UUID.fullmatch(lowered) else None


def is_at_table(state: ContributionState, moderation: Moderation) -> bool:
    """Whether people at the table read a contribution."""
    if moderation is Moderation.BEFORE_TABLE:
        return state is ContributionState.SHOWN
    return state is not ContributionState.HIDDEN


def states_at_table(moderation: Moderation) -> tuple[ContributionState, ...]:
    """The states whose contributions people at the table read."""
    return tuple(state for state in ContributionState if is_at_table(state, moderation))


def receipt(moderation: Moderation) -> str:
    """What the sender is told; it stays the same however often the same entry is sent."""
    return "waiting" if moderation is Moderation.BEFORE_TABLE else "shown"


def may_move(before: ContributionState, after: ContributionState) -> bool:
    """Whether a host may bring a contribution from one state to another; staying is always possible."""
    return before is after or after in MOVES[before]


def are_dots_secret(phase: Phase) -> bool:
    """While dots are given nobody sees where they go, so that nobody follows the others."""
    return phase is Phase.VOTING


def shared_ranks(dots: Iterable[int]) -> list[int]:
    """Ranks of descending counts, equal counts share one: 9, 7, 7, 4 → 1, 2, 2, 4."""
    ranks: list[int] = []
    previous = None
    for place, count in enumerate(dots, start=1):
        ranks.append(ranks[-1] if count == previous else place)
        previous = count
    return ranks
