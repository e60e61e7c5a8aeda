"""People who come, for the tests of the tables floor."""

from app.accounts.models import Municipality
from app.conferences import queries as conference_queries
from app.conferences.models import Conference
from app.extensions import db
from app.invitations.models import Registration, TopicWish
from tests import factories


def conference_of(town: factories.Town) -> Conference:
    """The town's conference in the current session."""
    return conference_queries.get_conference(db.session.get(Municipality, town.municipality), town.conference)


def guest(town: factories.Town, last_name: str, *wishes: int, first_name: str = "Kim", institution: int | None = None):
    """Somebody who comes, with wished topics, first wish first."""
    person = factories.add(
        Registration(
            conference_id=town.conference,
            institution_id=institution or town.institution,
            first_name=first_name,
            last_name=last_name,
            registered_at=factories.NOW,
        )
    )
    for rank, topic in enumerate(wishes, start=1):
        factories.add(TopicWish(registration_id=person.id, rank=rank, topic_id=topic))
    return person
