"""Time enters the house here: UTC inside, Europe/Berlin on the page."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")


def now() -> datetime:
    """The present moment as an aware UTC datetime. Only routes, commands and jobs call it."""
    return datetime.now(UTC)


def local_date(moment: datetime) -> date:
    """The calendar day in Germany at an aware moment."""
    return moment.astimezone(BERLIN).date()


def from_local(day: date, hours: int, minutes: int = 0) -> datetime:
    """The UTC moment of a wall-clock time in Germany on a day."""
    return datetime(day.year, day.month, day.day, hours, minutes, tzinfo=BERLIN).astimezone(UTC)
