"""Pages of the findings floor."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.accounts.models import AuditEntry
from app.core import clock
from app.extensions import db
from app.findings.models import FindingLimits, NeedLink
from tests import factories
from tests.findings import places
from tests.findings.places import CATEGORY

CELL = "/befunde/zelle?kategorie=Familienbildung&zielgruppe=families&gebiet="


@pytest.fixture
def furnished(app, town):
    """A need link, an offer in quarter 1 confirmed of late, and one somebody typed with a hostile name."""
    with app.app_context():
        places.link(town)
        fresh = clock.local_date(clock.now()) - timedelta(days=30)
        places.offer(town, "=Elterncafé", quarters=(1,), confirmed_on=fresh)
        db.session.commit()
    return town


def text(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.get_data(as_text=True)


def test_the_matrix_shows_sign_and_word_and_opens_every_reason(organiser, furnished):
    page = text(organiser, "/befunde/")

    assert "Versorgungslücke" in page
    assert page.count("/befunde/zelle?gebiet=") == 3 + 2  # one a cell, the loud ones again in the list for phones


@pytest.mark.parametrize("quarter", [0, 1, 2])
def test_every_cell_explains_itself(organiser, furnished, quarter):
    page = text(organiser, CELL + str(furnished.quarters[quarter]))

    assert "Regel:" in page
    assert "Leitfrage für einen Tisch:" in page
    assert "31.12.2025; Statistik der Bundesagentur für Arbeit" in page


def test_a_gap_shows_rule_figures_and_question(organiser, furnished):
    page = text(organiser, CELL + str(furnished.quarters[2]))

    assert "Der Bedarf ist hoch (mindestens 1,0 Standardabweichungen" in page
    assert "30,0 %" in page
    assert "Was fehlt Familien in Musterstadt Quartier 3 beim Thema Familienbildung, und wer kann es anbieten?" in page


def test_unknown_places_are_said_on_the_page(organiser, furnished):
    page = text(organiser, CELL + str(furnished.quarters[0]))

    assert "Deshalb werden Angebote gezählt, nicht Plätze." in page
    assert "Angebote je 1.000 Personen der Zielbevölkerung" in page


@pytest.mark.parametrize(
    "query",
    ["", "gebiet=1", "gebiet=x&kategorie=Familienbildung&zielgruppe=families", "gebiet={q}&kategorie=Unsinn",
     "gebiet={q}&kategorie=Familienbildung&zielgruppe=unsinn", "gebiet={q}&kategorie=Familienbildung&zielgruppe=older"],
)  # fmt: skip
def test_a_cell_that_is_not_there_is_not_found(organiser, furnished, query):
    assert organiser.get(f"/befunde/zelle?{query.format(q=furnished.quarters[0])}").status_code == 404


@pytest.mark.parametrize("query", ["ebene=99", "gebiet=abc", "zielgruppe=x", "befund=nothing"])
def test_a_filter_that_cannot_be_chosen_is_not_found(organiser, furnished, query):
    assert organiser.get(f"/befunde/?{query}").status_code == 404


@pytest.mark.parametrize("query", ["seite=99", "seite=-1", "seite=x", "befund=service_gap", "zielgruppe=older"])
def test_filters_and_pages_never_break_the_matrix(organiser, furnished, query):
    assert organiser.get(f"/befunde/?{query}").status_code == 200


def test_a_level_and_an_area_can_be_chosen(organiser, furnished):
    page = text(organiser, f"/befunde/?gebiet={furnished.social_area}")

    assert "Musterstadt Mitte: was auffällt" in page
    assert "Musterstadt Quartier 2" in page


def test_the_sheet_of_an_area_names_what_to_talk_about(organiser, furnished):
    page = text(organiser, f"/befunde/blatt?gebiet={furnished.quarters[2]}")

    assert "Versorgungslücke" in page
    assert "Bedarf hoch; 0 Angebote." in page


def test_the_export_has_a_row_for_every_cell_and_no_formulas(organiser, furnished):
    response = organiser.get("/befunde/matrix.csv")
    rows = response.data.decode("utf-8-sig").splitlines()

    assert response.mimetype == "text/csv"
    assert [row.split(";")[0] for row in rows[1:]] == [f"Musterstadt Quartier {n}" for n in (1, 2, 3)]
    assert rows[3].split(";")[3:8] == [CATEGORY, "Familien", "Versorgungslücke", "hoch", "SGB-II-Quote"]


def test_a_town_without_areas_gets_the_first_step(app):
    with app.app_context():
        member = factories.member(factories.municipality()).id
        db.session.commit()
    client = app.test_client().sign_in(member)

    assert "Noch keine Gebiete" in text(client, "/befunde/")
    assert client.get("/befunde/matrix.csv").status_code == 404


def test_without_need_links_the_page_says_what_to_do(organiser):
    assert "Noch kein Bedarfsbezug" in text(organiser, "/befunde/")


def test_another_municipality_is_neither_seen_nor_changed(app, organiser, furnished):
    with app.app_context():
        other = factories.furnished_town("MARKIERTE-STADT", "andere")
        db.session.commit()

    assert "MARKIERTE" not in text(organiser, "/befunde/")
    assert organiser.get(f"/befunde/blatt?gebiet={other.quarters[0]}").status_code == 404
    assert organiser.get(CELL + str(other.quarters[0])).status_code == 404
    assert organiser.get(f"/befunde/bedarfsbezug/{other.need_link}").status_code == 404
    assert organiser.submit(f"/befunde/bedarfsbezug/{other.need_link}/entfernen").status_code == 404
    given = {"category": CATEGORY, "target_group": "older", "indicator": other.indicator}
    assert organiser.submit("/befunde/bedarfsbezug/neu", given).status_code == 422


def test_departments_read_and_hosts_do_not(app, furnished):
    department = app.test_client().sign_in(furnished.department)
    host = app.test_client().sign_in(furnished.host)

    assert department.get("/befunde/").status_code == 200
    assert department.get("/befunde/grenzen").status_code == 403
    assert department.get("/befunde/bedarfsbezug/").status_code == 403
    assert host.get("/befunde/").status_code == 403


@pytest.mark.parametrize("path", ["/befunde/", "/befunde/zelle", "/befunde/blatt", "/befunde/bedarfsbezug/"])
def test_pages_stay_within_the_statements_of_an_office_page(app, organiser, furnished, statements, path):
    with app.app_context():
        for n in range(3):
            places.link(furnished, f"Thema {n}")
            places.offer(furnished, f"Angebot {n}", quarters=(1, 2), category=f"Thema {n}")
        db.session.commit()
    statements.clear()

    text(organiser, f"{path}?gebiet={furnished.social_area}&kategorie={CATEGORY}&zielgruppe=families")

    assert 3 < len(statements) <= 15


def test_a_need_link_is_added_changed_removed_and_brought_back(app, town, organiser):
    given = {"category": CATEGORY, "target_group": "families", "indicator": town.indicator, "benchmark": "11,4"}

    assert organiser.submit("/befunde/bedarfsbezug/neu", given).location == "/befunde/bedarfsbezug/"
    with app.app_context():
        link = db.session.scalar(select(NeedLink))
        assert (link.category, link.target_group, link.benchmark) == (CATEGORY, "families", 11.4)
        link_id = link.id
    assert 'value="11,4"' in text(organiser, f"/befunde/bedarfsbezug/{link_id}")
    organiser.submit(f"/befunde/bedarfsbezug/{link_id}", given | {"benchmark": ""})
    organiser.submit(f"/befunde/bedarfsbezug/{link_id}/entfernen")
    assert "Rückgängig" in text(organiser, "/befunde/bedarfsbezug/")
    organiser.submit("/befunde/bedarfsbezug/zurueckholen")

    with app.app_context():
        link = db.session.scalar(select(NeedLink))
        assert (link.category, link.target_group, link.benchmark) == (CATEGORY, "families", None)
        assert db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all() == [
            "need_link.saved",
            "need_link.saved",
            "need_link.removed",
            "need_link.restored",
        ]
    assert "Rückgängig" not in text(organiser, "/befunde/bedarfsbezug/")
    assert organiser.submit("/befunde/bedarfsbezug/zurueckholen").status_code == 409


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"category": ""}, "Wählen Sie eine Kategorie."),
        ({"indicator": ""}, "Wählen Sie einen Indikator."),
        ({"indicator": "99999999999999999999"}, "ist keine gültige Auswahl"),
        ({"benchmark": "viel"}, "zum Beispiel 11,4"),
        ({"benchmark": "0"}, "zum Beispiel 11,4"),
        ({"target_group": "alle Leute"}, "ist keine gültige Auswahl"),
    ],
)
def test_what_cannot_be_saved_stands_beside_its_field(app, town, organiser, changed, message):
    given = {"category": CATEGORY, "target_group": "families", "indicator": town.indicator, **changed}

    response = organiser.submit("/befunde/bedarfsbezug/neu", given)

    assert response.status_code == 422
    assert "kern-error" in response.get_data(as_text=True)
    assert message in response.get_data(as_text=True) or "gültige Auswahl" in message
    with app.app_context():
        assert db.session.scalar(select(func.count(NeedLink.id))) == 0


def test_a_second_link_for_the_same_people_is_refused(app, organiser, furnished):
    given = {"category": CATEGORY, "target_group": "families", "indicator": furnished.indicator}

    response = organiser.submit("/befunde/bedarfsbezug/neu", given)

    assert response.status_code == 422
    assert "gibt es schon einen Bedarfsbezug" in response.get_data(as_text=True)


def test_usual_links_are_adopted_in_one_go(app, town, organiser):
    with app.app_context():
        places.offer(town, category="Sozialberatung und Hilfe")
        db.session.commit()
    assert "Alle 3 übernehmen" in text(organiser, "/befunde/bedarfsbezug/")

    organiser.submit("/befunde/bedarfsbezug/uebernehmen")

    with app.app_context():
        links = db.session.execute(select(NeedLink.category, NeedLink.target_group).order_by(NeedLink.id)).all()
    assert links == [("Sozialberatung und Hilfe", "all"), ("Schuldnerberatung", "all"), ("Existenzhilfe", "all")]
    assert organiser.submit("/befunde/bedarfsbezug/uebernehmen").status_code == 409


def test_limits_are_stored_where_they_differ_and_move_the_findings(app, organiser, furnished):
    given = {"need_ratio": "2,5", "need_deviation": "4", "thin_supply": "", "low_utilisation": "40"}

    assert organiser.submit("/befunde/grenzen", given).location == "/befunde/"

    with app.app_context():
        stored = db.session.scalar(select(FindingLimits)).limits
    assert stored == {"need_ratio": 2.5, "need_deviation": 4.0, "low_utilisation": 40.0}
    assert "2,50-Fache" in text(organiser, "/befunde/")
    assert "Von Ihnen geändert." in text(organiser, "/befunde/grenzen")
    organiser.submit("/befunde/grenzen", {"reset": "1"})
    with app.app_context():
        assert db.session.scalar(select(FindingLimits)).limits == {}


@pytest.mark.parametrize("value", ["0", "-1", "viel", "nan", "1e3", "99999", "١"])
def test_a_limit_out_of_range_stands_beside_its_field(app, organiser, town, value):
    response = organiser.submit("/befunde/grenzen", {"need_ratio": value})

    assert response.status_code == 422
    assert "Geben Sie eine Zahl von 1,01 bis 10,00 ein." in response.get_data(as_text=True)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(FindingLimits)) == 0
