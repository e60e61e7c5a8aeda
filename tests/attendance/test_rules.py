"""Counting at the door, the report of reach, and when feedback may be given."""

from datetime import timedelta

import pytest

from app.attendance import reach
from app.attendance.reach import Invited, People
from app.attendance.rules import FEWEST_ANSWERS, FeedbackState, PartyCount, Tally, count_door, feedback_state
from tests.factories import NOW

TYPES = [("school", "Schule"), ("police", "Polizei"), (None, "")]


def test_count_tells_persons_and_institutions_apart():
    count = count_door(
        [
            PartyCount(1, "Schule Nord", "school", expected=3, arrived=2),
            PartyCount(2, "Schule Süd", "school", expected=1, arrived=0),
            PartyCount(None, "Verein der Nachbarn", None, expected=1, arrived=1),
            PartyCount(None, "", None, expected=4, arrived=3),
        ],
        TYPES,
    )

    assert (count.arrived, count.expected) == (6, 9)
    assert (count.institutions_arrived, count.institutions) == (2, 3)
    assert count.by_type == [Tally("Schule", 2, 4, 1, 2), Tally("", 4, 5, 1, 1)]


def test_count_of_nobody_is_zero_out_of_zero():
    count = count_door([], TYPES)

    assert (count.arrived, count.expected, count.institutions, count.by_type) == (0, 0, 0, [])


@pytest.mark.parametrize(
    ("after_end", "came", "given", "state"),
    [
        (timedelta(seconds=-1), True, False, FeedbackState.TOO_EARLY),
        (timedelta(0), True, False, FeedbackState.OPEN),
        (timedelta(days=90), True, False, FeedbackState.OPEN),
        (timedelta(days=90, seconds=1), True, False, FeedbackState.TOO_LATE),
        (timedelta(days=1), False, False, FeedbackState.NOT_THERE),
        (timedelta(days=1), True, True, FeedbackState.GIVEN),
    ],
)
def test_feedback_is_for_people_who_came_once_and_for_ninety_days(after_end, came, given, state):
    assert feedback_state(ends_at=NOW, now=NOW + after_end, came=came, given=given) is state


def people(institution_id, name, *, placed=0, came=0, walk_in=False, cancelled=0, kind="school") -> People:
    """Persons of one party."""
    origin = "walk_in" if walk_in else "invitation"
    return People(institution_id, name, kind if institution_id else None, origin, walk_in, placed, came, cancelled)


def test_reach_follows_the_way_from_invited_to_came():
    measured = reach.measure(
        [
            Invited(1, "Schule Nord", "school", answered=True, said_yes=True),
            Invited(2, "Schule Süd", "school", answered=True, said_yes=True),
            Invited(3, "Wache", "police", answered=False, said_yes=False),
        ],
        [
            people(1, "Schule Nord", placed=3, came=2, cancelled=1),
            people(2, "Schule Süd", placed=1),
            people(3, "Wache", placed=1, came=1, walk_in=True, kind="police"),
            people(None, "Verein der Nachbarn", placed=2, came=2, walk_in=True),
            people(None, "", placed=4, came=3),
        ],
        ["police", "school", "church"],
    )

    assert (measured.invited, measured.answered, measured.said_yes, measured.institutions_came) == (3, 2, 2, 3)
    assert (measured.persons_placed, measured.persons_came, measured.persons_cancelled) == (8, 8, 1)
    assert (measured.no_shows, measured.no_show_rate) == (3, 37.5)
    assert (measured.private_placed, measured.private_came, measured.walk_ins) == (4, 3, 3)
    assert measured.promised_but_absent == ["Schule Süd"]
    assert measured.came_unannounced == ["Wache", "Verein der Nachbarn"]
    assert [(row.type, row.came, row.persons, row.share) for row in measured.by_type] == [
        ("police", 1, 1, 12.5),
        ("school", 1, 2, 25.0),
        (None, 1, 5, 62.5),
    ]
    assert measured.by_origin == {"invitation": (8, 5), "walk_in": (3, 3)}


def test_an_institution_that_had_announced_somebody_else_did_not_come_unannounced():
    measured = reach.measure(
        [], [people(1, "Schule", placed=1), people(1, "Schule", placed=1, came=1, walk_in=True)], ["school"]
    )

    assert (measured.came_unannounced, measured.no_shows, measured.institutions_came) == ([], 1, 1)


def test_reach_without_anybody_has_no_rate():
    measured = reach.measure([], [], ["school"])

    assert (measured.no_show_rate, measured.was_recorded, measured.by_type) == (None, False, [])


def test_averages_and_texts_are_shown_from_five_answers_on():
    given = [(5, 4, "Ruhe", ""), (4, 4, "", "Zeit"), (5, 2, "Gespräche", ""), (3, 3, "Ruhe", ""), (5, 5, "", "")]

    few, enough = reach.opinion(given[: FEWEST_ANSWERS - 1]), reach.opinion(given)

    assert few == reach.Opinion(4)
    assert not few.may_be_shown
    assert enough == reach.Opinion(5, 4.4, 3.6, ("Gespräche", "Ruhe"), ("Zeit",))


@pytest.mark.parametrize(("percent", "signs"), [(None, 0), (0, 0), (0.4, 1), (50, 10), (100, 20), (140, 20)])
def test_bar_shows_a_share_and_never_hides_a_small_one(percent, signs):
    assert reach.bar(percent) == "■" * signs
