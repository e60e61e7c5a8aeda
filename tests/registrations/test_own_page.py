"""Everybody's own page: behind a link, changed by posting only."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.conferences.models import Conference
from app.core import clock, tokens
from app.extensions import db
from app.invitations import links
from app.invitations.enums import Answer, MailKind, Place
from app.invitations.models import AssistanceNeed, ConferenceMail, Invitation, PersonalLink, Registration, TopicWish
from tests import factories
from tests.registrations import scenes


def link_to(app, town, name: str, **fields) -> str:
    """The link of somebody with a last name, after their row was changed as given; commits."""
    with app.app_context():
        row = db.session.scalars(select(Registration).where(Registration.last_name == name)).one()
        for column, value in fields.items():
            setattr(row, column, value)
        token = links.new_link(row, clock.now())
        db.session.commit()
    return f"/p/{token}"


def prepared(app, town, *names: str, **fields) -> None:
    with app.app_context():
        scenes.enter(scenes.open_conference(town, **fields), *names)
        db.session.commit()


def opened(client, link: str) -> str:
    """Follow the link as a browser does; the page."""
    response = client.get(link)
    assert response.location == "/p/"
    return client.get("/p/").get_data(as_text=True)


def send(client, act: str, data: dict | None = None):
    """Send a form of the page as the browser shows it now, the link's fingerprint included."""
    secret = client.get_cookie("platz")
    fingerprint = tokens.digest(secret.value if secret else "")[:16]
    return client.submit(f"/p/{act}", {"link": fingerprint, **(data or {})})


def test_the_secret_moves_from_the_address_into_a_cookie(app, town, client):
    prepared(app, town, "Gast")

    response = client.get(link_to(app, town, "Gast"))

    assert (response.status_code, response.location) == (303, "/p/")
    assert "HttpOnly" in response.headers["Set-Cookie"]
    assert response.headers["Referrer-Policy"] == "no-referrer"
    page = client.get("/p/")
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize(
    ("row", "event", "words"),
    [
        ({}, {}, "Sie haben einen Platz"),
        ({"place": Place.CANCELLED}, {}, "Sie haben abgesagt"),
        ({"confirm_by": clock.now() + timedelta(hours=3)}, {}, "Bitte bestätigen Sie Ihre Anmeldung"),
        ({}, {"cancelled_at": clock.now()}, "Die Veranstaltung fällt aus"),
        ({}, {"starts_at": clock.now() - timedelta(hours=1)}, "Die Veranstaltung hat begonnen"),
    ],
)
def test_the_page_says_where_i_stand(app, town, client, row, event, words):
    prepared(app, town, "Gast")
    link = link_to(app, town, "Gast", **row)
    with app.app_context():
        for column, value in event.items():
            setattr(db.session.get(Conference, town.conference), column, value)
        db.session.commit()

    assert words in opened(client, link)


def test_the_page_shows_the_place_in_line(app, town, client):
    prepared(app, town, "Erste", "Zweite", "Dritte", capacity=1)

    assert "Sie sind Nummer 2." in opened(client, link_to(app, town, "Dritte"))


def test_the_code_for_the_door_stands_beside_its_picture(app, town, client):
    prepared(app, town, "Gast")

    page = opened(client, link_to(app, town, "Gast", badge_code="ABCDEFGH2345"))

    assert "ABCD EFGH 2345" in page
    assert "<svg" in page


def test_confirming_needs_a_click_and_is_answered_by_mail(app, town, client):
    prepared(app, town, "Gast")
    link = link_to(app, town, "Gast", confirm_by=clock.now() + timedelta(hours=3), email="gast@stadt.example")

    opened(client, link)
    with app.app_context():
        assert db.session.scalars(select(Registration.confirm_by)).one() is not None
    send(client, "bestaetigen")
    send(client, "bestaetigen")

    with app.app_context():
        assert db.session.scalars(select(Registration.confirm_by)).one() is None
        assert db.session.scalars(select(ConferenceMail.kind)).all() == [MailKind.REGISTERED]


def test_confirming_while_waiting_keeps_the_turn(app, town, client):
    prepared(app, town, "Erste", "Zweite", "Dritte", capacity=1)
    link = link_to(app, town, "Zweite", confirm_by=clock.now() + timedelta(hours=3))

    opened(client, link)
    send(client, "bestaetigen")

    assert "Sie sind Nummer 1." in client.get("/p/").get_data(as_text=True)


def test_wishes_and_needs_are_changed_and_taken_back(app, town, client):
    prepared(app, town, "Gast")
    with app.app_context():
        second = factories.topic(db.session.get(Conference, town.conference), "Wohnen", 2).id
        db.session.commit()
    opened(client, link_to(app, town, "Gast"))

    send(
        client,
        "angaben",
        {"wishes-0": str(second), "wishes-1": str(town.topic), "needs": "Ruhe", "accessible_place": "y"},
    )
    shown = client.get("/p/").get_data(as_text=True)
    with app.app_context():
        assert db.session.scalars(select(TopicWish.topic_id).order_by(TopicWish.rank)).all() == [second, town.topic]
        assert db.session.scalars(select(AssistanceNeed.accessible_place)).all() == [True]
    send(client, "angaben", {"wishes-0": str(town.topic)})

    assert "Ruhe</textarea>" in shown
    with app.app_context():
        assert db.session.scalars(select(TopicWish.topic_id)).all() == [town.topic]
        assert db.session.scalars(select(AssistanceNeed)).all() == []


@pytest.mark.parametrize("data", [{"wishes-0": "999999"}, {"needs": "x" * 1001}])
def test_impossible_wishes_are_refused_beside_the_field(app, town, client, data):
    prepared(app, town, "Gast")
    opened(client, link_to(app, town, "Gast"))

    assert send(client, "angaben", data).status_code == 422


def test_the_same_wish_twice_is_refused(app, town, client):
    prepared(app, town, "Gast")
    opened(client, link_to(app, town, "Gast"))

    response = send(client, "angaben", {"wishes-0": str(town.topic), "wishes-1": str(town.topic)})

    assert response.status_code == 422


def test_cancelling_frees_the_place_and_coming_back_means_the_end_of_the_line(app, town, client):
    prepared(app, town, "Erste", "Zweite", capacity=1)
    opened(client, link_to(app, town, "Erste"))

    send(client, "absagen")
    with app.app_context():
        assert scenes.placed(town, Place.CONFIRMED) == ["Zweite"]
    send(client, "zurueck")

    assert "Sie sind Nummer 1." in client.get("/p/").get_data(as_text=True)


def test_cancelling_with_room_left_can_be_taken_back_at_once(app, town, client):
    prepared(app, town, "Erste", capacity=5)
    opened(client, link_to(app, town, "Erste"))

    send(client, "absagen")
    send(client, "absagen")
    send(client, "zurueck")

    assert "Sie haben einen Platz" in client.get("/p/").get_data(as_text=True)


def test_an_invited_colleague_cancels_and_the_answer_stays(app, town, client):
    with app.app_context():
        conference = scenes.open_conference(town)
        house = db.session.get(factories.Institution, town.institution)
        invitation = factories.invitation(conference, house, answer=Answer.SUBSTITUTE)
        factories.registration(conference, house, invitation_id=invitation.id, last_name="Vertretung")
        db.session.commit()
    opened(client, link_to(app, town, "Vertretung"))

    send(client, "absagen")

    with app.app_context():
        assert scenes.placed(town, Place.CANCELLED) == ["Vertretung"]
        assert db.session.scalars(select(Invitation.answer)).one() is Answer.SUBSTITUTE


@pytest.mark.parametrize("act", ["absagen", "angaben", "zurueck"])
def test_nothing_changes_once_the_event_has_begun(app, town, client, act):
    prepared(app, town, "Gast")
    opened(client, link_to(app, town, "Gast"))
    with app.app_context():
        db.session.get(Conference, town.conference).starts_at = clock.now() - timedelta(minutes=1)
        db.session.commit()

    response = send(client, act, {"needs": "Ruhe"})

    assert response.status_code == 409
    assert "hat begonnen" in response.get_data(as_text=True)
    with app.app_context():
        assert scenes.placed(town, Place.CONFIRMED) == ["Gast"]
        assert db.session.scalars(select(AssistanceNeed)).all() == []


def test_the_date_goes_into_a_calendar(app, town, client):
    prepared(app, town, "Gast")
    opened(client, link_to(app, town, "Gast"))

    response = client.get("/p/termin.ics")

    assert response.mimetype == "text/calendar"
    assert "BEGIN:VEVENT" in response.get_data(as_text=True)


def test_unknown_revoked_expired_and_foreign_links_are_the_same_page(app, town, client):
    prepared(app, town, "Gast")
    revoked, expired = link_to(app, town, "Gast"), link_to(app, town, "Gast")
    with app.app_context():
        invitation = factories.invitation(
            db.session.get(Conference, town.conference), db.session.get(factories.Institution, town.institution)
        )
        foreign = f"/p/{links.new_link(invitation, clock.now())}"
        db.session.scalars(select(PersonalLink).order_by(PersonalLink.id)).first().revoked_at = clock.now()
        db.session.commit()

    pages = [client.get(path) for path in ("/p/quatsch", revoked, foreign)]
    with app.app_context():
        row = db.session.get(Conference, town.conference)
        row.starts_at, row.ends_at = (clock.now() - timedelta(days=days) for days in (92, 91))
        db.session.commit()
    pages.append(client.get(expired))

    assert [page.status_code for page in pages] == [404] * 4
    assert len({page.data for page in pages}) == 1


def test_without_a_cookie_nothing_is_shown_or_done(app, town, client):
    prepared(app, town, "Gast")

    pages = [client.get("/p/"), client.get("/p/termin.ics")]
    acts = [send(client, act) for act in ("bestaetigen", "angaben", "absagen", "zurueck")]

    assert {answer.status_code for answer in pages + acts} == {404}
    with app.app_context():
        assert scenes.placed(town, Place.CONFIRMED) == ["Gast"]


def test_what_was_typed_for_one_link_is_not_kept_under_another(app, town, client):
    prepared(app, town, "Erste", "Zweite")
    shown = opened(client, link_to(app, town, "Erste"))
    opened(client, link_to(app, town, "Zweite"))

    response = client.submit("/p/absagen", {"link": re.search(r'name="link" value="(\w+)"', shown)[1]})

    assert response.status_code == 409
    assert "nichts geändert" in response.get_data(as_text=True)
    with app.app_context():
        assert scenes.placed(town, Place.CANCELLED) == []


def test_a_link_revoked_while_the_page_is_open_does_nothing_any_more(app, town, client):
    prepared(app, town, "Gast")
    opened(client, link_to(app, town, "Gast"))
    with app.app_context():
        links.revoke_links(db.session.scalars(select(Registration)).one(), clock.now())
        db.session.commit()

    assert send(client, "absagen").status_code == 404


def test_looking_three_times_changes_nothing(app, town, client):
    prepared(app, town, "Gast")
    link = link_to(app, town, "Gast", confirm_by=clock.now() + timedelta(hours=3))

    def rows() -> list:
        with app.app_context():
            person = db.session.scalars(select(Registration)).one()
            return [person.confirm_by, person.place, db.session.scalar(select(func.count(PersonalLink.id)))]

    before = rows()
    for _again in range(3):
        for path in (link, "/p/", "/p/termin.ics"):
            client.get(path)
            client.head(path)

    assert rows() == before


@pytest.mark.parametrize("language", ["leicht", "en", "tr", "ar", "uk"])
def test_the_own_page_speaks_the_guests_language(app, town, client, language):
    prepared(app, town, "Gast")
    link = link_to(app, town, "Gast")

    client.get(f"{link}?sprache={language}")

    assert client.get("/p/").status_code == 200


def test_the_own_page_asks_little_of_the_database(app, town, client, statements):
    prepared(app, town, *(f"Nr{n}" for n in range(30)), capacity=2)
    client.get(link_to(app, town, "Nr20"))
    statements.clear()

    client.get("/p/")

    assert len(statements) <= 10
