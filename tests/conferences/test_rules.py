"""Times in Germany, proposals, questions."""

from datetime import UTC, date, datetime, time

import pytest

from app.conferences import rules


def test_usual_day_is_a_thursday_at_least_eight_weeks_ahead():
    for today in (date(2026, 11, 19), date(2026, 11, 20), date(2026, 12, 31)):
        day = rules.usual_day(today)

        assert day.weekday() == 3
        assert 56 <= (day - today).days < 63


def test_moving_to_another_day_keeps_the_clock_time_over_the_change_of_clocks():
    summer = datetime(2027, 10, 30, 12, 0, tzinfo=UTC)  # 14:00 in Germany

    moved = rules.moved_to_day(summer, date(2027, 10, 31))

    assert moved == datetime(2027, 10, 31, 13, 0, tzinfo=UTC)


def test_proposed_agenda_lies_around_the_conference_in_order():
    agenda = rules.proposed_agenda(time(14), time(17, 45))

    assert agenda[0] == (time(13, 30), "Ankommen und Anmeldung")
    assert agenda[1] == (time(14), "Begrüßung")
    assert [at for at, title in agenda] == sorted(at for at, title in agenda)
    assert agenda[-1][0] < time(17, 45)


@pytest.mark.parametrize(("start", "end"), [(time(0), time(0, 1)), (time(23, 50), time(23, 59))])
def test_proposed_agenda_stays_within_the_day(start, end):
    assert len(rules.proposed_agenda(start, end)) == 8


def test_questions_are_lines_without_blank_ones():
    assert rules.questions_in("  Was fehlt?\r\n\r\n Was  gibt es? \n") == ["Was fehlt?", "Was gibt es?"]


def test_too_many_or_too_long_questions_are_named():
    assert rules.question_problem(["kurz?"] * 8) is None
    assert rules.question_problem(["kurz?"] * 9) == "many"
    assert rules.question_problem(["x" * 256]) == "long"
