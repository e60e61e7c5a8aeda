"""How the areas of one scheme hang together: parents, children, everything below."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class AreaTree:
    """Area ids of one scheme with their parents, coarsest level first and by code within a level."""

    parents: dict[int, int | None]
    ranks: dict[int, int]

    @cached_property
    def children(self) -> dict[int, list[int]]:
        """Direct children of every area that has some."""
        found: dict[int, list[int]] = {}
        for area_id, parent_id in self.parents.items():
            if parent_id is not None:
                found.setdefault(parent_id, []).append(area_id)
        return found

    @cached_property
    def roots(self) -> list[int]:
        """Areas that lie in no other one."""
        return [area_id for area_id, parent_id in self.parents.items() if parent_id is None]

    @cached_property
    def levels(self) -> list[list[int]]:
        """The areas of each level, coarsest level first; each level is taken to cover the whole town."""
        found: dict[int, list[int]] = {}
        for area_id, rank in self.ranks.items():
            found.setdefault(rank, []).append(area_id)
        return [found[rank] for rank in sorted(found)]

    def below(self, area_id: int) -> list[int]:
        """The area and everything under it."""
        found = [area_id]
        for current in found:
            found.extend(self.children.get(current, ()))
        return found

    def above(self, area_id: int) -> list[int]:
        """The areas an area lies in, nearest first."""
        found = []
        parent = self.parents.get(area_id)
        while parent is not None and parent not in found:
            found.append(parent)
            parent = self.parents.get(parent)
        return found

    def related(self, area_id: int) -> set[int]:
        """The area, what it lies in and what lies in it: what is said of one of them concerns the area."""
        return {*self.below(area_id), *self.above(area_id)}


def tree_of(rows: Iterable[tuple[int, int | None, int]]) -> AreaTree:
    """A tree from (area id, parent id, rank of the level)."""
    known = list(rows)
    return AreaTree({row[0]: row[1] for row in known}, {row[0]: row[2] for row in known})
