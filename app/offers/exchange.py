"""Offers as a table: the columns people export, edit and import again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.areas.models import Area
from app.core.exports import to_csv
from app.core.german import day
from app.core.vocabulary import TargetGroup
from app.offers.models import Offer

LABELS = {group.value: group for group in TargetGroup}


@dataclass(frozen=True)
class Column:
    """A column of the table; internal ones are imported and never shown to readers."""

    field: str
    title: str
    text: Callable[[Offer], object]
    internal: bool = False


def _plain(field: str, title: str, internal: bool = False) -> Column:
    return Column(field, title, lambda offer: getattr(offer, field), internal)


COLUMNS = (
    Column("institution", "Träger", lambda offer: offer.institution.name),
    _plain("name", "Angebot"),
    _plain("category", "Kategorie"),
    Column("target_groups", "Zielgruppen", lambda offer: _joined(_label(group) for group in offer.target_groups)),
    Column("place", "Ort", lambda offer: area_text(offer.place) if offer.place else ""),
    _plain("address", "Adresse"),
    Column("areas", "Einzugsgebiete", lambda offer: _joined(area_text(area) for area in offer.areas)),
    _plain("description", "Beschreibung"),
    _plain("schedule", "Öffnungszeiten"),
    _plain("cost", "Kosten"),
    Column("languages", "Sprachen", lambda offer: _joined(offer.languages)),
    Column("entrance", "Zugang", lambda offer: str(offer.entrance.label)),
    _plain("access", "Hinweise zum Zugang"),
    _plain("capacity", "Plätze"),
    _plain("waiting", "Wartezeit"),
    _plain("phone", "Telefon"),
    _plain("email", "E-Mail"),
    _plain("website", "Webadresse"),
    Column("confirmed_on", "Bestätigt am", lambda offer: day(offer.confirmed_on) if offer.confirmed_on else ""),
    _plain("utilisation", "Auslastung", internal=True),
    _plain("funding", "Finanzierung", internal=True),
    Column(
        "funding_until",
        "Förderende",
        lambda offer: day(offer.funding_until) if offer.funding_until else "",
        internal=True,
    ),
)
BY_FIELD = {column.field: column for column in COLUMNS}


def public_csv(offers: Iterable[Offer]) -> bytes:
    """What readers may know, offers with their relations loaded."""
    return _csv(offers, [column for column in COLUMNS if not column.internal])


def office_csv(offers: Iterable[Offer]) -> bytes:
    """Everything, for the office."""
    return _csv(offers, COLUMNS)


def _csv(offers: Iterable[Offer], columns: Iterable[Column]) -> bytes:
    columns = list(columns)
    return to_csv(
        [column.title for column in columns], [[column.text(offer) for column in columns] for offer in offers]
    )


def area_text(area: Area) -> str:
    """„0102 Hafenviertel“: the code makes it certain, the name readable; the list's own sign stays out."""
    return f"{area.code} {area.name}" if ";" not in area.name else area.code


def _label(group: str) -> str:
    return str(LABELS[group].label) if group in LABELS else group


def _joined(words: Iterable[str]) -> str:
    return "; ".join(words)
