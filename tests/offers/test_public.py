"""What readers find, and what they never see."""

import re
from datetime import date, timedelta

import pytest
from lxml import html

from app.core import clock
from app.extensions import db
from app.offers.enums import Entrance
from tests import factories
from tests.offers import scenes

INTERNAL = {"utilisation": 87, "funding": "Landesmittel-GEHEIM", "funding_until": date(2031, 7, 19)}


def index(town, query=""):
    return f"/k/{town.slug}/angebote/{query}"


@pytest.fixture
def offers(app, town):
    """Three offers that differ in everything one can ask for."""
    today = clock.local_date(clock.now())
    return {
        "cafe": scenes.offer(
            app,
            town,
            "Café Brücke",
            languages=["Deutsch", "Türkisch"],
            cost="kostenlos",
            confirmed_on=today,
            **INTERNAL,
        ),
        "court": scenes.offer(
            app, town, "Basketball", entrance=Entrance.STEP_FREE, cost="2 €", confirmed_on=today - timedelta(days=400)
        ),
        "gone": scenes.offer(app, town, "Beendeter Treff", ended_on=today, category="Verschwundene Kategorie"),
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Café Brücke", "Basketball"}),
        ("?suche=brucke+cafe", {"Café Brücke"}),
        ("?sprache=T%C3%BCrkisch", {"Café Brücke"}),
        ("?stufenlos=1", {"Basketball"}),
        ("?kostenlos=1", {"Café Brücke"}),
        ("?bestaetigt=1", {"Café Brücke"}),
        ("?suche=beendeter", set()),
        ("?suche=landesmittel", set()),
    ],
)
def test_readers_find_what_they_ask_for(client, town, offers, query, found):
    page = client.get(index(town, query)).text

    assert {name for name in ("Café Brücke", "Basketball", "Beendeter Treff") if name in page} == found


def said(text: str) -> str:
    """What a page says to its readers; addresses and versions of files may hold any number."""
    return html.document_fromstring(text).find(".//main").text_content() if text.startswith("<!doctype") else text


def test_nothing_internal_and_nothing_ended_is_shown_anywhere(client, town, offers):
    pages = [index(town), f"{index(town)}{offers['cafe']}", f"/k/{town.slug}/daten/angebote.csv"]

    texts = [client.get(page).text for page in pages]

    assert all("Café Brücke" in text for text in texts)
    for text in texts:
        assert "GEHEIM" not in text
        assert "19.07.2031" not in text
        assert not re.search(r"(?<!\d)87(?!\d)", said(text))
        assert "Beendeter" not in text
        assert "Verschwundene" not in text
    assert client.get(f"{index(town)}{offers['gone']}").status_code == 404


def test_the_page_of_an_offer_says_how_fresh_it_is(app, client, town, offers):
    new = scenes.offer(app, town, "Ganz neu")

    assert "Stand: vom Träger bestätigt am" in client.get(f"{index(town)}{offers['cafe']}").text
    assert "länger als ein Jahr" in client.get(f"{index(town)}{offers['court']}").text
    assert "Stand: noch nicht vom Träger bestätigt" in client.get(f"{index(town)}{new}").text


def test_offers_of_another_municipality_are_not_found(app, client, town, offers):
    with app.app_context():
        other = factories.furnished_town("Nachbarstadt", "nachbar")
        db.session.commit()

    assert client.get(f"{index(town)}{other.offer}").status_code == 404
    assert "Nachbarstadt" not in client.get(f"/k/{town.slug}/daten/angebote.csv").text


def test_unknown_is_not_none(app, client, town, offers):
    assert "Nicht eingetragen heißt nicht, dass es nichts gibt" in client.get(index(town, "?suche=xyz")).text


@pytest.mark.parametrize(
    "query", ["?suche=" + "x" * 101, "?seite=0", "?seite=abc", "?seite=99999999999", "?sprache=nix"]
)
def test_hostile_queries_are_answered(client, town, offers, query):
    assert client.get(index(town, query)).status_code == 422


def test_long_lists_have_pages_that_keep_the_search(app, client, town):
    with app.app_context():
        provider = scenes.get_institution(scenes.home_of(town), town.institution)
        for number in range(61):
            factories.offer(provider, f"Treff {number:02}", cost="kostenlos")
        db.session.commit()

    first, second = (client.get(index(town, f"?kostenlos=1&seite={page}")).text for page in (1, 2))

    assert "61 Angebote" in first
    assert "Treff 59" in first
    assert "Treff 60" not in first
    assert "kostenlos=1&amp;seite=2" in first
    assert "Treff 60" in second
    assert "Seite 2 von 2" in second


def test_htmx_gets_the_list_alone(client, town, offers):
    part = client.get(index(town), headers={"HX-Request": "true"}).text

    assert part.strip().startswith('<section class="tt-section" id="offers-list"')


def test_a_web_address_is_its_own_text(app, client, town):
    made = scenes.offer(app, town, "Netz", website="https://verband.example/x")

    page = client.get(f"{index(town)}{made}").text

    assert (
        '<a class="kern-link" href="https://verband.example/x" rel="noopener noreferrer nofollow">https://verband.example/x</a>'
        in page
    )


def test_what_was_typed_stays_text(app, client, town):
    made = scenes.offer(app, town, "<script>alert(1)</script>", description="=cmd", phone="+49 30 1")

    page = client.get(f"{index(town)}{made}").text
    table = client.get(f"/k/{town.slug}/daten/angebote.csv").text

    assert "<script>alert" not in page
    assert ";'=cmd;" in table
    assert ";'+49 30 1;" in table
