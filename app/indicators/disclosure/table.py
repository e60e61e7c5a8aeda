"""The cells of a table before publication, the sums they stand in, and what is secret about a cell by itself."""

from collections.abc import Hashable
from dataclasses import dataclass

from app.indicators.enums import Outcome

Name = Hashable  # a quantity at a place and a time: what has the same name is the same number


@dataclass(frozen=True)
class Rule:
    """Fewer than `threshold` cases are secret, and rates on fewer than `minimum_base`; zero cases only if so said."""

    threshold: float = 3
    minimum_base: float = 100
    zero_is_secret: bool = False


USUAL = Rule()


@dataclass(frozen=True)
class Equation:
    """`total` is the sum of `parts`. A name that no cell carries is an unknown nobody publishes."""

    total: Name
    parts: tuple[Name, ...]


@dataclass(frozen=True)
class Cell:
    """A figure of one area at one date: shown or hidden as a whole, numerator, denominator and rate.

    `count` and `base` name the quantities behind numerator and denominator. `share`: the cases are among the base,
    so that „all but one“ gives somebody away. `stands` says whether the cell is decided already and cannot be
    changed: True for shown, False for secret; its numerator may then be unknown. `was_shown`: published before, so
    hide it as the last resort only. `series` is the same figure in other years.
    """

    key: Hashable
    count: Name
    numerator: float | None
    denominator: float | None = None
    base: Name | None = None
    rule: Rule = USUAL
    share: bool = True
    stands: bool | None = None
    was_shown: bool = False
    series: Hashable | None = None


def verdict(cell: Cell) -> Outcome:
    """What becomes of a cell looked at alone.

    Nobody in the base is no secret. Zero of a tiny base is, since „none of two“ and „two of two“ tell as much.
    """
    if cell.stands is not None:
        return Outcome.SHOWN if cell.stands else Outcome.PRIMARY
    count, base, rule = cell.numerator, cell.denominator, cell.rule
    if base == 0 and count == 0:
        return Outcome.SHOWN
    if 0 < abs(count) < rule.threshold or (count == 0 and rule.zero_is_secret):
        return Outcome.PRIMARY
    if base is None:
        return Outcome.SHOWN
    if cell.share and (0 < base - count < rule.threshold or base < rule.threshold):
        return Outcome.COMPLEMENT
    return Outcome.BASE if base < rule.minimum_base else Outcome.SHOWN


def limits(cell: Cell) -> tuple[float, float]:
    """Between which figures everybody knows a hidden numerator to lie, from the denominator and the rules alone.

    Denominators are taken as known to everybody: how many people live where is in other publications. Zero is never
    hidden on a base that is large enough, so whoever knows the rules counts at least one case there.
    """
    if cell.numerator is not None and cell.numerator < 0:
        return float("-inf"), float("inf")
    zero_shown = not cell.rule.zero_is_secret and (
        cell.denominator is None or cell.denominator >= max(cell.rule.minimum_base, cell.rule.threshold)
    )
    low = 1.0 if zero_shown and cell.numerator else 0.0
    return low, cell.denominator if cell.share and cell.denominator is not None else float("inf")
