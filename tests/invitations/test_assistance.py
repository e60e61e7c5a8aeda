"""Needs for assistance: kept apart, shown to the organiser only, gone with the person or soon after the event."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import AuditEntry
from app.conferences.models import Conference
from app.core.mail import MailMessage
from app.core.retention import run_retention
from app.extensions import db
from app.invitations.models import AssistanceNeed, Registration
from app.invitations.retention import NEEDS_KEPT_FOR
from tests.invitations import scenes

KIM = {"people-0-first_name": "Kim", "people-0-last_name": "Muster"}
TONI = {"people-1-first_name": "Toni", "people-1-last_name": "Tisch", "people-1-accessible_place": "y"}
SIGNS = {"people-0-need": "Gebärdensprache bitte"}


@pytest.fixture
def token(app, town) -> str:
    """The secret of the only invitation."""
    return scenes.invited_with_link(app, town)


@pytest.fixture
def needs_page(town) -> str:
    """Where the organiser reads needs."""
    return f"/konferenzen/{town.conference}/einladungen/bedarfe"


def noted() -> dict[str, tuple[str, bool]]:
    rows = db.session.execute(select(Registration, AssistanceNeed).join(AssistanceNeed)).all()
    return {person.first_name: (need.text, need.accessible_place) for person, need in rows}


def test_each_person_may_say_what_they_need(app, client, token):
    scenes.send(client, token, {"answer": "yes", **KIM, **TONI, **SIGNS})

    with app.app_context():
        assert noted() == {"Kim": ("Gebärdensprache bitte", False), "Toni": ("", True)}


def test_a_colleague_may_say_so_too(app, client, token):
    colleague = {"first_name": "Kim", "last_name": "Muster", "email": "kim@verein.example", "need": "Pausen"}

    scenes.send(
        client, token, {"answer": "substitute", **{f"substitute-{key}": text for key, text in colleague.items()}}
    )

    with app.app_context():
        assert noted() == {"Kim": ("Pausen", False)}


def test_what_was_noted_is_not_shown_to_whoever_opens_the_link_next(client, token):
    scenes.send(client, token, {"answer": "yes", **KIM, **SIGNS})

    page = scenes.follow(client, token).text

    assert "Gebärdensprache bitte" not in page
    assert page.count("Für diese Person ist schon etwas notiert.") == 1


def test_answering_again_keeps_replaces_or_deletes_it(app, client, token):
    answer = {"answer": "yes", **KIM}
    seen = []

    for said in (SIGNS, {}, {"people-0-need": "Dolmetscherin"}, {"people-0-forget": "y"}):
        scenes.send(client, token, {**answer, **said})
        with app.app_context():
            seen.append(noted())

    assert seen == [
        {"Kim": ("Gebärdensprache bitte", False)},
        {"Kim": ("Gebärdensprache bitte", False)},
        {"Kim": ("Dolmetscherin", False)},
        {},
    ]


@pytest.mark.parametrize(
    "later", [{"answer": "no"}, {"answer": "yes", "people-0-first_name": "A", "people-0-last_name": "B"}]
)
def test_it_goes_with_the_person(app, client, token, later):
    scenes.send(client, token, {"answer": "yes", **KIM, **SIGNS})

    scenes.send(client, token, later)

    with app.app_context():
        assert noted() == {}


def test_a_need_without_a_name_is_asked_for_the_name(app, client, token):
    response = scenes.send(client, token, {"answer": "yes", **KIM, "people-1-need": "Rampe"})

    assert response.status_code == 422
    assert "Vorname und Nachname" in response.text
    with app.app_context():
        assert noted() == {}


def test_only_the_organiser_reads_needs(app, client, token, town, organiser, needs_page):
    scenes.send(client, token, {"answer": "yes", **KIM, **TONI, **SIGNS})

    page = organiser.get(needs_page).text

    assert "Gebärdensprache bitte" in page
    assert "Kim Muster" in page
    for member in (town.host, town.department, town.statistics):
        assert app.test_client().sign_in(member).get(needs_page).status_code == 403


def test_needs_stand_in_no_other_page_export_mail_or_trail(app, client, token, town, organiser):
    scenes.send(client, token, {"answer": "yes", **KIM, **SIGNS})
    office = f"/konferenzen/{town.conference}"
    with app.app_context():
        invitation = scenes.only_invitation().id

    paths = ("einladungen/", f"einladungen/{invitation}/antwort", "personen/", "personen/liste.csv")
    pages = [organiser.get(f"{office}/{path}").get_data() for path in paths]

    assert not any("Gebärdensprache bitte".encode() in page for page in pages)
    with app.app_context():
        written = [*db.session.scalars(select(MailMessage.body)), *db.session.scalars(select(AuditEntry.sentence))]
        assert "Gebärdensprache bitte" not in " ".join(written)


def test_an_answer_by_phone_notes_needs_too(app, token, town, organiser):
    with app.app_context():
        invitation = scenes.only_invitation().id

    organiser.submit(
        f"/konferenzen/{town.conference}/einladungen/{invitation}/antwort", {"answer": "yes", **KIM, **SIGNS}
    )

    with app.app_context():
        assert noted() == {"Kim": ("Gebärdensprache bitte", False)}


def test_needs_go_fourteen_days_after_the_event_and_people_stay(app, client, token, town):
    scenes.send(client, token, {"answer": "yes", **KIM, **SIGNS})

    with app.app_context():
        ends_at = db.session.get(Conference, town.conference).ends_at
        run_retention(ends_at + NEEDS_KEPT_FOR)
        before = noted()
        counts = run_retention(ends_at + NEEDS_KEPT_FOR + timedelta(seconds=1))
        after = noted()

    assert (len(before), counts["Unterstützungsbedarfe"], after) == (1, 1, {})
    with app.app_context():
        assert db.session.scalars(select(Registration.last_name)).all() == ["Muster"]


def test_a_page_without_needs_says_what_will_be_here(organiser, needs_page):
    assert "Noch hat niemand einen Bedarf genannt" in organiser.get(needs_page).text
