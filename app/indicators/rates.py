"""Rates from counts, and areas added up from their parts: counts are summed, rates never averaged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.areas.tree import AreaTree
from app.indicators.enums import Gap, ValueState


@dataclass(frozen=True)
class Measure:
    """How an indicator's figures are made.

    `rated`: value = factor · numerator / denominator. `counted`: value = numerator, can be summed. Neither: the
    published figure stands alone and cannot be summed.
    """

    rated: bool
    counted: bool
    factor: float = 100


@dataclass(frozen=True)
class Counts:
    """What is stored for one area and date."""

    state: ValueState
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None


@dataclass(frozen=True)
class Reading:
    """A figure as it may be shown. `gap` says why an area that is added up from parts has none."""

    state: ValueState
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    gap: Gap = Gap.NONE

    @property
    def known(self) -> bool:
        """Whether there is a figure to show."""
        return self.state is ValueState.KNOWN


MISSING = Reading(ValueState.MISSING)
SUPPRESSED = Reading(ValueState.SUPPRESSED)


def rate(numerator: float, denominator: float, factor: float = 100) -> float | None:
    """`factor` · numerator / denominator; None when nothing is in the denominator."""
    return factor * numerator / denominator if denominator else None


def read(counts: Counts | None, measure: Measure) -> Reading:
    """The figure of an area from what is stored for itself."""
    if counts is None or counts.state is ValueState.MISSING:
        return MISSING
    if counts.state is ValueState.SUPPRESSED:
        return SUPPRESSED
    if measure.rated and counts.numerator is not None and counts.denominator is not None:
        value = rate(counts.numerator, counts.denominator, measure.factor)
    elif measure.counted and counts.numerator is not None:
        value = counts.numerator
    else:
        value = counts.value
    if value is None:
        return Reading(ValueState.MISSING, None, counts.numerator, counts.denominator)
    return Reading(ValueState.KNOWN, value, counts.numerator, counts.denominator)


def add_up(parts: Sequence[Reading], measure: Measure) -> Reading:
    """The figure of an area from those of all its parts; none as soon as one part is secret or missing."""
    if any(part.state is ValueState.SUPPRESSED for part in parts):
        return Reading(ValueState.SUPPRESSED, gap=Gap.PART_SUPPRESSED)
    countable = [part for part in parts if _countable(part, measure)]
    if len(countable) < len(parts) or not parts:
        known = all(part.known for part in parts)
        return Reading(ValueState.MISSING, gap=Gap.NOT_ADDITIVE if known and parts else Gap.PART_MISSING)
    numerator = sum(part.numerator for part in parts)
    denominator = sum(part.denominator for part in parts) if measure.rated else None
    return read(Counts(ValueState.KNOWN, numerator, denominator), measure)


def read_all(stored: Mapping[int, Counts], tree: AreaTree, measure: Measure) -> dict[int, Reading]:
    """The figure of every area: its own where one is stored, else added up from the areas directly below."""
    found: dict[int, Reading] = {}
    for level in reversed(tree.levels):
        for area_id in level:
            children = tree.children.get(area_id)
            if area_id in stored or not children:
                found[area_id] = read(stored.get(area_id), measure)
            else:
                found[area_id] = add_up([found[child] for child in children], measure)
    return found


def read_town(readings: Mapping[int, Reading], tree: AreaTree, measure: Measure) -> Reading:
    """The figure of the whole town, added up from the coarsest level on which every area has one.

    Secret wins over missing when there is none, so that nobody takes a secret for a hole in the data.
    """
    sums = [add_up([readings[area_id] for area_id in level], measure) for level in tree.levels]
    for total in sums:
        if total.known:
            return total
    secret = [total for total in sums if total.state is ValueState.SUPPRESSED]
    return next(iter(secret or sums), MISSING)


def _countable(part: Reading, measure: Measure) -> bool:
    if part.numerator is None or not (measure.rated or measure.counted):
        return False
    return part.denominator is not None if measure.rated else True
