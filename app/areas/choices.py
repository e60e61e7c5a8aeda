"""Areas as a select field offers them."""

from collections.abc import Sequence

from app.areas.models import Area
from app.areas.tree import AreaTree, tree_of

INDENT = "\u2003"


def tree_of_areas(areas: Sequence[Area]) -> AreaTree:
    """The tree of areas whose levels are loaded."""
    return tree_of((area.id, area.parent_id, area.level.rank) for area in areas)


def area_choices(areas: Sequence[Area]) -> list[tuple[int, str]]:
    """Id and label of each area: children follow their parent, indented; levels must be loaded."""
    by_id = {area.id: area for area in areas}
    tree = tree_of_areas(areas)
    choices: list[tuple[int, str]] = []
    waiting = [(root, 0) for root in reversed(tree.roots)]
    while waiting:
        area_id, depth = waiting.pop()
        area = by_id[area_id]
        choices.append((area_id, f"{INDENT * depth}{area.name} ({area.level.name})"))
        waiting += [(child, depth + 1) for child in reversed(tree.children.get(area_id, []))]
    return choices
