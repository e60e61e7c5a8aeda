"""What an answer must contain."""

from datetime import UTC, datetime, timedelta

import pytest

from app.invitations import rules
from app.invitations.problems import AnswerProblem
from app.invitations.rules import InvitationCounts, Need, Person

ROBIN = Person("Robin", "Beispiel")
STARTS = datetime(2026, 11, 20, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize("people", [[ROBIN], [ROBIN, Person("Kim", "Muster"), Person("Toni", "Tisch")]])
def test_one_to_three_complete_people_are_fine(people):
    assert rules.people_problem(people) is None


@pytest.mark.parametrize(
    ("people", "problem"),
    [
        ([], AnswerProblem.NOBODY),
        ([ROBIN, Person("A", "B"), Person("C", "D"), Person("E", "F")], AnswerProblem.CROWD),
        ([Person("Robin", "")], AnswerProblem.HALF_A_NAME),
        ([Person("", "Beispiel")], AnswerProblem.HALF_A_NAME),
        ([ROBIN, Person("ROBIN", "beispiel")], AnswerProblem.TWICE),
    ],
)
def test_other_lists_of_people_are_refused(people, problem):
    assert rules.people_problem(people) is problem


@pytest.mark.parametrize("wishes", [[], [2], [3, 1, 2]])
def test_up_to_three_different_topics_may_be_wished_for(wishes):
    assert rules.wishes_problem(wishes, [1, 2, 3, 4]) is None


@pytest.mark.parametrize(
    ("wishes", "problem"),
    [
        ([1, 2, 3, 4], AnswerProblem.MANY_WISHES),
        ([1, 1], AnswerProblem.SAME_WISH),
        ([9], AnswerProblem.FOREIGN_WISH),
    ],
)
def test_other_wishes_are_refused(wishes, problem):
    assert rules.wishes_problem(wishes, [1, 2, 3, 4]) is problem


def test_a_problem_reads_as_its_sentence_with_the_right_number(app):
    with app.app_context():
        assert str(AnswerProblem.SAME_WISH) == "Wählen Sie jedes Thema nur einmal."
        assert str(rules.MOST_PEOPLE) in str(AnswerProblem.CROWD)
        assert str(rules.MOST_WISHES) in str(AnswerProblem.MANY_WISHES)


@pytest.mark.parametrize(
    ("said", "result"),
    [
        (Need(), Need("Rampe", accessible_place=True)),
        (Need("Pausen"), Need("Pausen", accessible_place=True)),
        (Need(forget=True), Need()),
        (Need("Pausen", forget=True), Need("Pausen")),
    ],
)
def test_what_was_noted_stays_until_something_else_is_said(said, result):
    assert said.added_to("Rampe", accessible_place=True) == result


def test_links_answer_until_the_conference_begins():
    assert rules.answers_open(STARTS - timedelta(seconds=1), STARTS)
    assert not rules.answers_open(STARTS, STARTS)


def test_links_answer_no_more_once_the_conference_is_called_off():
    assert not rules.answers_open(STARTS - timedelta(days=3), STARTS, STARTS - timedelta(days=4))


def test_institutions_and_persons_are_counted_apart():
    counts = InvitationCounts(invited=10, coming=4, declined=1, people=9, people_by_hand=2)

    assert (counts.answered, counts.open, counts.people) == (5, 5, 9)
