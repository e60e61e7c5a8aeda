"""Acts of the offers floor."""

from collections.abc import Sequence
from datetime import date

from app.accounts.models import Municipality
from app.areas.models import Area
from app.core.errors import RuleBroken
from app.core.vocabulary import TargetGroup
from app.extensions import db
from app.institutions.models import Institution
from app.offers.models import Offer


def create_offer(
    *,
    municipality: Municipality,
    institution: Institution,
    name: str,
    category: str,
    target_groups: Sequence[TargetGroup] = (),
    place: Area | None = None,
    areas: Sequence[Area] = (),
    description: str = "",
    cost: str = "",
    confirmed_on: date | None = None,
) -> Offer:
    """Add an offer; `place` is where it happens, `areas` whom it serves, none meaning the whole town.

    Raises RuleBroken for an empty name or category and for a provider of another municipality.
    """
    if not name.strip() or not category.strip():
        raise RuleBroken("Ein Angebot braucht einen Namen und eine Kategorie.")
    if institution.municipality_id != municipality.id:
        raise RuleBroken("Der Träger gehört zu einer anderen Kommune.")
    offer = Offer(
        municipality_id=municipality.id,
        institution_id=institution.id,
        place_id=place.id if place else None,
        name=name.strip()[:160],
        category=category.strip()[:80],
        target_groups=[group.value for group in target_groups],
        areas=list(areas),
        description=description,
        cost=cost[:80],
        confirmed_on=confirmed_on,
    )
    db.session.add(offer)
    db.session.flush()
    return offer
