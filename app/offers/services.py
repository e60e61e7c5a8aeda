"""Acts of the offers floor: enter, correct, confirm, end; name categories."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from flask_babel import gettext as _

from app.accounts.models import Municipality
from app.areas.models import Area
from app.core.errors import RuleBroken
from app.core.letters import one_line, plain_text
from app.core.mail import valid_address
from app.core.turns import take_turn
from app.core.vocabulary import TargetGroup
from app.extensions import db
from app.institutions.models import Institution
from app.offers import queries, rules
from app.offers.announcements import category_renamed
from app.offers.enums import Entrance
from app.offers.models import Offer

CHANGEABLE = frozenset(
    {*rules.LENGTHS, "target_groups", "capacity", "utilisation", "languages", "entrance", "funding_until"}
    | {"confirmed_on", "place", "areas", "institution"}
)


class NameTaken(RuleBroken):
    """The provider has an offer of this name already."""


def create_offer(
    *,
    municipality: Municipality,
    institution: Institution,
    name: str,
    category: str,
    target_groups: Sequence[TargetGroup] = (),
    place: Area | None = None,
    areas: Sequence[Area] = (),
    **details,
) -> Offer:
    """Add an offer; `place` is where it happens, `areas` whom it serves, none meaning the whole town.

    `details` are further columns (`description`, `cost`, `schedule`, `capacity` …), unknown ones left out. Raises
    NameTaken when the provider has one of this name, RuleBroken for a value nobody can mean and for a provider of
    another municipality.
    """
    if institution.municipality_id != municipality.id:
        raise RuleBroken(_("Der Träger gehört zu einer anderen Kommune."))
    given = {"name": name, "category": category, "target_groups": target_groups, "place": place, "areas": areas}
    values = _tidied({**given, **details})
    _refuse_second(institution, values["name"])
    offer = Offer(municipality_id=municipality.id, institution=institution, **values)
    db.session.add(offer)
    db.session.flush()
    return offer


def change_offer(*, offer: Offer, changes: Mapping) -> list[str]:
    """Set the columns named in `changes` (offer loaded with its relations); returns those that changed.

    Raises NameTaken, or RuleBroken for a value nobody can mean.
    """
    values = _tidied(changes)
    provider = values.get("institution", offer.institution)
    if provider.municipality_id != offer.municipality_id:
        raise RuleBroken(_("Der Träger gehört zu einer anderen Kommune."))
    if {"name", "institution"} & values.keys() and offer.ended_on is None:
        _refuse_second(provider, values.get("name", offer.name), except_for=offer)
    changed = [name for name, value in values.items() if _differs(getattr(offer, name), value)]
    for name in changed:
        setattr(offer, name, values[name])
    db.session.flush()
    return changed


def confirm_offers(*, offers: Iterable[Offer], today: date) -> int:
    """Note that entries are right as they stand; returns how many. Ended offers are left alone."""
    current = [offer for offer in offers if offer.ended_on is None]
    for offer in current:
        offer.confirmed_on = today
    db.session.flush()
    return len(current)


def end_offer(*, offer: Offer, on: date, today: date) -> None:
    """Take an offer out of lists and searches; its row stays. Raises RuleBroken for a day that is still to come."""
    if on > today:
        raise RuleBroken(_("Der Tag liegt in der Zukunft. Tragen Sie ihn als Förderende ein und beenden Sie es dann."))
    if not rules.is_plausible(on):
        raise RuleBroken(_("Prüfen Sie das Jahr."))
    offer.ended_on = on
    db.session.flush()


def resume_offer(*, offer: Offer) -> None:
    """Take back that an offer ended (provider loaded). Raises NameTaken when another one has its name by now."""
    _refuse_second(offer.institution, offer.name, except_for=offer)
    offer.ended_on = None
    db.session.flush()


def rename_categories(*, municipality: Municipality, names: Sequence[str], new_name: str) -> int:
    """Give all offers of some categories one category, new or in use; returns how many offers changed.

    Raises RuleBroken when nothing is chosen or the name is empty or too long.
    """
    new_name = one_line(new_name)
    if not names:
        raise RuleBroken(_("Kreuzen Sie mindestens eine Kategorie an."))
    if problem := rules.problems({"category": new_name}).get("category"):
        raise RuleBroken(problem)
    take_turn(Municipality, municipality.id)
    before = [name for name in names if name != new_name]
    changed = queries.list_offers_in_categories(municipality, before)
    for offer in changed:
        offer.category = new_name
    db.session.flush()
    if changed:
        category_renamed.send(municipality, before=before, after=new_name)
    return len(changed)


def _refuse_second(institution: Institution, name: str, except_for: Offer | None = None) -> None:
    take_turn(Institution, institution.id)
    with db.session.no_autoflush:
        other = queries.find_offer_named(institution, name, except_for=except_for)
    if other is not None and other.ended_on is None:
        raise NameTaken(
            _("„%(name)s“ von %(provider)s steht schon im Sozialatlas.", name=other.name, provider=institution.name)
        )


def _tidied(given: Mapping) -> dict:
    """Values as the columns keep them. Raises RuleBroken with everything that is wrong."""
    values = {name: value for name, value in given.items() if name in CHANGEABLE}
    for name in rules.LENGTHS.keys() & values.keys():
        text = values[name] or ""
        values[name] = plain_text(text).strip() if name == "description" else one_line(text)
    if "target_groups" in values:
        values["target_groups"] = [TargetGroup(group).value for group in values["target_groups"]]
    if "entrance" in values:
        values["entrance"] = Entrance(values["entrance"])
    if "areas" in values:
        values["areas"] = list(values["areas"])
    if values.get("website"):
        values["website"] = rules.web_address(values["website"])
    problems = rules.problems(values)
    if values.get("email") and not valid_address(values["email"]):
        problems["email"] = _("„%(email)s“ ist keine E-Mail-Adresse.", email=values["email"])
    if problems:
        raise RuleBroken(" ".join(problems.values()))
    return values


def _differs(before, after) -> bool:
    if isinstance(before, list) and before and hasattr(before[0], "id"):
        return {row.id for row in before} != {row.id for row in after}
    return before != after
