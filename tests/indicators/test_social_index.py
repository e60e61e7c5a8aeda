"""The index against hand-checked figures, and what must not change it."""

import json

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.indicators import social_index
from app.indicators.enums import Orientation, Polarity
from app.indicators.rules import class_ends, equal_steps, sign_of, step_of
from app.indicators.social_index import BERLIN_BREAKS, AreaValues, Part
from tests.areas.berlin import SHARED, needs_oracle

A, B = Part("a", "Armut"), Part("b", "Bildung", sign=-1)
figures = st.lists(st.integers(0, 1000), min_size=3, max_size=12)


def areas(*columns, **fields):
    """Areas 1, 2, 3 … with the values of column a, then b."""
    return [AreaValues(str(n), dict(zip("ab", row, strict=False)), **fields) for n, row in enumerate(zip(*columns), 1)]  # noqa: B905 -- equal by construction


def index_of(some_areas, parts=(A,)):
    return [one.index for one in social_index.compute(some_areas, parts, BERLIN_BREAKS, None).areas]


@needs_oracle
def test_the_oracle_is_reproduced():
    oracle = json.loads((SHARED / "social_index_oracle.json").read_text())
    signs = {"sgb2": 1, "child_poverty": 1, "single_parent": 1, "living_space": -1}
    rows = [AreaValues(code, values, population=1000) for code, values in oracle["raw"].items()]
    rows.append(AreaValues("Q6", dict.fromkeys(signs, 5.0), population=240))

    verdict = social_index.compute(rows, [Part(key, key, sign) for key, sign in signs.items()], BERLIN_BREAKS, 300)

    assert verdict.warnings == []
    *found, left_out = verdict.areas
    assert (left_out.index, left_out.reason) == (None, "Weniger als 300 Einwohner*innen.")
    for one in found:
        expected = oracle["berlin_population_sd_area_mean"][one.code]
        assert one.index == pytest.approx(expected["index"], abs=6e-5)
        assert one.class_name == expected["status"]
        assert dict(one.z) == pytest.approx(expected["z"], abs=6e-5)


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (-1.0000001, "hoch"),
        (-1.0, "mittel"),
        (1.0, "mittel"),
        (1.0000001, "niedrig"),
        (1.5, "niedrig"),
        (1.5000001, "sehr niedrig"),
    ],
)
def test_classes_are_cut_on_unrounded_values(value, name):
    assert social_index.class_of(value, BERLIN_BREAKS) == name


def test_a_missing_or_secret_value_gives_no_index_and_counts_for_nobody_else():
    values = [AreaValues("1", {"a": 1.0}), AreaValues("2", {"a": 3.0}), AreaValues("3", {"a": 8.0})]
    holes = [AreaValues("4", {"a": None}), AreaValues("5", {"a": None}, secret=frozenset("a"))]

    verdict = social_index.compute([*values, *holes], [A], BERLIN_BREAKS, None)

    assert [one.index for one in verdict.areas[:3]] == index_of(values)
    assert [one.reason for one in verdict.areas[3:]] == ["Es fehlt: Armut.", "Geheim zu halten: Armut."]
    assert all(not one.z for one in verdict.areas[3:])


def test_named_exclusions_and_unknown_population_carry_their_reason():
    rows = [
        AreaValues("1", {"a": 1.0}, population=500),
        AreaValues("2", {"a": 2.0}, population=300),
        AreaValues("3", {"a": 9.0}, population=5000, excluded_because="Gewerbegebiet."),
        AreaValues("4", {"a": 9.0}),
    ]

    reasons = [one.reason for one in social_index.compute(rows, [A], BERLIN_BREAKS, 300).areas]

    assert reasons == [None, None, "Gewerbegebiet.", "Die Einwohnerzahl ist nicht bekannt."]


def test_an_indicator_without_spread_contributes_nothing_and_warns():
    verdict = social_index.compute(areas([1, 5, 9], [0.1, 0.1, 0.1]), [A, B], BERLIN_BREAKS, None)

    assert [one.index for one in verdict.areas] == pytest.approx(index_of(areas([1, 5, 9])))
    assert verdict.warnings == ["„Bildung“ ist überall gleich und trägt nichts zum Index bei."]


def test_indicators_that_cancel_each_other_out_give_zero_not_noise():
    verdict = social_index.compute(areas([1, 5, 9], [0.1, 0.5, 0.9]), [A, B], BERLIN_BREAKS, None)

    assert [one.index for one in verdict.areas] == [0, 0, 0]
    assert len(verdict.warnings) == 1


def test_no_area_at_all_is_a_warning_not_an_error():
    assert social_index.compute([], [A], BERLIN_BREAKS, None).warnings
    assert social_index.compute(areas([1, 2]), [], BERLIN_BREAKS, None).areas[0].reason


def test_weights_move_the_index_towards_the_heavier_indicator():
    rows = areas([1, 2, 9], [9, 1, 2])

    light = index_of(rows, (A, Part("b", "B")))
    heavy = index_of(rows, (A, Part("b", "B", weight=10)))

    assert heavy[0] > light[0]


@given(figures, st.integers(-1000, 1000), st.sampled_from([0.001, 0.5, 3, 1000]))
@settings(max_examples=60)
def test_shifting_and_scaling_an_indicator_changes_nothing(values, shift, scale):
    assume(len(set(values)) > 1)

    moved = index_of(areas([value * scale + shift for value in values]))

    assert moved == pytest.approx(index_of(areas(values)), abs=1e-6)


@given(st.data(), figures)
@settings(max_examples=60)
def test_reordering_areas_permutes_the_result(data, values):
    others = data.draw(st.lists(st.integers(0, 50), min_size=len(values), max_size=len(values)))
    rows = areas(values, others)
    shuffled = data.draw(st.permutations(rows))

    found = {one.code: one for one in social_index.compute(shuffled, [A, B], BERLIN_BREAKS, None).areas}

    for one in social_index.compute(rows, [A, B], BERLIN_BREAKS, None).areas:
        assert found[one.code].index == pytest.approx(one.index, abs=1e-9)


@given(figures)
@settings(max_examples=60)
def test_no_index_exceeds_the_root_of_n_minus_one(values):
    assert all(abs(value) <= (len(values) - 1) ** 0.5 + 1e-9 for value in index_of(areas(values)))


@pytest.mark.parametrize(
    "breaks", [[], [[1, "a"]], [[None, "a"], [None, "b"]], [[2, "a"], [1, "b"], [None, "c"]], [[1, "a"], [None, "a"]]]
)
def test_unusable_class_breaks_are_refused(breaks):
    assert social_index.breaks_problem(breaks)
    assert social_index.breaks_problem(BERLIN_BREAKS) is None


def test_direction_follows_polarity_and_orientation():
    burden, better = Orientation.HIGHER_IS_BURDEN, Orientation.HIGHER_IS_BETTER

    assert [sign_of(polarity, burden) for polarity in Polarity] == [1, -1, 1]
    assert [sign_of(polarity, better) for polarity in Polarity] == [-1, 1, -1]
    assert class_ends(BERLIN_BREAKS, burden) == ("hoch", "sehr niedrig")
    assert class_ends(BERLIN_BREAKS, better) == ("sehr niedrig", "hoch")


def test_steps_of_equal_width():
    limits = equal_steps([0, 10, 40])

    assert limits == [10, 20, 30, 40]
    assert [step_of(value, limits) for value in (0, 10, 11, 40, 40.00001)] == [1, 1, 2, 4, 4]
    assert equal_steps([5, 5]) == []
    assert step_of(5, []) == 1
