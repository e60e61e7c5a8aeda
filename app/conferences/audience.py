"""Who would have to be told of something: asked of the floors that know the guests."""

from dataclasses import dataclass

from app.conferences.announcements import audience_asked
from app.conferences.models import Conference


@dataclass(frozen=True)
class Audience:
    """How many invitations went out without having been declined, and how many people are registered."""

    invitations: int = 0
    persons: int = 0

    def __bool__(self) -> bool:
        return bool(self.invitations or self.persons)


def audience_of(conference: Conference) -> Audience:
    """Everybody any floor names."""
    answers = [answer for _receiver, answer in audience_asked.send(conference) if answer is not None]
    return Audience(sum(one.invitations for one in answers), sum(one.persons for one in answers))
