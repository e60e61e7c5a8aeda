"""Offers from a file: what is new, changed, refused; exactly that is taken over and can be undone."""

import io
import json

import pytest
from openpyxl import Workbook

from app.areas.queries import get_area
from app.core import clock
from app.core.errors import RuleBroken
from app.extensions import db
from app.imports.enums import RowState
from app.imports.importer import get_importer
from app.imports.reading import NO_HINTS
from app.institutions.models import Institution
from app.offers import exchange, queries
from app.offers.enums import Entrance
from app.offers.import_cells import day_of, whole_number
from app.offers.models import Offer
from tests import factories
from tests.offers import scenes

HEADER = "Träger;Angebot;Kategorie;Zielgruppen;Ort;Einzugsgebiete;Plätze;Auslastung;Sprachen;Zugang;Förderende;E-Mail"
ROW = "{provider};Treff;Treffpunkt;Jugendliche, Familien;0101;0101; 20 ;85 %;Deutsch, Türkisch;stufenlos;31.12.2027;"


def checked(town, content: str | bytes):
    """The preview of a file."""
    importer = get_importer("offers")
    sheet = importer.read(content if isinstance(content, bytes) else content.encode(), NO_HINTS)
    home = scenes.home_of(town)
    found = importer.check(sheet, importer.propose(sheet, home), {}, home, lambda *_: None)
    for row in found.rows:
        json.dumps(row.changes)
    return found


def changes_of(found) -> list:
    """The changes of a preview after they were stored."""
    return json.loads(json.dumps([change for row in found.rows for change in row.changes]))


def apply(town, changes: list) -> dict:
    """Take changes over."""
    given = {"plan": {}, "choices": {}, "municipality": scenes.home_of(town), "user": None, "now": clock.now()}
    return json.loads(json.dumps(get_importer("offers").apply(changes, **given)))


def revert(town, changes: list, kept: dict) -> None:
    """Take a taking over back."""
    db.session.expire_all()
    get_importer("offers").revert(changes, kept=kept, municipality=scenes.home_of(town), user=None, now=clock.now())


def states(found) -> list[RowState]:
    return [row.state for row in found.rows]


def test_a_new_offer_comes_with_everything_and_its_provider(app, town):
    with app.app_context():
        found = checked(town, f"{HEADER}\n{ROW.format(provider='Verein Morgenrot')}")

        kept = apply(town, changes_of(found))

        made = queries.get_offer(scenes.home_of(town), kept["offers"][0])
        assert "„Verein Morgenrot“" in found.notes[0]
        assert made.institution.name == "Verein Morgenrot"
        assert (made.capacity, made.utilisation, made.entrance) == (20, 85, Entrance.STEP_FREE)
        assert (made.target_groups, made.languages) == (["youth", "families"], ["Deutsch", "Türkisch"])
        assert made.place_id == town.quarters[0]
        assert [area.id for area in made.areas] == [town.quarters[0]]
        assert made.funding_until.isoformat() == "2027-12-31"


def test_checking_writes_nothing(app, town):
    with app.app_context():
        before = scenes.rows()
        checked(town, f"{HEADER}\n{ROW.format(provider='Neu')}")
        db.session.commit()

        assert scenes.rows() == before


def test_the_same_provider_and_name_mean_the_same_offer(app, town):
    made = scenes.offer(app, town, "Treff", capacity=5, funding="Land")
    with app.app_context():
        found = checked(town, "Träger;Angebot;Plätze\ncaritasverband  musterstadt;TREFF;8")

        apply(town, changes_of(found))

        offer = scenes.read(made)
        assert states(found) == [RowState.CHANGED]
        assert (offer.capacity, offer.funding) == (8, "Land")
        assert len(scenes.rows()["offer"]) == 1


def test_undoing_puts_back_exactly_what_was_there(app, town):
    scenes.offer(app, town, "Treff", capacity=5, languages=["Deutsch"])
    with app.app_context():
        before = scenes.rows()
        provider = "Caritasverband Musterstadt"
        found = checked(
            town,
            f"{HEADER}\n{ROW.format(provider=provider)}\n{ROW.format(provider='Neuer e. V.').replace('Treff;', 'X;')}",
        )
        changes = changes_of(found)
        kept = apply(town, changes)
        assert states(found) == [RowState.CHANGED, RowState.NEW]

        revert(town, changes, kept)

        assert scenes.rows() == before


def test_undoing_stops_when_somebody_worked_on_it(app, town):
    made = scenes.offer(app, town, "Treff", capacity=5)
    with app.app_context():
        changes = changes_of(checked(town, "Träger;Angebot;Plätze\nCaritasverband Musterstadt;Treff;8"))
        kept = apply(town, changes)
        scenes.read(made).capacity = 9
        db.session.flush()

        with pytest.raises(RuleBroken, match="seit der Prüfung geändert"):
            revert(town, changes, kept)


def test_a_provider_that_is_needed_by_now_stays(app, town):
    with app.app_context():
        changes = changes_of(checked(town, f"{HEADER}\n{ROW.format(provider='Neu')}"))
        kept = apply(town, changes)
        provider = db.session.get(Institution, kept["providers"][0])
        factories.offer(provider, "Später eingetragen")

        revert(town, changes, kept)
        db.session.commit()

        assert db.session.scalar(db.select(Institution.name).where(Institution.id == kept["providers"][0])) == "Neu"
        assert "Treff" not in list(db.session.scalars(db.select(Offer.name)))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (";Treff;X;;;;;;;;;", "Der Träger fehlt."),
        ("Neu;;X;;;;;;;;;", "Der Name des Angebots fehlt."),
        ("Neu;Treff;;;;;;;;;;", "Die Kategorie fehlt."),
        ("Neu;Treff;X;Rentner;;;;;;;;", "Zielgruppe „Rentner“ ist nicht bekannt."),
        ("Neu;Treff;X;;9999;;;;;;;", "Das Gebiet „9999“ gibt es nicht."),
        ('Neu;Treff;X;;;"0101; 9999";;;;;;', "Das Gebiet „9999“ gibt es nicht."),
        ("Neu;Treff;X;;;;;;;;;;zu viel", "mehr Zellen"),
        ("Neu;Treff;X;;;;viele;;;;;", "Plätze: „viele“ ist keine ganze Zahl."),
        ("Neu;Treff;X;;;;;400;;;;", "Auslastung: Geben Sie die Auslastung in Prozent an"),
        ("Neu;Treff;X;;;;;;;;31.02.2027;", "Förderende: „31.02.2027“ ist kein Tag."),
        ("Neu;Treff;X;;;;;;;;;keine", "ist keine Adresse."),
        (f"Neu;{'x' * 161};X;;;;;;;;;", "Angebot: Bitte kürzen"),
        (f"{'x' * 161};Treff;X;;;;;;;;;", "länger als 160 Zeichen"),
    ],
)
def test_refused_rows_say_why(app, town, row, reason):
    with app.app_context():
        found = checked(town, f"{HEADER}\n{row}")

        assert states(found) == [RowState.REFUSED]
        assert reason in found.rows[0].reason


def test_a_row_that_comes_twice_counts_once(app, town):
    with app.app_context():
        found = checked(town, "Träger;Angebot;Kategorie\nNeu;Treff;X\nNEU; treff ;X")

        assert states(found) == [RowState.NEW, RowState.REFUSED]
        assert found.rows[1].reason == "Dieses Angebot steht schon in Zeile 2."


def test_an_ended_offer_is_not_revived_by_a_file(app, town):
    scenes.offer(app, town, "Treff", ended_on=clock.local_date(clock.now()))
    with app.app_context():
        found = checked(town, "Träger;Angebot;Kategorie\nCaritasverband Musterstadt;Treff;X")

        assert states(found) == [RowState.REFUSED]


def everything(app, town) -> int:
    """An offer with every column filled, some with what spreadsheets would run."""
    made = scenes.offer(
        app,
        town,
        "=Treff",
        category="+Beratung",
        description="Zeile eins; mit Zeichen\nZeile zwei „so“",
        target_groups=["youth", "all"],
        languages=["Deutsch", "Türkisch"],
        entrance=Entrance.PARTLY,
        access="-Klingel",
        capacity=0,
        utilisation=120,
        waiting="@bald",
        phone="+49 2234 1",
        email="post@verband.example",
        website="https://verband.example/x?a=1",
        schedule="Mo 9–12",
        cost="kostenlos",
        address="Ring 1",
        funding="Land",
        confirmed_on=factories.date(2026, 3, 1),
        funding_until=factories.date(2027, 6, 30),
    )
    with app.app_context():
        home = scenes.home_of(town)
        offer = queries.get_offer(home, made)
        offer.areas = [get_area(home, area_id) for area_id in town.quarters[:2]]
        offer.place = get_area(home, town.quarters[0])
        db.session.commit()
    return made


@pytest.mark.parametrize("table", [exchange.public_csv, exchange.office_csv])
def test_an_export_imports_again_unchanged(app, town, table):
    everything(app, town)
    scenes.offer(app, town, "Stadtweites")
    with app.app_context():
        content = table(queries.list_offers(scenes.home_of(town)))

        found = checked(town, content)

        assert [(row.state, row.reason) for row in found.rows] == [(RowState.SAME, "")] * 2


def test_an_export_of_one_town_is_an_import_of_another(app, town):
    made = everything(app, town)
    with app.app_context():
        content = exchange.office_csv(queries.list_offers(scenes.home_of(town)))
        offer = queries.get_offer(scenes.home_of(town), made)
        before = {one.field: str(one.text(offer)) for one in exchange.COLUMNS}
        db.session.delete(offer)
        db.session.commit()

        kept = apply(town, changes_of(checked(town, content)))

        again = queries.get_offer(scenes.home_of(town), kept["offers"][0])
        assert {one.field: str(one.text(again)) for one in exchange.COLUMNS} == before


def test_a_spreadsheet_is_read_like_a_table(app, town):
    book = Workbook()
    for row in (["Einrichtung", "Titel", "Thema", "Kapazität", "Förderende"], ["Neu", "Treff", "X", 12, "2027-06-30"]):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    with app.app_context():
        found = checked(town, content.getvalue())

        after = found.rows[0].changes[0]["after"]
        assert (after["capacity"], after["funding_until"]) == (12, "2027-06-30")


def test_the_preview_tells_changes_in_words(app, town):
    scenes.offer(app, town, "Treff")
    with app.app_context():
        found = checked(town, f"{HEADER}\n{ROW.format(provider='Caritasverband Musterstadt')}\nNeu;Y;X;;;;;;;;;")
        told = get_importer("offers").describe(changes_of(found), plan={}, municipality=scenes.home_of(town))

        words = {one.what: (one.before, one.after) for one in told}
        assert words["Treff: Einzugsgebiete"] == ("ganze Kommune", "Musterstadt Quartier 1")
        assert words["Treff: Plätze"] == ("–", "20")
        assert words["Treff: Zielgruppen"] == ("–", "Jugendliche, Familien")
        assert words["Treff: Förderende"] == ("–", "31.12.2027")
        assert words["Y"] == ("", "neu, Neu")


def test_areas_and_providers_of_others_are_unknown(app, town):
    with app.app_context():
        other = factories.furnished_town("Nachbarstadt")
        found = checked(town, "Träger;Angebot;Kategorie;Ort\nCaritasverband Nachbarstadt;T;X;Nachbarstadt Mitte")
        new = checked(town, "Träger;Angebot;Kategorie\nCaritasverband Nachbarstadt;Elterncafé Nachbarstadt;X")

        assert states(found) == [RowState.REFUSED]
        assert new.rows[0].changes[0]["provider_id"] is None
        assert other.offer not in [change["offer"] for change in changes_of(new)]


@pytest.mark.parametrize(
    ("text", "number"), [("", None), ("12", 12), ("12,0", 12), ("12.00", 12), ("1.200", 1200), ("85 %", 85)]
)
def test_numbers_as_offices_write_them(text, number):
    assert whole_number(text, "Plätze") == number


@pytest.mark.parametrize("text", ["zwölf", "1,5", "-3", "1e3", "²", "9" * 30])
def test_no_number_is_guessed(text):
    with pytest.raises(ValueError, match="keine ganze Zahl"):
        whole_number(text, "Plätze")


def test_days_as_offices_write_them():
    assert day_of("30.6.2027", "Förderende") == day_of("2027-06-30 00:00:00", "Förderende") == "2027-06-30"
    with pytest.raises(ValueError, match="kein Tag"):
        day_of("30.06.0027", "Förderende")
