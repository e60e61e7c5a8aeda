"""The data page."""

from datetime import date

import pytest

from app.areas import queries as areas
from app.extensions import db
from app.indicators import index_services, queries, services
from app.indicators.enums import ValueState
from tests import factories

DAY = date(2025, 12, 31)


def define_index(app, town):
    with app.app_context():
        home = areas.get_municipality_meant(town.slug)
        index_services.define_social_index(
            municipality=home,
            level=areas.get_area(home, town.quarters[0]).level,
            name="Sozialindex",
            reference_date=DAY,
            weights={queries.get_indicator(home, town.indicator): 1.0},
            exclusions={areas.get_area(home, town.quarters[2]): "Gewerbegebiet."},
            now=factories.NOW,
        )
        db.session.commit()


def test_the_page_shows_town_areas_index_and_reasons(app, town, organiser):
    define_index(app, town)

    page = organiser.get("/daten/").text

    assert "Kommune insgesamt" in page
    assert "Ein höherer Wert bedeutet eine höhere soziale Belastung." in page
    assert "Musterstadt Quartier 3 (0103): Gewerbegebiet." in page
    assert "höher = mehr Belastung" in page
    assert 'class="tt-map"' in page
    assert "300 von 1.000" not in page
    assert "300 von 1.000" in organiser.get("/daten/?faelle=y").text


def test_an_area_in_view_shows_change_and_only_its_quarters(app, town, organiser):
    with app.app_context():
        home = areas.get_municipality_meant(town.slug)
        upper = areas.get_area(home, town.social_area).level
        lower = areas.get_area(home, town.quarters[0]).level
        far = factories.area(upper, "02", "Nordrand")
        factories.area(lower, "0201", "Heideweg", far)
        db.session.commit()

    page = organiser.get(f"/daten/?gebiet={town.social_area}").text

    assert "+2,0 Prozentpunkte seit 31.12.2023" in page
    assert ">Musterstadt Quartier 1</a>" in page
    assert ">Heideweg</a>" not in page
    assert ">Heideweg</a>" in organiser.get("/daten/").text


def test_secret_missing_and_zero_look_different(app, town, organiser):
    with app.app_context():
        home = areas.get_municipality_meant(town.slug)
        indicator = queries.get_indicator(home, town.indicator)
        first, second, _ = (areas.get_area(home, area_id) for area_id in town.quarters)
        services.record_value(indicator=indicator, area=first, reference_date=DAY, state=ValueState.SUPPRESSED)
        services.record_value(indicator=indicator, area=second, reference_date=DAY, numerator=0, denominator=900)
        db.session.commit()

    page = organiser.get("/daten/").text

    assert '<span aria-hidden="true">•</span><span class="kern-sr-only">geheim</span>' in page
    assert ">0,0" in page
    assert "Keine Summe, weil der Wert eines Teilgebiets geheim zu halten ist." in page


@pytest.mark.parametrize(
    "query", ["ebene=999999", "ebene=x", "gebiet=999999", "stichtag=1999-01-01", "stichtag=x", "karte=nix"]
)
def test_unknown_choices_are_not_found(organiser, query):
    assert organiser.get(f"/daten/?{query}").status_code == 404


def test_areas_of_another_municipality_are_not_found(app, town, organiser):
    with app.app_context():
        other = factories.small_town("Nachbarstadt")
        db.session.commit()

    assert organiser.get(f"/daten/?gebiet={other.social_area}").status_code == 404
    assert "Nachbarstadt" not in organiser.get("/daten/").text


def test_departments_may_read_hosts_and_strangers_not(app, town, client):
    assert app.test_client().sign_in(town.department).get("/daten/").status_code == 200
    assert app.test_client().sign_in(town.host).get("/daten/").status_code == 403
    assert client.get("/daten/").location.startswith("/anmelden")


def test_empty_pages_say_what_will_be_here(app):
    with app.app_context():
        member = factories.member(factories.municipality()).id
        home = factories.municipality()
        factories.area(factories.scheme(home, "Sozialraum")[0], "01", "Mitte")
        other = factories.member(home).id
        db.session.commit()

    assert "Noch keine Gebiete" in app.test_client().sign_in(member).get("/daten/").text
    assert "Noch keine Werte" in app.test_client().sign_in(other).get("/daten/").text


def test_the_number_of_statements_does_not_grow(app, town, organiser, statements):
    define_index(app, town)
    path = f"/daten/?gebiet={town.social_area}"
    organiser.get(path)
    statements.clear()
    organiser.get(path)
    few = len(statements)
    with app.app_context():
        home = areas.get_municipality_meant(town.slug)
        quarters = [areas.get_area(home, area_id) for area_id in town.quarters]
        for number in (1, 2):
            one = factories.indicator(home, f"extra{number}", f"Extra {number}")
            for quarter in quarters:
                factories.value(one, quarter, 5, 50)
            factories.area(quarters[0].level, f"011{number}", f"Neu {number}", areas.get_area(home, town.social_area))
        db.session.commit()

    statements.clear()
    organiser.get(path)

    assert len(statements) == few <= 15


def test_a_blank_choice_is_none(organiser):
    assert organiser.get("/daten/?ebene=%20&gebiet=%20&stichtag=%20&karte=%20").status_code == 200
