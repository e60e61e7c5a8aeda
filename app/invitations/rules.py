"""What an answer must contain, until when it may be given, and how answers are counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

MOST_PEOPLE = 3
MOST_WISHES = 3


@dataclass(frozen=True)
class Person:
    """Somebody who comes."""

    first_name: str
    last_name: str
    email: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """The same person in two answers has the same key."""
        return self.first_name.casefold(), self.last_name.casefold()


def answers_open(now: datetime, starts_at: datetime) -> bool:
    """Links answer until the conference begins; by phone the office may enter an answer at any time."""
    return now < starts_at


def people_problem(people: Sequence[Person], most: int = MOST_PEOPLE) -> str | None:
    """Why these people cannot be registered, or None."""
    if not people:
        return "Nennen Sie mindestens eine Person, die kommt."
    if len(people) > most:
        return f"Höchstens {most} Personen je Einladung. Rufen Sie uns an, wenn mehr kommen möchten."
    if any(not person.first_name or not person.last_name for person in people):
        return "Geben Sie für jede Person Vorname und Nachname an."
    if len({person.key for person in people}) < len(people):
        return "Eine Person ist zweimal genannt."
    return None


def wishes_problem(topic_ids: Sequence[int], offered: Iterable[int]) -> str | None:
    """Why these topic wishes (best first) cannot be kept, or None."""
    if len(topic_ids) > MOST_WISHES:
        return f"Höchstens {MOST_WISHES} Themen."
    if len(set(topic_ids)) < len(topic_ids):
        return "Wählen Sie jedes Thema nur einmal."
    if not set(topic_ids) <= set(offered):
        return "Ein Thema gehört nicht zu dieser Konferenz. Laden Sie die Seite neu."
    return None


@dataclass(frozen=True)
class InvitationCounts:
    """Institutions by answer, and persons who come: two different counts."""

    invited: int
    coming: int
    declined: int
    people: int
    people_by_hand: int

    @property
    def answered(self) -> int:
        """Institutions that said yes or no."""
        return self.coming + self.declined

    @property
    def open(self) -> int:
        """Institutions that have not answered."""
        return self.invited - self.answered
