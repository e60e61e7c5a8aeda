"""Uploading, assigning columns, looking, taking over, undoing: as people do it in the browser."""

import io
import re
from datetime import date

import pytest
from sqlalchemy import select

from app.accounts.models import AuditEntry
from app.extensions import db
from app.imports import tasks
from app.imports.enums import ImportState, RowState
from app.imports.models import Import, ImportRow
from app.indicators.models import Clearance, Indicator, IndicatorValue, RawValue
from tests import factories

CONTENT = (
    "Bericht 2025;;;\nSchlüssel;sgb2_rate_zaehler;sgb2_rate_nenner;Wohnfläche\n"
    "0101;120;1.000;31,5\n0102;.;900;x\n0103;300;1.000;\n9999;1;2;3\n0104;zehn;1;2\nInsgesamt;420;2.900;40\n"
)
CHOICES = {
    "areas": "",
    "reference_date": "2025-12-31",
    "indicator": "",
    "source": "Statistikstelle",
    "cleared_by": "Statistikstelle Musterstadt",
    "cleared_on": "2026-03-01",
}


def upload(client, content=CONTENT, kind="values", name="werte.csv"):
    """Send a file; the id of the upload."""
    content = content if isinstance(content, bytes) else content.encode()
    response = client.submit(f"/importe/neu/{kind}", {"file": (io.BytesIO(content), name)})
    assert response.status_code == 303, response.get_data(as_text=True)
    return int(re.search(r"/importe/(\d+)/spalten", response.location)[1])


def chosen(client, import_id):
    """What the columns page proposes, as the form would send it."""
    page = client.get(f"/importe/{import_id}/spalten").get_data(as_text=True)
    selects = re.findall(r'<select[^>]*name="([\w-]+)"[^>]*>(.*?)</select>', page, re.S)
    data = {}
    for name, options in selects:
        found = re.search(r'<option[^>]*selected[^>]*value="([^"]*)"|value="([^"]*)"[^>]*selected', options)
        first = re.search(r'value="([^"]*)"', options)
        data[name] = next(filter(None, found.groups()), "") if found else first[1] if name == "areas" else ""
    return data


def check(client, import_id, **other):
    """Accept the proposal; returns the page that follows."""
    data = {**CHOICES, **{k: v for k, v in chosen(client, import_id).items() if v or k not in CHOICES}, **other}
    return client.submit(f"/importe/{import_id}/spalten", data)


def snapshot(app):
    """Everything an import of values may touch, without ids of cells."""
    with app.app_context():
        values = db.session.execute(select(IndicatorValue.__table__)).all()
        raw = db.session.execute(select(RawValue.__table__)).all()
        keys = db.session.scalars(select(Indicator.key).order_by(Indicator.key)).all()
        return sorted(map(repr, (tuple(row)[1:] for row in values))), sorted(map(repr, raw)), keys


def test_a_file_is_shown_taken_over_and_taken_back_exactly(app, town, organiser):
    before = snapshot(app)
    import_id = upload(organiser)

    assert check(organiser, import_id).location == f"/importe/{import_id}"
    assert snapshot(app) == before
    page = organiser.get(f"/importe/{import_id}").get_data(as_text=True)
    assert "Übernehmen: 1 neu, 2 geändert" not in page
    assert "Übernehmen: 2 neu, 2 geändert" in page
    assert page.index("2 Zeilen abgelehnt") < page.index("ändern etwas")
    assert "100 von 1000" in page
    assert "120 von 1000" in page
    assert "Summenzeile" in page
    assert "Neuer Indikator: Wohnfläche (wohnflaeche)." in page

    organiser.submit(f"/importe/{import_id}/uebernehmen")
    taken = snapshot(app)
    with app.app_context():
        row = db.session.get(Import, import_id)
        clearance = db.session.scalar(select(Clearance))
        assert (row.state, row.content) == (ImportState.DONE, None)
        assert (clearance.cleared_by, clearance.cleared_on) == ("Statistikstelle Musterstadt", date(2026, 3, 1))
        assert "wohnflaeche" in taken[2]
    assert taken != before

    organiser.submit(f"/importe/{import_id}/zuruecknehmen")
    assert snapshot(app) == before
    with app.app_context():
        actions = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
        assert actions == ["import.taken_over", "import.undone"]


def test_the_same_file_again_is_said_and_changes_nothing(app, town, organiser):
    first = upload(organiser)
    check(organiser, first)
    organiser.submit(f"/importe/{first}/uebernehmen")
    before = snapshot(app)

    second = upload(organiser)
    columns = organiser.get(f"/importe/{second}/spalten").get_data(as_text=True)
    check(organiser, second)
    page = organiser.get(f"/importe/{second}").get_data(as_text=True)

    assert "Diese Datei wurde schon übernommen" in columns
    assert "Die Zuordnung von damals ist vorausgewählt" in columns
    assert "nichts neu oder geändert" in page
    assert organiser.submit(f"/importe/{second}/uebernehmen").status_code == 409
    assert snapshot(app) == before


def test_all_bad_rows_are_listed_page_by_page_and_to_take_away(app, town, organiser):
    lines = [f"{'0101' if number == 0 else f'X{number:04}'};1" for number in range(1900)]
    import_id = upload(organiser, "code;sgb2_rate\n" + "\n".join(lines) + "\n")
    check(organiser, import_id)

    page = organiser.get(f"/importe/{import_id}").get_data(as_text=True)
    last = organiser.get(f"/importe/{import_id}/zeilen?art=refused&seite=10").get_data(as_text=True)
    file = organiser.get(f"/importe/{import_id}/abgelehnt.csv").get_data(as_text=True)

    assert "1.899 Zeilen abgelehnt" in page
    assert page.count("Es gibt kein Gebiet mit dem Schlüssel") == 200
    assert last.count("Es gibt kein Gebiet mit dem Schlüssel") == 99
    assert [line.split(";")[0] for line in file.splitlines()[1:]] == [str(number) for number in range(3, 1902)]


def test_what_changed_since_the_preview_or_since_taking_over_is_not_overwritten(app, town, organiser):
    import_id = upload(organiser)
    check(organiser, import_id)
    edit(app, town, 7)
    before = snapshot(app)

    organiser.submit(f"/importe/{import_id}/uebernehmen")
    assert snapshot(app) == before
    assert "Seit der Vorschau" in organiser.get(f"/importe/{import_id}").get_data(as_text=True)

    check(organiser, import_id)
    organiser.submit(f"/importe/{import_id}/uebernehmen")
    edit(app, town, 8)
    before = snapshot(app)
    page = organiser.submit(f"/importe/{import_id}/zuruecknehmen", follow_redirects=True).get_data(as_text=True)
    assert "seither geändert" in page
    assert snapshot(app) == before


def edit(app, town, numerator):
    """Somebody changes a value by hand."""
    with app.app_context():
        row = db.session.scalar(
            select(IndicatorValue).where(
                IndicatorValue.area_id == town.quarters[0], IndicatorValue.reference_date == date(2025, 12, 31)
            )
        )
        row.numerator, row.denominator, row.value, row.state = numerator, 1000, None, "known"
        db.session.commit()


def test_a_file_can_be_read_otherwise(app, town, organiser):
    import_id = upload(organiser, "code;sgb2_rate\n0101;1.234\n")
    assert "auf zwei Arten lesen" in organiser.get(f"/importe/{import_id}/spalten").get_data(as_text=True)

    organiser.submit(f"/importe/{import_id}/lesen", {"sheet": "", "header": "1", "comma": "point"})
    check(organiser, import_id)

    assert "1,234" in organiser.get(f"/importe/{import_id}").get_data(as_text=True)
    wrong = organiser.submit(f"/importe/{import_id}/lesen", {"sheet": "", "header": "99", "comma": ""})
    assert (wrong.status_code, "So viele Zeilen" in wrong.get_data(as_text=True)) == (422, True)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"reference_date": ""}, "Nennen Sie den Stichtag"),
        ({"cleared_by": ""}, "Nennen Sie die Stelle"),
        ({"column-0": ""}, "Wählen Sie die Spalte"),
        ({"column-1": "code"}, "Nur eine Spalte kann"),
        ({"areas": "l999999"}, "Not a valid choice"),
    ],
)
def test_what_is_missing_stands_beside_the_columns(app, town, organiser, other, reason):
    response = check(organiser, upload(organiser), **other)

    assert response.status_code == 422
    assert reason in response.get_data(as_text=True) or reason == "Not a valid choice"


def test_discarding_leaves_nothing(app, town, organiser):
    import_id = upload(organiser)
    check(organiser, import_id)

    organiser.submit(f"/importe/{import_id}/verwerfen")

    with app.app_context():
        assert db.session.scalars(select(Import)).all() == []
        assert db.session.scalars(select(ImportRow)).all() == []
    assert organiser.get(f"/importe/{import_id}").status_code == 404


def test_raw_values_are_for_the_statistics_office_alone(app, town, organiser):
    statistics = app.test_client().sign_in(town.statistics)
    import_id = upload(statistics, kind="raw_values")
    check(statistics, import_id)
    statistics.submit(f"/importe/{import_id}/uebernehmen")

    addresses = ["", "/spalten", "/zeilen", "/abgelehnt.csv", "/fortschritt"]
    assert [organiser.get(f"/importe/{import_id}{path}").status_code for path in addresses] == [404] * 5
    assert organiser.get("/importe/neu/raw_values").status_code == 404
    assert "werte.csv" not in organiser.get("/importe/").get_data(as_text=True)
    with app.app_context():
        assert len(db.session.scalars(select(RawValue)).all()) == 5
        assert db.session.scalars(select(Clearance)).all() == []


def test_uploads_of_another_municipality_are_not_there(app, town, organiser):
    import_id = upload(organiser)
    with app.app_context():
        other = factories.small_town("Nachbarstadt")
        db.session.commit()
    neighbour = app.test_client().sign_in(other.organiser)

    assert neighbour.get(f"/importe/{import_id}/spalten").status_code == 404
    assert neighbour.submit(f"/importe/{import_id}/verwerfen").status_code == 404


def test_areas_come_and_go(app, town, organiser):
    content = "code;name;parent\n0101;Umbenannt;01\n0109;Neues Quartier;01\n;Ohne;01\n"
    import_id = upload(organiser, content, kind="areas", name="gebiete.csv")
    with app.app_context():
        before = db.session.execute(select(factories.Area.__table__).order_by(factories.Area.id)).all()

    check(organiser, import_id, scheme="Sozialräume", level="Sozialquartier")
    organiser.submit(f"/importe/{import_id}/uebernehmen")
    with app.app_context():
        names = dict(db.session.execute(select(factories.Area.code, factories.Area.name)).all())
    organiser.submit(f"/importe/{import_id}/zuruecknehmen")

    assert (names["0101"], names["0109"]) == ("Umbenannt", "Neues Quartier")
    with app.app_context():
        assert db.session.execute(select(factories.Area.__table__).order_by(factories.Area.id)).all() == before


def test_large_files_are_checked_and_taken_over_by_the_worker(app, town, organiser):
    import_id = upload(organiser, "code;sgb2_rate\n0101;5\n" + "".join(f"Y{n};1\n" for n in range(2500)))
    check(organiser, import_id)

    waiting = organiser.get(f"/importe/{import_id}").get_data(as_text=True)
    assert "wird geprüft" in waiting
    assert "Stand ansehen" in waiting
    partial = organiser.get(f"/importe/{import_id}/fortschritt", headers={"HX-Request": "true"})
    assert (partial.status_code, b"<html" in partial.data) == (200, False)
    with app.app_context():
        tasks.check_upload(import_id)
    assert organiser.get(f"/importe/{import_id}/fortschritt").status_code == 286
    organiser.submit(f"/importe/{import_id}/uebernehmen")
    with app.app_context():
        tasks.take_over_upload(import_id, None)
        tasks.take_over_upload(import_id, None)
        states = dict(db.session.execute(select(Import.id, Import.state)).all())
        assert states == {import_id: ImportState.DONE}
        assert len(db.session.scalars(select(ImportRow).where(ImportRow.state == RowState.REFUSED)).all()) == 2500


def test_pages_stay_within_fifteen_statements(app, town, organiser, statements):
    import_id = upload(organiser)
    check(organiser, import_id)
    counts = {}
    for path in ("/importe/", f"/importe/{import_id}", f"/importe/{import_id}/spalten", f"/importe/{import_id}/zeilen"):
        statements.clear()
        organiser.get(path)
        counts[path] = len(statements)

    assert {path: count for path, count in counts.items() if count > 15} == {}
