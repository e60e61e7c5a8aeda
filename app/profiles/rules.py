"""What a profile decides: which figures stand out, in which direction, at which rank, and what concerns an area."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import pstdev

from app.indicators.enums import Orientation, Polarity

FEWEST_FOR_SPREAD = 3
FEWEST_FOR_RANK = 3
SPREAD = "spread"
RELATIVE = "relative"
LIMITS = {SPREAD: (0.5, 1.5), RELATIVE: (0.1, 0.5)}  # from where on a deviation is called one, and a marked one


class Place(StrEnum):
    """Where a figure stands beside the town's."""

    FAR_ABOVE = "far_above"
    ABOVE = "above"
    NEAR = "near"
    BELOW = "below"
    FAR_BELOW = "far_below"


class Judgement(StrEnum):
    """What that means for the people who live there."""

    MORE_BURDEN = "more_burden"
    LESS_BURDEN = "less_burden"
    NONE = "none"


@dataclass(frozen=True)
class Compared:
    """One rate beside the town's, with the values of all areas of the same level (None where there is none)."""

    key: str
    value: float | None
    town: float | None
    level_values: Sequence[float | None]
    polarity: Polarity


@dataclass(frozen=True)
class StandOut:
    """A figure that stands out: by how much, where, and what it means. `size` is signed."""

    key: str
    size: float
    place: Place
    judgement: Judgement


def stand_outs(compared: Iterable[Compared], count: int = 3) -> list[StandOut]:
    """The figures farthest from the town's, farthest first; ties keep the order of the catalogue.

    Figures that only describe (polarity CONTEXT) come last: being many of a kind is nothing that stands out.

    Distance is measured in standard deviations (n) of the areas of the level. Where there are too few areas, or they
    are all alike, every figure is measured relative to the town's instead, so that like is compared with like.
    """
    usable = [one for one in compared if one.value is not None and one.town is not None]
    spreads = {one.key: _spread(one.level_values) for one in usable}
    measure = SPREAD if usable and all(spreads.values()) else RELATIVE
    found = []
    for one in usable:
        scale = spreads[one.key] if measure == SPREAD else abs(one.town)
        if scale:
            size = (one.value - one.town) / scale
            found.append(StandOut(one.key, size, place_of(size, measure), judgement_of(size, one.polarity, measure)))
    describing = {one.key for one in usable if one.polarity is Polarity.CONTEXT}
    return sorted(found, key=lambda one: (one.key in describing, -abs(one.size)))[:count]


def _spread(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return pstdev(known) if len(known) >= FEWEST_FOR_SPREAD else None


def place_of(size: float, measure: str) -> Place:
    """The words for a signed distance."""
    noticeable, marked = LIMITS[measure]
    if abs(size) < noticeable:
        return Place.NEAR
    if size > 0:
        return Place.FAR_ABOVE if size >= marked else Place.ABOVE
    return Place.FAR_BELOW if -size >= marked else Place.BELOW


def judgement_of(size: float, polarity: Polarity, measure: str) -> Judgement:
    """Whether a distance means more or less burden; nothing where the indicator has no direction or none is to see."""
    if polarity is Polarity.CONTEXT or place_of(size, measure) is Place.NEAR:
        return Judgement.NONE
    return Judgement.MORE_BURDEN if (size > 0) == (polarity is Polarity.BURDEN) else Judgement.LESS_BURDEN


def burden_order(class_breaks: Sequence, orientation: Orientation) -> list[str]:
    """The names of an index's classes from the least to the most burdened, whichever way the index reads."""
    names = [name for _upper, name in class_breaks]
    return names if orientation is Orientation.HIGHER_IS_BURDEN else names[::-1]


def concerns(recommended: Iterable[Mapping], paper_area: Mapping, related: set[tuple[str, str]]) -> bool:
    """Whether a recommendation concerns an area.

    `related` holds level and code of the area, of what it lies in and of what lies in it. A recommendation without
    areas is meant for the paper's area.
    """
    named = list(recommended) or [paper_area]
    return any((area["level"], area["code"]) in related for area in named)


@dataclass(frozen=True)
class Rank:
    """A place among the areas of a level with a published figure; 1 is the most burdened, equals share a place."""

    place: int
    of: int


def rank(value: float | None, level_values: Iterable[float | None], polarity: Polarity) -> Rank | None:
    """The rank of a figure; none for a secret or missing one and where too few areas have one.

    Indicators without a direction are ranked from the highest down.
    """
    known = [other for other in level_values if other is not None]
    if value is None or len(known) < FEWEST_FOR_RANK:
        return None
    ahead = [other for other in known if (other < value if polarity is Polarity.RELIEF else other > value)]
    return Rank(len(ahead) + 1, len(known))
