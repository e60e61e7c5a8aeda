"""Pure decisions of follow-up: what counts as settled, who has been silent too long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.measures.enums import ImplementationStatus

SILENCE_DAYS = 180
SETTLED = frozenset({ImplementationStatus.COMPLETED, ImplementationStatus.CONTINUED, ImplementationStatus.NOT_FEASIBLE})


def is_waiting(*, status: ImplementationStatus | None, last_heard: date | None, today: date) -> bool:
    """Whether a recommendation waits for word: last heard of more than 180 days ago and not settled.

    `last_heard` is the date of the latest report, or of the publication where there is none yet; a recommendation that
    was neither reported on nor published does not wait.
    """
    if status in SETTLED or last_heard is None:
        return False
    return (today - last_heard).days > SILENCE_DAYS


@dataclass(frozen=True)
class OverviewFilter:
    """What the overview shows: `status` may be NO_REPORT; ids as typed into the address."""

    status: str = ""
    area: int | None = None
    lead: int | None = None
    waiting: bool = False

    @property
    def is_set(self) -> bool:
        """Whether something is left out."""
        return bool(self.status or self.area or self.lead or self.waiting)


NO_REPORT = "ohne"


def fits(
    chosen: OverviewFilter,
    *,
    status: ImplementationStatus | None,
    area_ids: Sequence[int],
    lead_id: int | None,
    waiting: bool,
) -> bool:
    """Whether a recommendation passes the filters of the overview."""
    named = status.value if status else NO_REPORT
    return (
        (not chosen.status or chosen.status == named)
        and (chosen.area is None or chosen.area in area_ids)
        and (chosen.lead is None or chosen.lead == lead_id)
        and (waiting or not chosen.waiting)
    )
