"""A list of offers narrowed by a search and cut into pages; no statement of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.areas.tree import AreaTree
from app.core.collation import sort_key
from app.core.vocabulary import TargetGroup
from app.offers import queries, rules
from app.offers.enums import Standing
from app.offers.forms import AtlasFilter, Filter
from app.offers.models import Offer

PAGE_SIZE = 60


@dataclass(frozen=True)
class Listed:
    """One page of what was found."""

    offers: Sequence[Offer]
    count: int
    page: int
    pages: int


def find(offers: list[Offer], form: Filter, tree: AreaTree, today: date) -> list[Offer]:
    """The offers a valid form asks for."""
    found = queries.searched(offers, form.wanted, today, dict(TargetGroup.choices()))
    return queries.serving(found, tree.related(form.area_id)) if form.area_id else found


def find_in_office(offers: list[Offer], form: AtlasFilter, tree: AreaTree, today: date) -> list[Offer]:
    """The offers a valid form of the office asks for; ended ones only when asked for."""
    return [
        offer
        for offer in find(offers, form, tree, today)
        if form.provider_id in (None, offer.institution_id) and _stands(offer, form.standing, today)
    ]


def _stands(offer: Offer, standing: Standing | None, today: date) -> bool:
    return offer.ended_on is None if standing is None else standing in queries.standing_of(offer, today)


def count_standings(offers: list[Offer], today: date) -> dict[Standing, int]:
    """How many offers need each kind of look."""
    found = [standing for offer in offers for standing in queries.standing_of(offer, today)]
    return {standing: found.count(standing) for standing in Standing}


def providers_of(offers: list[Offer]) -> list[tuple[int, str]]:
    """Id and name of the providers of some offers, in German order."""
    names = {offer.institution_id: offer.institution.name for offer in offers}
    return sorted(names.items(), key=lambda row: (sort_key(row[1]), row[0]))


def page_of(found: list[Offer], page: int) -> Listed:
    """One page; beyond the last there is the last."""
    last = rules.pages(len(found), PAGE_SIZE)
    return Listed(rules.on_page(found, page, PAGE_SIZE), len(found), min(page, last), last)


def categories_of(offers: list[Offer]) -> list[str]:
    """The categories of some offers, in German order."""
    return sorted({offer.category for offer in offers}, key=sort_key)
