"""One page of paper: accessible, complete for ten indicators, and honest about what did not fit."""

from datetime import date

import pypdfium2
import pytest
import zxingcpp

from app.areas.models import Area
from app.conferences.models import Topic, TopicInput, topic_indicator
from app.extensions import db
from app.findings.models import NeedLink
from app.indicators.models import Indicator
from app.institutions.models import Institution
from tests import factories
from tests.profiles import scenes
from tests.profiles.scenes import pdfua_findings, words


@pytest.fixture
def town(app) -> factories.Town:
    with app.app_context():
        town = factories.furnished_town()
        db.session.commit()
    return town


def profile(client, town, code="01") -> bytes:
    response = client.get(f"/k/{town.slug}/raeume/{code}.pdf")
    assert response.mimetype == "application/pdf"
    return response.data


def test_ten_indicators_stand_on_one_page(app, client, town, tmp_path):
    with app.app_context():
        scenes.indicators(town, 9)
        scenes.published(town, 6)
        house = db.session.get(Institution, town.institution)
        for number in range(9):
            area = db.session.get(Area, town.quarters[0])
            factories.offer(house, f"Angebot {number} mit einem recht langen Namen", areas=[area])
        db.session.commit()

    content = profile(client, town)

    (said,) = words(content)
    assert [f"Beispielfälle Nummer {number} " in said for number in range(9)] == [True] * 9
    assert "weitere Kennzahlen" not in said
    assert "Offener Treff 1: noch ohne Bericht" in said
    assert "600 von 3.000" in said
    assert f"/k/{town.slug}/raeume/01" in said
    assert pdfua_findings(content, tmp_path) == ""


@pytest.mark.parametrize("code", ["01", "0101"])
def test_thirty_indicators_stay_on_one_page_and_say_how_many_more_there_are(app, client, town, code):
    with app.app_context():
        scenes.indicators(town, 29)
        scenes.published(town, 20)
        db.session.commit()

    (said,) = words(profile(client, town, code))

    assert "weitere Kennzahlen stehen online." in said
    assert "weitere Empfehlungen stehen online." in said


def test_the_index_is_said_in_words_with_its_caveat(client, town, tmp_path):
    content = profile(client, town, "0103")

    (said,) = words(content)
    assert "Ein höherer Wert bedeutet eine höhere soziale Belastung." in said
    assert "Ein Index allein erklärt nichts" in said
    assert pdfua_findings(content, tmp_path) == ""


def test_secret_missing_and_zero_are_three_things_on_paper(app, client, town):
    with app.app_context():
        home = db.session.get(factories.Municipality, town.municipality)
        for key, name in (("geheim", "Kennzahl A"), ("leer", "Kennzahl B"), ("null", "Kennzahl C")):
            factories.indicator(home, key, name)
        secret, _missing, zero = db.session.query(Indicator).order_by(Indicator.id)[1:4]
        day = date(2025, 12, 31)
        scenes.secret(secret, town.quarters[0], day)
        factories.value(zero, db.session.get(Area, town.quarters[0]), 0, 500, day)
        db.session.commit()

    (said,) = words(profile(client, town, "0101"))

    assert "Kennzahl A 31.12.2025 • geheim" in said
    assert "Kennzahl B – – nicht vorhanden" in said
    assert "Kennzahl C 31.12.2025 0,0 % 0 von 500" in said
    assert str(scenes.SECRET_NUMBER) not in said


def test_an_empty_area_still_has_its_page(app, client, tmp_path):
    with app.app_context():
        home = factories.municipality("leer", "Leerstadt")
        (level,) = factories.scheme(home, "Raum")
        factories.area(level, "1", "Raum #1 [x] *y* $z$").geometry = None
        db.session.commit()

    content = client.get("/k/leer/raeume/1.pdf").data

    (said,) = words(content)
    assert "Raum #1 [x] *y* $z$" in said
    assert pdfua_findings(content, tmp_path) == ""


def test_another_towns_area_has_no_paper(client, town):
    assert client.get(f"/k/{town.slug}/raeume/gibt-es-nicht.pdf").status_code == 404


def sheets(person, town) -> bytes:
    return person.get(f"/konferenzen/{town.conference}/datenblaetter.pdf").data


def choose(town, indicator_id: int) -> None:
    db.session.execute(topic_indicator.insert().values(topic_id=town.topic, indicator_id=indicator_id))


def test_every_table_gets_its_topic_figures_quarters_and_code(app, town, organiser, tmp_path):
    with app.app_context():
        choose(town, town.indicator)
        choose(town, scenes.closed_indicator(town).id)
        second = factories.topic(db.session.get(factories.Conference, town.conference), "Wohnen", 2)
        factories.table(second, 2)
        db.session.commit()

    content = sheets(organiser, town)

    first, other = words(content)
    assert "Familie im Stadtteil" in first
    assert "Was fehlt Familien hier?" in first
    assert "20,0 %" in first
    assert "600 von 3.000" in first
    assert "Musterstadt Quartier 3 30,0 % 300 von 1.000" in first
    assert scenes.INTERNAL not in first + other
    assert "noch keine veröffentlichten Zahlen ausgewählt" in other
    picture = pypdfium2.PdfDocument(content)[0].render(scale=2).to_pil().convert("L")
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [f"http://localhost/t/{town.code}"]
    assert pdfua_findings(content, tmp_path) == ""


def test_a_sheet_lists_the_offers_its_figures_ask_for(app, town, organiser):
    with app.app_context():
        choose(town, town.indicator)
        house = db.session.get(Institution, town.institution)
        factories.offer(house, "Werkstatt", category="Berufsbildung")
        link = db.session.get(NeedLink, town.need_link)
        link.target_group = "families"
        factories.offer(house, "Seniorentanz", target_groups=["older"])
        db.session.commit()

    (said,) = words(sheets(organiser, town))

    assert "Was es schon gibt für Familien" in said
    assert "Elterncafé Musterstadt" in said
    assert "Werkstatt" not in said
    assert "Seniorentanz" not in said


def test_many_figures_and_long_questions_stay_on_one_page_per_table(app, town, organiser):
    with app.app_context():
        scenes.indicators(town, 12)
        for row in db.session.query(Indicator):
            choose(town, row.id)
        topic = db.session.get(Topic, town.topic)
        topic.title = "Ein Thema mit einem sehr langen Titel, der über mehr als eine Zeile geht"
        db.session.commit()

    assert len(words(sheets(organiser, town))) == 1


def test_a_sheet_says_what_earlier_conferences_said_and_still_fits(app, town, organiser, tmp_path):
    with app.app_context():
        scenes.indicators(town, 12)
        for row in db.session.query(Indicator):
            choose(town, row.id)
        second = factories.topic(db.session.get(factories.Conference, town.conference), "Wohnen", 2)
        factories.table(second, 2)
        for position in range(1, 31):
            factories.add(
                TopicInput(
                    topic_id=second.id,
                    from_conference_id=town.conference,
                    position=position,
                    source="Stadtteil Nord",
                    point_number=position,
                    text=f"Räume #fehlen *nachmittags* $ {'und am Abend ' * 8} {position:02}",
                    voices=31 - position,
                    taken_at=factories.NOW,
                )
            )
        db.session.commit()

    content = sheets(organiser, town)

    first, other = words(content)
    assert "Stadtteile" not in first
    assert "Was die Stadtteile sagten" in other
    assert "Räume #fehlen *nachmittags* $" in other
    assert "(Stadtteil Nord, 30 Stimmen)" in other
    assert "Und 22 weitere Punkte." in other
    assert pdfua_findings(content, tmp_path) == ""


def test_without_tables_there_is_nothing_to_print(app, town, organiser):
    with app.app_context():
        home = db.session.get(factories.Municipality, town.municipality)
        event = factories.conference(home, db.session.get(Area, town.social_area))
        db.session.commit()
        path = f"/konferenzen/{event.id}/"

    assert organiser.get(f"{path}datenblaetter.pdf").location == f"{path}tische/"


@pytest.mark.parametrize(("role", "status"), [("department", 200), ("statistics", 403), ("host", 403)])
def test_who_prints_the_sheets(app, town, role, status):
    person = app.test_client().sign_in(getattr(town, role))

    assert person.get(f"/konferenzen/{town.conference}/datenblaetter.pdf").status_code == status
