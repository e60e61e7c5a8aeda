"""Open data: only what is agreed and public, with rule, clearance and licence; a catalogue data portals can read."""

import csv
import io

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from app.accounts.models import Municipality
from app.areas.models import Area
from app.conferences.models import topic_indicator
from app.contributions.enums import ContributionState
from app.extensions import db
from app.indicators.enums import Agreement
from app.indicators.models import Indicator, IndicatorValue
from tests import factories

DCAT, DCT = Namespace("http://www.w3.org/ns/dcat#"), Namespace("http://purl.org/dc/terms/")
DCATDE, FOAF = Namespace("http://dcat-ap.de/def/dcatde/"), Namespace("http://xmlns.com/foaf/0.1/")
LICENCE = URIRef("http://dcat-ap.de/def/licenses/dl-by-de/2.0")
MARK = "GEHEIMMARKE"
CLOSED = [(Agreement.REJECTED, True), (Agreement.PROPOSED, True), (Agreement.ACCEPTED, False)]


def rows(response) -> list[dict]:
    return list(csv.DictReader(io.StringIO(response.get_data(as_text=True).lstrip("\ufeff")), delimiter=";"))


def graph(response) -> Graph:
    return Graph().parse(data=response.data, format="xml")


@pytest.fixture
def cleared(app, town):
    """The town with cleared values and one indicator of every closed kind, with values and chosen for the topic."""
    with app.app_context():
        home = db.session.get_one(Municipality, town.municipality)
        home.contact_email = "daten@musterstadt.example"
        clearance = factories.clearance(home)
        for one in db.session.query(IndicatorValue):
            one.clearance_id = clearance.id
        area = db.session.get_one(Area, town.quarters[0])
        closed = [
            factories.indicator(home, f"k{n}", f"{MARK} {n}", agreement=agreement, public=public, source=MARK)
            for n, (agreement, public) in enumerate(CLOSED)
        ]
        for one in closed:
            factories.value(one, area, 5, 1000)
        chosen = [*closed, db.session.get_one(Indicator, town.indicator)]
        links = [{"topic_id": town.topic, "indicator_id": one.id} for one in chosen]
        db.session.execute(topic_indicator.insert(), links)
        conference = db.session.get_one(factories.Conference, town.conference)
        factories.recommendation(conference, indicators=chosen)
        table = db.session.get_one(factories.TopicTable, town.table)
        factories.contribution(table, state=ContributionState.SHOWN)
        level = db.session.get_one(factories.AreaLevel, area.level_id)
        factories.social_index(home, level, closed[2])
        db.session.commit()
    return town


@pytest.mark.parametrize(
    "page",
    [
        *("", "raeume/", "raeume/01", "raeume/0101", "papiere/", "daten/", "angebote/"),
        *("daten/indikatoren.csv", "daten/indikatoren.json", "daten/katalog.rdf", "daten/gebiete.geojson"),
    ],
)
def test_what_is_not_agreed_or_internal_is_on_no_public_page(client, cleared, page):
    response = client.get(f"/k/{cleared.slug}/{page}")

    assert response.status_code == 200
    assert MARK not in response.get_data(as_text=True)


def test_what_is_not_agreed_or_internal_is_at_no_table_and_on_no_wall(client, cleared):
    phone = client.get(f"/t/{cleared.code}").get_data(as_text=True)
    wall = client.get(f"/wand/{cleared.wall_token}").get_data(as_text=True)

    assert "SGB-II-Quote" in phone
    assert MARK not in phone + wall


def test_the_office_sees_internal_ones_and_no_rejected_ones(organiser, cleared):
    page = organiser.get("/daten/").get_data(as_text=True)
    topics = organiser.get(f"/konferenzen/{cleared.conference}/themen").get_data(as_text=True)

    for text in (page, topics):
        assert f"{MARK} 2" in text
        assert f"{MARK} 0" not in text
        assert f"{MARK} 1" not in text


def test_the_files_name_rule_clearance_and_scheme(client, cleared):
    table = rows(client.get(f"/k/{cleared.slug}/daten/indikatoren.csv"))
    items = client.get(f"/k/{cleared.slug}/daten/indikatoren.json").get_json()["items"]

    first = table[0]
    assert (first["Wirkrichtung"], first["Kleinste Fallzahl"], first["Kleinste Bezugsgröße"]) == (
        "höher = mehr Belastung",
        "3",
        "100",
    )
    assert (first["Freigegeben durch"], first["Freigegeben am"]) == ("Statistikstelle Musterstadt", "2026-03-01")
    assert {row["Gliederung"] for row in table} == {"Sozialräume"}
    assert (items[0]["polarity"], items[0]["threshold"], items[0]["minimum_base"]) == ("burden", 3, 100)
    assert (items[0]["cleared_by"], items[0]["cleared_on"]) == ("Statistikstelle Musterstadt", "2026-03-01")
    assert len(items) == len(table) == 10


def test_areas_come_with_outline_and_parent(client, cleared):
    response = client.get(f"/k/{cleared.slug}/daten/gebiete.geojson")

    features = response.get_json()["features"]
    assert response.mimetype == "application/geo+json"
    assert [one["properties"] for one in features[:2]] == [
        {"code": "01", "name": "Musterstadt Mitte", "level": "Sozialraum", "parent": None},
        {"code": "0101", "name": "Musterstadt Quartier 1", "level": "Sozialquartier", "parent": "01"},
    ]
    assert {one["geometry"]["type"] for one in features} == {"Polygon"}


def test_the_catalogue_has_what_dcat_ap_de_asks_for(client, cleared):
    found = graph(client.get(f"/k/{cleared.slug}/daten/katalog.rdf"))
    base = f"http://localhost/k/{cleared.slug}/daten/"

    (catalogue,) = found.subjects(RDF.type, DCAT.Catalog)
    sets = set(found.objects(catalogue, DCAT.dataset))
    files = set(found.subjects(RDF.type, DCAT.Distribution))
    assert catalogue == URIRef(base + "katalog.rdf")
    assert sets == set(found.subjects(RDF.type, DCAT.Dataset)) == {catalogue + "#indikatoren", catalogue + "#gebiete"}
    for node, needed in (
        *((one, (DCT.title, DCT.description, DCT.publisher, DCT.license)) for one in [catalogue]),
        *((one, (DCT.title, DCT.description, DCT.publisher, DCAT.theme, DCAT.distribution)) for one in sets),
        *((one, (DCT.spatial, DCT.provenance, DCAT.contactPoint, DCT.accrualPeriodicity)) for one in sets),
        *((one, (DCAT.accessURL, DCAT.downloadURL, DCT.license, DCT["format"], DCAT.mediaType)) for one in files),
    ):
        assert [relation for relation in needed if (node, relation, None) not in found] == []
    (publisher,) = set(found.objects(None, DCT.publisher))
    assert found.value(publisher, FOAF.name) == Literal("Musterstadt")
    assert {str(one) for one in found.objects(None, DCAT.downloadURL)} == {
        base + name for name in ("indikatoren.csv", "indikatoren.json", "gebiete.geojson")
    }
    assert set(found.objects(None, DCT.license)) == {LICENCE}
    assert {str(one) for one in found.objects(None, DCATDE.licenseAttributionByText)} == {"Musterstadt"}
    period = found.value(catalogue + "#indikatoren", DCT.temporal)
    assert [str(found.value(period, one)) for one in (DCAT.startDate, DCAT.endDate)] == ["2023-12-31", "2025-12-31"]
    assert str(found.value(catalogue + "#indikatoren", DCT.modified)) == "2026-03-01"


def test_an_address_from_settings_is_used_throughout(app, client, cleared, monkeypatch):
    monkeypatch.setitem(app.config, "PUBLIC_URL", "https://daten.musterstadt.example")

    found = graph(client.get(f"/k/{cleared.slug}/daten/katalog.rdf"))

    addresses = {str(one) for one in found.objects(None, DCAT.accessURL)}
    assert {one.split("/k/")[0] for one in addresses} == {"https://daten.musterstadt.example"}


def test_names_cannot_break_the_catalogue(app, client, town):
    with app.app_context():
        db.session.get_one(Municipality, town.municipality).name = "A&B <i> „Stadt“ ]]>"
        db.session.commit()

    found = graph(client.get(f"/k/{town.slug}/daten/katalog.rdf"))

    assert {str(one) for one in found.objects(None, FOAF.name)} == {"A&B <i> „Stadt“ ]]>"}


def test_a_municipality_without_anything_has_a_readable_catalogue(app, client):
    with app.app_context():
        slug = factories.municipality().slug
        db.session.commit()

    found = graph(client.get(f"/k/{slug}/daten/katalog.rdf"))

    assert len(set(found.objects(None, DCAT.dataset))) == 2
    assert client.get(f"/k/{slug}/daten/gebiete.geojson").get_json()["features"] == []


@pytest.mark.parametrize(
    "page",
    ["", "indikatoren.csv", "indikatoren.json", "katalog.rdf", "gebiete.geojson"],
    ids=lambda page: page or "daten",
)
def test_data_need_the_same_few_statements_for_many_rows(app, client, town, statements, page):
    counts = []
    for number in (1, 2):
        with app.app_context():
            home = db.session.get_one(Municipality, town.municipality)
            lower = db.session.get_one(factories.AreaLevel, db.session.get_one(Area, town.quarters[0]).level_id)
            for serial in range(number * 3):
                area = factories.area(lower, f"9{number}{serial}", f"Quartier {number} {serial}")
                row = factories.indicator(home, f"i{number}{serial}", f"Indikator {number} {serial}")
                factories.value(row, area, 10, 1000).clearance_id = factories.clearance(home).id
            db.session.commit()
        statements.clear()
        assert client.get(f"/k/{town.slug}/daten/{page}").status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 8
