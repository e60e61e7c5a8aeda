"""The index against hand-checked figures: every figure of the oracle, reasons, warnings, classes."""

import json
from dataclasses import replace

import numpy
import pytest

from app.indicators import social_index
from app.indicators.enums import Centre, Deviation, IndexKind, Method, Orientation, Polarity
from app.indicators.index_classes import (
    BERLIN_BREAKS,
    attainable,
    breaks_problem,
    class_of,
    default_breaks,
)
from app.indicators.index_methods import spread_of
from app.indicators.rules import class_ends, equal_steps, sign_of, step_of
from app.indicators.social_index import AreaValues, Part, Rule
from tests.areas.berlin import SHARED, needs_oracle

A, B = Part("a", "Armut"), Part("b", "Bildung", sign=-1)
SIGNS = {"sgb2": 1, "child_poverty": 1, "single_parent": 1, "living_space": -1}
FIFTHS = 1e-4 / 2 * 1.2  # four printed digits


def areas(*columns, **fields):
    """Areas 1, 2, 3 … with the values of column a, then b."""
    return [AreaValues(str(n), dict(zip("ab", row, strict=False)), **fields) for n, row in enumerate(zip(*columns), 1)]  # noqa: B905 -- equal by construction


def index_of(some_areas, parts=(A,), rule=None):
    return [one.index for one in social_index.compute(some_areas, parts, rule or Rule()).areas]


@pytest.fixture(scope="module")
def oracle():
    return json.loads((SHARED / "social_index_oracle.json").read_text())


def by_oracle(oracle, **rule):
    """The oracle's five areas and the one too small, by code."""
    rows = [AreaValues(code, values, population=1000) for code, values in oracle["raw"].items()]
    rows.append(AreaValues("Q6", dict.fromkeys(SIGNS, 5.0), population=240))
    parts = [Part(key, key, sign, town_value=oracle["city_values"][key]) for key, sign in SIGNS.items()]
    found = social_index.compute(rows, parts, Rule(min_population=300, **rule)).areas
    assert (found[-1].index, found[-1].reason) == (None, "Weniger als 300 Einwohner*innen.")
    return {one.code: one for one in found[:-1]}


@needs_oracle
def test_the_oracle_holds_nothing_that_is_not_tested(oracle):
    # "dots_…" belong to voting, the trap to test_rates; "raw", "city_values" and "excluded" are what goes in
    assert set(oracle) == {
        *("raw", "city_values", "excluded", "berlin_population_sd_area_mean", "sample_sd_area_mean"),
        *("population_sd_city_value", "mean_of_z_city_value", "minmax_mean_x100", "rank_sum"),
        *("quintile_points_4_to_20", "aggregation_trap_Q1_Q4", "max_abs_z_population_sd"),
        *("sample_vs_population_factor", "dots_gauss_ceil_a(a-1)/(2p)", "dots_floor_n/2+1"),
    }


@needs_oracle
@pytest.mark.parametrize(
    ("key", "centre", "deviation"),
    [
        ("berlin_population_sd_area_mean", Centre.AREA_MEAN, Deviation.POPULATION),
        ("sample_sd_area_mean", Centre.AREA_MEAN, Deviation.SAMPLE),
        ("population_sd_city_value", Centre.TOWN_VALUE, Deviation.POPULATION),
    ],
)
def test_z_sums_sums_and_classes_of_the_oracle(oracle, key, centre, deviation):
    found = by_oracle(oracle, centre=centre, deviation=deviation)

    assert set(found) == set(oracle[key])
    for code, expected in oracle[key].items():
        assert dict(found[code].z) == pytest.approx(expected["z"], abs=FIFTHS)
        assert sum(found[code].z.values()) == pytest.approx(expected["sum"], abs=FIFTHS)
        assert found[code].index == pytest.approx(expected["index"], abs=FIFTHS)
        assert found[code].class_name == expected["status"]


@needs_oracle
@pytest.mark.parametrize(
    ("key", "rule", "tolerance"),
    [
        ("mean_of_z_city_value", {"method": Method.Z_MEAN, "centre": Centre.TOWN_VALUE}, FIFTHS),
        ("minmax_mean_x100", {"method": Method.MIN_MAX}, 100 * FIFTHS),
        ("rank_sum", {"method": Method.RANK_SUM}, 1e-12),
        ("quintile_points_4_to_20", {"method": Method.QUANTILE_POINTS}, 1e-12),
    ],
)
def test_the_other_methods_of_the_oracle(oracle, key, rule, tolerance):
    found = by_oracle(oracle, **rule)

    assert {code: one.index for code, one in found.items()} == pytest.approx(oracle[key], abs=tolerance)


@needs_oracle
def test_reach_and_sample_factor_of_the_oracle(oracle):
    for areas_, highest in oracle["max_abs_z_population_sd"].items():
        reach = attainable(Method.Z_SUM, Centre.AREA_MEAN, Deviation.POPULATION, parts=3, areas=int(areas_))
        assert reach == pytest.approx((-highest, highest), abs=6e-4)
    for areas_, factor in oracle["sample_vs_population_factor"].items():
        values = numpy.arange(float(areas_))
        sample, population = (spread_of(values, float(values.mean()), one) for one in reversed(Deviation))
        assert sample / population == pytest.approx(factor, abs=FIFTHS)


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
    assert class_of(value, BERLIN_BREAKS) == name


def test_a_missing_or_secret_value_gives_no_index_and_counts_for_nobody_else():
    values = [AreaValues("1", {"a": 1.0}), AreaValues("2", {"a": 3.0}), AreaValues("3", {"a": 8.0})]
    holes = [AreaValues("4", {"a": None}), AreaValues("5", {"a": None}, secret=frozenset("a"))]

    verdict = social_index.compute([*values, *holes], [A], Rule())

    assert [one.index for one in verdict.areas[:3]] == index_of(values)
    assert [one.reason for one in verdict.areas[3:]] == ["Es fehlt: Armut.", "Geheim zu halten: Armut."]
    assert all(not one.z and not one.contributions for one in verdict.areas[3:])


def test_named_exclusions_and_unknown_population_carry_their_reason():
    rows = [
        AreaValues("1", {"a": 1.0}, population=500),
        AreaValues("2", {"a": 2.0}, population=300),
        AreaValues("3", {"a": 9.0}, population=5000, excluded_because="Gewerbegebiet."),
        AreaValues("4", {"a": 9.0}),
    ]

    reasons = [one.reason for one in social_index.compute(rows, [A], Rule(min_population=300)).areas]

    assert reasons == [None, None, "Gewerbegebiet.", "Die Einwohnerzahl ist nicht bekannt."]


@pytest.mark.parametrize("method", Method)
def test_an_indicator_without_spread_changes_nothing_and_warns(method):
    rule = Rule(method=method, class_breaks=[[None, "alle"]])

    verdict = social_index.compute(areas([1, 5, 9], [0.1, 0.1, 0.1]), [A, B], rule)

    assert [one.index for one in verdict.areas] == index_of(areas([1, 5, 9]), rule=rule)
    assert [one.contributions["b"] for one in verdict.areas] == [0, 0, 0]
    assert verdict.warnings[0] == "„Bildung“ ist überall gleich und trägt nichts zum Index bei."


def test_indicators_that_cancel_each_other_out_give_zero_not_noise():
    verdict = social_index.compute(areas([1, 5, 9], [0.1, 0.5, 0.9]), [A, B], Rule())

    assert [one.index for one in verdict.areas] == [0, 0, 0]
    assert verdict.warnings[0].startswith("Alle Gebiete haben denselben Index")


def test_nothing_to_compute_is_a_warning_not_an_error():
    assert social_index.compute([], [A], Rule()).warnings
    assert social_index.compute(areas([1, 2]), [], Rule()).areas[0].reason == "Der Index hat keine Indikatoren."
    for deviation in Deviation:
        alone = social_index.compute(areas([1]), [A], Rule(deviation=deviation))
        assert alone.areas[0].reason == "Kein Indikator unterscheidet die Gebiete: Es gibt keinen Index."


def test_without_the_town_value_there_is_no_index_around_it():
    around_town = Rule(centre=Centre.TOWN_VALUE)

    verdict = social_index.compute(areas([1, 5, 9]), [A], around_town)

    assert {one.reason for one in verdict.areas} == {"Der Wert der Kommune ist nicht bekannt: Armut."}
    assert index_of(areas([1, 5, 9]), rule=replace(around_town, method=Method.RANK_SUM)) == [1, 2, 3]


@pytest.mark.parametrize("method", [method for method in Method if method is not Method.DEVIATION_COUNT])
def test_weights_move_the_index_towards_the_heavier_indicator(method):
    rows = areas([1, 2, 9], [9, 1, 2])
    rule = Rule(method=method)

    light = index_of(rows, (A, Part("b", "B")), rule)
    heavy = index_of(rows, (A, Part("b", "B", weight=10)), rule)

    assert heavy[0] > light[0]


def test_equal_values_share_ranks_and_points():
    rows = areas([1, 1, 5, 9])

    assert index_of(rows, rule=Rule(method=Method.RANK_SUM)) == [1.5, 1.5, 3, 4]
    assert index_of(rows, rule=Rule(method=Method.QUANTILE_POINTS)) == [2, 2, 4, 5]
    assert index_of(rows, rule=Rule(method=Method.QUANTILE_POINTS, quantiles=4)) == [1, 1, 3, 4]


def test_a_deviation_count_counts_burdens_and_adds_up_their_size():
    parts = [replace(A, town_value=10), replace(B, town_value=10)]
    rows = areas([6, 10, 14], [14, 10, 6])
    rule = Rule(method=Method.DEVIATION_COUNT, centre=Centre.TOWN_VALUE, class_breaks=[[0, "nein"], [None, "ja"]])

    found = social_index.compute(rows, parts, rule).areas

    assert [(one.index, one.class_name) for one in found] == [(0, "nein"), (0, "nein"), (2, "ja")]
    assert [one.size for one in found] == pytest.approx([0, 0, 2 * 1.5**0.5])
    assert index_of(rows, parts, replace(rule, limit=1.3)) == [0, 0, 0]


def test_few_areas_and_classes_out_of_reach_are_warned_of():
    few = social_index.compute(areas([1, 5, 9]), [A], Rule()).warnings
    many = social_index.compute(areas(range(20)), [A], Rule()).warnings
    pair = social_index.compute(areas([1, 5]), [A], Rule()).warnings

    assert many == []
    assert few == [
        "Der Index liegt hier immer zwischen −1,41 und 1,41: In diese Klasse kann kein Gebiet fallen: „sehr niedrig“.",
        "Nur 3 Gebiete gehen ein: Mehr als 1,41 kann der Index nicht betragen, und Klassengrenzen sagen wenig. "
        "Rechnen Sie besser auf einer feineren Ebene.",
    ]
    assert pair[0].endswith("In diese Klassen kann kein Gebiet fallen: „niedrig“, „sehr niedrig“, „hoch“.")


@pytest.mark.parametrize(
    "breaks", [[], [[1, "a"]], [[None, "a"], [None, "b"]], [[2, "a"], [1, "b"], [None, "c"]], [[1, "a"], [None, "a"]]]
)
def test_unusable_class_breaks_are_refused(breaks):
    assert breaks_problem(breaks)
    assert breaks_problem(BERLIN_BREAKS) is None


@pytest.mark.parametrize("orientation", Orientation)
@pytest.mark.parametrize("kind", IndexKind)
@pytest.mark.parametrize("method", Method)
def test_every_method_has_classes_that_can_all_be_reached(method, kind, orientation):
    for parts in (1, 2, 3, 7):
        breaks = default_breaks(method, kind, orientation, parts=parts, areas=20)
        low, high = attainable(method, Centre.AREA_MEAN, Deviation.POPULATION, parts=parts, areas=20)

        assert breaks_problem(breaks) is None
        assert all(low <= upper < high for upper, _ in breaks[:-1])


def test_default_classes_of_points_and_of_a_better_orientation():
    points = default_breaks(Method.QUANTILE_POINTS, IndexKind.STATUS, Orientation.HIGHER_IS_BURDEN, parts=4, areas=45)
    better = default_breaks(Method.Z_SUM, IndexKind.STATUS, Orientation.HIGHER_IS_BETTER, parts=4, areas=45)
    change = default_breaks(Method.Z_SUM, IndexKind.DYNAMICS, Orientation.HIGHER_IS_BURDEN, parts=4, areas=45)

    assert [upper for upper, _ in points] == [7.2, 10.4, 13.6, 16.8, None]
    assert better == [[-1.5, "sehr niedrig"], [-1.0, "niedrig"], [1.0, "mittel"], [None, "hoch"]]
    assert change == [[-1.0, "positiv"], [1.0, "stabil"], [None, "negativ"]]


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
