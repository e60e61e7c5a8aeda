"""What an answer must contain, until when it may be given, and how answers are counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.invitations.problems import AnswerProblem

MOST_PEOPLE = 3
MOST_WISHES = 3


@dataclass(frozen=True)
class Need:
    """What somebody needs to take part. `forget` takes back what was noted before; left empty, that stays."""

    text: str = ""
    accessible_place: bool = False
    forget: bool = False

    def added_to(self, text: str, accessible_place: bool) -> "Need":
        """What is needed from now on, when `text` and `accessible_place` were noted before."""
        if self.forget:
            text, accessible_place = "", False
        return Need(self.text or text, self.accessible_place or accessible_place)


@dataclass(frozen=True)
class Person:
    """Somebody who comes."""

    first_name: str
    last_name: str
    email: str = ""
    need: Need = Need()

    @property
    def key(self) -> tuple[str, str]:
        """The same person in two answers has the same key."""
        return self.first_name.casefold(), self.last_name.casefold()


def answers_open(now: datetime, starts_at: datetime, cancelled_at: datetime | None = None) -> bool:
    """Links answer until the conference begins or is called off; by phone the office may enter one at any time."""
    return now < starts_at and cancelled_at is None


def people_problem(people: Sequence[Person], most: int = MOST_PEOPLE) -> AnswerProblem | None:
    """Why these people cannot be registered, or None."""
    if not people:
        return AnswerProblem.NOBODY
    if len(people) > most:
        return AnswerProblem.CROWD
    if any(not person.first_name or not person.last_name for person in people):
        return AnswerProblem.HALF_A_NAME
    if len({person.key for person in people}) < len(people):
        return AnswerProblem.TWICE
    return None


def wishes_problem(topic_ids: Sequence[int], offered: Iterable[int]) -> AnswerProblem | None:
    """Why these topic wishes (best first) cannot be kept, or None."""
    if len(topic_ids) > MOST_WISHES:
        return AnswerProblem.MANY_WISHES
    if len(set(topic_ids)) < len(topic_ids):
        return AnswerProblem.SAME_WISH
    if not set(topic_ids) <= set(offered):
        return AnswerProblem.FOREIGN_WISH
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
