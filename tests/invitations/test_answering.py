"""Answers: complete, replaceable, in time."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.conferences.models import Conference
from app.core import clock
from app.core.errors import RuleBroken
from app.extensions import db
from app.invitations import answering, queries
from app.invitations.enums import Answer, Channel
from app.invitations.models import Registration, TopicWish
from app.invitations.rules import Person
from app.tables.models import Seat
from tests import factories
from tests.invitations import scenes

ROBIN = Person("Robin", "Beispiel")
KIM = Person("Kim", "Muster")


def answer(token: str, **changes) -> None:
    """Answer by link; commits."""
    arguments = {"answer": Answer.YES, "people": [ROBIN], "wishes": [], "message": "", "channel": Channel.LINK}
    answering.answer_invitation(
        invitation=queries.get_invitation_by_token(token, clock.now()), now=clock.now(), **{**arguments, **changes}
    )
    db.session.commit()


def more_topics(town) -> list[int]:
    conference = db.session.get(Conference, town.conference)
    rows = [factories.topic(conference, f"Thema {n}", n) for n in (2, 3)]
    return [town.topic, *(row.id for row in rows)]


def names() -> list[str]:
    return [row.name for row in db.session.scalars(select(Registration).order_by(Registration.id))]


def test_a_yes_registers_people_with_their_wishes(app, town):
    token = scenes.invited_with_link(app, town)

    with app.app_context():
        topics = more_topics(town)
        answer(token, people=[ROBIN, KIM], wishes=[topics[2], topics[0]], message="Bis dann!")

    with app.app_context():
        invitation = scenes.only_invitation()
        assert (invitation.answer, invitation.channel, invitation.message) == (Answer.YES, Channel.LINK, "Bis dann!")
        registered = queries.list_registrations(db.session.get(Conference, town.conference))
        assert [(row.name, [wish.topic_id for wish in row.wishes]) for row in registered] == [
            ("Robin Beispiel", [topics[2], topics[0]]),
            ("Kim Muster", [topics[2], topics[0]]),
        ]


def test_answering_again_replaces_people_and_wishes(app, town):
    token = scenes.invited_with_link(app, town)

    with app.app_context():
        topics = more_topics(town)
        answer(token, people=[ROBIN, KIM], wishes=topics)
    with app.app_context():
        answer(token, people=[KIM], wishes=[topics[1]])

    with app.app_context():
        assert names() == ["Kim Muster"]
        assert [(wish.rank, wish.topic_id) for wish in db.session.scalars(select(TopicWish))] == [(1, topics[1])]


def test_somebody_named_again_keeps_the_seat_and_others_give_theirs_back(app, town):
    token = scenes.invited_with_link(app, town)

    with app.app_context():
        answer(token, people=[ROBIN, KIM])
        for row in db.session.scalars(select(Registration)).all():
            factories.add(Seat(registration_id=row.id, table_id=town.table))
        db.session.commit()
    with app.app_context():
        answer(token, people=[Person("robin", "BEISPIEL")])

    with app.app_context():
        row = db.session.scalars(select(Registration)).one()
        assert [seat.registration_id for seat in db.session.scalars(select(Seat))] == [row.id]


def test_a_no_strikes_everybody(app, town):
    token = scenes.invited_with_link(app, town)

    with app.app_context():
        answer(token)
    with app.app_context():
        answer(token, answer=Answer.NO, people=[ROBIN], wishes=[town.topic])

    with app.app_context():
        assert names() == []
        assert scenes.only_invitation().answer is Answer.NO


def test_a_substitute_needs_a_name_and_an_address(app, town):
    token = scenes.invited_with_link(app, town)

    with app.app_context(), pytest.raises(RuleBroken, match="E-Mail-Adresse der Vertretung"):
        answer(token, answer=Answer.SUBSTITUTE, people=[KIM])
    with app.app_context():
        answer(token, answer=Answer.SUBSTITUTE, people=[Person("Kim", "Muster", "kim@verein.example")])

    with app.app_context():
        assert db.session.scalars(select(Registration.email)).all() == ["kim@verein.example"]


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"answer": Answer.NONE}, "Wählen Sie eine Antwort"),
        ({"people": []}, "mindestens eine Person"),
        ({"people": [Person("Robin", " ")]}, "Vorname und Nachname"),
        ({"wishes": [999_999]}, "gehört nicht zu dieser Konferenz"),
    ],
)
def test_an_incomplete_answer_is_refused(app, town, changes, part):
    token = scenes.invited_with_link(app, town)

    with app.app_context(), pytest.raises(RuleBroken, match=part):
        answer(token, **changes)


def test_a_topic_is_wished_for_once(app, town):
    token = scenes.invited_with_link(app, town)

    with app.app_context(), pytest.raises(RuleBroken, match="jedes Thema nur einmal"):
        answer(token, wishes=[town.topic, town.topic])


def test_a_topic_of_another_conference_cannot_be_wished_for(app, town):
    token = scenes.invited_with_link(app, town)

    with app.app_context():
        foreign = factories.small_town("Anderstadt").topic
        with pytest.raises(RuleBroken, match="gehört nicht zu dieser Konferenz"):
            answer(token, wishes=[foreign])


def test_after_the_beginning_only_the_office_enters_answers(app, town):
    token = scenes.invited_with_link(app, town)
    with app.app_context():
        db.session.get(Conference, town.conference).starts_at = clock.now() - timedelta(minutes=1)
        db.session.commit()

    with app.app_context(), pytest.raises(RuleBroken, match="nicht mehr möglich"):
        answer(token)
    with app.app_context():
        answer(token, channel=Channel.PHONE)

    with app.app_context():
        assert names() == ["Robin Beispiel"]
