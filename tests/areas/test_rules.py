"""Schemes, codes, trees and files, without database."""

from dataclasses import dataclass
from datetime import date

import pytest

from app.areas.rules import code_problem, current_scheme
from app.areas.tree import tree_of
from app.core.errors import RuleBroken
from app.imports.sheets import decode, read_csv


@dataclass(frozen=True)
class Scheme:
    id: int
    valid_from: date | None = None
    valid_to: date | None = None


def test_the_scheme_that_is_not_over_counts():
    old = Scheme(2, date(2010, 1, 1), date(2020, 12, 31))
    new = Scheme(1, date(2021, 1, 1))

    assert current_scheme([old, new]) is new
    assert current_scheme([old, new], date(2019, 5, 1)) is old
    assert current_scheme([old]) is old
    assert current_scheme([]) is None


def test_codes_with_a_slash_are_refused():
    assert code_problem("01/02")
    assert code_problem("")
    assert code_problem("0101") is None


def test_a_tree_knows_what_lies_where():
    tree = tree_of([(1, None, 0), (2, None, 0), (11, 1, 1), (12, 1, 1), (111, 11, 2)])

    assert tree.below(1) == [1, 11, 12, 111]
    assert tree.above(111) == [11, 1]
    assert tree.related(11) == {1, 11, 111}
    assert tree.levels == [[1, 2], [11, 12], [111]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_encoding_and_separator_are_recognised(encoding, separator):
    content = separator.join(["code", "name"]) + "\r\n" + separator.join(["01", "Lüttgen­straße"[:7]]) + "\r\n"

    sheet = read_csv(decode(content.encode(encoding)))

    assert sheet.columns == ["code", "name"]
    assert sheet.records[0].cells == {"code": "01", "name": "Lüttgen"}
    assert sheet.records[0].number == 2


def test_rows_too_long_carry_a_problem_and_blank_ones_are_skipped():
    sheet = read_csv("code;name\n01;A;x\n;\n02\n")

    assert [(record.number, bool(record.problem)) for record in sheet.records] == [(2, True), (4, False)]


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b"\x89PNG\r\n\x1a\n\x00\x00"])
def test_what_is_no_text_is_refused(content):
    with pytest.raises(RuleBroken):
        decode(content)


@pytest.mark.parametrize("text", ["", "\n\n", "a;a\n1;2\n"])
def test_tables_without_usable_header_are_refused(text):
    with pytest.raises(RuleBroken):
        read_csv(text)
