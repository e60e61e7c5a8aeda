"""The directory from a file: the same from every form, twice is once, undone is as before."""

import io
import re

import openpyxl
import pytest

from app.core.errors import RuleBroken
from app.extensions import db
from app.imports.enums import ImportState, RowState
from app.imports.importer import get_importer
from app.imports.models import Import
from app.institutions import exchange, merging, queries
from app.institutions.enums import InstitutionType, LegalBasis
from app.institutions.import_cells import areas_of, day_of, legal_basis_of, type_of
from app.institutions.models import Contact, Institution
from tests import factories
from tests.institutions import directories as files

FORMS = {
    "windows-1252": lambda rows: files.as_csv(rows, "cp1252"),
    "utf-8": lambda rows: files.as_csv(rows, "utf-8-sig", ","),
    "xlsx": files.as_xlsx,
}


def latin(rows: list[list[str]]) -> list[list[str]]:
    """Rows as Windows-1252 can write them: the demo town has people from beyond it."""
    return [[cell.encode("cp1252", errors="replace").decode("cp1252") for cell in row] for row in rows]


@pytest.mark.parametrize("form", FORMS)
def test_the_demo_directory_gives_the_same_45_institutions_in_every_form(app, form):
    with app.app_context():
        home = files.demo_areas()
        rows = latin(files.demo_rows()) if form == "windows-1252" else files.demo_rows()
        found = files.checked(home, FORMS[form](rows))

        files.apply(home, files.changes_of(found))

        assert files.counts(found) == {"created": 45, "updated": 0, "same": 0, "refused": 0}
        assert files.reasons(found) == []
        told = files.described(home)
        assert len(told) == 45
        assert {row[0] for row in told} == {row[0] for row in rows}
        assert sum(len(row[-1]) for row in told) == len(rows)
        caritas = next(row for row in told if row[1] == "Caritas")
        assert caritas[2:4] == ("welfare_association", "Caritas")
        assert [person[2] for person in caritas[-1]] == ["Terhorst", "Wittkamp", "Nowicka"]
        bridge = next(row for row in told if row[0] == "Brücke Jugendhilfe gGmbH")
        assert bridge[7] == ("01", "03")


def test_the_three_forms_give_exactly_the_same(app):
    with app.app_context():
        home = files.demo_areas()
        told = []
        for write in FORMS.values():
            before = files.rows()
            changes = files.changes_of(files.checked(home, write(latin(files.demo_rows()))))
            kept = files.apply(home, changes)
            told.append(files.described(home))
            files.revert(home, changes, kept)
            assert files.rows() == before

        assert told[0] == told[1] == told[2]


@pytest.mark.parametrize("form", FORMS)
def test_a_second_import_changes_nothing(app, form):
    with app.app_context():
        home = files.demo_areas()
        content = FORMS[form](files.demo_rows())
        files.apply(home, files.changes_of(files.checked(home, content)))

        again = files.checked(home, content)

        assert files.counts(again) == {"created": 0, "updated": 0, "same": 45, "refused": 0}
        assert files.changes_of(again) == []
        assert {row.state for row in again.rows} == {RowState.SAME}


@pytest.mark.parametrize("write", [exchange.csv_table, exchange.xlsx_table])
def test_what_was_exported_changes_nothing_when_it_is_imported(app, town, write):
    with app.app_context():
        home = files.home_of(town)
        house = files.named(home, "Caritasverband Musterstadt")
        house.note = "=SUMME(A1)\n\nzweite Zeile"
        house.topics, house.umbrella = ["Wohnen", "Jugend"], "'=Verband"
        person = house.contacts[0]
        person.phone, person.role = "+49 234 1234", "-"
        person.legal_basis, person.legal_basis_note = LegalBasis.CONSENT, "@Brief vom 3. Mai"
        double = Contact(institution_id=house.id, position=1, last_name="Beispiel", email=person.email)
        db.session.add_all([double, Contact(institution_id=house.id, position=2, last_name="Beispiel")])
        factories.institution(home, "Verein ohne Person", type=InstitutionType.ASSOCIATION)
        db.session.query(Contact).filter_by(last_name="Beispiel", position=0).filter(
            Contact.institution_id != house.id
        ).delete()
        db.session.commit()
        db.session.expire_all()

        found = files.checked(home, write(queries.list_institutions(home)))

        assert files.changes_of(found) == []
        assert files.counts(found) == {"created": 0, "updated": 0, "same": 2, "refused": 0}


def test_cells_that_begin_like_a_formula_stay_text_in_the_workbook(app, town):
    with app.app_context():
        home = files.home_of(town)
        files.named(home, "Caritasverband Musterstadt").note = '=HYPERLINK("https://boese.example")'
        db.session.flush()

        book = openpyxl.load_workbook(io.BytesIO(exchange.xlsx_table(queries.list_institutions(home))))

        cell = next(cell for row in book.active.iter_rows(min_row=2) for cell in row if cell.column == 7)
        assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_empty_cells_and_missing_columns_leave_what_is_there(app, town):
    with app.app_context():
        home = files.home_of(town)
        files.named(home, "Caritasverband Musterstadt").note = "bleibt"
        db.session.flush()
        found = files.checked(
            home, "Name;Art;Notiz;Themen;Nachname;Vorname;E-Mail\nCARITASVERBAND  musterstadt;;;Wohnen;Beispiel;Robin;"
        )

        files.apply(home, files.changes_of(found))

        house = files.named(home, "Caritasverband Musterstadt")
        assert [row.state for row in found.rows] == [RowState.CHANGED]
        assert (house.note, house.topics, len(house.contacts)) == ("bleibt", ["Wohnen"], 1)
        assert house.contacts[0].email.endswith("@verband.example")


def test_people_are_known_by_address_else_by_name(app, town):
    with app.app_context():
        home = files.home_of(town)
        house = files.named(home, "Caritasverband Musterstadt")
        known = house.contacts[0]
        known.email = "robin@verband.example"
        db.session.flush()
        lines = [
            "Caritasverband Musterstadt;Robin;Verheiratet;ROBIN@verband.example",
            "Caritasverband Musterstadt;Mika;Neu;mika@verband.example",
            "Caritasverband Musterstadt;Alex;Zweite;robin@verband.example",
        ]
        found = files.checked(home, "\n".join(["Name;Vorname;Nachname;E-Mail", *lines]))

        files.apply(home, files.changes_of(found))

        people = files.named(home, "Caritasverband Musterstadt").contacts
        assert [row.state for row in found.rows] == [RowState.CHANGED, RowState.NEW, RowState.NEW]
        assert [(one.last_name, one.id == known.id) for one in people] == [
            ("Verheiratet", True),
            ("Neu", False),
            ("Zweite", False),
        ]
        assert files.counts(found) == {"created": 0, "updated": 1, "same": 0, "refused": 0}


def test_a_new_institution_that_looks_like_one_says_so_and_is_not_merged(app, town):
    with app.app_context():
        home = files.home_of(town)
        found = files.checked(home, "Name;Art\nCaritas-Verband Musterstadt e. V.;Verein")

        files.apply(home, files.changes_of(found))

        assert files.reasons(found) == ["ähnelt „Caritasverband Musterstadt“"]
        assert queries.count_institutions(home) == 2


def test_the_name_of_a_merged_institution_means_the_one_that_stands_for_it(app, town):
    with app.app_context():
        home = files.home_of(town)
        factories.institution(home, "Caritas alt", note="alt")
        kept, merged = files.named(home, "Caritasverband Musterstadt"), files.named(home, "Caritas alt")
        merging.merge_institutions(municipality=home, kept=kept, merged=merged, sides={}, user=None, now=factories.NOW)
        db.session.expire_all()
        found = files.checked(home, "Name;Notiz;Nachname;E-Mail\nCaritas alt;anders;Neu;neu@verband.example")

        files.apply(home, files.changes_of(found))

        house = files.named(home, "Caritasverband Musterstadt")
        assert files.reasons(found) == [
            "„Caritas alt“ ist mit „Caritasverband Musterstadt“ zusammengeführt: Von dieser Zeile zählt nur die Person."
        ]
        assert house.note == ""
        assert [one.last_name for one in house.contacts][-1] == "Neu"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (";Verein;;;", "Der Name der Institution fehlt."),
        ("Neu;;;;", "Die Art der Institution fehlt."),
        ("Neu;Zirkus;;;", "Art „Zirkus“ ist nicht bekannt."),
        ("Neu;Verein;9999;;", "Das Gebiet „9999“ gibt es nicht."),
        ("Neu;Verein;0101 9999;;", "Das Gebiet „0101 9999“ gibt es nicht."),
        ("Neu;Verein;;Kim;", "Zur Kontaktperson fehlt der Nachname."),
        ("Neu;Verein;;;kein-at", "E-Mail: „kein-at“ ist keine Adresse."),
        (f"{'N' * 10_000};Verein;;;", "Name: Bitte kürzen Sie auf höchstens 160 Zeichen."),
        (f"Neu;Verein;;{'V' * 10_000};", "Vorname: Bitte kürzen Sie auf höchstens 80 Zeichen."),
    ],
)
def test_rows_that_cannot_be_meant_are_refused_with_a_reason(app, town, line, reason):
    with app.app_context():
        found = files.checked(files.home_of(town), f"Name;Art;Gebiete;Vorname;E-Mail\n{line}")

        assert [row.state for row in found.rows] == [RowState.REFUSED]
        assert found.rows[0].reason.startswith(reason)


def test_rows_that_contradict_each_other_are_refused(app, town):
    with app.app_context():
        lines = [
            "Neu;Verein;Adam;a@neu.example;Vorstand",
            "Neu;Schule;Berta;b@neu.example;",
            "Neu;;Adam;a@neu.example;Kasse",
            "neu;Verein;Adam;a@neu.example;Vorstand",
        ]
        found = files.checked(files.home_of(town), "\n".join(["Name;Art;Nachname;E-Mail;Funktion", *lines]))

        assert [row.state.value for row in found.rows] == ["new", "refused", "refused", "same"]
        assert files.reasons(found) == [
            "Die Angaben zur Institution widersprechen Zeile 2: Art.",
            "Diese Person steht mit anderen Angaben schon in Zeile 2.",
        ]


def test_control_characters_and_formulas_are_kept_as_harmless_text(app, town):
    with app.app_context():
        home = files.home_of(town)
        content = "Name;Art;Notiz\nVerein\x0b Nord\x1f;Verein;'=1+1\n"

        files.apply(home, files.changes_of(files.checked(home, content)))

        assert files.named(home, "Verein Nord").note == "=1+1"


def test_one_institution_takes_no_more_people_than_its_form_can_show(app, town):
    with app.app_context():
        lines = [f"Neu;Verein;Person{number};p{number}@neu.example" for number in range(61)]
        found = files.checked(files.home_of(town), "\n".join(["Name;Art;Nachname;E-Mail", *lines]))

        assert files.counts(found)["refused"] == 1
        assert found.rows[-1].reason == "Mehr als 60 Kontaktpersonen kann eine Institution nicht haben."


def test_checking_writes_nothing(app, town):
    with app.app_context():
        before = files.rows()
        files.checked(files.home_of(town), files.as_csv(files.demo_rows(), "utf-8"))

        assert files.rows() == before


def test_taking_over_stops_when_somebody_worked_on_it(app, town):
    with app.app_context():
        home = files.home_of(town)
        changes = files.changes_of(files.checked(home, "Name;Notiz\nCaritasverband Musterstadt;neu"))
        files.named(home, "Caritasverband Musterstadt").note = "inzwischen"
        db.session.flush()

        with pytest.raises(RuleBroken, match="seit der Prüfung geändert"):
            files.apply(home, changes)


def test_undoing_puts_back_exactly_what_was_there(app, town):
    with app.app_context():
        home = files.home_of(town)
        before = files.rows()
        content = (
            "Name;Art;Gebiete;Themen;Nachname;Vorname;E-Mail\n"
            "Caritasverband Musterstadt;Schule;0101;Wohnen;Beispiel;Robin;r@x.example\n"
            "Caritasverband Musterstadt;;;;Zweite;;z@x.example\nNeu;Verein;0102;Jugend;Adam;;a@neu.example\n"
        )
        changes = files.changes_of(files.checked(home, content))
        kept = files.apply(home, changes)
        assert files.rows() != before

        files.revert(home, changes, kept)

        assert files.rows() == before


def test_undoing_stops_when_an_institution_is_needed_by_now(app, town):
    with app.app_context():
        home = files.home_of(town)
        changes = files.changes_of(files.checked(home, "Name;Art\nNeu;Verein"))
        kept = files.apply(home, changes)
        factories.offer(files.named(home, "Neu"))
        db.session.flush()

        with pytest.raises(RuleBroken, match="wird inzwischen gebraucht"):
            files.revert(home, changes, kept)


def test_the_preview_says_what_changes_in_words(app, town):
    with app.app_context():
        home = files.home_of(town)
        content = (
            "Name;Art;Gebiete;Nachname;E-Mail\nCaritasverband Musterstadt;Schule;0101;;\nNeu;Verein;;Adam;a@neu.example"
        )
        changes = files.changes_of(files.checked(home, content))

        said = get_importer("institutions").describe(changes, plan={}, municipality=home)

        assert [(one.what, one.before, one.after) for one in said] == [
            ("Caritasverband Musterstadt: Art", "Wohlfahrtsverband", "Schule"),
            ("Caritasverband Musterstadt: Gebiete", "stadtweit", "Musterstadt Quartier 1"),
            ("Neu", "", "neu, Verein, Initiative, stadtweit"),
            ("Neu: Adam", "", "neue Kontaktperson, a@neu.example"),
        ]


def test_the_whole_way_through_the_pages(app, town, organiser):
    content = files.as_csv(
        [["Verein Süd", "", "Verein", "", "0101", "", "", "Ada", "Zorn", "", "a@z.example"]], "cp1252"
    )
    sent = organiser.submit("/importe/neu/institutions", {"file": (io.BytesIO(content), "liste.csv")})
    number = int(re.search(r"/importe/(\d+)/", sent.location)[1])
    meant = ["name", "short_name", "type", "umbrella", "areas", "note", "contact_salutation", "contact_first_name"]
    meant += ["contact_last_name", "contact_role", "contact_email"]
    fields = {f"column-{place}": key for place, key in enumerate(meant)}
    organiser.submit(f"/importe/{number}/spalten", fields)
    preview = organiser.get(f"/importe/{number}").get_data(as_text=True)
    organiser.submit(f"/importe/{number}/uebernehmen")

    with app.app_context():
        house = files.named(files.home_of(town), "Verein Süd")
        assert [one.name for one in house.contacts] == ["Ada Zorn"]
        assert db.session.get(Import, number).state is ImportState.DONE
    assert "Übernehmen: 1 neu, 0 geändert" in preview

    organiser.submit(f"/importe/{number}/zuruecknehmen")

    with app.app_context():
        assert db.session.query(Institution).filter_by(name="Verein Süd").count() == 0


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("welfare_association", "welfare_association"),
        ("WOHLFAHRTSVERBAND", "welfare_association"),
        ("Kindertagesstätte", "daycare"),
        ("Verein", "association"),
        ("Kultur", "cultural"),
        ("Amt", "department"),
        ("Religionsgemeinschaft", "church"),
    ],
)
def test_types_are_known_by_key_label_and_customary_word(app, text, kind):
    with app.test_request_context():
        assert type_of(text) == kind


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("consent", "consent"),
        ("Einwilligung (Art. 6 Abs. 1 a DSGVO)", "consent"),
        ("Art. 6 Abs. 1 lit. e DSGVO", "public_task"),
        ("öffentliche Aufgabe", "public_task"),
        ("Leistungsvereinbarung", "contract"),
    ],
)
def test_the_legal_basis_is_known_in_the_same_way(app, text, basis):
    with app.test_request_context():
        assert legal_basis_of(text) == basis


@pytest.mark.parametrize(
    "text", ["0101; 0102", "0101,0102", "0101 0102", "Musterstadt Quartier 1\n0102 Musterstadt Quartier 2", "101;102"]
)
def test_areas_are_known_by_code_name_and_both(app, town, text):
    from app.areas.queries import list_areas_of_municipality

    with app.app_context():
        places = list_areas_of_municipality(files.home_of(town))

        assert areas_of(text, places) == list(town.quarters[:2])


@pytest.mark.parametrize("text", ["31.02.2026", "gestern", "0001-01-01", "9" * 500])
def test_a_day_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match="ist kein Tag"):
        day_of(text)
