"""Counting and finding."""

import pytest

from app.conferences.models import Conference
from app.core import clock
from app.core.errors import NotFound
from app.extensions import db
from app.institutions.enums import InstitutionType
from app.invitations import answering, queries
from app.invitations.enums import Answer, Channel, Delivery
from app.invitations.queries import TrayFilter
from app.invitations.rules import Person
from tests import factories
from tests.invitations import scenes


def a_full_tray(town) -> None:
    """One yes with two people, one no, one open without mail; commits."""
    home = scenes.home_of(town)
    factories.institution(home, "Ärzteverein", type=InstitutionType.HEALTH)
    scenes.institution_without_address(town, "Nachbarschaft")
    by_name = {row.institution.name: row for row in scenes.invite(town)}
    conference = scenes.conference_ahead(town)
    people = [Person("Robin", "Beispiel"), Person("Kim", "Muster")]
    for name, answer, named in [
        ("Caritasverband Musterstadt", Answer.YES, people),
        ("Ärzteverein", Answer.NO, []),
    ]:
        answering.answer_invitation(
            invitation=queries.get_invitation(conference, by_name[name].id),
            answer=answer,
            people=named,
            wishes=[],
            channel=Channel.PHONE,
            message="",
            now=clock.now(),
        )
    db.session.commit()


def test_counts_tell_institutions_from_persons(app, town):
    with app.app_context():
        a_full_tray(town)

    with app.app_context():
        counts = queries.invitation_counts(db.session.get(Conference, town.conference))
        assert (counts.invited, counts.answered, counts.coming, counts.declined, counts.open) == (3, 2, 1, 1, 1)
        assert (counts.people, counts.people_by_hand) == (2, 0)


def test_answers_by_type_follow_the_order_of_the_types(app, town):
    with app.app_context():
        a_full_tray(town)

    with app.app_context():
        rows = queries.answers_by_type(db.session.get(Conference, town.conference))
        assert [(row.type, row.counts.invited, row.counts.coming, row.counts.people) for row in rows] == [
            (InstitutionType.WELFARE_ASSOCIATION, 2, 1, 2),
            (InstitutionType.HEALTH, 1, 0, 0),
        ]


@pytest.mark.parametrize(
    ("only", "names"),
    [
        (TrayFilter(), ["Ärzteverein", "Caritasverband Musterstadt", "Nachbarschaft"]),
        (TrayFilter(answer=Answer.NO), ["Ärzteverein"]),
        (TrayFilter(type=InstitutionType.HEALTH), ["Ärzteverein"]),
        (TrayFilter(delivery=Delivery.NONE), ["Nachbarschaft"]),
        (TrayFilter(delivery=Delivery.DRAFT, answer=Answer.YES), ["Caritasverband Musterstadt"]),
        (TrayFilter(delivery=Delivery.SENT), []),
    ],
)
def test_the_tray_shows_what_is_asked_for_in_german_order(app, town, only, names):
    with app.app_context():
        a_full_tray(town)

    with app.app_context():
        rows = queries.list_invitations(db.session.get(Conference, town.conference), clock.now(), only)
        assert [row.institution.name for row in rows] == names


def test_an_unknown_token_finds_nothing(app, town):
    scenes.invited_with_link(app, town)

    with app.app_context(), pytest.raises(NotFound):
        queries.get_invitation_by_token("falsch", clock.now())


def test_an_invitation_of_another_conference_is_not_found(app, town):
    scenes.invited_with_link(app, town)

    with app.app_context():
        other = db.session.get(Conference, factories.small_town("Anderstadt").conference)
        with pytest.raises(NotFound):
            queries.get_invitation(other, scenes.only_invitation().id)
