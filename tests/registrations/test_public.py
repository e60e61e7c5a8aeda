"""Registering without an invitation: every state of the page, and what one learns from it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.conferences.enums import Participation
from app.conferences.models import Conference
from app.core import clock
from app.extensions import db
from app.institutions.models import Institution
from app.invitations.enums import MailKind, Origin, Place
from app.invitations.models import AssistanceNeed, ConferenceMail, Registration
from tests import factories
from tests.registrations import scenes


def address(town) -> str:
    return f"/k/{town.slug}/termine/{town.conference}/anmeldung"


def robin(**changes) -> dict:
    data = {
        "first_name": "Robin",
        "last_name": "Gast",
        "email": "robin@verein.example",
        "comes_as": "institution",
        "institution": "Verein Nord",
    }
    return {**data, **changes}


def opened(app, town, *waiting: str, **fields) -> None:
    with app.app_context():
        scenes.enter(scenes.open_conference(town, **fields), *waiting)
        db.session.commit()


def registered(town) -> Registration:
    return db.session.scalars(
        select(Registration)
        .where(Registration.conference_id == town.conference)
        .options(db.joinedload(Registration.institution), db.selectinload(Registration.wishes))
    ).one()


def mails() -> list[tuple[MailKind, str]]:
    rows = db.session.scalars(select(ConferenceMail).options(db.joinedload(ConferenceMail.mail)))
    return [(row.kind, row.mail.recipient) for row in rows]


def test_somebody_registers_for_an_institution(app, town, client):
    opened(app, town)

    response = client.submit(address(town), robin(**{"wishes-0": str(town.topic), "needs": "Ruhe"}))

    assert response.location == f"{address(town)}/danke"
    assert "Postfach" in client.get(response.location).get_data(as_text=True)
    with app.app_context():
        row = registered(town)
        assert (row.name, row.organisation, row.origin, row.place) == (
            "Robin Gast",
            "Verein Nord",
            Origin.OPEN,
            Place.CONFIRMED,
        )
        assert (row.confirm_by, [wish.topic_id for wish in row.wishes]) == (None, [town.topic])
        assert db.session.scalars(select(AssistanceNeed.text)).all() == ["Ruhe"]
        assert mails() == [(MailKind.REGISTERED, "robin@verein.example")]


@pytest.mark.parametrize("typed", ["Caritasverband Musterstadt", "  caritasverband   MUSTERSTADT ", "CV Muster"])
def test_an_institution_of_the_directory_is_recognised_by_its_name(app, town, client, typed):
    opened(app, town)
    with app.app_context():
        db.session.get(Institution, town.institution).short_name = "CV Muster"
        db.session.commit()

    client.submit(address(town), robin(institution=typed))

    with app.app_context():
        assert (registered(town).institution_id, registered(town).organisation) == (town.institution, "")


def test_a_name_two_institutions_share_is_nobodys(app, town, client):
    opened(app, town)
    with app.app_context():
        home = scenes.home_of(town)
        for name in ("Nord e. V.", "Nord gGmbH"):
            factories.institution(home, name, short_name="Nord")
        db.session.commit()

    client.submit(address(town), robin(institution="Nord"))

    with app.app_context():
        assert (registered(town).institution_id, registered(town).organisation) == (None, "Nord")


def test_a_merged_institution_stands_for_the_one_that_stayed(app, town, client):
    opened(app, town)
    with app.app_context():
        factories.institution(scenes.home_of(town), "Alter Name", merged_into_id=town.institution)
        db.session.commit()

    client.submit(address(town), robin(institution="Alter Name"))

    with app.app_context():
        assert registered(town).institution_id == town.institution


def test_an_institution_of_another_municipality_is_not_recognised(app, town, client):
    opened(app, town)
    with app.app_context():
        factories.small_town("Anderstadt")
        db.session.commit()

    client.submit(address(town), robin(institution="Caritasverband Anderstadt"))

    with app.app_context():
        assert registered(town).institution_id is None


def test_a_private_person_gets_a_place_and_has_48_hours_to_confirm(app, town, client):
    opened(app, town)

    client.submit(address(town), robin(comes_as="privat"))

    with app.app_context():
        row = registered(town)
        assert (row.comes_from, row.place) == ("Privatperson", Place.CONFIRMED)
        assert row.confirm_by - row.registered_at == timedelta(hours=48)
        assert mails() == [(MailKind.CONFIRM, "robin@verein.example")]


@pytest.mark.parametrize(
    ("places", "waiting", "words"),
    [
        (None, [], "Es sind noch Plätze frei."),
        (40, ["Eins"], "Es sind noch Plätze frei."),
        (3, ["Eins"], "Nur noch wenige Plätze frei."),
        (1, ["Eins"], "Sie kommen auf die Warteliste."),
    ],
)
def test_the_page_says_in_words_how_many_places_are_left(app, town, client, places, waiting, words):
    opened(app, town, *waiting, capacity=places)

    assert words in client.get(address(town)).get_data(as_text=True)


def test_a_full_page_reads_the_same_whether_an_address_is_known_or_not(app, town, client):
    opened(app, town, "Eins", "Zwei", capacity=1)

    pages = []
    for email in ("neu@verein.example", "neu@verein.example", "andere@verein.example"):
        client.submit(address(town), robin(email=email))
        page = client.get(address(town)).get_data(as_text=True)
        pages.append(re.sub(r'value="[^"]*"', "", page))

    assert pages[0] == pages[1] == pages[2]


def test_who_comes_too_late_waits_and_is_told_by_mail(app, town, client):
    opened(app, town, "Erste", capacity=1)

    client.submit(address(town), robin())

    with app.app_context():
        assert scenes.placed(town, Place.WAITING) == ["Gast"]
        assert mails() == [(MailKind.WAITING, "robin@verein.example")]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"participation": Participation.INVITATION}, "Zu dieser Veranstaltung kommt man auf Einladung"),
        ({"participation": Participation.ADMINISTRATION}, "Zu dieser Veranstaltung kommt man auf Einladung"),
        ({"cancelled_at": clock.now()}, "Diese Veranstaltung fällt aus"),
        ({"registration_closes_at": clock.now() - timedelta(minutes=1)}, "Die Anmeldung ist geschlossen"),
        ({"starts_at": clock.now() - timedelta(minutes=1)}, "Diese Veranstaltung hat schon begonnen"),
    ],
)
def test_where_nobody_may_register_the_page_says_why_and_takes_nothing(app, town, client, fields, words):
    opened(app, town, **fields)

    page = client.get(address(town)).get_data(as_text=True)
    answer = client.submit(address(town), robin())

    assert words in page
    assert (answer.status_code, words in answer.get_data(as_text=True)) == (409, True)
    with app.app_context():
        assert scenes.placed(town, Place.CONFIRMED) == []


def test_mixed_events_take_registrations_too(app, town, client):
    opened(app, town, participation=Participation.MIXED)

    client.submit(address(town), robin())

    with app.app_context():
        assert registered(town).origin is Origin.OPEN


def test_an_event_for_invited_people_is_not_named(app, town, client):
    opened(app, town, participation=Participation.INVITATION)

    for page in (address(town), f"{address(town)}/danke"):
        assert "Expert*innendialog" not in client.get(page).get_data(as_text=True)


def test_an_event_of_another_municipality_is_not_there(app, town, client):
    with app.app_context():
        other = factories.small_town("Anderstadt")
        db.session.commit()
    opened(app, town)

    assert client.get(f"/k/{other.slug}/termine/{town.conference}/anmeldung").status_code == 404
    assert client.submit(f"/k/{other.slug}/termine/{town.conference}/anmeldung", robin()).status_code == 404
    assert client.get(f"/k/{town.slug}/termine/{town.conference}000/anmeldung").status_code == 404


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"first_name": " "}, "Geben Sie Ihren Vornamen an."),
        ({"last_name": ""}, "Geben Sie Ihren Nachnamen an."),
        ({"email": ""}, "Geben Sie Ihre E-Mail-Adresse an."),
        ({"email": "robin"}, "Geben Sie eine E-Mail-Adresse wie name@verein.example ein."),
        ({"email": "robin@verein.example\r\nBcc: alle@stadt.example"}, "Geben Sie eine E-Mail-Adresse wie"),
        ({"institution": ""}, "Geben Sie an, für welche Institution Sie kommen."),
        ({"comes_as": "chef"}, "Wählen Sie aus, für wen Sie kommen."),
        ({"wishes-0": "999999"}, None),
        ({"needs": "x" * 1001}, "Bitte kürzer"),
        ({"last_name": "x" * 81}, None),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_the_field(app, town, client, changes, message):
    opened(app, town)

    response = client.submit(address(town), robin(**changes))

    assert response.status_code == 422
    assert message is None or message in response.get_data(as_text=True)
    with app.app_context():
        assert scenes.placed(town, Place.CONFIRMED) == []


def test_programs_are_thanked_and_forgotten(app, town, client):
    opened(app, town)

    response = client.submit(address(town), robin(website="https://spam.example"))

    assert response.location == f"{address(town)}/danke"
    with app.app_context():
        assert scenes.placed(town, Place.CONFIRMED) == []


@pytest.mark.parametrize("typed", ["robin@verein.example", "Robin@Verein.Example"])
def test_the_same_address_again_is_the_same_page_and_another_mail(app, town, client, typed):
    opened(app, town)
    first = client.submit(address(town), robin())

    again = client.submit(address(town), robin(email=typed, first_name="Fremd", institution="Anderswo"))

    assert (again.status_code, again.location, again.data) == (first.status_code, first.location, first.data)
    with app.app_context():
        assert (registered(town).name, registered(town).organisation) == ("Robin Gast", "Verein Nord")
        assert mails() == [(MailKind.REGISTERED, "robin@verein.example")] * 2


def test_asking_again_does_not_give_more_time_to_confirm(app, town, client):
    opened(app, town)
    client.submit(address(town), robin(comes_as="privat"))
    with app.app_context():
        before = registered(town).confirm_by

    client.submit(address(town), robin(comes_as="privat"))

    with app.app_context():
        assert registered(town).confirm_by == before
        assert [kind for kind, _recipient in mails()] == [MailKind.CONFIRM, MailKind.CONFIRM]


def test_who_cancelled_may_register_again(app, town, client):
    opened(app, town)
    client.submit(address(town), robin())
    with app.app_context():
        registered(town).place = Place.CANCELLED
        db.session.commit()

    client.submit(address(town), robin())

    with app.app_context():
        assert scenes.placed(town, Place.CONFIRMED) == ["Gast"]


def test_a_hall_behind_one_address_is_not_limited_but_a_mailbox_is(app, town, client):
    opened(app, town)

    hall = {client.submit(address(town), robin(email=f"g{n}@verein.example")).status_code for n in range(60)}
    mailbox = [client.submit(address(town), robin(email="eine@verein.example")) for _again in range(7)]

    assert hall == {303}
    assert [answer.status_code for answer in mailbox] == [303] * 6 + [429]
    assert int(mailbox[-1].headers["Retry-After"]) > 0


def test_pages_of_guests_stay_out_of_caches_and_search_engines(app, town, client):
    opened(app, town)

    response = client.get(address(town))

    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("language", ["de", "leicht", "en", "tr", "ar", "uk"])
def test_the_page_is_there_in_every_language(app, town, client, language):
    opened(app, town, "Erste", "Zweite", capacity=1)

    page = client.get(f"{address(town)}?sprache={language}").get_data(as_text=True)

    tag = "de" if language == "leicht" else language
    assert re.search(rf'<html[^>]* lang="{tag}"', page)
    assert ('dir="rtl"' in page.split("<body", 1)[0]) == (language == "ar")


@pytest.mark.parametrize("taken", [1, 40])
def test_the_page_asks_little_of_the_database(app, town, client, statements, taken):
    opened(app, town, *(f"Nr{n}" for n in range(taken)), capacity=1)
    statements.clear()

    client.get(address(town))

    assert len(statements) <= 8


def test_looking_changes_nothing(app, town, client):
    opened(app, town)

    for _again in range(3):
        client.get(address(town))
        client.head(address(town))
        client.get(f"{address(town)}/danke")

    with app.app_context():
        assert db.session.scalars(select(Registration.id)).all() == []
        assert db.session.get(Conference, town.conference).capacity is None
