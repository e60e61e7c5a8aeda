"""Pages of the directory."""

import pytest

from app.accounts.models import AuditEntry, Municipality
from app.extensions import db
from app.institutions import queries
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
