"""When a task's reminder goes out: pure decisions about days and the clock in Germany."""

from datetime import date, datetime, time, timedelta

from app.conferences.rules import BERLIN

REMIND_AT = time(8)
USUAL_DAYS_BEFORE = 3
STILL_USEFUL = timedelta(days=7)


def is_due(remind_on: date, now: datetime) -> bool:
    """Whether it is past eight o'clock in Germany on the day of the reminder, or later.

    Eight o'clock exists once on every day, also when clocks change.
    """
    return now >= datetime.combine(remind_on, REMIND_AT, BERLIN)


def oldest_useful_due(today: date) -> date:
    """The earliest due day a late reminder still helps with: a week ago."""
    return today - STILL_USEFUL


def reminder_day(due: date, days_before: int | None, today: date) -> date | None:
    """The day of the reminder; None without one, and when that day has already begun."""
    if days_before is None:
        return None
    day = due - timedelta(days=days_before)
    return day if day > today else None


def is_armed_again(remind_on: date | None, before: date | None, reminded_on: date) -> bool:
    """Whether a reminder that went out on a day goes out once more: only when it moved to a later day than that."""
    return remind_on is not None and remind_on > max(before or reminded_on, reminded_on)
