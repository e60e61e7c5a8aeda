"""When mailings leave, on every kind of day, and when they make no sense."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from app.invitations.enums import MailKind
from app.mailings import rules

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
STARTS = datetime(2027, 4, 15, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        (date(2027, 1, 15), time(8, 0), "2027-01-15T07:00"),
        (date(2027, 7, 15), time(8, 0), "2027-07-15T06:00"),
        (date(2027, 3, 28), time(1, 59), "2027-03-28T00:59"),
        (date(2027, 3, 28), time(2, 30), "2027-03-28T01:30"),  # does not exist: 03:30 summer time
        (date(2027, 3, 28), time(3, 30), "2027-03-28T01:30"),
        (date(2027, 10, 31), time(1, 59), "2027-10-30T23:59"),
        (date(2027, 10, 31), time(2, 30), "2027-10-31T00:30"),  # comes twice: the first
        (date(2027, 10, 31), time(2, 30, fold=1), "2027-10-31T00:30"),
        (date(2027, 10, 31), time(3, 0), "2027-10-31T02:00"),
    ],
)
def test_a_wall_clock_time_is_one_moment(day, clock, moment):
    assert rules.planned_moment(day, clock) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "cancelled", "leaves", "words"),
    [
        (MailKind.REMINDER, False, NOW, None),
        (MailKind.REMINDER, False, STARTS, "begonnen"),
        (MailKind.REMINDER, True, NOW, "abgesagt"),
        (MailKind.BEFORE, False, STARTS + timedelta(hours=1), "begonnen"),
        (MailKind.CHANGE, True, NOW, "abgesagt"),
        (MailKind.CANCELLATION, True, NOW, None),
        (MailKind.CANCELLATION, False, NOW, "nicht abgesagt"),
        (MailKind.THANKS, False, NOW, "erst nach der Konferenz"),
        (MailKind.THANKS, False, STARTS + timedelta(days=1), None),
        (MailKind.OUTCOME, True, STARTS + timedelta(days=1), "abgesagt"),
    ],
)
def test_what_makes_no_sense_is_said(kind, cancelled, leaves, words):
    problem = rules.obstacle(kind, cancelled=cancelled, starts_at=STARTS, now=NOW, leaves_at=leaves)

    assert problem is None if words is None else words in problem


@pytest.mark.parametrize(
    ("reply_by", "deadline"),
    [(date(2027, 4, 1), date(2027, 4, 1)), (date(2027, 2, 1), date(2027, 3, 4)), (date(2027, 3, 1), date(2027, 3, 1))],
)
def test_a_reminder_never_names_a_day_that_is_over(reply_by, deadline):
    assert rules.reminder_deadline(reply_by, date(2027, 3, 1), date(2027, 4, 15)) == deadline


def test_a_choice_is_stored_only_when_somebody_is_left_out():
    assert rules.narrowed(["i1", "r2"], ["r2", "i1"]) is None
    assert rules.narrowed(["i1", "r2"], ["r2", "x9"]) == ["r2"]
    assert rules.narrowed(["i1", "r2"], []) == []
    assert rules.narrowed([], []) is None


@pytest.mark.parametrize(
    ("moment", "fits"), [(NOW, False), (NOW + timedelta(minutes=1), True), (NOW + timedelta(days=900), False)]
)
def test_plans_lie_ahead_but_not_for_ever(moment, fits):
    assert (rules.planning_problem(moment, NOW) is None) == fits
