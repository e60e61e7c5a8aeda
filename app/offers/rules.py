"""Which offers answer a search."""

from collections.abc import Collection

from app.core.vocabulary import TargetGroup


def is_for(target_groups: Collection[str], wanted: TargetGroup | None) -> bool:
    """Whether an offer is meant for a target group; offers for all are for everybody, those without groups too."""
    if wanted in (None, TargetGroup.ALL):
        return True
    return not target_groups or wanted.value in target_groups or TargetGroup.ALL.value in target_groups


def serves(served: Collection[int], related: Collection[int]) -> bool:
    """Whether an offer serves an area: directly, by what the area lies in or what lies in it, or town-wide."""
    return not served or any(area_id in related for area_id in served)
