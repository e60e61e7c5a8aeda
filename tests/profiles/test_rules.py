"""What stands out, in which words, at which rank, and whom a recommendation concerns."""

import pytest

from app.indicators.enums import Orientation, Polarity
from app.profiles.rules import Compared, Judgement, Place, Rank, burden_order, concerns, rank, stand_outs

LEVEL = [10.0, 20.0, 30.0]  # population deviation 8.165


def compared(key="rate", value=30.0, town=20.0, level=LEVEL, polarity=Polarity.BURDEN):
    return Compared(key, value, town, level, polarity)


def test_the_farthest_come_first_whatever_their_direction():
    found = stand_outs(
        [compared("near", 21), compared("far_below", 2), compared("above", 30), compared("near_too", 20)], count=3
    )

    assert [one.key for one in found] == ["far_below", "above", "near"]
    assert found[1].size == pytest.approx(10 / 8.16496580927726)


@pytest.mark.parametrize(
    ("value", "polarity", "place", "judgement"),
    [
        (40, Polarity.BURDEN, Place.FAR_ABOVE, Judgement.MORE_BURDEN),
        (26, Polarity.BURDEN, Place.ABOVE, Judgement.MORE_BURDEN),
        (23, Polarity.BURDEN, Place.NEAR, Judgement.NONE),
        (14, Polarity.BURDEN, Place.BELOW, Judgement.LESS_BURDEN),
        (5, Polarity.BURDEN, Place.FAR_BELOW, Judgement.LESS_BURDEN),
        (40, Polarity.RELIEF, Place.FAR_ABOVE, Judgement.LESS_BURDEN),
        (5, Polarity.RELIEF, Place.FAR_BELOW, Judgement.MORE_BURDEN),
        (40, Polarity.CONTEXT, Place.FAR_ABOVE, Judgement.NONE),
    ],
)
def test_words_follow_the_polarity(value, polarity, place, judgement):
    (found,) = stand_outs([compared(value=value, polarity=polarity)])

    assert (found.place, found.judgement) == (place, judgement)


def test_few_areas_are_compared_relative_to_the_town():
    found = stand_outs([compared("a", 30, 20, [30, 10]), compared("b", 22, 20)])

    assert [(one.key, round(one.size, 6), one.place) for one in found] == [
        ("a", 0.5, Place.FAR_ABOVE),
        ("b", 0.1, Place.ABOVE),
    ]


def test_figures_that_only_describe_come_after_those_that_burden():
    found = stand_outs(
        [
            compared("migration", 60, 30, polarity=Polarity.CONTEXT),
            compared("poverty", 35, 30, polarity=Polarity.BURDEN),
        ]
    )

    assert [one.key for one in found] == ["poverty", "migration"]


def test_secret_and_missing_figures_never_stand_out():
    assert stand_outs([compared("secret", None), compared("no_town", 5, None)]) == []


def test_a_town_at_zero_cannot_be_compared_relatively():
    assert stand_outs([compared("zero", 1, 0, [1, 0])]) == []


def test_classes_run_from_least_to_most_burdened():
    breaks = [[-1, "niedrig"], [1, "mittel"], [None, "hoch"]]

    assert burden_order(breaks, Orientation.HIGHER_IS_BURDEN) == ["niedrig", "mittel", "hoch"]
    assert burden_order(breaks, Orientation.HIGHER_IS_BETTER) == ["hoch", "mittel", "niedrig"]


def test_a_recommendation_concerns_the_areas_it_names_else_the_papers():
    paper_area = {"level": "Sozialraum", "code": "01"}
    related = {("Sozialquartier", "0102"), ("Sozialraum", "01")}

    assert concerns([{"level": "Sozialquartier", "code": "0102"}], paper_area, related)
    assert not concerns([{"level": "Sozialquartier", "code": "0101"}], paper_area, related)
    assert not concerns([{"level": "Stadtbezirk", "code": "0102"}], paper_area, related)
    assert concerns([], paper_area, related)


@pytest.mark.parametrize(
    ("value", "polarity", "place"),
    [
        (30, Polarity.BURDEN, Rank(1, 4)),
        (20, Polarity.BURDEN, Rank(2, 4)),
        (10, Polarity.BURDEN, Rank(4, 4)),
        (10, Polarity.RELIEF, Rank(1, 4)),
        (20, Polarity.RELIEF, Rank(2, 4)),
        (30, Polarity.CONTEXT, Rank(1, 4)),
        (None, Polarity.BURDEN, None),
    ],
)
def test_rank_one_is_the_most_burdened_and_equals_share_a_place(value, polarity, place):
    assert rank(value, [10, 20, 20, 30, None], polarity) == place


def test_two_areas_have_no_rank():
    assert rank(30, [10, 30, None], Polarity.BURDEN) is None
