"""Areas of need by number and size of deviations, as the Rheinisch-Bergischer Kreis names them. Pure.

Unlike an index, an area that lacks one indicator is still judged by the others; what is missing is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy

from app.indicators.enums import Centre, Deviation
from app.indicators.index_methods import NOISE, has_spread, standardise
from app.indicators.social_index import AreaValues, Part


@dataclass(frozen=True)
class Need:
    """An area's deviations to the burdened side, the largest first, and the indicators it has no figure for."""

    code: str
    deviations: list[tuple[Part, float]]
    unknown: list[Part]

    @property
    def count(self) -> int:
        """How many indicators deviate."""
        return len(self.deviations)

    @property
    def size(self) -> float:
        """The deviations added up."""
        return sum(size for _, size in self.deviations)


def find_needs(
    areas: Sequence[AreaValues], parts: Sequence[Part], *, centre: Centre, limit: float, least: int
) -> list[Need]:
    """Areas with at least `least` indicators that deviate by at least `limit` deviations, most and largest first.

    z = s (x − c) / sd over the areas with a figure, c their mean or the town value, sd with n around c.
    """
    z = {part.key: _standardised(areas, part, centre) for part in parts}
    found = []
    for area in areas:
        if area.excluded_because:
            continue
        sizes = [(part, z[part.key].get(area.code)) for part in parts]
        deviating = [(part, size) for part, size in sizes if size is not None and size >= limit * (1 - NOISE)]
        deviating.sort(key=lambda one: -one[1])
        found.append(Need(area.code, deviating, [part for part in parts if area.values.get(part.key) is None]))
    listed = [need for need in found if need.count >= least]
    return sorted(listed, key=lambda need: (-need.count, -round(need.size, 9), need.code))


def _standardised(areas: Sequence[AreaValues], part: Part, centre: Centre) -> dict[str, float]:
    """Signed z by code; nobody deviates where all are alike or the town value is not known."""
    known = [
        (area.code, area.values[part.key])
        for area in areas
        if not area.excluded_because and area.values.get(part.key) is not None
    ]
    values = numpy.array([value for _, value in known], dtype=float)
    if len(known) < 2 or not has_spread(values) or (centre is Centre.TOWN_VALUE and part.town_value is None):
        return {}
    middle = float(values.mean()) if centre is Centre.AREA_MEAN else part.town_value
    z = part.sign * standardise(values, middle, Deviation.POPULATION)
    return {code: float(one) for (code, _), one in zip(known, z, strict=True)}
