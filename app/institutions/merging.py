"""Making one entry of two, with a trace that lets it be undone exactly; and noting that two are two.

The merged entry keeps its row and what happened to it (invitations, registrations). It leaves every list, and its
name keeps leading to the entry that stands for it now.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from flask_babel import gettext as _

from app.accounts.models import Municipality, User
from app.areas import queries as area_queries
from app.core.errors import RuleBroken
from app.core.turns import take_turn
from app.extensions import db
from app.institutions import merge_queries, rules
from app.institutions.announcements import institutions_merged, institutions_parted
from app.institutions.models import Contact, Institution, InstitutionMerge, KeptApart
from app.institutions.records import CONTACT_FIELDS, INSTITUTION_FIELDS, stored, values_of
from app.institutions.rules import plain

PLACEHOLDER = "\u2060"  # a name nobody types, for the moment in which two entries change names
JOINABLE = frozenset({"areas", "topics", "note"})


class Side(StrEnum):
    """Whose value of a field stays."""

    KEPT = "kept"
    MERGED = "merged"
    BOTH = "both"


def merge_institutions(
    *,
    municipality: Municipality,
    kept: Institution,
    merged: Institution,
    sides: Mapping[str, Side],
    user: User | None,
    now: datetime,
) -> InstitutionMerge:
    """Make `merged` a part of `kept` (both with areas and contacts); fields not in `sides` stay as `kept` has them.

    Contact people move, those both know become one. Raises RuleBroken when one of the two is no longer to be had or
    the people are too many.
    """
    take_turn(Municipality, municipality.id)
    _refuse_impossible(kept, merged)
    merge = InstitutionMerge(
        municipality_id=municipality.id,
        kept=kept,
        merged=merged,
        merged_at=now,
        merged_by_id=user.id if user else None,
        moved={},
    )
    merged.merged_into_id = kept.id
    merge.moved = {"fields": _take_fields(kept, merged, sides, municipality), **_take_contacts(kept, merged)}
    db.session.add(merge)
    db.session.flush()
    institutions_merged.send(merge)
    db.session.flush()
    return merge


def part_institutions(*, municipality: Municipality, merge: InstitutionMerge, now: datetime) -> None:
    """Undo a merge (kept and merged with areas and contacts): everything that was moved or changed goes back.

    What somebody changed since stays as they left it. Raises RuleBroken when it was undone already, or when the kept
    entry was itself merged since.
    """
    take_turn(Municipality, municipality.id)
    kept, merged = merge.kept, merge.merged
    if merge.undone_at is not None:
        raise RuleBroken(_("Diese beiden sind schon wieder getrennt."))
    if kept.merged_into_id is not None:
        raise RuleBroken(
            _(
                "„%(name)s“ ist seither selbst mit einem anderen Eintrag zusammengeführt. Trennen Sie zuerst diese "
                "beiden.",
                name=kept.name,
            )
        )
    merged.merged_into_id = None
    _return_fields(merge, municipality)
    _return_contacts(merge)
    merge.undone_at = now
    db.session.flush()
    institutions_parted.send(merge)
    db.session.flush()


def keep_apart(*, one: Institution, other: Institution) -> None:
    """Note that two entries are two institutions: they are not proposed again. Doing it twice does it once."""
    pair = merge_queries.pair_of(one, other)
    if pair[0] != pair[1] and merge_queries.find_kept_apart(*pair) is None:
        db.session.add(KeptApart(lower_id=pair[0], higher_id=pair[1]))
        db.session.flush()


def compare_again(*, one: Institution, other: Institution) -> None:
    """Take that back."""
    noted = merge_queries.find_kept_apart(*merge_queries.pair_of(one, other))
    if noted is not None:
        db.session.delete(noted)
        db.session.flush()


def _refuse_impossible(kept: Institution, merged: Institution) -> None:
    if kept is merged or kept.municipality_id != merged.municipality_id:
        raise RuleBroken(_("Zusammenführen lassen sich zwei verschiedene Einträge derselben Kommune."))
    for one in (kept, merged):
        db.session.refresh(one, ["merged_into_id"])
        if one.merged_into_id is not None:
            raise RuleBroken(_("„%(name)s“ ist schon mit einem anderen Eintrag zusammengeführt.", name=one.name))
    if len(kept.contacts) + len(merged.contacts) > rules.MOST_CONTACTS:
        raise RuleBroken(_("Zusammen hätten beide zu viele Kontaktpersonen. Entfernen Sie zuerst einige."))


def _take_fields(kept: Institution, merged: Institution, sides: Mapping[str, Side], municipality: Municipality) -> dict:
    """Set what was chosen; returns what was there before and is there now, by field."""
    changed = {}
    for field in INSTITUTION_FIELDS:
        before = stored(kept, field)
        after = _chosen(field, before, stored(merged, field), sides.get(field, Side.KEPT))
        if after != before:
            changed[field] = {"before": before, "after": after}
    if "name" in changed:
        _exchange_names(kept, merged)
    _set(kept, {field: one["after"] for field, one in changed.items() if field != "name"}, municipality)
    return changed


def _chosen(field: str, kept, merged, side: Side):
    if side is Side.MERGED:
        return merged
    if side is not Side.BOTH or field not in JOINABLE:
        return kept
    if field == "note":
        return "\n\n".join(dict.fromkeys(filter(None, (kept, merged))))[: rules.LENGTHS["note"]]
    if field == "areas":
        return sorted({*kept, *merged}) if kept and merged else []
    return list({plain(topic): topic for topic in [*merged, *kept]}.values())[: rules.MOST_TOPICS]


def _exchange_names(one: Institution, other: Institution) -> None:
    """A name belongs to one row at a time, so a third one stands in for a moment."""
    first, second = one.name, other.name
    one.name = PLACEHOLDER + str(one.id)
    db.session.flush()
    other.name = first
    db.session.flush()
    one.name = second
    db.session.flush()


def _set(institution: Institution, values: dict, municipality: Municipality) -> None:
    wanted = values.get("areas", [])
    places = area_queries.list_areas_with_ids(municipality, wanted) if wanted else []
    for field, value in values_of(values, places).items():
        setattr(institution, field, value)


def _take_contacts(kept: Institution, merged: Institution) -> dict:
    """Move people; of one both know the kept entry's stays and is completed, the other stays where it was."""
    moved, completed = [], []
    position = 1 + max((one.position for one in kept.contacts), default=-1)
    for contact in list(merged.contacts):
        double = next((one for one in kept.contacts if _is_same_person(one, contact)), None)
        if double is not None:
            completed += _complete(double, contact)
            continue
        moved.append({"id": contact.id, "position": contact.position})
        merged.contacts.remove(contact)
        contact.position, position = position, position + 1
        kept.contacts.append(contact)
    return {"contacts": moved, "completed": completed}


def _is_same_person(one: Contact, other: Contact) -> bool:
    if one.email and other.email:
        return one.email.casefold() == other.email.casefold()
    return plain(one.name) == plain(other.name)


def _complete(contact: Contact, double: Contact) -> list[dict]:
    """Fill what is empty from the other entry of the same person; returns what was filled."""
    filled = []
    for field in CONTACT_FIELDS:
        if not getattr(contact, field) and getattr(double, field):
            before = stored(contact, field)
            setattr(contact, field, getattr(double, field))
            filled.append({"id": contact.id, "field": field, "before": before, "after": stored(contact, field)})
    return filled


def _return_fields(merge: InstitutionMerge, municipality: Municipality) -> None:
    changed = dict(merge.moved.get("fields", {}))
    names = changed.pop("name", None)
    if names:
        _return_names(merge, names)
    still = {field: one["before"] for field, one in changed.items() if stored(merge.kept, field) == one["after"]}
    _set(merge.kept, still, municipality)


def _return_names(merge: InstitutionMerge, names: dict) -> None:
    """Exchange back; an entry renamed since keeps its new name, and the other gets its own again if it is free."""
    if merge.kept.name == names["after"]:
        _exchange_names(merge.kept, merge.merged)
        return
    other = merge_queries.find_other_named(merge.merged, names["after"])
    if other is None:
        merge.merged.name = names["after"]
        db.session.flush()


def _return_contacts(merge: InstitutionMerge) -> None:
    at_kept = {contact.id: contact for contact in merge.kept.contacts}
    for moved in merge.moved.get("contacts", []):
        contact = at_kept.get(moved["id"])
        if contact is not None:
            merge.kept.contacts.remove(contact)
            contact.position = moved["position"]
            merge.merged.contacts.append(contact)
    for filled in merge.moved.get("completed", []):
        contact = at_kept.get(filled["id"])
        if contact is not None and stored(contact, filled["field"]) == filled["after"]:
            setattr(contact, filled["field"], filled["before"])
