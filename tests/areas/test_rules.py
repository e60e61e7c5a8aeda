"""Schemes, codes, trees and files, without database."""

from dataclasses import dataclass
from datetime import date

from app.areas.rules import code_problem, current_scheme
from app.areas.tree import tree_of


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
