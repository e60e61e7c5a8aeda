"""How outcomes are counted."""

from app.measures.enums import ImplementationStatus
from app.portal.rules import count_outcomes


def test_outcomes_are_counted_with_what_is_achieved_first():
    statuses = [None, ImplementationStatus.PLANNED, ImplementationStatus.COMPLETED, None]

    assert count_outcomes(statuses) == [
        (ImplementationStatus.COMPLETED, 1),
        (ImplementationStatus.PLANNED, 1),
        (None, 2),
    ]
