"""Everything the findings of a municipality rest on, loaded at once: areas, offers, need links, figures, limits."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from app.accounts.models import Municipality
from app.areas import queries as areas
from app.areas.choices import tree_of_areas
from app.areas.models import Area, AreaLevel, AreaScheme
from app.areas.tree import AreaTree
from app.findings import queries
from app.findings.limits import Limits, limits_of
from app.findings.models import NeedLink
from app.indicators.models import Indicator
from app.indicators.queries import dates_held
from app.indicators.reading import LOOKED_BACK, Readings, read_scheme
from app.offers.models import Offer
from app.offers.queries import list_offers


@dataclass(frozen=True)
class Stock:
    """A municipality's areas, offers still running, need links with their readings, and limits."""

    scheme: AreaScheme
    levels: list[AreaLevel]
    areas: list[Area]
    tree: AreaTree
    offers: list[Offer]
    strayed: list[Offer]
    links: list[NeedLink]
    readings: Readings
    limits: Limits

    @cached_property
    def leaves(self) -> dict[int, frozenset[int]]:
        """For every area the finest areas in it."""
        found: dict[int, frozenset[int]] = {}
        for level in reversed(self.tree.levels):
            for area_id in level:
                children = self.tree.children.get(area_id)
                found[area_id] = (
                    frozenset().union(*(found[child] for child in children)) if children else frozenset({area_id})
                )
        return found

    @cached_property
    def days(self) -> dict[int, list[date]]:
        """The dates read of each indicator, newest first."""
        found = defaultdict(list)
        for indicator_id, day in sorted(self.readings, key=lambda pair: pair[1], reverse=True):
            found[indicator_id].append(day)
        return found

    def areas_of(self, level: AreaLevel) -> list[Area]:
        """The areas of a level by code."""
        return [area for area in self.areas if area.level_id == level.id]

    @property
    def usual_level(self) -> AreaLevel:
        """The coarsest level with several areas, so that the page stays readable; else the finest."""
        several = [level for level in self.levels if len(self.areas_of(level)) > 1]
        return next(iter(several), self.levels[-1])


def find_stock(municipality: Municipality, today: date) -> Stock | None:
    """What there is to judge, or None before areas were imported. Eight statements, whatever the size."""
    scheme = areas.find_current_scheme(municipality)
    levels = areas.list_levels(scheme) if scheme else []
    everywhere = areas.list_areas_of_scheme(scheme) if levels else []
    if not everywhere:
        return None
    tree = tree_of_areas(everywhere)
    links = queries.list_need_links(municipality)
    own = queries.find_limits(municipality)
    running = [offer for offer in list_offers(municipality) if offer.ended_on is None or offer.ended_on > today]
    here = [offer for offer in running if _reaches(offer, tree)]
    return Stock(
        scheme=scheme,
        levels=levels,
        areas=everywhere,
        tree=tree,
        offers=here,
        strayed=[offer for offer in running if not _reaches(offer, tree)],
        links=links,
        readings=_readings(scheme, tree, links),
        limits=limits_of(own.limits if own else {}),
    )


def _reaches(offer: Offer, tree: AreaTree) -> bool:
    return not offer.areas or any(area.id in tree.parents for area in offer.areas)


def _readings(scheme: AreaScheme, tree: AreaTree, links: Iterable[NeedLink]) -> Readings:
    wanted: dict[int, Indicator] = {}
    for link in links:
        wanted |= {one.id: one for one in (link.indicator, link.population) if one}
    held = dates_held(scheme.id) if wanted else {}
    days = {indicator_id: held.get(indicator_id, [])[:LOOKED_BACK] for indicator_id in wanted}
    return read_scheme(scheme.id, tree, wanted.values(), days)
