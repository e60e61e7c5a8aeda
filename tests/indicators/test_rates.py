"""Rates, sums and what stands in the way of a sum."""

import json

import pytest

from app.areas.tree import tree_of
from app.indicators.enums import Gap, ValueState
from app.indicators.rates import Counts, Measure, rate, read, read_all, read_town
from tests.areas.berlin import SHARED, needs_oracle

RATE = Measure(rated=True, counted=False)
COUNT = Measure(rated=False, counted=True)
PLAIN = Measure(rated=False, counted=False)
KNOWN, SECRET, MISSING = ValueState.KNOWN, ValueState.SUPPRESSED, ValueState.MISSING
TREE = tree_of([(1, None, 0), (2, None, 0), (11, 1, 1), (12, 1, 1), (21, 2, 1)])


def test_zero_secret_and_missing_are_three_things():
    zero = read(Counts(KNOWN, 0, 50), RATE)
    secret = read(Counts(SECRET), RATE)
    nothing = read(None, RATE)

    assert (zero.state, zero.value) == (KNOWN, 0)
    assert (secret.state, secret.value) == (SECRET, None)
    assert (nothing.state, nothing.value) == (MISSING, None)


def test_nobody_in_the_denominator_gives_no_rate():
    assert rate(0, 0) is None
    assert read(Counts(KNOWN, 0, 0), RATE).state is MISSING


def test_rates_are_summed_from_counts_never_averaged():
    stored = {11: Counts(KNOWN, 320, 850), 12: Counts(KNOWN, 50, 780), 21: Counts(KNOWN, 10, 100)}

    found = read_all(stored, TREE, RATE)

    assert found[1].value == pytest.approx(100 * 370 / 1630)
    assert found[1].value != pytest.approx((found[11].value + found[12].value) / 2)
    assert (found[1].numerator, found[1].denominator) == (370, 1630)
    assert read_town(found, TREE, RATE).value == pytest.approx(100 * 380 / 1730)


@needs_oracle
def test_the_aggregation_trap_of_the_oracle():
    trap = json.loads((SHARED / "social_index_oracle.json").read_text())["aggregation_trap_Q1_Q4"]

    found = read_all({11: Counts(KNOWN, 256, 680), 12: Counts(KNOWN, 50, 780)}, TREE, RATE)

    assert (found[11].value + found[12].value) / 2 == pytest.approx(trap["mean_of_rates"], abs=1e-4)
    assert found[1].value == pytest.approx(trap["rate_of_sums"], abs=1e-4)


@pytest.mark.parametrize(
    ("part", "state", "gap"),
    [
        (Counts(SECRET), SECRET, Gap.PART_SUPPRESSED),
        (Counts(MISSING), MISSING, Gap.PART_MISSING),
        (None, MISSING, Gap.PART_MISSING),
        (Counts(KNOWN, value=12.0), MISSING, Gap.NOT_ADDITIVE),
    ],
)
def test_one_part_without_counts_leaves_no_sum_and_says_why(part, state, gap):
    stored = {11: Counts(KNOWN, 320, 850), 21: Counts(KNOWN, 10, 100), **({12: part} if part else {})}

    found = read_all(stored, TREE, RATE)
    town = read_town(found, TREE, RATE)

    assert (found[1].state, found[1].value, found[1].gap) == (state, None, gap)
    assert (town.state, town.value) == (state, None)
    assert found[2].value == 10


def test_parts_with_nobody_in_them_can_be_summed():
    found = read_all({11: Counts(KNOWN, 0, 0), 12: Counts(KNOWN, 5, 50)}, TREE, RATE)

    assert found[11].state is MISSING
    assert found[1].value == 10


def test_an_own_value_wins_over_the_sum():
    found = read_all({1: Counts(KNOWN, value=33.0), 11: Counts(SECRET), 12: Counts(KNOWN, 1, 10)}, TREE, RATE)

    assert found[1].value == 33.0


def test_counts_are_summed_and_published_figures_are_not():
    stored = {11: Counts(KNOWN, 5), 12: Counts(KNOWN, 7), 21: Counts(KNOWN, 1)}
    plain = {area: Counts(KNOWN, value=1.0) for area in (11, 12, 21)}

    assert read_all(stored, TREE, COUNT)[1].value == 12
    assert read_town(read_all(stored, TREE, COUNT), TREE, COUNT).value == 13
    assert read_all(plain, TREE, PLAIN)[1].gap is Gap.NOT_ADDITIVE


def test_the_town_is_summed_on_the_first_level_that_is_complete():
    loose = tree_of([(1, None, 0), (11, None, 1), (12, None, 1)])

    found = read_all({11: Counts(KNOWN, 5), 12: Counts(KNOWN, 7)}, loose, COUNT)

    assert found[1].state is MISSING
    assert read_town(found, loose, COUNT).value == 12
