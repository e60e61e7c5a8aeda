"""What an area was in an older scheme, and what some areas are together."""

from datetime import date

from app.accounts.models import Municipality
from app.areas import queries as areas
from app.areas import services
from app.areas.crosswalk_acts import save_crosswalk
from app.areas.tree import tree_of
from app.extensions import db
from app.indicators import queries
from app.indicators.comparison_over_schemes import earlier_readings, group_readings, older_parts, sum_of
from app.indicators.enums import Gap, ValueState
from app.indicators.models import IndicatorValue
from app.indicators.rates import Measure, Reading
from tests import factories
from tests.areas.test_crosswalk import two_schemes

THEN = date(2017, 12, 31)
RATE = Measure(rated=True, counted=False)


def merged():
    """Two schemes whose crosswalk makes the first two older areas one newer one; and a rate."""
    old, new, older, newer = two_schemes()
    links = {(older[0].id, newer[0].id): 1.0, (older[1].id, newer[0].id): 1.0, (older[2].id, newer[1].id): 0.5}
    save_crosswalk(older=old, newer=new, links=links)
    rate = factories.indicator(db.session.get(Municipality, old.municipality_id))
    return old, older, newer, rate


def test_parts_come_from_the_area_itself_or_from_all_areas_in_it():
    tree = tree_of([(1, None, 0), (2, None, 0), (11, 1, 1), (12, 1, 1), (21, 2, 1), (22, 2, 1)])
    parts = {11: [101, 102], 12: [103], 21: [104]}

    assert older_parts(11, parts, tree) == (101, 102)
    assert older_parts(1, parts, tree) == (101, 102, 103)
    assert older_parts(2, parts, tree) == ()
    assert older_parts(22, parts, tree) == ()


def test_rates_are_never_averaged_and_one_hole_leaves_no_sum():
    small, large = Reading(ValueState.KNOWN, 50.0, 5, 10), Reading(ValueState.KNOWN, 1.0, 10, 1000)
    rate_alone = Reading(ValueState.KNOWN, 12.0)

    assert sum_of([1, 2], {1: small, 2: large}, RATE).value == 100 * 15 / 1010
    assert sum_of([1, 2], {1: small, 2: Reading(ValueState.SUPPRESSED)}, RATE).state is ValueState.SUPPRESSED
    assert sum_of([1, 2], {1: small}, RATE).gap is Gap.PART_MISSING
    assert sum_of([1, 2], {1: small, 2: rate_alone}, RATE).gap is Gap.NOT_ADDITIVE
    assert sum_of([1], {1: rate_alone}, RATE) == rate_alone


def test_an_area_made_of_two_older_ones_says_what_they_were_together(app):
    with app.app_context():
        old, older, newer, rate = merged()
        factories.value(rate, older[0], 30, 100, THEN)
        factories.value(rate, older[1], 10, 300, THEN)
        factories.value(rate, older[2], 10, 300, THEN)

        (found,) = earlier_readings(newer[0], [rate])

        assert (found.scheme, found.day, found.shown) == (old, THEN, "10,0")
        assert (found.reading.numerator, found.reading.denominator) == (40, 400)
        assert found.parts == (older[0].id, older[1].id)
        assert earlier_readings(newer[0], [rate], day=date(2016, 12, 31)) == []


def test_nothing_is_said_of_an_area_that_is_partly_an_older_one(app):
    with app.app_context():
        _old, older, newer, rate = merged()
        for area in older:
            factories.value(rate, area, 30, 100, THEN)

        assert earlier_readings(newer[1], [rate]) == []
        assert earlier_readings(newer[2], [rate]) == []
        assert earlier_readings(older[0], [rate]) == []


def test_nothing_is_said_when_a_part_is_secret_or_missing(app):
    with app.app_context():
        _old, older, newer, rate = merged()
        factories.value(rate, older[0], 30, 100, THEN)
        secret = IndicatorValue(
            indicator_id=rate.id, area_id=older[1].id, reference_date=THEN, state=ValueState.SUPPRESSED
        )
        factories.value(rate, older[0], 30, 100, date(2016, 12, 31))
        factories.add(secret)

        assert earlier_readings(newer[0], [rate]) == []


def test_a_raw_value_is_never_part_of_a_sum(app):
    with app.app_context():
        _old, older, newer, rate = merged()
        factories.value(rate, older[0], 30, 100, date(2025, 12, 31))
        factories.raw_value(rate, older[1], 10, 300)

        assert earlier_readings(newer[0], [rate]) == []


def test_a_group_adds_up_the_cases_of_its_areas(app, town):
    with app.app_context():
        home = db.session.get(Municipality, town.municipality)
        rate = queries.get_indicator(home, town.indicator)
        other = factories.indicator(home, "other", "Anderes")
        first, second = (areas.get_area(home, area_id) for area_id in town.quarters[:2])
        group = factories.area_group(first.level, "Süd", first, second)

        found, empty = group_readings(group, [rate, other])

        assert (found.day, found.shown) == (date(2025, 12, 31), "15,0")
        assert found.town.value == 20
        assert (empty.day, empty.shown) == (None, "–")
        (before,) = group_readings(group, [rate], until=date(2024, 1, 1))
        assert before.day == date(2023, 12, 31)


def test_a_group_with_a_secret_area_has_no_sum(app, town):
    with app.app_context():
        home = db.session.get(Municipality, town.municipality)
        rate = queries.get_indicator(home, town.indicator)
        first, second = (areas.get_area(home, area_id) for area_id in town.quarters[:2])
        row = next(
            one
            for one in queries.list_values(first.scheme_id, [rate.id], [date(2025, 12, 31)])
            if one.area_id == second.id
        )
        row.state, row.numerator, row.denominator = ValueState.SUPPRESSED, None, None
        db.session.flush()

        (found,) = group_readings(factories.area_group(first.level, "Süd", first, second), [rate])

        assert (found.reading.state, found.reading.gap, found.shown) == (
            ValueState.SUPPRESSED,
            Gap.PART_SUPPRESSED,
            "•",
        )


def test_comparing_takes_few_statements(app, statements):
    with app.app_context():
        _old, older, newer, rate = merged()
        factories.value(rate, older[0], 30, 100, THEN)
        factories.value(rate, older[1], 10, 300, THEN)
        statements.clear()

        earlier_readings(newer[0], [rate])

        assert len(statements) <= 6


def test_a_scheme_without_crosswalk_says_nothing(app, town):
    with app.app_context():
        home = db.session.get(Municipality, town.municipality)
        services.create_scheme(municipality=home, name="Andere")

        assert earlier_readings(areas.get_area(home, town.social_area), [factories.indicator(home, "x")]) == []
