"""When a mailing may be written, when it leaves, and what its words mean."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.invitations.enums import MailKind

BERLIN = ZoneInfo("Europe/Berlin")
BEFOREHAND = frozenset({MailKind.REMINDER, MailKind.BEFORE})
AFTERWARDS = frozenset({MailKind.THANKS, MailKind.OUTCOME})
SHORT_NOTICE = timedelta(days=3)


def planned_moment(day: date, clock_time: time) -> datetime:
    """The UTC moment of a wall-clock time in Germany.

    In spring an hour is missing: 02:30 becomes 03:30. In autumn one comes twice: the first counts.
    """
    return datetime.combine(day, clock_time.replace(fold=0), BERLIN).astimezone(UTC)


def planning_problem(moment: datetime, now: datetime) -> str | None:
    """Why a mailing cannot be planned for a moment, or None."""
    if moment <= now:
        return "Dieser Zeitpunkt ist vorbei. Wählen Sie einen späteren."
    if moment > now + timedelta(days=730):
        return "Planen Sie höchstens zwei Jahre voraus."
    return None


def obstacle(
    kind: MailKind, *, cancelled: bool, starts_at: datetime, now: datetime, leaves_at: datetime | None = None
) -> str | None:
    """Why a kind of mailing makes no sense for a conference at the moment it leaves, or None."""
    leaves_at = leaves_at or now
    if kind is MailKind.CANCELLATION:
        return None if cancelled else "Die Konferenz ist nicht abgesagt. Sagen Sie sie zuerst ab."
    if cancelled:
        return "Die Konferenz ist abgesagt. Schreiben Sie nur noch die Absage."
    if kind in BEFOREHAND and leaves_at >= starts_at:
        return "Dann hat die Konferenz schon begonnen."
    if kind in AFTERWARDS and leaves_at < starts_at:
        return "Das geht erst nach der Konferenz. Planen Sie die Mail für später."
    return None


def reminder_deadline(reply_by: date, today: date, conference_day: date) -> date:
    """The letter's day, or a near one when that day is over; never after the conference."""
    return reply_by if reply_by >= today else min(today + SHORT_NOTICE, conference_day)


def narrowed(everybody: Collection[str], chosen: Collection[str]) -> list[str] | None:
    """What is stored of a choice: None while nobody was left out, so that those who come later belong, too."""
    return None if set(everybody) <= set(chosen) else sorted(set(everybody) & set(chosen))
