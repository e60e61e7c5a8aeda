"""The office's list of people: who comes, who waits, what can be done."""

import io

import openpyxl
import pytest
from sqlalchemy import select

from app.accounts.models import AuditEntry
from app.extensions import db
from app.invitations.enums import Origin, Place
from app.invitations.models import AssistanceNeed, Registration
from tests import factories
from tests.registrations import scenes


def base(town) -> str:
    return f"/konferenzen/{town.conference}/personen"


def dani(town, **changes) -> dict:
    data = {
        "institution": str(town.institution),
        "first_name": "Dani",
        "last_name": "Fach",
        "wishes-0": str(town.topic),
    }
    return {**data, **changes}


def entered(app, town, *names: str, **fields) -> list[int]:
    with app.app_context():
        rows = [row.id for row in scenes.enter(scenes.open_conference(town, **fields), *names)]
        db.session.commit()
    return rows


def test_nobody_yet_is_said_with_the_first_step(organiser, town):
    page = organiser.get(f"{base(town)}/").get_data(as_text=True)

    assert "Noch ist niemand angemeldet" in page
    assert f"{base(town)}/neu" in page


def test_a_person_is_entered_by_hand_struck_and_brought_back(app, organiser, town):
    response = organiser.submit(f"{base(town)}/neu", dani(town))

    assert response.location == f"{base(town)}/"
    page = organiser.get(response.location).get_data(as_text=True)
    assert "Dani Fach" in page
    assert "Familie im Stadtteil" in page
    with app.app_context():
        person = db.session.scalars(select(Registration.id)).one()
    organiser.submit(f"{base(town)}/{person}/streichen")
    with app.app_context():
        assert scenes.placed(town, Place.CANCELLED) == ["Fach"]
    organiser.submit(f"{base(town)}/{person}/zurueckholen")
    with app.app_context():
        assert scenes.placed(town, Place.CONFIRMED) == ["Fach"]


def test_private_persons_and_other_organisations_are_entered_too(app, organiser, town):
    organiser.submit(f"{base(town)}/neu", dani(town, institution="", organisation="Nachbarschaftstreff"))
    organiser.submit(f"{base(town)}/neu", dani(town, institution="", last_name="Privat", needs="Ruhiger Raum"))

    with app.app_context():
        rows = db.session.scalars(select(Registration).order_by(Registration.id)).all()
        assert [(row.last_name, row.institution_id, row.organisation) for row in rows] == [
            ("Fach", None, "Nachbarschaftstreff"),
            ("Privat", None, ""),
        ]
        assert db.session.scalars(select(AssistanceNeed.text)).all() == ["Ruhiger Raum"]
    page = organiser.get(f"{base(town)}/").get_data(as_text=True)
    assert "Ruhiger Raum" not in page
    assert "dazu eine Privatperson" in page


@pytest.mark.parametrize(
    "changes",
    [
        {"last_name": ""},
        {"email": "keine"},
        {"institution": "999999"},
        {"organisation": "Treff"},
        {"wishes-0": "999999"},
        {"wishes-1": "same"},
    ],
)
def test_a_person_with_missing_or_bad_entries_is_asked_again(app, organiser, town, changes):
    changes = {name: str(town.topic) if value == "same" else value for name, value in changes.items()}

    response = organiser.submit(f"{base(town)}/neu", dani(town, **changes))

    assert response.status_code == 422
    with app.app_context():
        assert db.session.scalars(select(Registration)).all() == []


def test_what_is_known_of_somebody_is_changed(app, organiser, town):
    (person,) = entered(app, town, "Alt")

    form = organiser.get(f"{base(town)}/{person}").get_data(as_text=True)
    organiser.submit(f"{base(town)}/{person}", dani(town, last_name="Neu", email="neu@verein.example"))

    assert 'value="Alt"' in form
    with app.app_context():
        row = db.session.scalars(select(Registration).options(db.selectinload(Registration.wishes))).one()
        assert (row.name, row.email, row.institution_id) == ("Dani Neu", "neu@verein.example", town.institution)
        assert [wish.topic_id for wish in row.wishes] == [town.topic]


def test_the_line_moves_up_when_somebody_is_struck(app, organiser, town):
    first, *_others = entered(app, town, "Erste", "Zweite", "Dritte", capacity=1)

    organiser.submit(f"{base(town)}/{first}/streichen")

    with app.app_context():
        assert scenes.placed(town, Place.CONFIRMED) == ["Zweite"]
        assert scenes.placed(town, Place.WAITING) == ["Dritte"]


def test_somebody_moves_up_out_of_turn_with_a_reason_in_the_trail(app, organiser, town):
    _first, _second, third = entered(app, town, "Erste", "Zweite", "Dritte", capacity=1)

    assert organiser.get(f"{base(town)}/{third}/nachruecken").status_code == 200
    assert organiser.submit(f"{base(town)}/{third}/nachruecken", {"reason": ""}).status_code == 422
    with app.app_context():
        assert scenes.placed(town, Place.CONFIRMED) == ["Erste"]
    organiser.submit(f"{base(town)}/{third}/nachruecken", {"reason": "Spricht zu Beginn."})

    with app.app_context():
        assert scenes.placed(town, Place.CONFIRMED) == ["Erste", "Dritte"]
        trail = db.session.scalars(select(AuditEntry.sentence).where(AuditEntry.action == "registration.moved_up"))
        assert [line.rsplit(": ", 1)[1] for line in trail] == ["Spricht zu Beginn."]
    assert "Damit haben 2 Personen einen Platz; vorgesehen sind 1." in organiser.get(f"{base(town)}/").get_data(
        as_text=True
    )


def test_somebody_goes_back_into_the_line_and_the_next_one_gets_the_place(app, organiser, town):
    first, _second = entered(app, town, "Erste", "Zweite", capacity=1)

    organiser.submit(f"{base(town)}/{first}/warteliste")

    with app.app_context():
        assert scenes.placed(town, Place.CONFIRMED) == ["Zweite"]
        assert scenes.placed(town, Place.WAITING) == ["Erste"]


def test_nobody_is_put_into_an_empty_line(app, organiser, town):
    (only,) = entered(app, town, "Erste", capacity=5)

    response = organiser.submit(f"{base(town)}/{only}/warteliste")

    assert response.status_code == 409
    assert "bekäme ihn gleich zurück" in response.get_data(as_text=True)
    with app.app_context():
        assert scenes.placed(town, Place.CONFIRMED) == ["Erste"]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?suche=muller", {"Müller"}),
        ("?platz=waiting", {"Zander"}),
        ("?herkunft=open", set()),
        ("?art=privat", set()),
        ("?art=institution", {"Müller", "Zander"}),
        ("?platz=quatsch&herkunft=&art=x&suche=", {"Müller", "Zander"}),
    ],
)
def test_the_list_is_searched_and_filtered(app, organiser, town, query, shown):
    entered(app, town, "Müller", "Zander", capacity=1)

    page = organiser.get(f"{base(town)}/{query}").get_data(as_text=True)

    assert {name for name in ("Müller", "Zander") if f"Kim {name}" in page} == shown


def test_who_has_not_confirmed_is_marked(app, organiser, town):
    (person,) = entered(app, town, "Offen")
    with app.app_context():
        db.session.get(Registration, person).confirm_by = factories.NOW
        db.session.commit()

    assert "noch nicht bestätigt" in organiser.get(f"{base(town)}/").get_data(as_text=True)


def test_the_list_leaves_the_house_without_formulas_and_without_needs(app, organiser, town):
    organiser.submit(f"{base(town)}/neu", dani(town, last_name="=cmd()", needs="Gebärdensprache"))
    organiser.submit(f"{base(town)}/neu", dani(town, last_name="Zander", first_name="-Robin"))

    csv = organiser.get(f"{base(town)}/liste.csv").get_data().decode("utf-8-sig")
    sheet = openpyxl.load_workbook(io.BytesIO(organiser.get(f"{base(town)}/liste.xlsx").data)).active

    lines = csv.splitlines()
    assert [line.split(";")[:2] for line in lines[1:]] == [["'=cmd()", "Dani"], ["Zander", "'-Robin"]]
    rows = list(sheet.iter_rows(min_row=2))
    assert [(row[0].value, row[0].data_type, row[1].value) for row in rows] == [
        ("=cmd()", "s", "Dani"),
        ("Zander", "s", "-Robin"),
    ]
    assert "Gebärdensprache" not in csv
    assert "Gebärdensprache" not in {cell.value for row in rows for cell in row}


def test_exports_keep_the_filter_of_the_page(app, organiser, town):
    entered(app, town, "Müller", "Zander", capacity=1)

    csv = organiser.get(f"{base(town)}/liste.csv?platz=waiting").get_data().decode("utf-8-sig")

    assert [line.split(";")[0] for line in csv.splitlines()[1:]] == ["Zander"]


def test_departments_read_and_do_not_write(app, town):
    (person,) = entered(app, town, "Erste")
    department = app.test_client().sign_in(town.department)

    page = department.get(f"{base(town)}/").get_data(as_text=True)

    assert "Kim Erste" in page
    assert "Streichen" not in page
    assert department.submit(f"{base(town)}/{person}/streichen").status_code == 403
    assert department.get(f"{base(town)}/neu").status_code == 403


@pytest.mark.parametrize("path", ["/", "/neu", "/liste.csv", "/liste.xlsx", "/{person}", "/{person}/nachruecken"])
def test_another_municipality_finds_nothing(app, town, path):
    (person,) = entered(app, town, "Erste")
    with app.app_context():
        other = factories.small_town("Anderstadt")
        db.session.commit()
    stranger = app.test_client().sign_in(other.organiser)

    assert stranger.get(base(town) + path.format(person=person)).status_code == 404
    assert stranger.get(f"/konferenzen/{other.conference}/personen/{person}").status_code == 404


@pytest.mark.parametrize("path", ["", "/streichen", "/zurueckholen", "/nachruecken", "/warteliste"])
def test_another_municipality_changes_nothing(app, town, path):
    (person,) = entered(app, town, "Erste")
    with app.app_context():
        other = factories.small_town("Anderstadt")
        db.session.commit()
    stranger = app.test_client().sign_in(other.organiser)

    for conference in (town.conference, other.conference):
        answer = stranger.submit(f"/konferenzen/{conference}/personen/{person}{path}", dani(town, reason="Darum"))
        assert answer.status_code == 404

    with app.app_context():
        assert [row.name for row in db.session.scalars(select(Registration))] == ["Kim Erste"]


def test_the_list_takes_as_many_statements_for_one_as_for_many(app, organiser, town, statements):
    entered(app, town, "Eins", "Zwei", capacity=1)

    def count() -> int:
        statements.clear()
        assert organiser.get(f"{base(town)}/").status_code == 200
        return len(statements)

    few = count()
    entered(app, town, *(f"Nr{n}" for n in range(9)), capacity=5)

    assert count() == few <= 15


def test_an_invited_person_can_be_struck_and_the_answer_stays(app, organiser, town):
    with app.app_context():
        conference = scenes.open_conference(town)
        invitation = factories.invitation(conference, db.session.get(factories.Institution, town.institution))
        person = factories.registration(conference, invitation_id=invitation.id, last_name="Geladen").id
        db.session.commit()

    organiser.submit(f"{base(town)}/{person}/streichen")

    with app.app_context():
        row = db.session.get(Registration, person)
        assert (row.place, row.origin) == (Place.CANCELLED, Origin.INVITATION)
