"""Reads of the offers floor."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Municipality
from app.areas import queries as areas
from app.areas.models import Area, AreaScheme
from app.areas.tree import AreaTree
from app.core.collation import sort_key
from app.core.vocabulary import TargetGroup
from app.extensions import db
from app.offers import rules
from app.offers.models import Offer


def list_offers(
    municipality: Municipality,
    *,
    category: str | None = None,
    target_group: TargetGroup | None = None,
    area: Area | None = None,
    tree: AreaTree | None = None,
) -> list[Offer]:
    """Offers with provider, place and served areas, by category and name.

    With `area`: those serving it, what it lies in or what lies in it, and the town-wide ones. At most 3 statements.
    """
    wanted = select(Offer).where(Offer.municipality_id == municipality.id)
    if category:
        wanted = wanted.where(Offer.category == category)
    return _filtered(wanted, target_group, area, tree)


def list_offers_for_area(area: Area, *, tree: AreaTree | None = None) -> list[Offer]:
    """What is offered to the people of an area, for its profile; town-wide offers come last."""
    home = select(AreaScheme.municipality_id).where(AreaScheme.id == area.scheme_id).scalar_subquery()
    offers = _filtered(select(Offer).where(Offer.municipality_id == home), None, area, tree)
    return sorted(offers, key=lambda offer: not offer.areas)


def _filtered(wanted, target_group: TargetGroup | None, area: Area | None, tree: AreaTree | None) -> list[Offer]:
    offers = db.session.scalars(
        wanted.options(joinedload(Offer.institution), joinedload(Offer.place), selectinload(Offer.areas))
    )
    meant = [offer for offer in offers if rules.is_for(offer.target_groups, target_group)]
    found = sorted(meant, key=lambda offer: (sort_key(offer.category, offer.name), offer.id))
    if area is None:
        return found
    related = (tree or areas.area_tree(area.scheme_id)).related(area.id)
    return [offer for offer in found if rules.serves([served.id for served in offer.areas], related)]


def list_categories(municipality: Municipality) -> list[str]:
    """The categories in use, in German order."""
    found = db.session.scalars(select(Offer.category).where(Offer.municipality_id == municipality.id).distinct())
    return sorted(found, key=sort_key)
