import pytest

from app.conferences.enums import Moderation
from app.contributions import rules
from app.contributions.enums import ContributionState as State


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Treff  ", "Treff"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("vor\x00nach\x1b[0m", "vornach[0m"),
        ("Tab\tbleibt", "Tab\tbleibt"),
        ("halb\ud800", "halb"),
        ("\u200f مرحبا", "\u200f مرحبا"),
        (" \n\t ", ""),
    ],
)
def test_text_is_cleaned_the_same_way_however_it_came(typed, stored):
    assert rules.clean_text(typed) == stored


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("3F2504E0-4F89-41D3-9A0C-0305E82C3301", "3f2504e0-4f89-41d3-9a0c-0305e82c3301"),
        (" 3f2504e0-4f89-41d3-9a0c-0305e82c3301 ", "3f2504e0-4f89-41d3-9a0c-0305e82c3301"),
        ("{3f2504e0-4f89-41d3-9a0c-0305e82c3301}", None),
        ("3f2504e04f8941d39a0c0305e82c3301", None),
        ("", None),
    ],
)
def test_only_a_uuid_in_its_usual_spelling_is_a_client_id(given, expected):
    assert rules.clean_client_id(given) == expected


def test_the_table_reads_at_once_or_after_a_host_as_the_conference_wants():
    assert rules.states_at_table(Moderation.BEFORE_WALL) == (State.WAITING, State.SHOWN)
    assert rules.states_at_table(Moderation.BEFORE_TABLE) == (State.SHOWN,)


def test_the_receipt_says_whether_a_host_has_to_look_first():
    assert rules.receipt(Moderation.BEFORE_WALL) == "shown"
    assert rules.receipt(Moderation.BEFORE_TABLE) == "waiting"


def test_every_move_can_be_undone():
    assert all(rules.may_move(after, before) for before in State for after in State if rules.may_move(before, after))


def test_equal_dots_share_a_rank():
    assert rules.shared_ranks([9, 7, 7, 4]) == [1, 2, 2, 4]
    assert rules.shared_ranks([]) == []
