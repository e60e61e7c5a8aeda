"""From when on something counts as a finding: usual limits, their ranges, and what a municipality changed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import isfinite


@dataclass(frozen=True)
class Limits:
    """The usual limits. The need is low where it is the mirror image of high: `1 / need_ratio` of the town."""

    need_deviation: float = 1.0
    need_ratio: float = 1.25
    thin_supply: float = 0.75
    ample_supply: float = 1.5
    low_utilisation: float = 50
    funding_months: float = 12
    confirmed_months: float = 12


USUAL = Limits()
RANGES: dict[str, tuple[float, float]] = {
    "need_deviation": (0.1, 5),
    "need_ratio": (1.01, 10),
    "thin_supply": (0.05, 1),
    "ample_supply": (1, 10),
    "low_utilisation": (1, 100),
    "funding_months": (1, 60),
    "confirmed_months": (1, 60),
}
WHOLE = frozenset({"low_utilisation", "funding_months", "confirmed_months"})


def fits(name: str, value: float) -> bool:
    """Whether a value lies in the range of its limit; months and per cent are whole numbers."""
    low, high = RANGES[name]
    return isfinite(value) and low <= value <= high and (name not in WHOLE or value == int(value))


def limits_of(stored: Mapping[str, object]) -> Limits:
    """The usual limits with a municipality's own ones; unknown names and impossible values are left out."""
    own = {
        name: float(value)
        for name, value in stored.items()
        if name in RANGES and isinstance(value, int | float) and fits(name, value)
    }
    return Limits(**(asdict(USUAL) | own))


def own_limits(given: Mapping[str, float]) -> dict[str, float]:
    """What is worth storing: the limits that differ from the usual ones."""
    usual = asdict(USUAL)
    return {name: value for name, value in given.items() if name in usual and value != usual[name]}
