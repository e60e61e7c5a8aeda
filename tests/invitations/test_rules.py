"""What an answer must contain."""

from datetime import UTC, datetime, timedelta

import pytest

from app.invitations import rules
from app.invitations.rules import InvitationCounts, Person

ROBIN = Person("Robin", "Beispiel")
STARTS = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize("people", [[ROBIN], [ROBIN, Person("Kim", "Muster"), Person("Toni", "Tisch")]])
def test_one_to_three_complete_people_are_fine(people):
    assert rules.people_problem(people) is None


@pytest.mark.parametrize(
    ("people", "beginning"),
    [
        ([], "Nennen Sie"),
        ([ROBIN, Person("A", "B"), Person("C", "D"), Person("E", "F")], "Höchstens 3"),
        ([Person("Robin", "")], "Geben Sie für jede Person"),
        ([Person("", "Beispiel")], "Geben Sie für jede Person"),
        ([ROBIN, Person("ROBIN", "beispiel")], "Eine Person ist zweimal"),
    ],
)
def test_other_lists_of_people_are_refused(people, beginning):
    assert rules.people_problem(people).startswith(beginning)


@pytest.mark.parametrize("wishes", [[], [2], [3, 1, 2]])
def test_up_to_three_different_topics_may_be_wished_for(wishes):
    assert rules.wishes_problem(wishes, [1, 2, 3, 4]) is None


@pytest.mark.parametrize(
    ("wishes", "beginning"),
    [([1, 2, 3, 4], "Höchstens 3"), ([1, 1], "Wählen Sie jedes Thema"), ([9], "Ein Thema gehört nicht")],
)
def test_other_wishes_are_refused(wishes, beginning):
    assert rules.wishes_problem(wishes, [1, 2, 3, 4]).startswith(beginning)


def test_links_answer_until_the_conference_begins():
    assert rules.answers_open(STARTS - timedelta(seconds=1), STARTS)
    assert not rules.answers_open(STARTS, STARTS)


def test_institutions_and_persons_are_counted_apart():
    counts = InvitationCounts(invited=10, coming=4, declined=1, people=9, people_by_hand=2)

    assert (counts.answered, counts.open, counts.people) == (5, 5, 9)
