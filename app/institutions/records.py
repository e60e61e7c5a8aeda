"""Institutions and contact people as plain values, for what is kept as JSON: previews, traces of a merge."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from app.areas.models import Area
from app.core.errors import RuleBroken
from app.institutions.enums import InstitutionType, LegalBasis
from app.institutions.models import Contact, Institution

INSTITUTION_FIELDS = ("name", "short_name", "type", "umbrella", "areas", "topics", "note", "confirmed_on")
CONTACT_FIELDS = (
    *("salutation", "first_name", "last_name", "role", "email", "phone", "legal_basis", "legal_basis_note"),
)


def stored(row: Institution | Contact, field: str) -> Any:
    """One field (areas loaded) as JSON knows it."""
    value = getattr(row, field)
    if field == "areas":
        return sorted(area.id for area in value)
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, InstitutionType | LegalBasis) else value


def values_of(values: dict, areas: Iterable[Area]) -> dict:
    """JSON as the services take it. Raises RuleBroken for an area that is gone."""
    taken, places = dict(values), {area.id: area for area in areas}
    if "areas" in taken:
        if not set(taken["areas"]) <= places.keys():
            raise RuleBroken("Ein Gebiet gibt es nicht mehr. Laden Sie die Seite neu oder die Datei noch einmal hoch.")
        taken["areas"] = [places[area_id] for area_id in taken["areas"]]
    if taken.get("type"):
        taken["type"] = InstitutionType(taken["type"])
    if taken.get("legal_basis"):
        taken["legal_basis"] = LegalBasis(taken["legal_basis"])
    if taken.get("confirmed_on"):
        taken["confirmed_on"] = date.fromisoformat(taken["confirmed_on"])
    return taken


def worded(field: str, value: Any, area_names: dict[int, str]) -> str:
    """A JSON value as people read it; empty stays empty."""
    if field == "areas":
        return ", ".join(area_names.get(area_id, "–") for area_id in value) or "stadtweit"
    if not value:
        return ""
    if field == "type":
        return str(InstitutionType(value).label)
    if field == "legal_basis":
        return str(LegalBasis(value).label)
    if field == "confirmed_on":
        return date.fromisoformat(value).strftime("%d.%m.%Y")
    return ", ".join(value) if isinstance(value, list) else str(value)
