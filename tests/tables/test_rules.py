"""Phases, titles, addresses, seating."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.tables import rules
from app.tables.enums import Phase


def test_phases_follow_each_other_as_the_day_does():
    allowed = {(before, after) for before in Phase for after in Phase if rules.may_follow(before, after)}

    assert allowed == {
        (Phase.PREPARING, Phase.COLLECTING),
        (Phase.COLLECTING, Phase.VOTING),
        (Phase.COLLECTING, Phase.CLOSED),
        (Phase.VOTING, Phase.COLLECTING),
        (Phase.VOTING, Phase.CLOSED),
        (Phase.CLOSED, Phase.COLLECTING),
    }


def test_contributions_are_taken_while_collecting_and_voting():
    assert [phase for phase in Phase if rules.takes_contributions(phase)] == [Phase.COLLECTING, Phase.VOTING]


def test_parallel_tables_are_numbered_in_roman():
    assert rules.table_titles("Familie", 1) == ["Familie"]
    assert rules.table_titles("Familie", 3) == ["Familie I", "Familie II", "Familie III"]
    assert [rules.roman(number) for number in (4, 9, 14, 29)] == ["IV", "IX", "XIV", "XXIX"]


def test_long_titles_keep_their_number():
    titles = rules.table_titles("x" * 120, 2)

    assert [len(title) for title in titles] == [120, 120]
    assert titles[1].endswith("x II")


def test_addresses_for_code_and_for_typing():
    address = rules.table_address("https://dialog.stadt.example/", "ABC234")

    assert address == "https://dialog.stadt.example/t/ABC234"
    assert rules.short_address(address) == "dialog.stadt.example/t/ABC234"
    assert rules.grouped_code("ABC234") == "ABC 234"


@pytest.mark.parametrize(
    ("base_url", "expected"),
    [
        ("http://localhost:8000", True),
        ("http://127.0.0.1", True),
        ("http://[::1]:80", True),
        ("http://10.0.0.5", False),
    ],
)
def test_addresses_no_phone_can_reach_are_known(base_url, expected):
    assert rules.reaches_only_this_machine(base_url) is expected


def test_first_wishes_of_all_come_before_second_ones():
    seats = rules.seats_by_wish(people={1: [7], 2: [8, 7], 3: [7, 8]}, topics={10: 7, 20: 8}, free={10: 2, 20: 1})

    assert seats == {1: 10, 3: 10, 2: 20}


def test_the_emptier_parallel_table_fills_first():
    seats = rules.seats_by_wish(people={1: [7], 2: [7], 3: []}, topics={10: 7, 11: 7}, free={10: 1, 11: 3})

    assert seats == {1: 11, 2: 11, 3: 10}


def test_nobody_is_seated_without_a_free_seat():
    assert rules.seats_by_wish(people={1: [7], 2: []}, topics={10: 7}, free={10: -1}) == {}
    assert rules.seats_by_wish(people={1: [7]}, topics={}, free={}) == {}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # machines are shared
@given(
    people=st.dictionaries(st.integers(1, 60), st.lists(st.integers(1, 4), unique=True, max_size=3), max_size=40),
    free=st.lists(st.integers(-2, 6), min_size=1, max_size=6),
)
def test_seating_fills_no_table_beyond_its_seats_and_leaves_none_free_while_people_wait(people, free):
    topics = {table: table % 4 + 1 for table in range(len(free))}
    seats = rules.seats_by_wish(people, topics, dict(enumerate(free)))

    taken = [list(seats.values()).count(table) for table in topics]
    assert all(used <= max(0, seats_there) for used, seats_there in zip(taken, free, strict=True))
    assert len(seats) == min(len(people), sum(max(0, seats_there) for seats_there in free))
