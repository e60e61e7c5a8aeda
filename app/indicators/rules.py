"""Small decisions of the indicators floor."""

from collections.abc import Sequence

from app.indicators.enums import Orientation, Polarity


def sign_of(polarity: Polarity, orientation: Orientation) -> int:
    """How an indicator enters an index: +1 raises it, −1 lowers it.

    Indicators without a direction of their own count like burdens: whoever puts one into an index means it so.
    """
    raises_burden = -1 if polarity is Polarity.RELIEF else 1
    return raises_burden if orientation is Orientation.HIGHER_IS_BURDEN else -raises_burden


def burdens_rise(orientation: Orientation) -> bool:
    """Whether a higher index means more burden."""
    return orientation is Orientation.HIGHER_IS_BURDEN


def class_ends(class_breaks: Sequence, orientation: Orientation) -> tuple[str, str]:
    """The names of the least and the most burdened class: a class „hoch“ may mean high status or high burden."""
    names = [name for _limit, name in class_breaks]
    return (names[0], names[-1]) if orientation is Orientation.HIGHER_IS_BURDEN else (names[-1], names[0])


def equal_steps(values: Sequence[float], steps: int = 4) -> list[float]:
    """Upper limits of classes of equal width for a map of one indicator, ascending; none when all are equal."""
    if not values or min(values) == max(values):
        return []
    low, high = min(values), max(values)
    return [low + (high - low) * step / steps for step in range(1, steps + 1)]


def step_of(value: float, limits: Sequence[float]) -> int:
    """The number of a value's class, counted from 1; the highest for whatever rounding left above the last limit."""
    return next((number for number, limit in enumerate(limits, start=1) if value <= limit), max(len(limits), 1))
