"""Which figures add up to which: over levels, indicators, area schemes and years."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from app.areas.tree import AreaTree
from app.indicators.disclosure.table import Equation, Name

COHORTS = 3  # years taken together by a pooled indicator, as is usual for school entrants


def of_tree(tree: AreaTree, name: Callable[[int], Name], town: Name) -> list[Equation]:
    """Every area is the sum of those directly in it, the town the sum of the coarsest level.

    Each level covers the whole town, so a level in which areas lack a parent adds up to the town as well.
    """
    found = [Equation(name(area), tuple(map(name, parts))) for area, parts in tree.children.items()]
    for number, level in enumerate(tree.levels):
        if number == 0 or any(tree.parents[area] is None for area in level):
            found.append(Equation(town, tuple(map(name, level))))
    return found


def of_crosswalk(rows: Iterable[tuple[int, int, float]], name: Callable[[int], Name]) -> list[Equation]:
    """An area made of whole areas of another scheme is their sum. `rows`: from area, to area, share (1 = wholly)."""
    parts: dict[int, list[int]] = {}
    torn: set[int] = set()
    for source, target, share in rows:
        if share > 0:
            parts.setdefault(target, []).append(source)
        if 0 < share < 1:
            torn.add(target)
    return [Equation(name(one), tuple(map(name, some))) for one, some in parts.items() if one not in torn]


def of_years(days: Iterable[date], name: Callable[[date], Name], cohort: Callable[[int], Name]) -> list[Equation]:
    """Pooled figures that overlap share cohorts; the cohorts themselves are published nowhere."""
    return [Equation(name(day), tuple(cohort(day.year - back) for back in range(COHORTS))) for day in sorted(set(days))]


def of_parts(wholes: Mapping[Name, list[Name]]) -> list[Equation]:
    """A whole is the sum of its parts; a single part leaves a rest that nobody publishes."""
    return [
        Equation(whole, tuple(parts) if len(parts) > 1 else (*parts, ("rest", whole)))
        for whole, parts in wholes.items()
    ]
