"""What a row of an offer table says: cells to values, compared with the offers that are there. Reads no database."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.areas.models import Area
from app.core.errors import RuleBroken
from app.core.exports import cell
from app.core.letters import one_line, plain_text
from app.core.mail import valid_address
from app.core.vocabulary import TargetGroup
from app.imports.enums import RowState
from app.imports.importer import Mapping, columns_of
from app.imports.sheets import Record
from app.offers import categories, rules
from app.offers.enums import Entrance
from app.offers.exchange import BY_FIELD, COLUMNS
from app.offers.import_cells import as_typed, day_of, entrance, plain, target_group, whole_number
from app.offers.models import Offer

REQUIRED = frozenset({"institution", "name"})
OTHER_WORDS = {
    "institution": "institution einrichtung anbieter",
    "name": "name titel bezeichnung",
    "category": "thema rubrik",
    "target_groups": "zielgruppe",
    "place": "standort ortsteil",
    "areas": "einzugsgebiet einzugsbereich gebiete gebiet",
    "schedule": "zeiten sprechzeiten öffnungszeit",
    "languages": "sprache",
    "capacity": "kapazität",
    "waiting": "warteliste",
    "phone": "tel kontakttelefon",
    "email": "email mail kontakt",
    "website": "webseite website internet url homepage",
    "funding": "förderung geldgeber",
    "funding_until": "förderung_bis förderende_am",
}
TOWN_WIDE = {"stadtweit", "kreisweit", "ganze kommune", "ganze stadt", "alle", "gesamtstadt"}


def meanings(columns: Sequence[str]) -> Mapping:
    """What each column seems to mean, each meaning once, the titles of our own export before other words."""
    words = {plain(one.title): one.field for one in COLUMNS} | {one.field: one.field for one in COLUMNS}
    for name, others in OTHER_WORDS.items():
        words |= {plain(word.replace("_", " ")): name for word in others.split() if plain(word) not in words}
    titled = {plain(one.title) for one in COLUMNS}
    found: Mapping = {}
    for column in sorted(columns, key=lambda column: plain(column) not in titled):
        meant = words.get(plain(column))
        if meant and meant not in found.values():
            found[column] = meant
    return {column: found[column] for column in columns if column in found}


@dataclass
class Known:
    """What is there already, by the names a file may use."""

    providers: dict[str, int]
    offers: dict[tuple[int, str], Offer]
    areas: list[Area]
    categories: list[str]
    rows: dict[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        *,
        offers: Iterable[Offer],
        providers: Iterable[tuple[int, str]],
        areas: list[Area],
        categories: list[str],
    ) -> "Known":
        """From what the queries return, relations loaded; a current offer wins over an ended one."""
        by_name: dict[tuple[int, str], Offer] = {}
        for offer in sorted(offers, key=lambda offer: (offer.ended_on is not None, offer.id)):
            by_name.setdefault((offer.institution_id, plain(offer.name)), offer)
        return cls({plain(name): id_ for id_, name in providers}, by_name, areas, categories)

    def area(self, text: str) -> Area:
        """The area meant by code, name or both („0102 Hafenviertel“). Raises ValueError for none or several."""
        head, _space, tail = text.partition(" ")
        wanted = plain(text)
        for fits in (
            lambda area: area.code == head and plain(area.name) == plain(tail),
            lambda area: area.code == text,
            lambda area: plain(area.name) == wanted,
            lambda area: area.code.lstrip("0") == text and text.isdecimal(),
        ):
            found = [area for area in self.areas if fits(area)]
            if len(found) == 1:
                return found[0]
            if found:
                raise ValueError(f"Mehrere Gebiete heißen „{text}“. Schreiben Sie Schlüssel und Namen.")
        raise ValueError(f"Das Gebiet „{text}“ gibt es nicht.")


class Reader:
    """Reads rows one after the other and remembers which offers came up."""

    def __init__(self, mapping: Mapping, known: Known):
        self.columns = {one.field: columns_of(mapping, one.field)[:1] for one in COLUMNS}
        self.known = known

    def read(self, record: Record) -> tuple[RowState, dict, str]:
        """What taking the row over would do, the change as JSON, and the reason of a refusal."""
        if record.problem:
            return RowState.REFUSED, {}, record.problem
        texts = self._texts(record)
        provider, name = one_line(texts.get("institution", "")), one_line(texts.get("name", ""))
        if not provider or not name:
            return RowState.REFUSED, {}, "Der Träger fehlt." if not provider else "Der Name des Angebots fehlt."
        if len(provider) > 160:
            return RowState.REFUSED, {}, "Der Name des Trägers ist länger als 160 Zeichen."
        key = (plain(provider), plain(name))
        if key in self.known.rows:
            return RowState.REFUSED, {}, f"Dieses Angebot steht schon in Zeile {self.known.rows[key]}."
        self.known.rows[key] = record.number
        provider_id = self.known.providers.get(key[0])
        offer = self.known.offers.get((provider_id, key[1])) if provider_id else None
        return self._compared(texts, offer, provider, provider_id)

    def _texts(self, record: Record) -> dict[str, str]:
        """The cells by field; what an export made inert is what it was again."""
        return {name: as_typed(record.cells.get(column[0], "")) for name, column in self.columns.items() if column}

    def _compared(
        self, texts: dict[str, str], offer: Offer | None, provider: str, provider_id: int | None
    ) -> tuple[RowState, dict, str]:
        if offer is not None and offer.ended_on is not None:
            return RowState.REFUSED, {}, "Dieses Angebot ist beendet. Führen Sie es zuerst im Sozialatlas weiter."
        said = {
            name: text for name, text in texts.items() if name != "institution" and not _is_exported(offer, name, text)
        }
        if offer is None and not said.get("category"):
            return RowState.REFUSED, {}, "Die Kategorie fehlt."
        after, problems = self._values(said)
        if problems:
            return RowState.REFUSED, {}, " ".join(problems)
        change = {"offer": offer.id if offer else None, "name": offer.name if offer else after["name"]}
        change |= {"provider": provider, "provider_id": provider_id}
        if offer is None:
            return RowState.NEW, {**change, "before": {}, "after": after}, ""
        after = {name: value for name, value in after.items() if stored(offer, name) != value}
        before = {name: stored(offer, name) for name in after}
        return RowState.CHANGED if after else RowState.SAME, {**change, "before": before, "after": after}, ""

    def _values(self, said: dict[str, str]) -> tuple[dict, list[str]]:
        """The values as JSON, and what is wrong with them."""
        after: dict = {}
        problems = []
        for name, text in said.items():
            try:
                after |= self._value(name, text, said)
            except ValueError as error:
                problems.append(str(error))
        found = rules.problems({name: value for name, value in after.items() if name != "funding_until"})
        problems += [f"{BY_FIELD[name].title}: {message}" for name, message in found.items()]
        if after.get("email") and not valid_address(after["email"]):
            problems.append(f"E-Mail: „{after['email'][:60]}“ ist keine Adresse.")
        return after, problems

    def _value(self, name: str, text: str, said: dict[str, str]) -> dict:
        if name == "category":
            return {name: categories.spelled_as_known(text, [*self.known.categories, *categories.START_LIST])}
        if name == "target_groups":
            return {name: [target_group(word) for word in rules.languages_of(text)]}
        if name == "languages":
            return {name: rules.languages_of(text)}
        if name == "place":
            return {name: self.known.area(text).id if text else None}
        if name == "areas":
            return {name: self._areas(text)}
        if name == "entrance":
            return entrance(text, said)
        if name in {"capacity", "utilisation"}:
            return {name: whole_number(text, BY_FIELD[name].title)}
        if name in {"confirmed_on", "funding_until"}:
            return {name: day_of(text, BY_FIELD[name].title)}
        if name == "website":
            return {name: rules.web_address(one_line(text))}
        return {name: plain_text(text).strip() if name == "description" else one_line(text)}

    def _areas(self, text: str) -> list[int]:
        if plain(text) in TOWN_WIDE:
            return []
        words = [word.strip() for word in re.split(r"[;\n]", text) if word.strip()]
        found = []
        for word in words:
            try:
                found.append(self.known.area(word).id)
            except ValueError:
                parts = [part.strip() for part in word.split(",") if part.strip()]
                if len(parts) < 2:
                    raise
                found += [self.known.area(part).id for part in parts]
        return sorted(set(found))


def stored(offer: Offer, name: str):
    """A column of an offer (relations loaded) as JSON."""
    if name == "areas":
        return sorted(area.id for area in offer.areas)
    if name == "place":
        return offer.place_id
    value = getattr(offer, name)
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Entrance) else value


def values_of(values: dict, places: dict[int, Area]) -> dict:
    """JSON as the services take it. Raises RuleBroken for an area that is gone."""
    taken = dict(values)
    try:
        if "areas" in taken:
            taken["areas"] = [places[area_id] for area_id in taken["areas"]]
        if taken.get("place") is not None:
            taken["place"] = places[taken["place"]]
    except KeyError:
        raise RuleBroken("Ein Gebiet gibt es nicht mehr. Laden Sie die Datei noch einmal hoch.") from None
    for name in ("confirmed_on", "funding_until"):
        if taken.get(name):
            taken[name] = date.fromisoformat(taken[name])
    return taken


def worded(name: str, value, areas: dict[int, str]) -> str:
    """A JSON value as people read it."""
    if name == "areas":
        return ", ".join(areas.get(area_id, "–") for area_id in value) or "ganze Kommune"
    if name == "place":
        return areas.get(value, "") if value else ""
    if name == "target_groups":
        return ", ".join(str(TargetGroup(group).label) for group in value)
    if name == "entrance":
        return str(Entrance(value).label)
    if name in {"confirmed_on", "funding_until"} and value:
        return date.fromisoformat(value).strftime("%d.%m.%Y")
    return ", ".join(value) if isinstance(value, list) else "" if value is None else str(value)


def _is_exported(offer: Offer | None, name: str, text: str) -> bool:
    """Whether a cell says what our export writes: then nothing is read into it."""
    return offer is not None and one_line(as_typed(cell(BY_FIELD[name].text(offer)))) == one_line(text)
