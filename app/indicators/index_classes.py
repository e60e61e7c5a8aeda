"""Classes of a Sozialindex: where they are cut, what they are called, and which of them can be reached at all."""

from collections.abc import Sequence
from itertools import pairwise

from app.indicators.enums import Centre, Deviation, IndexKind, Method, Orientation

Break = Sequence  # [upper limit or None, class name]
BERLIN_BREAKS: list[list] = [[-1.0, "hoch"], [1.0, "mittel"], [1.5, "niedrig"], [None, "sehr niedrig"]]
BERLIN_CHANGES: list[list] = [[-1.0, "positiv"], [1.0, "stabil"], [None, "negativ"]]
BURDENS = ["sehr gering belastet", "gering belastet", "mittel belastet", "hoch belastet", "sehr hoch belastet"]
CHANGES = ["positiv", "stabil", "negativ"]
FEW_AREAS = 10
QUANTILES = 5
STANDARDISING = {Method.Z_SUM, Method.Z_MEAN}


def class_of(value: float, class_breaks: Sequence[Break]) -> str:
    """The class of an unrounded index value.

    `class_breaks` ascend and end with None for "no upper limit". A value exactly on a break belongs to the class
    nearer zero: with breaks at −1 and 1 both −1 and 1 are in the middle class; ranks and points are in the lower one.
    """
    for upper, name in class_breaks:
        if upper is None or value < upper or (value == upper and upper >= 0):
            return name
    return class_breaks[-1][1]


def breaks_problem(class_breaks: Sequence[Break]) -> str | None:
    """Why class breaks cannot be used, or None."""
    limits = [upper for upper, _ in class_breaks]
    if not limits or limits[-1] is not None or None in limits[:-1]:
        return "Die letzte Klasse, und nur sie, darf keine obere Grenze haben."
    if any(low >= high for low, high in pairwise(limits[:-1])):
        return "Die Klassengrenzen müssen aufsteigen."
    names = [name for _, name in class_breaks]
    return None if all(names) and len(set(names)) == len(names) else "Jede Klasse braucht einen eigenen Namen."


def default_breaks(method: Method, kind: IndexKind, orientation: Orientation, *, parts: int, areas: int) -> list[list]:
    """The classes an index gets when its makers name none.

    z sum and z mean: those of Berlin and Hamburg, ±1 and 1.5 deviations; for change ±1. Rank sums, min–max means and
    points have no centre of their own: their attainable range is cut into five equal fifths, for change into the
    lowest quarter, the middle half and the highest quarter. A deviation count: none, up to a third of the
    indicators, more. With `HIGHER_IS_BETTER` the same classes in reverse; a deviation count always counts burdens.
    """
    breaks = _breaks_of_burden(method, kind, parts, areas)
    if orientation is Orientation.HIGHER_IS_BURDEN or method is Method.DEVIATION_COUNT:
        return breaks
    low, high = attainable(method, Centre.AREA_MEAN, Deviation.POPULATION, parts=parts, areas=areas)
    turned_at = 0.0 if method in STANDARDISING else low + high
    limits = [turned_at - upper for upper, _ in reversed(breaks[:-1])]
    return [list(one) for one in zip([*limits, None], [name for _, name in reversed(breaks)], strict=True)]


def _breaks_of_burden(method: Method, kind: IndexKind, parts: int, areas: int) -> list[list]:
    changing = kind is IndexKind.DYNAMICS
    if method in STANDARDISING:
        return [list(one) for one in (BERLIN_CHANGES if changing else BERLIN_BREAKS)]
    if method is Method.DEVIATION_COUNT:
        some = max(1, parts // 3)
        rare = [[float(some), "einzelne Abweichungen"]] if some < parts else []
        return [[0.0, "unauffällig"], *rare, [None, "häufige Abweichungen" if rare else "auffällig"]]
    shares, names = ([0.25, 0.75], CHANGES) if changing else ([0.2, 0.4, 0.6, 0.8], BURDENS)
    low, high = attainable(method, Centre.AREA_MEAN, Deviation.POPULATION, parts=parts, areas=max(areas, 2))
    limits = [round(low + (high - low) * share, 4) for share in shares]
    return [list(one) for one in zip([*limits, None], names, strict=True)]


def attainable(
    method: Method, centre: Centre, deviation: Deviation, *, parts: int, areas: int, quantiles: int = QUANTILES
) -> tuple[float, float]:
    """The lowest and highest index that `areas` areas with `parts` indicators of equal weight can reach.

    A z value around the area mean is at most √(n − 1), with the sample deviation (n − 1)/√n; around the town value
    √n, with the sample deviation √(n − 1). A mean of z values reaches no further, and the standardised sum is such a
    z value itself.
    """
    if method in STANDARDISING:
        around = areas - 1 if centre is Centre.AREA_MEAN else areas
        highest = (around if deviation is Deviation.POPULATION else around * (areas - 1) / max(areas, 1)) ** 0.5
        return -highest, highest
    return {
        Method.RANK_SUM: (float(parts), float(parts * areas)),
        Method.MIN_MAX: (0.0, 100.0),
        Method.QUANTILE_POINTS: (float(parts), float(parts * quantiles)),
        Method.DEVIATION_COUNT: (0.0, float(parts)),
    }[method]


def reach_warnings(
    class_breaks: Sequence[Break], reach: tuple[float, float], *, method: Method, areas: int
) -> list[str]:
    """What a reader should know of classes no area can be in, and of z values among few areas."""
    low, high = reach
    names = [name for _, name in class_breaks]
    limits = [upper for upper, _ in class_breaks[:-1]]
    empty = [name for limit, name in zip(limits, names[1:], strict=True) if limit >= high]
    empty += [name for limit, name in zip(limits, names, strict=False) if limit < low or limit == low < 0]
    warnings = []
    if empty:
        listed = ", ".join(f"„{name}“" for name in empty)
        warnings.append(
            f"Der Index liegt hier immer zwischen {_german(low)} und {_german(high)}: "
            f"In {'diese Klasse' if len(empty) == 1 else 'diese Klassen'} kann kein Gebiet fallen: {listed}."
        )
    if method in STANDARDISING and areas < FEW_AREAS:
        warnings.append(
            f"Nur {areas} {'Gebiet geht' if areas == 1 else 'Gebiete gehen'} ein: Mehr als {_german(high)} kann der "
            "Index nicht betragen, und Klassengrenzen sagen wenig. Rechnen Sie besser auf einer feineren Ebene."
        )
    return warnings


def _german(value: float) -> str:
    return f"{value:.2f}".replace(".", ",").replace("-", "−")
