"""Two definitions side by side: which areas change class, and which indicator is behind it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.indicators.enums import Method
from app.indicators.index_classes import STANDARDISING
from app.indicators.social_index import AreaVerdict

NOTHING = 1e-9


@dataclass(frozen=True)
class Change:
    """One area under both definitions. `shifts` is what each indicator adds now minus before, by its key."""

    area_id: int
    before: AreaVerdict
    after: AreaVerdict
    shifts: Mapping[str, float]

    @property
    def changes_class(self) -> bool:
        """Whether the area has another class, or has an index under one definition only."""
        return self.before.class_name != self.after.class_name

    @property
    def both(self) -> bool:
        """Whether both definitions give the area an index."""
        return self.before.included and self.after.included

    @property
    def shift(self) -> float:
        """How much the index moves; 0 unless both give one."""
        return self.after.index - self.before.index if self.both else 0.0

    @property
    def main_cause(self) -> tuple[str, float] | None:
        """The indicator that moves the index most in the direction it moves, with its shift; None if none does.

        None also when only the breaks lie elsewhere: then the index stays and the class changes.
        """
        if abs(self.shift) <= NOTHING:
            return None
        direction = 1 if self.shift > 0 else -1
        key, moved = max(self.shifts.items(), key=lambda one: direction * one[1], default=("", 0.0))
        return (key, moved) if direction * moved > NOTHING else None


def same_scale(first: Method, second: Method) -> bool:
    """Whether contributions of two methods are counted in the same unit and may be subtracted."""
    return first is second or {first, second} <= STANDARDISING


def compare(before: Mapping[int, AreaVerdict], after: Mapping[int, AreaVerdict]) -> list[Change]:
    """All areas known to either, those that change class first, then by the size of the shift; ties keep their order.

    An indicator that only one definition uses counts as adding nothing in the other.
    """
    missing = AreaVerdict(code="", reason="Das Gebiet gehört nicht zu dieser Ebene.")
    found = [
        Change(area_id, old := before.get(area_id, missing), new := after.get(area_id, missing), _shifts(old, new))
        for area_id in dict.fromkeys([*before, *after])
    ]
    return sorted(found, key=lambda one: (not one.changes_class, -abs(one.shift)))


def moves(changes: Sequence[Change]) -> list[tuple[str, str, int]]:
    """How many areas go from which class to which, most first; areas without an index on either side left out."""
    pairs = [(one.before.class_name, one.after.class_name) for one in changes if one.both and one.changes_class]
    counted = [(old, new, pairs.count((old, new))) for old, new in dict.fromkeys(pairs)]
    return sorted(counted, key=lambda one: -one[2])


def _shifts(before: AreaVerdict, after: AreaVerdict) -> dict[str, float]:
    if not (before.included and after.included):
        return {}
    keys = dict.fromkeys([*before.contributions, *after.contributions])
    return {key: after.contributions.get(key, 0.0) - before.contributions.get(key, 0.0) for key in keys}
