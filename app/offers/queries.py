"""Reads of the offers floor."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Municipality
from app.areas import queries as areas
from app.areas.models import Area, AreaScheme
from app.areas.tree import AreaTree
from app.core.collation import sort_key
from app.core.errors import NotFound
from app.core.vocabulary import TargetGroup
from app.extensions import db
from app.institutions.models import Institution
from app.institutions.queries import list_choices, list_former_names
from app.offers import rules
from app.offers.enums import Entrance, Standing
from app.offers.models import Offer
from app.offers.rules import Wanted

LOADED = (joinedload(Offer.institution), joinedload(Offer.place), joinedload(Offer.areas))


def list_offers(
    municipality: Municipality,
    *,
    category: str | None = None,
    target_group: TargetGroup | None = None,
    area: Area | None = None,
    tree: AreaTree | None = None,
) -> list[Offer]:
    """Current offers with provider, place and served areas, by category and name.

    With `area`: those serving it, what it lies in or what lies in it, and the town-wide ones. At most 2 statements.
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
    found = [
        offer
        for offer in _read(wanted.where(Offer.ended_on.is_(None)))
        if rules.is_for(offer.target_groups, target_group)
    ]
    if area is None:
        return found
    return serving(found, (tree or areas.area_tree(area.scheme_id)).related(area.id))


def list_all_offers(municipality: Municipality) -> list[Offer]:
    """All offers, the ended ones too, by category and name; 1 statement."""
    return _read(select(Offer).where(Offer.municipality_id == municipality.id))


def list_offers_of_provider(institution: Institution) -> list[Offer]:
    """All offers of a provider, the ended ones too, by name."""
    offers = _read(select(Offer).where(Offer.institution_id == institution.id))
    return sorted(offers, key=lambda offer: (sort_key(offer.name), offer.id))


def _read(wanted) -> list[Offer]:
    offers = db.session.scalars(wanted.options(*LOADED)).unique()
    return sorted(offers, key=lambda offer: (sort_key(offer.category, offer.name), offer.id))


def serving(offers: Iterable[Offer], related: set[int]) -> list[Offer]:
    """Those of some offers that serve an area, given what is related to it; see `AreaTree.related`."""
    return [offer for offer in offers if rules.serves([served.id for served in offer.areas], related)]


def searched(offers: Iterable[Offer], wanted: Wanted, today: date, groups: dict[str, str] | None = None) -> list[Offer]:
    """Those of some offers somebody looks for; words are also looked up among the names of `groups`."""
    return [
        offer
        for offer in offers
        if rules.answers(
            offer,
            _text(offer, groups or {}) if wanted.words else "",
            offer.entrance is Entrance.STEP_FREE,
            wanted,
            today,
        )
    ]


def _text(offer: Offer, groups: dict[str, str]) -> str:
    """Everything readers see of an offer, for the search by words."""
    place = [offer.place.name] if offer.place else []
    served = [area.name for area in offer.areas]
    meant = [str(groups.get(group, "")) for group in offer.target_groups]
    provider = [offer.institution.name, offer.institution.short_name]
    own = [offer.name, offer.category, offer.description, offer.address, offer.schedule, offer.cost, offer.access]
    return " ".join([*own, *provider, *place, *served, *meant, *offer.languages])


def standing_of(offer: Offer, today: date) -> set[Standing]:
    """Why an offer needs a look; an ended one only because it has ended."""
    if offer.ended_on is not None:
        return {Standing.ENDED}
    due = {
        Standing.UNCONFIRMED: not rules.is_fresh(offer.confirmed_on, today),
        Standing.RUNNING_OUT: rules.runs_out(offer.funding_until, today),
    }
    return {standing for standing, is_due in due.items() if is_due}


def get_offer(municipality: Municipality, offer_id: int) -> Offer:
    """One offer with provider, place and served areas; raises NotFound."""
    return _one(offer_id, Offer.municipality_id == municipality.id)


def get_current_offer(municipality: Municipality, offer_id: int) -> Offer:
    """The same for readers: an ended offer is not found."""
    return _one(offer_id, Offer.municipality_id == municipality.id, Offer.ended_on.is_(None))


def get_offer_of_provider(institution: Institution, offer_id: int) -> Offer:
    """One offer of a provider; raises NotFound for those of others."""
    return _one(offer_id, Offer.institution_id == institution.id)


def _one(offer_id: int, *conditions) -> Offer:
    found = db.session.scalars(select(Offer).where(Offer.id == offer_id, *conditions).options(*LOADED)).unique()
    offer = found.one_or_none()
    if offer is None:
        raise NotFound(offer_id)
    return offer


def find_offer_named(institution: Institution, name: str, except_for: Offer | None = None) -> Offer | None:
    """The provider's offer with a name, whatever its case and accents, or None; a current one before an ended one."""
    rows = db.session.execute(
        select(Offer.id, Offer.name)
        .where(Offer.institution_id == institution.id)
        .order_by(Offer.ended_on.is_not(None), Offer.id)
    )
    own = except_for.id if except_for else None
    found = next((row.id for row in rows if row.id != own and rules.same_name(row.name, name)), None)
    return db.session.get(Offer, found) if found else None


def count_offers_of_provider(institution: Institution) -> int:
    """How many offers a provider has, the ended ones too."""
    return db.session.scalar(select(func.count(Offer.id)).where(Offer.institution_id == institution.id))


def list_provider_choices(municipality: Municipality) -> list[tuple[int, str]]:
    """Id and name of every institution of the directory, for a select field, in German order."""
    return list_choices(municipality)


def list_provider_names(municipality: Municipality) -> list[tuple[int, str]]:
    """Id and name of every institution, and under the same ids the names of those that were merged into them."""
    return [*list_former_names(municipality), *list_choices(municipality)]


def list_categories(municipality: Municipality) -> list[str]:
    """The categories of current offers, in German order."""
    found = db.session.scalars(
        select(Offer.category).where(Offer.municipality_id == municipality.id, Offer.ended_on.is_(None)).distinct()
    )
    return sorted(found, key=sort_key)


def count_by_category(municipality: Municipality) -> list[tuple[str, int]]:
    """Every category in use with the number of its offers, the ended ones too, in German order."""
    counts = db.session.execute(
        select(Offer.category, func.count(Offer.id))
        .where(Offer.municipality_id == municipality.id)
        .group_by(Offer.category)
    )
    return sorted(((name, count) for name, count in counts), key=lambda row: sort_key(row[0]))


def list_offers_in_categories(municipality: Municipality, names: Iterable[str]) -> list[Offer]:
    """All offers of some categories, the ended ones too."""
    return _read(select(Offer).where(Offer.municipality_id == municipality.id, Offer.category.in_(list(names))))
