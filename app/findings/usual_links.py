"""Which figure usually shows the need for which offers; proposals to adopt, by the key of the indicator."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from app.core.collation import sort_key
from app.core.vocabulary import TargetGroup
from app.offers.categories import START_LIST

# category, target group, words of which one occurs in the indicator's key or name
USUAL = (
    ("Familienbildung", TargetGroup.FAMILIES, ("child_poverty", "kinderarmut")),
    ("Frühe Hilfen", TargetGroup.EARLY_CHILDHOOD, ("child_poverty", "kinderarmut")),
    ("Kita", TargetGroup.SINGLE_PARENTS, ("single_parent", "alleinerziehend")),
    ("Kita", TargetGroup.CHILDREN, ("child_poverty", "kinderarmut")),
    ("Erziehungsberatung", TargetGroup.FAMILIES, ("single_parent", "alleinerziehend")),
    ("Übergang Schule–Beruf", TargetGroup.YOUNG_ADULTS, ("youth_unemployment", "jugendarbeitslos")),
    ("Jugendarbeit", TargetGroup.YOUTH, ("youth_unemployment", "jugendarbeitslos")),
    ("Seniorenbegegnung", TargetGroup.OLDER, ("old_age", "grundsicherung im alter", "altersarmut")),
    ("Pflege und Entlastung", TargetGroup.CARERS, ("old_age", "grundsicherung im alter", "altersarmut")),
    ("Sprache und Integration", TargetGroup.NEWCOMERS, ("migration", "ausländ")),
    ("Migrationsberatung", TargetGroup.NEWCOMERS, ("migration", "ausländ")),
    ("Sozialberatung", TargetGroup.ALL, ("sgb2", "sgb ii", "sgb-ii", "mindestsicherung")),
    ("Schuldnerberatung", TargetGroup.ALL, ("sgb2", "sgb ii", "sgb-ii", "mindestsicherung")),
    ("Existenzhilfe", TargetGroup.ALL, ("sgb2", "sgb ii", "sgb-ii", "mindestsicherung")),
)


class HasNames(Protocol):
    """Anything with a key and a name, such as an indicator."""

    key: str
    name: str


@dataclass(frozen=True)
class Proposal:
    """A need link to adopt."""

    category: str
    target_group: TargetGroup
    indicator: HasNames


def proposals(
    indicators: Collection[HasNames], taken: Collection[tuple[str, str]], in_use: Iterable[str]
) -> list[Proposal]:
    """Usual links for the indicators there are, without those already made; categories are named as the town does.

    A usual category is taken for one in use when one name begins like the other („Familienbildung und …“).
    """
    names = list(in_use)
    found = []
    for usual, group, words in USUAL:
        category = next((name for name in names if _alike(name, usual)), usual)
        indicator = next((one for one in indicators if _speaks_of(one, words)), None)
        if indicator is not None and (category, group.value) not in taken:
            found.append(Proposal(category, group, indicator))
    return found


def category_choices(in_use: Iterable[str]) -> list[str]:
    """Categories in use, and usual ones that are not, in German order."""
    names = set(in_use)
    usual = [one for one in START_LIST if not any(_alike(name, one) for name in names)]
    return sorted([*names, *usual], key=sort_key)


def _alike(one: str, other: str) -> bool:
    a, b = one.casefold(), other.casefold()
    return a.startswith(b) or b.startswith(a)


def _speaks_of(one: HasNames, words: Iterable[str]) -> bool:
    text = f"{one.key} {one.name}".casefold()
    return any(word in text for word in words)
