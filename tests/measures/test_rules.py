"""Who waits for word, and what the overview's filters let through."""

from datetime import date, timedelta

import pytest

from app.measures.enums import ImplementationStatus
from app.measures.rules import NO_REPORT, OverviewFilter, fits, is_waiting

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(("days", "wanted"), [(0, False), (180, False), (181, True)])
def test_after_180_days_of_silence_a_recommendation_waits(days, wanted):
    heard = TODAY - timedelta(days=days)

    assert is_waiting(status=ImplementationStatus.PLANNED, last_heard=heard, today=TODAY) is wanted
    assert is_waiting(status=None, last_heard=heard, today=TODAY) is wanted


def test_what_was_never_published_nor_reported_does_not_wait():
    assert not is_waiting(status=None, last_heard=None, today=TODAY)


@pytest.mark.parametrize("status", ["completed", "continued", "not_feasible"])
def test_what_is_settled_does_not_wait(status):
    heard = TODAY - timedelta(days=900)

    assert not is_waiting(status=ImplementationStatus(status), last_heard=heard, today=TODAY)


@pytest.mark.parametrize(
    ("chosen", "wanted"),
    [
        (OverviewFilter(), True),
        (OverviewFilter(status="planned"), True),
        (OverviewFilter(status=NO_REPORT), False),
        (OverviewFilter(area=2), True),
        (OverviewFilter(area=3), False),
        (OverviewFilter(lead=5), True),
        (OverviewFilter(lead=6), False),
        (OverviewFilter(waiting=True), False),
    ],
)
def test_filters(chosen, wanted):
    passes = fits(chosen, status=ImplementationStatus.PLANNED, area_ids=[1, 2], lead_id=5, waiting=False)

    assert passes is wanted
