"""Who may register when, until when an address must be confirmed, and which addresses and names are the same."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.conferences.enums import Participation
from app.invitations.rules import Person
from app.registrations.enums import Opening

TIME_TO_CONFIRM = timedelta(hours=48)


@dataclass(frozen=True)
class Entry:
    """What somebody gave to be registered; `wishes` are topic ids, best first.

    Without institution and organisation it is a private person.
    """

    person: Person
    institution_id: int | None = None
    organisation: str = ""
    wishes: tuple[int, ...] = ()
    needs: str = ""
    accessible_place: bool = False

    @property
    def is_private(self) -> bool:
        """Whether the person comes for themselves."""
        return self.institution_id is None and not self.organisation


def opening(
    *,
    participation: Participation,
    starts_at: datetime,
    closes_at: datetime | None,
    cancelled_at: datetime | None,
    now: datetime,
) -> Opening:
    """Whether an event takes registrations at a moment.

    An event that never took any says no more than that, so that nobody learns of it by trying addresses.
    """
    if not participation.takes_registrations:
        return Opening.INVITED_ONLY
    if cancelled_at is not None:
        return Opening.CANCELLED
    if now >= starts_at:
        return Opening.BEGUN
    if closes_at is not None and now >= closes_at:
        return Opening.CLOSED
    return Opening.OPEN


def confirm_by(entry: Entry, now: datetime) -> datetime | None:
    """Until when the address must be confirmed: private persons have 48 hours, others need not."""
    return now + TIME_TO_CONFIRM if entry.is_private else None


def same_name(text: str) -> str:
    """Names of institutions are the same when this is: case, spaces and the marks around words do not count."""
    return " ".join(text.casefold().replace("–", "-").replace("„", "").replace("“", "").replace('"', "").split())


def same_address(email: str) -> str:
    """Addresses are the same when this is; nobody has two mailboxes that differ in capitals only."""
    return email.strip().casefold()
