"""What stands out, in which words, and whom a recommendation concerns."""

import pytest

from app.indicators.enums import Orientation, Polarity
from app.measures.enums import ImplementationStatus
from app.portal.rules import Compared, Judgement, Place, burden_order, concerns, count_outcomes, stand_outs

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


def test_outcomes_are_counted_with_what_is_achieved_first():
    statuses = [None, ImplementationStatus.PLANNED, ImplementationStatus.COMPLETED, None]

    assert count_outcomes(statuses) == [
        (ImplementationStatus.COMPLETED, 1),
        (ImplementationStatus.PLANNED, 1),
        (None, 2),
    ]
