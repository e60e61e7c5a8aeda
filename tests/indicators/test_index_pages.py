"""Defining, previewing, reading and comparing indices, and naming areas of need, in the browser."""

from datetime import date

import pytest
from sqlalchemy import func, select

from app.areas.enums import GroupKind
from app.areas.models import AreaGroup
from app.extensions import db
from app.indicators.models import SocialIndex
from tests import factories

BASE = {"name": "Probe", "kind": "status", "day": "2025-12-31", "baseline": "", "method": "z_sum"}
BASE |= {"centre": "area_mean", "deviation": "population", "limit": "1", "orientation": "higher_is_burden"}


@pytest.fixture
def typed(app, town):
    """A definition as the form sends it."""
    with app.app_context():
        level = db.session.get(factories.Area, town.quarters[0]).level_id
    return BASE | {
        "level_id": str(level),
        "parts-0-indicator_id": str(town.indicator),
        "parts-0-chosen": "y",
        "parts-0-weight": "1,5",
    }


def stored(app):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(SocialIndex))


def newest(app):
    with app.app_context():
        return db.session.scalars(select(SocialIndex.id).order_by(SocialIndex.id.desc())).first()


def test_a_preview_shows_the_result_and_stores_nothing(app, town, organiser, typed):
    page = organiser.submit("/daten/index/neu", data=typed | {"preview": "1"})

    assert page.status_code == 200
    assert "Vorschau, noch nicht gespeichert" in page.text
    assert "+1,22" in page.text
    assert 'value="1,5"' in page.text
    assert stored(app) == 0


def test_saving_makes_a_version_and_keeps_the_earlier_ones(app, town, organiser, typed):
    first = organiser.submit("/daten/index/neu", data=typed)
    edited = organiser.get(f"{first.location}/neue-fassung")
    second = organiser.submit(
        f"{first.location}/neue-fassung",
        data=typed
        | {"method": "rank_sum", "exclusions-0-code": "0103", "exclusions-0-reason": "Gewerbegebiet."}
        | {"breaks-0-upper": "1,5", "breaks-0-name": "unten", "breaks-1-name": "oben"},
    )

    assert 'value="1,5"' in edited.text
    page = organiser.get(second.location).text
    assert "Fassung 2" in page
    assert "Die Werte sagen nur, wer vor wem liegt" in page
    assert "Musterstadt Quartier 3 (0103): Gewerbegebiet." in page
    assert "bis 1,5" in page
    assert "Es gibt eine neuere Fassung." in organiser.get(first.location).text
    assert ">Fassung 1</a>" in organiser.get("/daten/index/").text


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": " "}, "Geben Sie dem Index einen Namen."),
        ({"parts-0-chosen": ""}, "mindestens einen Indikator"),
        ({"parts-0-weight": "-1"}, "größer als null"),
        ({"parts-0-weight": "nan"}, "zum Beispiel 1,5"),
        ({"breaks-0-upper": "1"}, "Namen oder leeren"),
        ({"breaks-0-upper": "1", "breaks-0-name": "a"}, "keine obere Grenze"),
        ({"exclusions-0-code": "0103"}, "Nennen Sie den Grund"),
        ({"exclusions-0-code": "zz", "exclusions-0-reason": "x"}, "kein Gebiet mit dem Schlüssel „zz“"),
        ({"kind": "dynamics"}, "früheren Stichtag"),
        ({"limit": "0", "method": "deviation_count"}, "größer als null"),
        ({"method": "deviation_count", "orientation": "higher_is_better"}, "auffällige Belastungen"),
        ({"min_population": "x"}, "ganze Zahl"),
    ],
)
def test_what_cannot_be_used_is_said(app, town, organiser, typed, change, says):
    answer = organiser.submit("/daten/index/neu", data=typed | change)

    assert answer.status_code == 422
    assert says in answer.text
    assert stored(app) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"level_id": "999999"},
        {"day": "x"},
        {"method": "x"},
        {"parts-0-indicator_id": "999999"},
        {"parts-77-chosen": "y"},
        {"population_id": "x"},
        {"breaks-0-name": "x" * 500},
    ],
)
def test_hostile_choices_are_refused(app, organiser, typed, change):
    assert organiser.submit("/daten/index/neu", data=typed | change).status_code in {303, 422}


def test_a_dynamics_index_reads_the_change(app, town, organiser, typed):
    made = organiser.submit("/daten/index/neu", data=typed | {"kind": "dynamics", "baseline": "2023-12-31"})

    page = organiser.get(made.location).text

    assert "Veränderung vom 31.12.2023 zum 31.12.2025" in page
    assert "negativ" in page


def test_two_definitions_side_by_side_say_who_changes_class_and_why(app, town, organiser, typed):
    with app.app_context():
        home = db.session.get(factories.Municipality, town.municipality)
        other = factories.indicator(home, "u15", "Kinderarmut")
        for quarter, number in zip(town.quarters, (90, 10, 20), strict=True):
            factories.value(other, db.session.get(factories.Area, quarter), number, 100)
        db.session.commit()
        other_id = other.id
    classes = {"breaks-0-upper": "1", "breaks-0-name": "mittel", "breaks-1-name": "niedrig"}
    organiser.submit("/daten/index/neu", data=typed | classes)
    first = newest(app)
    changed = {"parts-1-indicator_id": str(other_id), "parts-1-chosen": "y", "parts-1-weight": "5"}
    organiser.submit("/daten/index/neu", data=typed | classes | changed)

    page = organiser.get(f"/daten/index/vergleich?vorher={first}&nachher={newest(app)}").text

    assert "2 von 3 Gebieten wechseln die Klasse" in page
    assert "Musterstadt Quartier 1 wechselt von mittel nach niedrig, vor allem wegen Kinderarmut (+" in page
    assert organiser.get("/daten/index/vergleich?vorher=x&nachher=1").status_code == 404


def test_areas_of_need_become_an_action_area(app, town, organiser):
    query = "?mitte=area_mean&schwelle=1&mindestens=1"
    listed = organiser.get(f"/daten/index/bedarf{query}").text
    offered = organiser.get(f"/daten/index/bedarf{query}&gebiet={town.quarters[2]}").text

    assert "1 von 3 Gebieten" in listed
    assert "Musterstadt Quartier 3 (0103): 1 – SGB-II-Quote (+1,22)" in offered
    answer = organiser.submit(
        "/daten/index/bedarf",
        data={"name": "Süd", "areas": [town.quarters[2]], "reason": "Viel.", "confirmed_on": "2026-01-02"},
    )
    assert answer.location == "/daten/index/bedarf"
    with app.app_context():
        group = db.session.scalars(select(AreaGroup)).one()
        assert (group.name, group.kind, group.confirmed_on) == ("Süd", GroupKind.ACTION_AREA, date(2026, 1, 2))


@pytest.mark.parametrize("data", [{}, {"name": "Süd", "areas": "999999", "reason": "x"}, {"name": "Süd", "areas": "x"}])
def test_an_action_area_needs_areas_name_and_reason(organiser, town, data):
    assert organiser.submit("/daten/index/bedarf", data=data).status_code == 422


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("schwelle=nan", 200),
        ("schwelle=-4", 200),
        ("mindestens=x", 200),
        ("ebene=x", 404),
        ("indikator=x", 404),
        ("gebiet=x", 200),
    ],
)
def test_odd_filters_never_fail(organiser, query, status):
    assert organiser.get(f"/daten/index/bedarf?{query}").status_code == status


def test_departments_read_and_do_not_define(app, town, organiser, typed):
    organiser.submit("/daten/index/neu", data=typed)
    for member in (town.department, town.statistics):
        reader = app.test_client().sign_in(member)
        assert reader.get(f"/daten/index/{newest(app)}").status_code == 200
        assert reader.get("/daten/index/bedarf").status_code == 200
        assert reader.get("/daten/index/neu").status_code == 403
        assert reader.submit("/daten/index/bedarf", data={}).status_code == 403


def test_without_values_the_pages_say_what_comes_first(app):
    with app.app_context():
        member = factories.member(factories.municipality()).id
        db.session.commit()
    browser = app.test_client().sign_in(member)

    assert "Noch kein Index" in browser.get("/daten/index/").text
    for path in ("/daten/index/neu", "/daten/index/bedarf"):
        assert "Noch keine Werte" in browser.get(path).text
    assert "Noch nichts zu vergleichen" in browser.get("/daten/index/vergleich").text


def test_pages_take_few_statements(app, town, organiser, typed, statements):
    organiser.submit("/daten/index/neu", data=typed)
    made = newest(app)
    for path in ("", str(made), f"{made}/neue-fassung", f"vergleich?vorher={made}&nachher={made}", "bedarf"):
        statements.clear()
        assert organiser.get(f"/daten/index/{path}").status_code == 200
        assert len(statements) <= 15
