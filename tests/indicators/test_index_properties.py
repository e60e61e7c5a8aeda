"""What must not change an index, whatever the method, centre and deviation."""

from dataclasses import replace

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.indicators.enums import Centre, Deviation, Method
from app.indicators.index_classes import attainable
from app.indicators.social_index import AreaValues, Part, Rule, compute

KEYS = ("a", "b", "c")
figures = st.lists(st.tuples(*[st.integers(0, 1000)] * len(KEYS)), min_size=3, max_size=12)
rules = st.builds(
    Rule, method=st.sampled_from(Method), centre=st.sampled_from(Centre), deviation=st.sampled_from(Deviation)
)
weights = st.tuples(*[st.sampled_from([0.5, 1.0, 2.0, 3.7])] * len(KEYS))
some = settings(max_examples=150, deadline=None)


def parts_of(rows, weighted=(1.0, 1.0, 1.0)):
    """Three indicators, one turned around, with a town value near the middle."""
    return [
        Part(key, key.upper(), -1 if key == "b" else 1, weight, town_value=float(numpy.median(column)) + 0.25)
        for key, weight, column in zip(KEYS, weighted, zip(*rows, strict=True), strict=True)
    ]


def areas_of(rows):
    """Areas 0, 1, 2 … with their figures."""
    return [AreaValues(str(n), dict(zip(KEYS, row, strict=True))) for n, row in enumerate(rows)]


def indexes(areas, parts, rule):
    """The index of every area by code; None where there is none."""
    return {one.code: one.index for one in compute(areas, parts, rule).areas}


def alike(found, expected):
    """The same index for everybody, but for rounding."""
    assert found.keys() == expected.keys()
    for code, index in expected.items():
        assert found[code] == (None if index is None else pytest.approx(index, abs=1e-6))


@given(figures, rules, weights, st.sampled_from([-500, 0, 7, 1000]), st.sampled_from([0.25, 1, 4, 1024]))
@some
def test_shifting_and_scaling_an_indicator_changes_nothing(rows, rule, weighted, shift, scale):
    parts = parts_of(rows, weighted)
    moved = [replace(parts[0], town_value=parts[0].town_value * scale + shift), *parts[1:]]

    found = indexes(areas_of([(row[0] * scale + shift, *row[1:]) for row in rows]), moved, rule)

    alike(found, indexes(areas_of(rows), parts, rule))


@given(st.data(), figures, rules, weights)
@some
def test_reordering_areas_and_indicators_changes_nothing(data, rows, rule, weighted):
    areas, parts = areas_of(rows), parts_of(rows, weighted)

    found = indexes(data.draw(st.permutations(areas)), data.draw(st.permutations(parts)), rule)

    alike(found, indexes(areas, parts, rule))


@given(figures, rules)
@some
def test_renaming_areas_and_indicators_changes_nothing(rows, rule):
    areas, parts = areas_of(rows), parts_of(rows)
    renamed = [AreaValues(f"Q{one.code}", {f"x{key}": value for key, value in one.values.items()}) for one in areas]

    found = indexes(renamed, [replace(part, key=f"x{part.key}", name="?") for part in parts], rule)

    assert list(found.values()) == list(indexes(areas, parts, rule).values())


@given(figures, rules, weights)
@some
def test_contributions_add_up_to_the_index_and_z_is_there_for_every_indicator(rows, rule, weighted):
    for one in compute(areas_of(rows), parts_of(rows, weighted), rule).areas:
        if one.included:
            assert sum(one.contributions.values()) == pytest.approx(one.index, abs=1e-9)
            assert set(one.contributions) == set(one.z) == set(KEYS)


@given(figures, rules, weights, st.sampled_from([0.5, 2.0, 10.0]))
@some
def test_only_the_proportion_of_the_weights_counts(rows, rule, weighted, scale):
    areas = areas_of(rows)

    found = indexes(areas, parts_of(rows, [one * scale for one in weighted]), rule)

    alike(found, indexes(areas, parts_of(rows, weighted), rule))


@given(figures, rules, weights)
@some
def test_areas_without_an_index_count_for_nobody(rows, rule, weighted):
    parts = parts_of(rows, weighted)
    left_out = [
        AreaValues("out", dict.fromkeys(KEYS, 9e6), excluded_because="Ausreißer."),
        AreaValues("hole", {"a": None, "b": 9e6, "c": 9e6}),
    ]

    found = indexes([left_out[0], *areas_of(rows), left_out[1]], parts, rule)

    assert found == {"out": None, "hole": None} | indexes(areas_of(rows), parts, rule)


@given(figures, rules)
@some
def test_no_index_leaves_its_reach(rows, rule):
    verdicts = [one for one in compute(areas_of(rows), parts_of(rows), rule).areas if one.included]
    living = sum(len(set(column)) > 1 for column in zip(*rows, strict=True))
    low, high = attainable(rule.method, rule.around, rule.deviation, parts=living, areas=len(rows))

    assert all(low - 1e-9 <= one.index <= high + 1e-9 for one in verdicts)


@given(figures, rules)
@some
def test_more_burden_never_lowers_the_index_of_an_area_against_the_others(rows, rule):
    verdicts = compute(areas_of(rows), parts_of(rows), rule).areas
    for one, mine in zip(verdicts, rows, strict=True):
        for other, theirs in zip(verdicts, rows, strict=True):
            if one.included and mine[0] >= theirs[0] and mine[1] <= theirs[1] and mine[2] >= theirs[2]:
                assert one.index >= other.index - 1e-9


@given(figures, st.sampled_from([Method.Z_SUM, Method.Z_MEAN]), st.sampled_from(Deviation))
@some
def test_the_other_orientation_turns_the_sign_of_z_methods(rows, method, deviation):
    rule = Rule(method=method, deviation=deviation)
    parts = parts_of(rows)

    found = indexes(areas_of(rows), [replace(part, sign=-part.sign) for part in parts], rule)

    alike(found, {code: index and -index for code, index in indexes(areas_of(rows), parts, rule).items()})
