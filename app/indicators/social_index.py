"""The Sozialindex: values in, verdict out. z sum around the unweighted area mean with the population deviation.

    z_ik = s_k · (x_ik − mean_k) / sd_k        mean and sd (n, not n − 1) over the included areas
    S_i  = Σ_k w_k · z_ik
    I_i  = (S_i − mean(S)) / sd(S)             classes are cut on the unrounded I_i

This is the procedure of the Berlin Monitoring Soziale Stadtentwicklung. With n areas no |z| can exceed √(n − 1),
so class breaks say little where there are few areas.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy

NO_SPREAD = 1e-12  # relative: what rounding leaves when all areas have the same value

Break = Sequence  # [upper limit or None, class name]
BERLIN_BREAKS: list[list] = [[-1.0, "hoch"], [1.0, "mittel"], [1.5, "niedrig"], [None, "sehr niedrig"]]


@dataclass(frozen=True)
class Part:
    """An indicator of the index. `sign` +1 lets high values raise the index, −1 lets them lower it."""

    key: str
    name: str
    sign: int = 1
    weight: float = 1.0


@dataclass(frozen=True)
class AreaValues:
    """What is known of an area. A value that is None is missing, or secret when its key is in `secret`."""

    code: str
    values: Mapping[str, float | None]
    population: float | None = None
    excluded_because: str | None = None
    secret: frozenset[str] = frozenset()


@dataclass(frozen=True)
class AreaVerdict:
    """The index of one area, or the reason why it has none."""

    code: str
    index: float | None = None
    class_name: str | None = None
    z: Mapping[str, float] = field(default_factory=dict)
    reason: str | None = None

    @property
    def included(self) -> bool:
        """Whether the area has an index and counts for mean and deviation."""
        return self.index is not None


@dataclass(frozen=True)
class Verdict:
    """All areas in the order they came in, and what a reader should be warned of."""

    areas: list[AreaVerdict]
    warnings: list[str]


def compute(
    areas: Sequence[AreaValues], parts: Sequence[Part], class_breaks: Sequence[Break], min_population: int | None
) -> Verdict:
    """Compute index and class of every area that may have one.

    Left out, each with its reason: areas excluded by name, areas below `min_population` or of unknown population
    (None switches the check off), areas lacking any one indicator. A missing value is never taken as zero.
    """
    reasons = [_reason(area, parts, min_population) for area in areas]
    included = [area for area, reason in zip(areas, reasons, strict=True) if reason is None]
    warnings: list[str] = []
    if not parts or not included:
        warnings.append("Für kein Gebiet liegen alle Indikatoren vor: Es gibt keinen Index.")
        return Verdict([_without(area, reason) for area, reason in zip(areas, reasons, strict=True)], warnings)
    z = numpy.column_stack([_standardised_part(part, included, warnings) for part in parts])
    weights = numpy.array([part.weight for part in parts], dtype=float)
    index, spread = standardise(z @ weights, scale=float(numpy.max(numpy.abs(z * weights))))
    if not spread:
        warnings.append("Alle Gebiete haben dieselbe Summe: Der Index unterscheidet sie nicht.")
    found = iter(
        AreaVerdict(
            code=area.code,
            index=float(value),
            class_name=class_of(float(value), class_breaks),
            z={part.key: float(one) for part, one in zip(parts, row, strict=True)},
        )
        for area, value, row in zip(included, index, z, strict=True)
    )
    verdicts = [
        next(found) if reason is None else _without(area, reason) for area, reason in zip(areas, reasons, strict=True)
    ]
    return Verdict(verdicts, warnings)


def standardise(values: numpy.ndarray, scale: float | None = None) -> tuple[numpy.ndarray, bool]:
    """z values with area mean and population deviation, and whether there was any spread; without it all are 0.

    `scale` is the size of what the values were calculated from: a spread far below it is rounding, not difference.
    """
    deviation = float(numpy.std(values))
    if deviation <= NO_SPREAD * (float(numpy.max(numpy.abs(values))) if scale is None else scale):
        return numpy.zeros(len(values)), False
    return (values - numpy.mean(values)) / deviation, True


def class_of(value: float, class_breaks: Sequence[Break]) -> str:
    """The class of an unrounded index value.

    `class_breaks` ascend and end with None for "no upper limit". A value exactly on a break belongs to the class
    nearer the mean: with breaks at −1 and 1 both −1 and 1 are in the middle class.
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


def _standardised_part(part: Part, areas: Sequence[AreaValues], warnings: list[str]) -> numpy.ndarray:
    z, spread = standardise(numpy.array([area.values[part.key] for area in areas], dtype=float))
    if not spread:
        warnings.append(f"„{part.name}“ ist überall gleich und trägt nichts zum Index bei.")
    return part.sign * z


def _reason(area: AreaValues, parts: Sequence[Part], min_population: int | None) -> str | None:
    if area.excluded_because:
        return area.excluded_because
    if min_population and area.population is None:
        return "Die Einwohnerzahl ist nicht bekannt."
    if min_population and area.population < min_population:
        return f"Weniger als {min_population} Einwohner*innen."
    if secret := [part.name for part in parts if part.key in area.secret]:
        return f"Geheim zu halten: {', '.join(secret)}."
    missing = [part.name for part in parts if area.values.get(part.key) is None]
    return f"Es fehlt: {', '.join(missing)}." if missing else None


def _without(area: AreaValues, reason: str | None) -> AreaVerdict:
    return AreaVerdict(code=area.code, reason=reason or "Der Index hat keine Indikatoren.")
