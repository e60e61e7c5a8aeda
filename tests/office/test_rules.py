"""Where a conference stands and what comes next."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.office.rules import (
    ENDPOINTS,
    STATIONS,
    Facts,
    Kind,
    Step,
    is_at_the_tables,
    is_on_the_desk,
    next_step,
    station_kinds,
)

DAY = date(2026, 11, 20)
BEFORE, AFTER = DAY - timedelta(days=10), DAY + timedelta(days=10)
READY = Facts(day=DAY, data_as_of=date(2025, 12, 31), topics=7, tables=9, tables_unopened=9, invited=45, accepted=40)
HELD = replace(READY, tables_unopened=0, contributions=250, recommendations=12, has_paper=True)
OUT = replace(HELD, versions=1, published_on=AFTER)


@pytest.mark.parametrize(
    ("facts", "today", "step", "count"),
    [
        (Facts(day=DAY), BEFORE, Step.LOAD_DATA, 0),
        (replace(READY, topics=0), BEFORE, Step.ADD_TOPICS, 0),
        (replace(READY, invited=0), BEFORE, Step.CHOOSE_INSTITUTIONS, 0),
        (replace(READY, unsent=45, tables=0), BEFORE, Step.SEND_INVITATIONS, 45),
        (replace(READY, tables=0, unanswered=6), BEFORE, Step.ADD_TABLES, 0),
        (replace(READY, tasks_open=5, tasks_late=2, unanswered=6), BEFORE, Step.CHASE_TASKS, 2),
        (replace(READY, tasks_open=5, unanswered=6), BEFORE, Step.CHASE_ANSWERS, 6),
        (replace(READY, tasks_open=5), BEFORE, Step.FINISH_TASKS, 5),
        (READY, BEFORE, Step.PRINT_KIT, 0),
        (READY, DAY, Step.OPEN_TABLES, 9),
        (replace(READY, expected=84), DAY, Step.CHECK_IN, 84),
        (replace(READY, expected=84, arrived=1), DAY, Step.OPEN_TABLES, 9),
        (replace(READY, expected=84, tables_unopened=8, tables_open=1), DAY, Step.OPEN_TABLES, 8),
        (replace(READY, tables_unopened=0, tables_open=9, waiting=4), DAY, Step.MODERATE, 4),
        (replace(READY, tables_unopened=0, tables_open=9), DAY, Step.FOLLOW_ROOM, 9),
        (replace(HELD, tables_open=1), AFTER, Step.CLOSE_TABLES, 1),
        (replace(HELD, contributions=0), AFTER, Step.ENTER_CARDS, 0),
        (replace(HELD, unsorted=18), AFTER, Step.SORT_CONTRIBUTIONS, 18),
        (replace(HELD, recommendations=0), AFTER, Step.RECOMMEND, 0),
        (replace(HELD, without_lead=3), AFTER, Step.NAME_LEADS, 3),
        (HELD, AFTER, Step.WRITE_PAPER, 0),
        (replace(HELD, versions=2), AFTER, Step.PUBLISH_VERSION, 2),
        (replace(OUT, never_reported=12, unsorted=3), AFTER, Step.REPORT_FIRST, 12),
        (replace(OUT, report_due=4), AFTER, Step.REPORT_AGAIN, 4),
        (OUT, AFTER, Step.ALL_REPORTED, 12),
    ],
)
def test_next_step(facts, today, step, count):
    found = next_step(facts, today)

    assert (found.step, found.count) == (step, count)


def test_every_step_leads_somewhere():
    assert set(ENDPOINTS) == set(Step)


def test_stations_before_the_day():
    kinds = station_kinds(replace(READY, unanswered=6), BEFORE)

    assert kinds == {
        "data": Kind.DONE,
        "invite": Kind.NEXT,
        "prepare": Kind.DONE,
        "run": Kind.OPEN,
        "consolidate": Kind.OPEN,
        "paper": Kind.OPEN,
        "measures": Kind.OPEN,
    }


def test_late_tasks_make_preparation_late_not_next():
    kinds = station_kinds(replace(READY, tasks_open=3, tasks_late=1), BEFORE)

    assert kinds["prepare"] is Kind.LATE
    assert Kind.NEXT not in kinds.values()


def test_a_prepared_conference_waits_for_its_day():
    assert station_kinds(READY, BEFORE)["run"] is Kind.NEXT


def test_recommendations_without_lead_keep_consolidation_open():
    assert station_kinds(replace(HELD, without_lead=1), AFTER)["consolidate"] is Kind.NEXT


def test_silence_after_publication_is_late():
    assert station_kinds(replace(OUT, report_due=2), AFTER)["measures"] is Kind.LATE


def test_everything_done():
    assert station_kinds(OUT, AFTER) == dict.fromkeys(STATIONS, Kind.DONE)


def test_a_conference_leaves_the_desk_two_months_after_publication():
    assert is_on_the_desk(None, AFTER)
    assert is_on_the_desk(AFTER, AFTER + timedelta(days=60))
    assert not is_on_the_desk(AFTER, AFTER + timedelta(days=61))


def test_hosts_see_a_conference_until_its_tables_are_closed():
    assert is_at_the_tables(DAY, 0, BEFORE)
    assert is_at_the_tables(DAY, 1, AFTER)
    assert not is_at_the_tables(DAY, 0, AFTER)
