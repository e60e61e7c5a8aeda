"""Pure decisions at the door: who counts as there, which party they belong to, when feedback may be given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

FEWEST_ANSWERS = 5
"""Averages and texts of fewer people could be traced back to one of them."""
FEEDBACK_FOR = timedelta(days=90)
SAME_WALK_IN = timedelta(minutes=2)
"""Two walk-ins of one name from one place within this time are one person and a double tap."""


@dataclass(frozen=True)
class PartyCount:
    """Persons of one institution (or typed organisation, or private persons) with a place, and how many are there.

    `key` names an institution of the directory; None is what somebody typed, or private when `name` is empty, too.
    """

    key: int | None
    name: str
    type: str | None
    expected: int
    arrived: int

    @property
    def is_private(self) -> bool:
        """Private persons stand for no institution."""
        return self.key is None and not self.name


@dataclass(frozen=True)
class Tally:
    """Arrived out of expected; `institutions` likewise."""

    name: str
    arrived: int
    expected: int
    institutions_arrived: int = 0
    institutions: int = 0


@dataclass(frozen=True)
class DoorCount:
    """The count at the door: persons, institutions, and both by type."""

    arrived: int
    expected: int
    institutions_arrived: int
    institutions: int
    by_type: list[Tally]
    by_party: list[PartyCount]


def count_door(parties: Iterable[PartyCount], types: Iterable[tuple[str | None, str]]) -> DoorCount:
    """The door's count; `types` are (type, label) in the order to show, None standing for all without a type."""
    parties = list(parties)
    by_type = []
    for kind, label in types:
        of_type = [party for party in parties if party.type == kind]
        if of_type:
            by_type.append(_tally(label, of_type))
    everybody = _tally("", parties)
    return DoorCount(
        everybody.arrived,
        everybody.expected,
        everybody.institutions_arrived,
        everybody.institutions,
        by_type,
        parties,
    )


def _tally(name: str, parties: list[PartyCount]) -> Tally:
    institutions = [party for party in parties if not party.is_private]
    return Tally(
        name,
        sum(party.arrived for party in parties),
        sum(party.expected for party in parties),
        sum(party.arrived > 0 for party in institutions),
        len(institutions),
    )


class FeedbackState(StrEnum):
    """Whether somebody may say how it was."""

    OPEN = "open"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    NOT_THERE = "not_there"
    GIVEN = "given"


def feedback_state(*, ends_at: datetime, now: datetime, came: bool, given: bool) -> FeedbackState:
    """Only people who came are asked, once, from the end of the event until 90 days later."""
    if now < ends_at:
        return FeedbackState.TOO_EARLY
    if now > ends_at + FEEDBACK_FOR:
        return FeedbackState.TOO_LATE
    if not came:
        return FeedbackState.NOT_THERE
    return FeedbackState.GIVEN if given else FeedbackState.OPEN


def share(part: int, whole: int) -> float | None:
    """Per cent of a whole; None where there is nothing to compare with."""
    return 100 * part / whole if whole else None
