"""The matrix built from what is stored."""

from datetime import date

import pytest

from app.areas.models import Area, AreaLevel, AreaScheme
from app.core.vocabulary import TargetGroup
from app.extensions import db
from app.findings import wording
from app.findings.enums import Basis, FindingKind, NeedClass, Silence
from app.findings.matrix import build_cell, build_matrix, findings_for_area
from app.findings.stock import find_stock
from app.indicators.enums import Agreement, ValueState
from app.indicators.models import Indicator, IndicatorValue
from tests import factories
from tests.findings import places
from tests.findings.places import CATEGORY

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def session(app):
    """These tests talk to the session of one context."""
    with app.app_context():
        yield
        db.session.rollback()


@pytest.fixture
def place(app):
    return factories.small_town()


def stock_of(town):
    return find_stock(places.home(town), TODAY)


def judged(town, category=CATEGORY, group=TargetGroup.FAMILIES):
    matrix = build_matrix(stock_of(town), TODAY)
    return next(one for one in matrix.lines if (one.line.category, one.line.target_group) == (category, group))


def verdicts(town, **which):
    line = judged(town, **which)
    return [line.verdicts[area_id] for area_id in town.quarters]


def test_the_usual_level_is_the_coarsest_with_several_areas(place):
    matrix = build_matrix(stock_of(place), TODAY)

    assert [area.id for area in matrix.areas] == list(place.quarters)


def test_need_is_read_against_the_town(place):
    places.link(place)

    assert [one.need for one in verdicts(place)] == [NeedClass.LOW, NeedClass.MIDDLE, NeedClass.HIGH]


def test_a_gap_shows_where_need_is_high_and_nothing_is_there(place):
    places.link(place)
    places.offer(place, quarters=(1,))

    assert [one.kinds for one in verdicts(place)][1:] == [[FindingKind.NOTHING], [FindingKind.SERVICE_GAP]]


def test_an_offer_of_the_upper_area_serves_the_lower_ones(place):
    places.link(place)
    offer = places.offer(place)
    offer.areas = [places.row(Area, place.social_area)]
    db.session.flush()

    assert [len(one.served) for one in verdicts(place)] == [1, 1, 1]


def test_an_offer_of_a_part_serves_the_upper_area(place):
    places.link(place)
    places.offer(place, quarters=(2,))
    stock = stock_of(place)

    cell = build_cell(stock, places.row(Area, place.social_area), CATEGORY, TargetGroup.FAMILIES, TODAY)

    assert [(one.share, one.parts) for one in cell.verdict.served] == [(1.0, frozenset({place.quarters[1]}))]


def test_places_of_town_wide_offers_are_shared_out_by_population(place):
    places.link(place, population_id=places.population(place, 100, 200, 700).id)
    places.offer(place, capacity=50)

    found = verdicts(place)

    assert [round(one.served[0].share, 2) for one in found] == [0.1, 0.2, 0.7]
    assert [(one.supply.basis, one.supply.relative) for one in found] == [(Basis.PLACES, pytest.approx(1))] * 3


def test_an_offer_named_for_an_area_and_its_part_counts_once(place):
    places.link(place)
    offer = places.offer(place, capacity=50)
    offer.areas = [places.row(Area, place.social_area), places.row(Area, place.quarters[0])]
    db.session.flush()

    assert [len(one.served) for one in verdicts(place)] == [1, 1, 1]
    assert [round(one.served[0].share, 3) for one in verdicts(place)] == [0.333] * 3


def test_without_own_population_the_denominator_of_the_rate_counts(place):
    places.link(place)
    places.offer(place, quarters=(1,), capacity=20)
    places.offer(place, "Krabbelgruppe", quarters=(3,), capacity=10)

    found = verdicts(place)

    assert (found[2].supply.basis, found[2].supply.value, found[2].supply.relative) == (Basis.PLACES, 1, 1)
    assert judged(place).people.words == "Einwohner*innen unter der Regelaltersgrenze"


def test_a_population_that_is_secret_in_part_leads_to_plain_counts(place):
    places.link(place, population_id=places.population(place, 100, None, 700).id)
    places.offer(place, capacity=50)

    assert {one.supply.basis for one in verdicts(place)} == {Basis.COUNT}


def test_a_secret_value_silences_the_cell_and_nothing_of_it_shows(place):
    places.link(place)
    places.offer(place)
    for value in db.session.query(IndicatorValue).filter_by(area_id=place.quarters[2]):
        value.state, value.numerator, value.denominator = ValueState.SUPPRESSED, None, None
    db.session.flush()

    verdict = verdicts(place)[2]

    assert (verdict.kinds, verdict.silence) == ([FindingKind.NO_STATEMENT], Silence.SECRET)


def test_an_indicator_no_longer_agreed_says_nothing(place):
    places.link(place)
    places.offer(place)
    places.row(Indicator, place.indicator).agreement = Agreement.REJECTED
    db.session.flush()

    assert {one.silence for one in verdicts(place)} == {Silence.NOT_AGREED}


def test_a_category_without_need_link_gets_a_line_for_all(place):
    places.offer(place)

    assert {one.silence for one in verdicts(place, group=TargetGroup.ALL)} == {Silence.NO_LINK}


def test_offers_for_nobody_linked_keep_a_line_of_their_own(place):
    places.link(place)
    places.offer(place, target_groups=["older"])

    lines = build_matrix(stock_of(place), TODAY).lines

    assert [(one.line.target_group, len(one.line.offers)) for one in lines] == [("families", 0), ("all", 1)]


def test_a_target_group_leaves_its_lines_and_those_for_all(place):
    places.link(place)
    places.link(place, target_group="all")
    places.link(place, target_group="older")

    lines = build_matrix(stock_of(place), TODAY, target_group=TargetGroup.OLDER).lines

    assert [one.line.target_group for one in lines] == ["older", "all"]


def test_ended_offers_do_not_count_and_strayed_ones_are_named(place):
    places.link(place)
    places.offer(place, "Beendet", ended_on=TODAY)
    elsewhere = factories.area(
        factories.scheme(factories.municipality())[0:0] or _old_level(place), "9", "Altes Gebiet"
    )
    stray = places.offer(place, "Verirrt")
    stray.areas = [elsewhere]
    db.session.flush()

    stock = stock_of(place)

    assert (stock.offers, [one.name for one in stock.strayed]) == ([], ["Verirrt"])


def _old_level(town):
    old = factories.add(AreaScheme(municipality_id=town.municipality, name="Früher", valid_to=date(2020, 12, 31)))
    return factories.add(AreaLevel(scheme_id=old.id, name="Bezirk", rank=0))


def test_a_kind_leaves_only_its_lines_and_areas(place):
    places.link(place)
    places.link(place, "Kita")
    places.offer(place, category="Kita")

    matrix = build_matrix(stock_of(place), TODAY, kind=FindingKind.SERVICE_GAP)

    assert [one.line.category for one in matrix.lines] == [CATEGORY]
    assert [area.id for area in matrix.areas] == [place.quarters[2]]


def test_findings_for_area_are_the_loud_cells(place):
    places.link(place)
    places.link(place, "Kita")
    places.offer(place, category="Kita")

    found = findings_for_area(places.home(place), places.row(Area, place.quarters[2]), TODAY)

    assert [(cell.judged.line.category, cell.verdict.kinds[0]) for cell in found] == [
        (CATEGORY, FindingKind.SERVICE_GAP)
    ]


def test_an_area_of_an_older_scheme_has_no_findings(place):
    area = factories.area(_old_level(place), "9", "Altes Gebiet")

    assert findings_for_area(places.home(place), area, TODAY) == []


def test_unknown_places_are_told_in_words(place):
    places.link(place)
    places.offer(place, quarters=(3,))
    area = places.row(Area, place.quarters[2])

    cell = build_cell(stock_of(place), area, CATEGORY, TargetGroup.FAMILIES, TODAY)

    assert (
        "Die Zahl der Plätze ist bei 1 von 1 Angeboten nicht bekannt. Deshalb werden Angebote gezählt, nicht Plätze."
        in wording.notes(cell)
    )
    supply = wording.supply_figures(cell.verdict, cell.judged.people, area.id)
    assert not [text for _label, text in supply if "%" in text]


def test_reading_the_stock_costs_the_same_for_one_topic_and_for_four(place, statements):
    home = places.home(place)
    costs = []

    for size in (1, 3):
        for n in range(size):
            places.link(place, f"Thema {size}{n}")
            places.offer(place, f"Angebot {size}{n}", quarters=(1,), category=f"Thema {size}{n}")
        statements.clear()
        build_matrix(find_stock(home, TODAY), TODAY)
        costs.append(len(statements))

    assert costs[0] == costs[1] <= 9


def test_offers_in_no_linked_line_are_alone_in_the_line_of_the_rest(place):
    places.link(place)
    places.offer(place, "Für Familien", target_groups=["families"])
    places.offer(place, "Für Ältere", target_groups=["older"])

    rest = judged(place, group=TargetGroup.ALL).line

    assert ([offer.name for offer in rest.offers], wording.topic(rest)) == (
        ["Für Ältere"],
        "Familienbildung: übrige Zielgruppen",
    )
