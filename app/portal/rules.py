"""What the shop window decides: how outcomes are counted."""

from collections import Counter
from collections.abc import Iterable

from app.measures.enums import ImplementationStatus

BEST_FIRST = (
    ImplementationStatus.CONTINUED,
    ImplementationStatus.COMPLETED,
    ImplementationStatus.IN_PROGRESS,
    ImplementationStatus.PLANNED,
    ImplementationStatus.NOT_STARTED,
    ImplementationStatus.DEFERRED,
    ImplementationStatus.NOT_FEASIBLE,
    None,
)


def count_outcomes(
    statuses: Iterable[ImplementationStatus | None],
) -> list[tuple[ImplementationStatus | None, int]]:
    """How many recommendations stand where, what is achieved first; None counts those without any report."""
    counts = Counter(statuses)
    return [(status, counts[status]) for status in BEST_FIRST if counts[status]]
