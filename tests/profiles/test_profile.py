"""The profile as page: for readers what is open, for the office what is agreed."""

from datetime import date

import pytest
from lxml import html

from app.areas.models import Area
from app.extensions import db
from app.indicators.enums import Agreement
from app.indicators.models import Indicator, IndicatorValue
from app.profiles.models import Assessment
from tests import factories
from tests.profiles import scenes
from tests.profiles.scenes import text


@pytest.fixture
def town(app) -> factories.Town:
    with app.app_context():
        town = factories.furnished_town()
        db.session.commit()
    return town


def page(client, town, code="0103"):
    return client.get(f"/k/{town.slug}/raeume/{code}")


def test_a_figure_stands_beside_town_rank_cases_and_clearance(app, client, town):
    with app.app_context():
        for row in db.session.query(IndicatorValue):
            row.clearance_id = town.clearance
        db.session.commit()

    said = text(page(client, town))

    assert "300 von 1.000" in said
    assert "Rang 1 von 3" in said
    assert "Rang 1 = am stärksten belastet" in said
    assert "Freigegeben: Statistikstelle Musterstadt, 01.03.2026." in said
    assert "+3,0 Prozentpunkte seit 31.12.2023" in said


def test_an_internal_indicator_is_for_the_office_only(app, client, town, organiser):
    with app.app_context():
        closed = scenes.closed_indicator(town)
        closed_id = closed.id
        factories.social_index(
            db.session.get(factories.Municipality, town.municipality),
            db.session.get(factories.AreaLevel, db.session.get(Area, town.quarters[0]).level_id),
            closed,
            name="Index mit Internem",
            reference_date=date(2025, 12, 31),
            version=2,
        )
        db.session.commit()

    reader = page(client, town).get_data(as_text=True)
    office = text(organiser.get(f"/raeume/{town.quarters[2]}"))

    assert scenes.INTERNAL not in reader
    assert "Index mit Internem" not in reader
    assert scenes.INTERNAL not in "".join(scenes.words(client.get(f"/k/{town.slug}/raeume/0103.pdf").data))
    assert f"{scenes.INTERNAL} höher = mehr Belastung · nur intern" in office
    with app.app_context():
        db.session.get(Indicator, closed_id).agreement = Agreement.REJECTED
        db.session.commit()
    document = html.document_fromstring(organiser.get(f"/raeume/{town.quarters[2]}").get_data(as_text=True))
    compared = document.xpath("//tr[td[contains(@class, 'profile-course')]]/th/text()")
    assert [name.strip() for name in compared if name.strip()] == ["SGB-II-Quote"]


def test_secret_missing_and_zero_are_three_things_in_table_and_chart(app, client, town):
    with app.app_context():
        rate = db.session.get(Indicator, town.indicator)
        first = db.session.get(Area, town.quarters[0])
        scenes.secret(rate, town.quarters[0], date(2024, 6, 30))
        factories.value(rate, db.session.get(Area, town.quarters[1]), 5, 1000, date(2024, 12, 31))
        factories.value(rate, first, 0, 1000, date(2025, 6, 30))
        db.session.commit()

    response = page(client, town, "0101")

    document = html.document_fromstring(response.get_data(as_text=True))
    (chart,) = document.xpath("//svg[@class='tt-chart']")
    rows = {
        row.xpath("string(td[1])"): " ".join(row.xpath("string(td[2])").split())
        for row in document.xpath("//details//tbody/tr")
    }
    assert chart.xpath("text/text()") == ["•", "–"]
    assert "30.06.2024: geheim, 31.12.2024: nicht vorhanden, 30.06.2025: 0,0 %" in chart.xpath("string(desc)")
    assert rows == {
        "31.12.2023": "9,0",
        "30.06.2024": "• geheim",
        "31.12.2024": "– nicht vorhanden",
        "30.06.2025": "0,0",
        "31.12.2025": "10,0",
    }
    assert str(scenes.SECRET_NUMBER) not in response.get_data(as_text=True)


def test_assessments_are_shown_with_group_and_date_and_closed_ones_stay_inside(app, client, town, organiser):
    with app.app_context():
        said = {"area_id": town.social_area, "author_group": "Jugendamt", "made_on": date(2026, 4, 9)}
        factories.add(Assessment(text=scenes.CLOSED_VOICE, public=False, **said))
        db.session.commit()

    reader, office = page(client, town, "01"), organiser.get(f"/raeume/{town.social_area}")

    assert "Musterstadt hält zusammen. AG Musterstadt, 01.02.2026" in text(reader)
    assert scenes.CLOSED_VOICE not in reader.get_data(as_text=True)
    assert f"{scenes.CLOSED_VOICE} Jugendamt, 09.04.2026 · nur intern" in text(office)


def test_what_is_decided_stands_on_the_page(app, client, town):
    with app.app_context():
        scenes.published(town)
        db.session.commit()

    document = html.document_fromstring(page(client, town, "01").get_data(as_text=True))

    decided = " ".join(document.xpath("string(//section[@id='beschlossen'])").split())
    assert "1. Offener Treff 1 noch ohne Bericht · Federführung: Soziales · Papier Mitte" in decided


@pytest.mark.parametrize("role", ["organiser", "department", "statistics"])
def test_the_office_reads_the_profile(app, town, role):
    person = app.test_client().sign_in(getattr(town, role))

    assert person.get(f"/raeume/{town.social_area}").status_code == 200


def test_a_host_does_not_read_the_internal_profile(app, town):
    assert app.test_client().sign_in(town.host).get(f"/raeume/{town.social_area}").status_code == 403


def test_from_the_portal_to_what_is_decided_in_three_clicks(app, client, town):
    home = html.document_fromstring(client.get(f"/k/{town.slug}/").get_data(as_text=True))
    (form,) = home.xpath("//form[select or .//select[@name='raum']]")
    option = form.xpath(".//option[.='Musterstadt Quartier 3']/@value")[0]

    chosen = client.get(form.get("action"), query_string={"raum": option})
    profile = html.document_fromstring(client.get(chosen.location).get_data(as_text=True))
    jumps = {link.text: link.get("href")[1:] for link in profile.xpath("//nav[@aria-label='Auf dieser Seite']//a")}

    assert chosen.status_code == 303
    assert jumps == {"Lage": "lage", "Angebote": "angebote", "Beschlossen": "beschlossen"}
    assert {anchor: bool(profile.xpath("//section[@id=$id]//h2", id=anchor)) for anchor in jumps.values()} == {
        "lage": True,
        "angebote": True,
        "beschlossen": True,
    }


@pytest.mark.parametrize("chosen", ["0999", "//boese.example", "0103\n", "x" * 5000])
def test_an_unknown_quarter_is_refused_beside_the_list(client, town, chosen):
    response = client.get(f"/k/{town.slug}/raeume/", query_string={"raum": chosen})

    assert response.status_code == 422
    assert "Diesen Raum gibt es nicht." in text(response)


@pytest.mark.parametrize("reader", ["public", "office"])
def test_statements_stay_few_whatever_is_there(app, client, town, organiser, statements, reader):
    browser, path = (
        (client, f"/k/{town.slug}/raeume/0103") if reader == "public" else (organiser, f"/raeume/{town.quarters[2]}")
    )
    counts = []
    for number in (1, 2):
        with app.app_context():
            home = db.session.get(factories.Municipality, town.municipality)
            for more in range(number):
                row = factories.indicator(home, f"rate-{number}-{more}", f"Quote {number}-{more}")
                for area_id in town.quarters:
                    factories.value(row, db.session.get(Area, area_id), 5, 100)
                factories.add(
                    Assessment(area_id=town.quarters[2], author_group="AG", made_on=date(2026, 1, 1), text="Gut.")
                )
            db.session.commit()
        statements.clear()
        assert browser.get(path).status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1]
    assert counts[1] <= 17
