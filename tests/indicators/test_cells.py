"""Cells of German tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.german import number
from app.imports.numbers import uses_decimal_comma
from app.indicators.cells import Cell, Unreadable, read_cell, read_day
from app.indicators.enums import ValueState

KNOWN, SECRET, MISSING = ValueState.KNOWN, ValueState.SUPPRESSED, ValueState.MISSING


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("", None),
        ("  ", None),
        ("0", Cell(KNOWN, 0)),
        ("-", Cell(KNOWN, 0)),
        ("–", Cell(KNOWN, 0)),
        (".", Cell(SECRET)),
        ("•", Cell(SECRET)),
        ("x", Cell(MISSING)),
        ("/", Cell(MISSING)),
        ("…", Cell(MISSING)),
        ("...", Cell(MISSING)),
        ("1.234,5", Cell(KNOWN, 1234.5)),
        ("1 234", Cell(KNOWN, 1234)),
        ("-0,25", Cell(KNOWN, -0.25)),
        ("−3", Cell(KNOWN, -3)),
        ("12,5 %", Cell(KNOWN, 12.5)),
        ("1234", Cell(KNOWN, 1234)),
    ],
)
def test_german_cells(text, cell):
    assert read_cell(text, decimal_comma=True) == cell


@pytest.mark.parametrize("text", ["abc", "1,2,3", "12.5", "1.23.456", "1e5", "NaN", "inf", "--", "9" * 400, "٣"])
def test_unreadable_cells_are_refused(text):
    with pytest.raises(Unreadable):
        read_cell(text, decimal_comma=True)


@pytest.mark.parametrize(
    ("cells", "comma"),
    [
        (["1.234", "12"], True),
        (["1.234", "0.5"], False),
        (["-0.25", "3419"], False),
        (["1.234", "0,5"], True),
        (["0.250", "0.125"], False),
        (["7", "x"], False),
    ],
)
def test_the_file_says_which_decimal_sign_it_uses(cells, comma):
    assert uses_decimal_comma(cells) is comma


@given(st.integers(-(10**9), 10**9), st.integers(0, 3))
def test_what_our_pages_print_is_read_back(whole, digits):
    value = whole / 10**digits

    assert read_cell(number(value, digits), decimal_comma=True).figure == pytest.approx(value)


def test_days_in_both_ways_of_writing():
    assert read_day("2025-12-31") == read_day(" 31.12.2025 ")
    for text in ("31.02.2025", "2025", ""):
        with pytest.raises(Unreadable):
            read_day(text)
