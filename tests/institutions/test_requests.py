"""„Wir möchten eingeladen werden“: asked on the portal, decided in the office, gone in time."""

from datetime import timedelta

import pytest

from app.core import clock
from app.extensions import db
from app.institutions import queries, requests
from app.institutions.enums import LegalBasis, RequestState
from app.institutions.models import InviteRequest
from app.institutions.retention import forget_requests
from tests import factories
from tests.institutions.directories import home_of, named


def typed(**fields) -> dict:
    return {
        "institution_name": "Boxclub Nord",
        "person_name": "Ada Maria Zorn",
        "email": "ada@box.example",
        "area": "",
        "topics": "Sport, Jugend",
        "message": "Wir machen mit.",
        "website": "",
        **fields,
    }


@pytest.fixture
def asked(app, town) -> int:
    """A request from the portal."""
    with app.app_context():
        row = requests.ask_to_be_invited(
            municipality=home_of(town),
            institution_name="Boxclub Nord",
            person_name="Ada Maria Zorn",
            email="ada@box.example",
            topics="Sport, Jugend",
            now=clock.now(),
        )
        db.session.commit()
        return row.id


def rows() -> list[InviteRequest]:
    return list(db.session.query(InviteRequest).order_by(InviteRequest.id))


def test_the_portal_leads_to_the_form(client, town):
    assert f"/k/{town.slug}/mitmachen" in client.get(f"/k/{town.slug}/").get_data(as_text=True)


def test_asking_leaves_a_request_and_says_thanks(app, town, client):
    path = f"/k/{town.slug}/mitmachen"

    answer = client.submit(path, typed(area=str(town.quarters[0])))
    thanks = client.get(answer.location).get_data(as_text=True)

    assert "widerrufen" in client.get(path).get_data(as_text=True)
    assert "wir haben Ihre Anfrage erhalten" in thanks
    with app.app_context():
        (row,) = rows()
        assert (row.institution_name, row.person_name, row.email) == (
            "Boxclub Nord",
            "Ada Maria Zorn",
            "ada@box.example",
        )
        assert (row.area_id, row.topics, row.state) == (town.quarters[0], "Sport, Jugend", RequestState.NEW)


def test_asking_again_brings_the_request_up_to_date(app, town, client):
    client.submit(f"/k/{town.slug}/mitmachen", typed())
    client.submit(f"/k/{town.slug}/mitmachen", typed(email="ADA@box.example", message="Noch etwas."))

    with app.app_context():
        assert [row.message for row in rows()] == ["Noch etwas."]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"institution_name": " "}, "Geben Sie den Namen Ihrer Einrichtung ein."),
        ({"institution_name": "N" * 10_000}, "Bitte kürzen Sie den Namen"),
        ({"institution_name": "\u202e\u2028"}, "Geben Sie den Namen Ihrer Einrichtung ein."),
        ({"person_name": ""}, "Geben Sie Ihren Vor- und Nachnamen ein."),
        ({"email": "kein-at"}, "Das ist keine E-Mail-Adresse."),
        ({"email": "a@b.example\nBcc: x@y.example"}, "Das ist keine E-Mail-Adresse."),
        ({"message": "x" * 10_000}, "Bitte kürzen Sie auf höchstens 2000 Zeichen."),
    ],
)
def test_bad_input_is_answered_with_a_message_and_kept_in_the_form(app, town, client, fields, message):
    answer = client.submit(f"/k/{town.slug}/mitmachen", typed(**fields))

    assert answer.status_code == 422
    assert message in answer.get_data(as_text=True)
    with app.app_context():
        assert rows() == []


@pytest.mark.parametrize("area", ["99999999999999999999", "abc", "-1"])
def test_an_area_that_is_none_is_refused(app, town, client, area):
    assert client.submit(f"/k/{town.slug}/mitmachen", typed(area=area)).status_code == 422


def test_an_area_of_another_municipality_is_refused(app, town, client):
    with app.app_context():
        foreign = factories.small_town("Nachbarstadt", "nachbar").quarters[0]
        db.session.commit()

    assert client.submit(f"/k/{town.slug}/mitmachen", typed(area=str(foreign))).status_code == 422


def test_a_program_that_fills_in_the_trap_leaves_nothing(app, town, client):
    answer = client.submit(f"/k/{town.slug}/mitmachen", typed(website="https://spam.example"))

    assert answer.location.endswith("/mitmachen/danke")
    with app.app_context():
        assert rows() == []


def test_the_form_takes_a_few_a_minute_per_municipality(app, town):
    with app.app_context():
        factories.municipality("nachbar", "Nachbarstadt")
        db.session.commit()
    answers = [
        app.test_client().submit(f"/k/{town.slug}/mitmachen", typed(email=f"a{number}@box.example"))
        for number in range(6)
    ]

    assert [answer.status_code for answer in answers] == [303] * 5 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert app.test_client().submit("/k/nachbar/mitmachen", typed()).status_code == 303


def test_too_many_waiting_requests_are_said_so(app, town, client, monkeypatch):
    monkeypatch.setattr(requests, "MOST_WAITING", 1)
    client.submit(f"/k/{town.slug}/mitmachen", typed())

    answer = client.submit(f"/k/{town.slug}/mitmachen", typed(email="b@box.example"))

    assert answer.status_code == 422
    assert "sehr viele Anfragen" in answer.get_data(as_text=True)


def test_an_unknown_municipality_has_no_form(client, town):
    assert client.get("/k/gibtsnicht/mitmachen").status_code == 404
    assert client.submit("/k/gibtsnicht/mitmachen", typed()).status_code == 404


def test_the_desk_and_the_directory_name_new_requests(organiser, asked):
    assert "1 neue Anfrage vom Portal" in organiser.get("/").get_data(as_text=True)
    assert "1 neue Anfrage um Einladung" in organiser.get("/institutionen/").get_data(as_text=True)
    assert "Boxclub Nord" in organiser.get("/institutionen/anfragen/").get_data(as_text=True)


def test_taking_makes_an_institution_with_the_person(app, town, organiser, asked):
    page = organiser.get(f"/institutionen/anfragen/{asked}").get_data(as_text=True)
    answer = organiser.submit(
        f"/institutionen/anfragen/{asked}/aufnehmen",
        {
            "name": "Boxclub Nord e. V.",
            "type": "association",
            "salutation": "Frau",
            "first_name": "Ada Maria",
            "last_name": "Zorn",
        },
    )

    assert 'value="Ada Maria"' in page
    with app.app_context():
        house = named(home_of(town), "Boxclub Nord e. V.")
        person = house.contacts[0]
        assert answer.location == f"/institutionen/{house.id}"
        assert (house.topics, person.name, person.email) == (["Sport", "Jugend"], "Ada Maria Zorn", "ada@box.example")
        assert person.legal_basis is LegalBasis.CONSENT
        assert person.legal_basis_note.startswith("Anfrage über das Portal am ")
        assert (rows()[0].state, rows()[0].institution_id) == (RequestState.TAKEN, house.id)


def test_an_institution_that_is_there_is_offered_and_gets_the_person(app, town, organiser):
    with app.app_context():
        row = factories.add(
            InviteRequest(
                municipality_id=town.municipality,
                institution_name="Caritas Musterstadt",
                email="neu@caritas.example",
                created_at=factories.NOW,
            )
        )
        db.session.commit()
        number = row.id
    page = organiser.get(f"/institutionen/anfragen/{number}").get_data(as_text=True)
    fields = {"institution": town.institution, "salutation": "", "first_name": "", "last_name": "Neu"}

    organiser.submit(f"/institutionen/anfragen/{number}/zuordnen", fields)

    assert "Vielleicht steht sie schon im Verzeichnis" in page
    with app.app_context():
        house = named(home_of(town), "Caritasverband Musterstadt")
        assert [one.last_name for one in house.contacts] == ["Beispiel", "Neu"]
        assert queries.count_institutions(home_of(town)) == 1


def test_declining_and_thinking_again(app, organiser, asked):
    organiser.submit(f"/institutionen/anfragen/{asked}/ablehnen")
    again = organiser.submit(f"/institutionen/anfragen/{asked}/ablehnen")
    with app.app_context():
        assert rows()[0].state is RequestState.DECLINED

    organiser.submit(f"/institutionen/anfragen/{asked}/zurueck")

    assert again.status_code == 409
    with app.app_context():
        assert (rows()[0].state, rows()[0].decided_at) == (RequestState.NEW, None)


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("aufnehmen", {"name": "Neu", "type": "unsinn", "last_name": "Zorn"}),
        ("aufnehmen", {"name": "Caritasverband Musterstadt", "type": "school", "salutation": "", "last_name": "Zorn"}),
        ("aufnehmen", {}),
        ("zuordnen", {"institution": "99999999999999999999", "salutation": "", "last_name": "Zorn"}),
        ("zuordnen", {"institution": "", "last_name": ""}),
    ],
)
def test_wrong_values_are_answered_with_a_message(app, organiser, asked, act, fields):
    answer = organiser.submit(f"/institutionen/anfragen/{asked}/{act}", fields)

    assert answer.status_code == 422
    assert "kern-error" in answer.get_data(as_text=True)
    with app.app_context():
        assert rows()[0].state is RequestState.NEW


def test_requests_of_others_are_not_found(app, town, organiser):
    with app.app_context():
        other = factories.furnished_town("Nachbarstadt", "nachbar")
        db.session.commit()

    paths = [
        f"/institutionen/anfragen/{other.request}{act}" for act in ("/aufnehmen", "/zuordnen", "/ablehnen", "/zurueck")
    ]
    assert {organiser.submit(path).status_code for path in paths} == {404}
    assert "Nachbarstadt" not in organiser.get("/institutionen/anfragen/").get_data(as_text=True)


def test_requests_go_half_a_year_after_the_decision_and_after_a_year_without(app, town):
    with app.app_context():
        now = clock.now()
        for name, created, decided in [
            ("alt und offen", 366, None),
            ("jung und offen", 364, None),
            ("lange entschieden", 300, 181),
            ("neulich entschieden", 400, 179),
        ]:
            factories.add(
                InviteRequest(
                    municipality_id=town.municipality,
                    institution_name=name,
                    email="a@b.example",
                    created_at=now - timedelta(days=created),
                    state=RequestState.DECLINED if decided else RequestState.NEW,
                    decided_at=now - timedelta(days=decided) if decided else None,
                )
            )

        gone = forget_requests(now)

        assert gone == 2
        assert [row.institution_name for row in rows()] == ["jung und offen", "neulich entschieden"]
