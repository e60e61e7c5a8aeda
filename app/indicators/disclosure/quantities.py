"""Which indicators print the same quantity: they say so in the same words, and their figures agree."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

Place = Hashable


@dataclass(frozen=True)
class Column:
    """The numerators or denominators of one indicator by place; `text` is what the catalogue calls them."""

    key: Hashable
    text: str
    figures: Mapping[Place, float]


def name_quantities(columns: Iterable[Column]) -> dict[Hashable, Hashable]:
    """The name of the quantity behind each column: columns of the same words share one unless figures differ.

    Words alone are not enough: files often call the denominators of everything „Bezugsgröße“.
    """
    groups: list[tuple[str, Hashable, dict[Place, float]]] = []
    found: dict[Hashable, Hashable] = {}
    for column in columns:
        text = " ".join(column.text.casefold().split())
        for known, name, figures in groups:
            if text and known == text and _agree(figures, column.figures):
                figures.update(column.figures)
                found[column.key] = name
                break
        else:
            groups.append((text, column.key, dict(column.figures)))
            found[column.key] = column.key
    return found


def _agree(some: Mapping[Place, float], others: Mapping[Place, float]) -> bool:
    return all(some[place] == figure for place, figure in others.items() if place in some)
