"""Pages of the directory."""

from datetime import date, timedelta

import pytest

from app.accounts.models import AuditEntry, Municipality
from app.core import clock
from app.extensions import db
from app.institutions import queries
from app.institutions.enums import LegalBasis
from app.institutions.models import Contact, Institution
from tests import factories


def typed(**fields) -> dict:
    return {"name": "Diakonie Nord", "type": "welfare_association", **fields}


def person(number: int = 0, **fields) -> dict:
    return {f"contacts-{number}-{key}": value for key, value in {"salutation": "", **fields}.items()}


@pytest.fixture
def foreign(app) -> int:
    with app.app_context():
        row = factories.institution(factories.municipality(), "Geheimname Nachbarstadt")
        db.session.commit()
        return row.id


def test_the_directory_shows_only_the_own_municipality(organiser, foreign):
    page = organiser.get("/institutionen/").get_data(as_text=True)

    assert "Caritasverband Musterstadt" in page
    assert "Geheimname" not in page


@pytest.mark.parametrize(
    "query", ["suche=caritas", "art=welfare_association", "art=unsinn", "gebiet=99999999999999999999", "gebiet=x"]
)
def test_filters_never_break_the_page(organiser, query):
    response = organiser.get(f"/institutionen/?{query}")

    assert response.status_code == 200
    assert "Caritasverband" in response.get_data(as_text=True)


def test_a_filter_without_hits_says_so(organiser):
    page = organiser.get("/institutionen/?suche=gibtsnicht").get_data(as_text=True)

    assert "Nichts gefunden" in page


def test_htmx_gets_the_list_alone(organiser):
    page = organiser.get("/institutionen/?suche=caritas", headers={"HX-Request": "true"}).get_data(as_text=True)

    assert page.lstrip().startswith('<section id="institutions-list"')


def test_creating_with_areas_and_contacts(app, town, organiser):
    response = organiser.submit(
        "/institutionen/neu",
        typed(areas=town.quarters[0]) | person(first_name="Ada", last_name="Zorn", email="ada@diakonie.example"),
    )

    with app.app_context():
        home = db.session.get(Municipality, town.municipality)
        found = queries.find_institution_named(home, "Diakonie Nord")
        row = queries.get_institution(home, found.id)
        assert response.location == f"/institutionen/{row.id}"
        assert [area.id for area in row.areas] == [town.quarters[0]]
        assert [contact.name for contact in row.contacts] == ["Ada Zorn"]
        assert db.session.query(AuditEntry).one().action == "institution.created"


def test_a_taken_name_is_said_at_the_field_and_keeps_what_was_typed(app, organiser):
    response = organiser.submit("/institutionen/neu", typed(name="Caritasverband Musterstadt", note="bitte behalten"))

    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert "steht schon im Verzeichnis" in page
    assert "bitte behalten" in page
    with app.app_context():
        assert db.session.query(Institution).count() == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (typed(name=" "), "Geben Sie den Namen der Institution ein."),
        (typed(type="unsinn"), "Not a valid choice"),
        (typed() | person(first_name="Ada"), "Geben Sie den Nachnamen ein"),
        (typed() | person(last_name="Zorn", email="keine"), "Das ist keine E-Mail-Adresse."),
        (typed(areas="99999999999999999999"), None),
        (typed(areas="abc"), None),
        ({}, "Geben Sie den Namen der Institution ein."),
    ],
)
def test_bad_input_is_answered_with_a_message(organiser, data, message):
    response = organiser.submit("/institutionen/neu", data)

    assert response.status_code == 422
    if message and "Not a valid" not in message:
        assert message in response.get_data(as_text=True)


def test_another_contact_block_keeps_what_was_typed_and_saves_nothing(app, organiser):
    response = organiser.submit("/institutionen/neu", typed(more="1") | person(last_name="Zorn"))

    page = response.get_data(as_text=True)
    assert 'name="contacts-1-last_name"' in page
    assert 'value="Zorn"' in page
    with app.app_context():
        assert db.session.query(Institution).count() == 1


def test_editing_removes_and_adds_contacts(app, town, organiser):
    with app.app_context():
        known = db.session.query(Contact).one().id

    organiser.submit(
        f"/institutionen/{town.institution}/bearbeiten",
        typed() | person(0, contact_id=known, last_name="Beispiel", remove="y") | person(1, last_name="Neu"),
    )

    with app.app_context():
        assert [contact.last_name for contact in db.session.query(Contact)] == ["Neu"]
        assert db.session.get(Institution, town.institution).name == "Diakonie Nord"


def test_a_contact_from_the_institutions_page(app, town, organiser):
    organiser.submit(f"/institutionen/{town.institution}/kontakte", {"salutation": "Frau", "last_name": "Neu"})
    empty = organiser.submit(f"/institutionen/{town.institution}/kontakte", {"salutation": "", "last_name": ""})

    assert empty.status_code == 422
    with app.app_context():
        assert [row.last_name for row in db.session.query(Contact).order_by(Contact.id)] == ["Beispiel", "Neu"]


@pytest.mark.parametrize("path", ["", "/bearbeiten"])
def test_foreign_and_missing_ids_are_404(organiser, foreign, path):
    for institution_id in (foreign, 987654):
        response = organiser.get(f"/institutionen/{institution_id}{path}")

        assert response.status_code == 404
        assert "Geheimname" not in response.get_data(as_text=True)


def test_foreign_institutions_cannot_be_changed(app, organiser, foreign):
    edited = organiser.submit(f"/institutionen/{foreign}/bearbeiten", typed())
    added = organiser.submit(f"/institutionen/{foreign}/kontakte", {"salutation": "", "last_name": "Neu"})

    assert (edited.status_code, added.status_code) == (404, 404)
    with app.app_context():
        assert db.session.get(Institution, foreign).name == "Geheimname Nachbarstadt"


def test_departments_read_and_do_not_write(app, town):
    department = app.test_client().sign_in(town.department)

    assert department.get("/institutionen/").status_code == 200
    assert department.get("/institutionen/neu").status_code == 403
    assert department.submit("/institutionen/neu", typed()).status_code == 403


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("thema=WOHNEN", {"Wohnverein"}),
        ("thema=wohn", set()),
        ("verband=diakonie", {"Wohnverein"}),
        ("stand=unbestaetigt", {"Wohnverein", "Nie bestätigt"}),
        ("stand=unsinn", {"Wohnverein", "Nie bestätigt", "Caritasverband Musterstadt"}),
        ("suche=wohnen", {"Wohnverein"}),
        ("thema=" + "x" * 5000, set()),
    ],
)
def test_the_list_is_narrowed_by_topic_umbrella_and_age(app, town, organiser, query, expected):
    with app.app_context():
        home = db.session.get(Municipality, town.municipality)
        old = clock.local_date(clock.now()) - timedelta(days=366)
        factories.institution(home, "Wohnverein", topics=["Wohnen"], umbrella="Diakonie", confirmed_on=old)
        factories.institution(home, "Nie bestätigt")
        db.session.get(Institution, town.institution).confirmed_on = clock.local_date(clock.now())
        db.session.commit()

    page = organiser.get(f"/institutionen/?{query}", headers={"HX-Request": "true"}).get_data(as_text=True)

    names = {"Wohnverein", "Nie bestätigt", "Caritasverband Musterstadt"}
    assert {name for name in names if f">{name}</a>" in page} == expected


def test_an_old_confirmation_is_said_in_words_and_renewed_with_a_button(app, town, organiser):
    with app.app_context():
        db.session.get(Institution, town.institution).confirmed_on = date(2020, 1, 31)
        db.session.commit()
    before = organiser.get(f"/institutionen/{town.institution}").get_data(as_text=True)

    organiser.submit(f"/institutionen/{town.institution}/bestaetigen")

    after = organiser.get(f"/institutionen/{town.institution}").get_data(as_text=True)
    assert "31.01.2020" in before
    assert "über ein Jahr her" in before
    assert "über ein Jahr her" not in after
    with app.app_context():
        assert db.session.get(Institution, town.institution).confirmed_on == clock.local_date(clock.now())


def test_topics_phone_and_legal_basis_are_kept(app, town, organiser):
    details = {"last_name": "Zorn", "phone": "0234 1", "legal_basis": "consent", "legal_basis_note": "Brief vom 3. Mai"}
    organiser.submit(
        f"/institutionen/{town.institution}/bearbeiten",
        typed(topics="Wohnen, wohnen;  Jugend ", confirmed_on="2026-03-01") | person(0, **details),
    )

    page = organiser.get(f"/institutionen/{town.institution}/bearbeiten").get_data(as_text=True)
    with app.app_context():
        row = db.session.get(Institution, town.institution)
        contact = db.session.query(Contact).one()
        assert (row.topics, row.confirmed_on) == (["Wohnen", "Jugend"], date(2026, 3, 1))
        assert (contact.phone, contact.legal_basis, contact.legal_basis_note) == (
            "0234 1",
            LegalBasis.CONSENT,
            "Brief vom 3. Mai",
        )
    assert 'value="Wohnen, Jugend"' in page
    assert 'data-word="Jugend"' in page


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (typed(topics="x" * 61), "höchstens 60 Zeichen"),
        (typed(topics=",".join(f"t{number}" for number in range(21))), "Höchstens 20 Themen."),
        (typed(confirmed_on="0001-01-01"), "Prüfen Sie das Jahr."),
        (typed(confirmed_on="gestern"), None),
        (typed() | person(last_name="Zorn", legal_basis="unsinn"), None),
        (typed() | person(phone="0234 1"), "Geben Sie den Nachnamen ein"),
    ],
)
def test_bad_topics_days_and_bases_are_answered_with_a_message(app, organiser, data, message):
    response = organiser.submit("/institutionen/neu", data)

    assert response.status_code == 422
    assert message is None or message in response.get_data(as_text=True)
    with app.app_context():
        assert db.session.query(Institution).count() == 1


@pytest.mark.parametrize(("ending", "begin"), [("csv", b"\xef\xbb\xbfName;Kurzname;Art"), ("xlsx", b"PK")])
def test_the_directory_leaves_as_a_table_of_the_own_municipality(organiser, foreign, ending, begin):
    response = organiser.get(f"/institutionen/export.{ending}")

    assert response.data.startswith(begin)
    assert f".{ending}" in response.headers["Content-Disposition"]
    assert b"Geheimname" not in response.data


def test_departments_take_no_table_along(app, town):
    department = app.test_client().sign_in(town.department)

    assert {
        department.get(f"/institutionen/{path}").status_code for path in ("export.csv", "doppelte", "anfragen/")
    } == {403}


def test_an_institution_with_all_the_people_it_may_have_can_still_be_edited(app, town, organiser):
    with app.app_context():
        people = [Contact(institution_id=town.institution, position=n, last_name=f"P{n}") for n in range(1, 60)]
        db.session.add_all(people)
        db.session.commit()

    one_more = organiser.submit(f"/institutionen/{town.institution}/kontakte", {"salutation": "", "last_name": "Neu"})

    assert organiser.get(f"/institutionen/{town.institution}/bearbeiten").status_code == 200
    assert one_more.status_code == 422
    assert "Entfernen Sie zuerst eine" in one_more.get_data(as_text=True)


def test_statements_do_not_grow_with_rows(app, town, organiser, statements):
    organiser.get("/institutionen/")
    one = len(statements)
    with app.app_context():
        home = db.session.get(Municipality, town.municipality)
        for number in range(2):
            factories.institution(home, f"Verein {number}")
        db.session.commit()
    statements.clear()

    organiser.get("/institutionen/")

    assert len(statements) == one <= 15
