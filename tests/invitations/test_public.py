"""The answer page: looking changes nothing, answering needs a POST with its token."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.conferences.models import Conference
from app.core import clock
from app.extensions import db
from app.invitations.enums import Answer, Channel, Place
from app.invitations.models import Registration, TopicWish
from tests import factories
from tests.invitations import scenes

YES = {"answer": "yes", "people-0-first_name": "Kim", "people-0-last_name": "Muster"}


def rows() -> dict[str, list]:
    """Every row of every table."""
    return {
        table.name: [tuple(row) for row in db.session.execute(table.select())] for table in db.metadata.sorted_tables
    }


def test_the_page_says_who_invites_when_and_where_and_knows_the_contact(app, client, town):
    token = scenes.invited_with_link(app, town)

    response = scenes.follow(client, token)

    page = response.get_data(as_text=True)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "Musterstadt lädt ein" in page
    assert 'value="Robin"' in page
    assert 'value="Beispiel"' in page
    assert "Familie im Stadtteil" in page
    assert "180 Tage danach" in page
    assert "<script" not in page
    assert "Abmelden" not in page


def test_opening_the_link_three_times_changes_no_row(app, client, town):
    token = scenes.invited_with_link(app, town)
    with app.app_context():
        before = rows()

    for _ in range(3):
        scenes.follow(client, token)
        client.head(f"/e/{token}")

    with app.app_context():
        assert rows() == before


def test_an_answer_without_csrf_token_is_refused(app, client, town):
    token = scenes.invited_with_link(app, town)
    with app.app_context():
        before = rows()

    scenes.follow(client, token)
    response = client.post("/e/", data=YES)

    assert response.status_code == 400
    with app.app_context():
        assert rows() == before


def test_a_yes_is_saved_confirmed_and_can_be_changed(app, client, town):
    token = scenes.invited_with_link(app, town)
    with app.app_context():
        event = db.session.get(Conference, town.conference)
        open_topic = factories.topic(event, "Freier Tisch", 2, is_open=True).id
        db.session.commit()

    wishes = {"wishes-0": str(open_topic), "wishes-1": "", "wishes-2": str(town.topic)}
    first = scenes.send(client, token, {**YES, **wishes})
    confirmation = client.get(first.location).get_data(as_text=True)
    scenes.send(client, token, {"answer": "no", "message": "Leider Urlaub"})

    assert first.location == "/e/"
    assert "Vielen Dank! Ihre Antwort ist gespeichert." in confirmation
    assert "Angemeldet: <bdi>Kim Muster</bdi>" in confirmation
    assert "1. Freier Tisch, 2. Familie im Stadtteil" in " ".join(confirmation.split())
    with app.app_context():
        invitation = scenes.only_invitation()
        assert (invitation.answer, invitation.channel) == (Answer.NO, Channel.LINK)
        assert invitation.message == "Leider Urlaub"
        assert db.session.scalar(select(func.count()).select_from(TopicWish)) == 0


def test_a_colleague_comes_instead(app, client, town):
    token = scenes.invited_with_link(app, town)
    substitute = {"first_name": "Kim", "last_name": "Muster", "email": "kim@verein.example"}

    scenes.send(
        client, token, {"answer": "substitute", **{f"substitute-{name}": value for name, value in substitute.items()}}
    )

    with app.app_context():
        row = db.session.scalars(select(Registration)).one()
        assert (row.name, row.email) == ("Kim Muster", "kim@verein.example")
    assert 'value="kim@verein.example"' in scenes.follow(client, token).get_data(as_text=True)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Wählen Sie eine Antwort."),
        ({"answer": "none"}, "Wählen Sie eine Antwort."),
        ({"answer": "yes"}, "Nennen Sie mindestens eine Person, die kommt."),
        ({"answer": "yes", "people-0-first_name": "Kim"}, "Vorname und Nachname"),
        ({**YES, "people-1-first_name": "KIM", "people-1-last_name": "muster"}, "Eine Person ist zweimal genannt."),
        ({**YES, "people-0-last_name": "x" * 81}, "80"),
        ({**YES, "wishes-0": "TOPIC", "wishes-1": "TOPIC"}, "Wählen Sie jedes Thema nur einmal."),
        ({**YES, "wishes-0": "999999"}, ""),
        ({**YES, "wishes-0": "quatsch"}, ""),
        ({**YES, "message": "x" * 2001}, "2000"),
        ({"answer": "substitute"}, "Geben Sie eine E-Mail-Adresse"),
        ({"answer": "substitute", "substitute-first_name": "Kim", "substitute-email": "keine"}, "Vorname und Nachname"),
    ],
)
def test_an_incomplete_answer_is_asked_again_and_kept_on_the_page(app, client, town, data, message):
    token = scenes.invited_with_link(app, town)

    response = scenes.send(
        client, token, {name: str(town.topic) if value == "TOPIC" else value for name, value in data.items()}
    )

    assert response.status_code == 422
    assert message in response.get_data(as_text=True)
    with app.app_context():
        assert scenes.only_invitation().answer is Answer.NONE
        assert db.session.scalars(select(Registration)).all() == []


def test_invisible_characters_in_names_are_dropped(app, client, town):
    token = scenes.invited_with_link(app, town)

    scenes.send(client, token, {**YES, "people-0-last_name": "Mu\x00ster\r\n", "message": "Hallo\x00\nWelt"})

    with app.app_context():
        assert db.session.scalars(select(Registration.last_name)).all() == ["Muster"]
        assert scenes.only_invitation().message == "Hallo\nWelt"


def test_what_guests_type_is_shown_as_text(app, client, organiser, town):
    token = scenes.invited_with_link(app, town)

    scenes.send(client, token, {**YES, "people-0-last_name": "<b>Fett</b>", "message": "<i>kursiv</i>"})

    pages = [scenes.follow(client, token), organiser.get(f"/konferenzen/{town.conference}/einladungen/")]
    for page in pages:
        assert "<b>Fett" not in page.get_data(as_text=True)
        assert "<i>kursiv" not in page.get_data(as_text=True)


@pytest.mark.parametrize("token", ["falsch", "a" * 32, "x" * 2000, "../e"])
def test_an_unknown_link_is_answered_kindly(app, client, town, token):
    scenes.invited_with_link(app, town)

    looked, answered = scenes.follow(client, token), scenes.send(client, token, YES)

    assert (looked.status_code, answered.status_code) == (404, 404)
    if "/" not in token:
        assert "Diesen Link kennen wir nicht" in looked.get_data(as_text=True)
    assert "Musterstadt" not in looked.get_data(as_text=True)


def test_a_withdrawn_link_opens_nothing(app, client, organiser, town):
    token = scenes.invited_with_link(app, town)
    with app.app_context():
        invitation = scenes.only_invitation().id

    organiser.submit(f"/konferenzen/{town.conference}/einladungen/{invitation}/neu-schreiben")

    assert scenes.follow(client, token).status_code == 404


def test_after_the_beginning_the_page_shows_the_answer_and_takes_no_other(app, client, town):
    token = scenes.invited_with_link(app, town)
    with app.app_context():
        db.session.get(Conference, town.conference).starts_at = clock.now() - timedelta(minutes=1)
        db.session.commit()

    looked, answered = scenes.follow(client, token), scenes.send(client, token, YES)

    assert looked.status_code == 200
    assert "Die Veranstaltung hat begonnen" in looked.get_data(as_text=True)
    assert answered.status_code == 409
    with app.app_context():
        assert scenes.only_invitation().answer is Answer.NONE


def test_the_page_needs_few_statements(app, client, town, statements):
    token = scenes.invited_with_link(app, town)
    scenes.send(client, token, {**YES, "wishes-0": str(town.topic)})
    statements.clear()

    client.get("/e/")

    assert len(statements) <= 10


@pytest.mark.parametrize(
    ("code", "tag", "direction", "question"),
    [
        ("de", "de", "ltr", "Kommen Sie?"),
        ("leicht", "de", "ltr", "Eine andere Person kommt für mich"),
        ("en", "en", "ltr", "Are you coming?"),
        ("tr", "tr", "ltr", "Geliyor musunuz?"),
        ("ar", "ar", "rtl", "هل ستحضرون؟"),
        ("uk", "uk", "ltr", "Ви прийдете?"),
    ],
)
def test_the_page_speaks_the_guests_language(app, client, town, code, tag, direction, question):
    token = scenes.invited_with_link(app, town)

    page = scenes.follow(client, token, f"?sprache={code}").text

    assert f'<html lang="{tag}" dir="{direction}">' in page
    assert question in page
    marked = '<h1 class="kern-heading-large" lang="de" dir="ltr">Expert*innendialog' in page
    assert marked is (tag != "de")


def test_the_language_is_remembered_and_errors_are_in_it(app, client, town):
    token = scenes.invited_with_link(app, town)
    scenes.follow(client, token, "?sprache=en")

    refused = scenes.send(client, token, {"answer": "yes", "people-0-first_name": "Kim"})
    kept = scenes.send(client, token, YES)

    assert "Give a first and last name for each person." in refused.text
    assert kept.status_code == 303
    assert "Thank you! Your reply has been saved." in client.get("/e/").text


def test_the_browsers_language_is_taken_until_somebody_chooses(app, client, town):
    token = scenes.invited_with_link(app, town)
    client.get(f"/e/{token}")

    page = client.get("/e/", headers={"Accept-Language": "uk-UA,uk;q=0.9,en;q=0.5"}).text

    assert '<html lang="uk"' in page


def test_a_dead_link_is_explained_in_the_guests_language(client, town):
    page = client.get(f"/e/{'a' * 32}?sprache=tr").text

    assert "Bu bağlantıyı tanımıyoruz" in page


def test_a_cancelled_conference_says_why_and_takes_no_answer(app, client, town):
    token = scenes.invited_with_link(app, town)
    with app.app_context():
        event = db.session.get(Conference, town.conference)
        event.cancelled_at, event.cancellation_reason = clock.now(), "Der Saal ist nach dem Sturm gesperrt."
        db.session.commit()

    looked, answered = scenes.follow(client, token), scenes.send(client, token, YES)

    assert "Die Veranstaltung ist abgesagt" in looked.text
    assert "Der Saal ist nach dem Sturm gesperrt." in looked.text
    assert "Antwort senden" not in looked.text
    assert answered.status_code == 409


def test_a_full_house_is_said_before_and_after_answering(app, client, town):
    token = scenes.invited_with_link(app, town)
    with app.app_context():
        event = db.session.get(Conference, town.conference)
        event.capacity = 1
        factories.registration(event)
        db.session.commit()

    before = scenes.follow(client, token).text
    scenes.send(client, token, YES)
    after = client.get("/e/").text

    assert "Zurzeit sind alle Plätze vergeben" in before
    assert "<strong>Auf der Warteliste:</strong> <bdi>Kim Muster</bdi>" in after
    assert "Angemeldet:" not in after


def test_somebody_who_cancelled_gets_a_place_again_when_named_again(app, client, town):
    token = scenes.invited_with_link(app, town)
    scenes.send(client, token, YES)
    with app.app_context():
        db.session.scalars(select(Registration)).one().place = Place.CANCELLED
        db.session.commit()

    before = scenes.follow(client, token).text
    scenes.send(client, token, YES)

    assert "<bdi>Kim Muster</bdi>" not in before
    with app.app_context():
        assert db.session.scalars(select(Registration.place)).all() == [Place.CONFIRMED]


def test_the_date_can_be_taken_into_a_calendar(app, client, town):
    token = scenes.invited_with_link(app, town)
    client.get(f"/e/{token}")

    response = client.get("/e/termin.ics")

    assert response.mimetype == "text/calendar"
    assert b"BEGIN:VEVENT" in response.data
    assert token.encode() not in response.data
    assert app.test_client().get("/e/termin.ics").status_code == 404
