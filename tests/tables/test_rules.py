"""Phases, titles, addresses."""

import pytest

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
