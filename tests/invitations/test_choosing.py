"""Whom one could invite: filters that add up, and what happened before."""

from datetime import UTC, datetime, timedelta

import pytest

from app.areas.models import Area
from app.conferences.enums import Participation
from app.conferences.models import Conference
from app.core import clock
from app.core.mail import MailAddress
from app.extensions import db
from app.institutions.enums import InstitutionType
from app.institutions.models import Institution
from app.institutions.queries import get_institution
from app.invitations.choosing import ChoiceFilter, History, Past, list_choice
from app.invitations.enums import Answer, Place
from tests import factories
from tests.invitations import scenes

FIRST, SECOND = datetime(2025, 5, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)


def names(town, **only) -> list[str]:
    """Who is shown."""
    choice = list_choice(scenes.home_of(town), db.session.get(Conference, town.conference), ChoiceFilter(**only))
    return [row.name for row in choice.institutions]


@pytest.fixture
def earlier(app, town):
    """An earlier conference: one answered and came, one was silent, one cancelled afterwards; a fourth is new."""
    with app.app_context():
        home, area = scenes.home_of(town), db.session.get(Area, town.social_area)
        scenes.conference_ahead(town)
        past = factories.conference(
            home,
            area,
            "Früher",
            starts_at=clock.now() - timedelta(days=300),
            ends_at=clock.now() - timedelta(days=299),
        )
        came = factories.institution(home, "A kam", umbrella="Paritätischer", topics=["Familie", "Wohnen"])
        silent = factories.institution(home, "B schwieg", topics=["Familie"])
        off = factories.institution(home, "C sagte später ab", type=InstitutionType.SCHOOL)
        for row, answer in ((came, Answer.YES), (silent, Answer.NONE), (off, Answer.YES)):
            factories.invitation(past, row, answer=answer)
        factories.registration(past, came)
        factories.registration(past, off, place=Place.CANCELLED)
        db.session.commit()


@pytest.mark.parametrize(
    ("past", "like"),
    [
        (Past(), {History.NEVER}),
        (Past(registered=frozenset({FIRST})), {History.NEVER, History.CAME}),
        (Past(invited=frozenset({FIRST})), {History.SILENT}),
        (Past(frozenset({FIRST}), frozenset({FIRST}), frozenset({FIRST})), {History.CAME}),
        (Past(frozenset({FIRST, SECOND}), frozenset({FIRST}), frozenset({FIRST})), set()),
        (Past(frozenset({FIRST, SECOND}), frozenset({SECOND}), frozenset({SECOND})), {History.CAME}),
    ],
)
def test_history_is_read_from_invitations_answers_and_registrations(past, like):
    assert {history for history in History if past.is_like(history)} == like


def test_lists_by_history(app, town, earlier):
    with app.app_context():
        assert names(town, history=History.NEVER) == ["Caritasverband Musterstadt"]
        assert names(town, history=History.SILENT) == ["B schwieg"]
        assert names(town, history=History.CAME) == ["A kam"]


def test_filters_add_up(app, town, earlier):
    with app.app_context():
        assert names(town, topic="Familie") == ["A kam", "B schwieg"]
        assert names(town, topic="Familie", history=History.SILENT) == ["B schwieg"]
        assert names(town, umbrella="Paritätischer") == ["A kam"]
        assert names(town, type=InstitutionType.SCHOOL) == ["C sagte später ab"]
        assert names(town, type=InstitutionType.SCHOOL, topic="Familie") == []


def test_the_history_of_a_merged_institution_counts_for_the_one_that_was_kept(app, town, earlier):
    with app.app_context():
        rows = {row.name: row for row in db.session.scalars(db.select(Institution))}
        rows["B schwieg"].merged_into_id = rows["Caritasverband Musterstadt"].id
        db.session.commit()

        assert names(town, history=History.SILENT) == ["Caritasverband Musterstadt"]
        assert names(town, history=History.NEVER) == []


def test_other_municipalities_have_no_part_in_it(app, town, earlier):
    with app.app_context():
        other = factories.furnished_town("MARKIERTE-STADT", "andere")
        row = factories.invitation(
            db.session.get(Conference, other.conference), factories.institution(scenes.home_of(other), "Fremd")
        )
        assert row.id
        assert "Fremd" not in names(town)
        assert names(town, history=History.SILENT) == ["B schwieg"]


def test_filters_stay_in_the_address_when_all_are_ticked(app, organiser, town, earlier):
    page = organiser.get(f"/konferenzen/{town.conference}/einladungen/auswahl?thema=Familie&verlauf=ohne-antwort").text

    assert "1 Institution" in page or "Eine Institution" in page
    assert "auswahl?alle=1&amp;thema=Familie&amp;verlauf=ohne-antwort" in page
    assert "auswahl?thema=Familie&amp;verlauf=ohne-antwort" in page


def test_a_conference_of_the_administration_invites_departments_only(app, organiser, town):
    address = f"/konferenzen/{town.conference}/einladungen/auswahl"
    with app.app_context():
        event = scenes.conference_ahead(town)
        event.participation = Participation.ADMINISTRATION
        factories.institution(scenes.home_of(town), "Jugendamt", type=InstitutionType.DEPARTMENT)
        db.session.commit()

    page = organiser.get(address).text
    refused = organiser.submit(address, {"institutions": [town.institution]})

    assert "Jugendamt" in page
    assert "Caritasverband" not in page
    assert refused.status_code == 422


def test_an_open_conference_says_that_invitations_are_optional(app, organiser, town):
    with app.app_context():
        scenes.conference_ahead(town).participation = Participation.OPEN
        db.session.commit()

    assert (
        "Einladungen sind hier freiwillig" in organiser.get(f"/konferenzen/{town.conference}/einladungen/auswahl").text
    )


def test_a_paused_address_is_flagged(app, organiser, town):
    with app.app_context():
        address = get_institution(scenes.home_of(town), town.institution).contacts[0].email
        db.session.add(MailAddress(address=address.lower(), bounces=5, paused_at=clock.now()))
        db.session.commit()

    assert "Adresse pausiert" in organiser.get(f"/konferenzen/{town.conference}/einladungen/auswahl").text


def test_the_page_needs_few_statements(app, organiser, town, earlier, statements):
    statements.clear()

    organiser.get(f"/konferenzen/{town.conference}/einladungen/auswahl?verlauf=nie&gebiet={town.social_area}")

    assert len(statements) <= 15
