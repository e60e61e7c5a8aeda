"""What a row of a directory says about an institution and a person. Reads no database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.areas.models import Area
from app.core.exports import cell
from app.core.letters import one_line, plain_text
from app.core.mail import valid_address
from app.imports.importer import Mapping, columns_of
from app.imports.sheets import Record
from app.institutions import rules
from app.institutions.exchange import BY_KEY, COLUMNS
from app.institutions.import_cells import areas_of, as_typed, day_of, legal_basis_of, salutation_of, type_of
from app.institutions.models import Contact, Institution
from app.institutions.records import stored
from app.institutions.rules import plain

OTHER_WORDS = {
    "name": "institution|einrichtung|träger|organisation|name der institution|name der einrichtung|bezeichnung",
    "short_name": "kurzbezeichnung|abkürzung|kurz",
    "type": "typ|kategorie|institutionstyp|art der institution",
    "umbrella": "verband|spitzenverband|dachorganisation",
    "areas": "gebiet|sozialraum|sozialräume|stadtteil|stadtteile|bezirk|raum|räume|quartier",
    "topics": "thema|schwerpunkte|schwerpunkt|arbeitsfelder|handlungsfelder",
    "note": "bemerkung|bemerkungen|notizen|anmerkung|kommentar",
    "confirmed_on": "zuletzt bestätigt am|bestätigt am|bestätigt|stand|aktualisiert am",
    "contact_last_name": "name der person|familienname|ansprechpartner|ansprechperson|kontaktperson|zuname",
    "contact_role": "position|rolle|aufgabe|amt",
    "contact_email": "email|mail|e mail|mailadresse|e-mail-adresse|e-mailadresse|emailadresse",
    "contact_phone": "tel|tel.|telefonnummer|rufnummer|fon",
    "contact_legal_basis": "dsgvo|rechtsgrund|datenschutz",
    "contact_legal_basis_note": "hinweis|hinweis rechtsgrundlage|nachweis",
}
READERS: dict[str, Callable[[str], Any]] = {
    "type": type_of,
    "confirmed_on": day_of,
    "contact_salutation": salutation_of,
    "contact_legal_basis": legal_basis_of,
    "note": lambda text: plain_text(text).strip(),
}


@dataclass(frozen=True)
class Said:
    """A row that can be used: what it says about the institution and about a person, empty cells left out.

    `texts` are the cells as they stood there, by key.
    """

    record: Record
    name: str
    about: dict
    person: dict
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """The row as a spreadsheet counts it."""
        return self.record.number

    @property
    def identity(self) -> tuple[str, str]:
        """Address and name of the person."""
        return self.person.get("email", "").casefold(), plain(full_name(self.person))


def meanings(columns: Sequence[str]) -> Mapping:
    """What each column seems to mean, each meaning once, the titles of our own export before other words."""
    words = {plain(one.title): one.key for one in COLUMNS}
    titled = set(words)
    for key, others in OTHER_WORDS.items():
        words |= {plain(word): key for word in [key, *others.split("|")] if plain(word) not in words}
    found: Mapping = {}
    for column in sorted(columns, key=lambda column: plain(column) not in titled):
        meant = words.get(plain(column.replace("_", " ")), words.get(plain(column)))
        if meant and meant not in found.values():
            found[column] = meant
    return {column: found[column] for column in columns if column in found}


def read(record: Record, mapping: Mapping, areas: Sequence[Area], topics: Sequence[str]) -> Said:
    """A row's values as JSON. Raises ValueError with everything that is wrong with it."""
    if record.problem:
        raise ValueError(record.problem)
    columns = {one.key: columns_of(mapping, one.key)[:1] for one in COLUMNS}
    texts = {key: as_typed(record.cells.get(names[0], "")) for key, names in columns.items() if names}
    name = one_line(texts.get("name", ""))
    if not name:
        raise ValueError("Der Name der Institution fehlt.")
    values, problems = {}, []
    for key, text in texts.items():
        if not text:
            continue
        try:
            values[key] = _value(key, text, areas, topics)
        except ValueError as error:
            problems.append(str(error))
    about = {key: value for key, value in values.items() if not BY_KEY[key].of_person}
    person = {BY_KEY[key].field: value for key, value in values.items() if BY_KEY[key].of_person}
    problems += _faults(about, person)
    if problems:
        raise ValueError(" ".join(problems))
    return Said(record, name, about, _worth_keeping(person), texts)


def _value(key: str, text: str, areas: Sequence[Area], topics: Sequence[str]) -> Any:
    if key == "areas":
        return areas_of(text, areas)
    if key == "topics":
        return rules.topics_of(text, topics)
    return READERS.get(key, one_line)(text)


def _faults(about: dict, person: dict) -> list[str]:
    problems = [f"{BY_KEY[key].title}: {message}" for key, message in rules.too_long(about).items()]
    problems += [f"{BY_KEY[f'contact_{key}'].title}: {message}" for key, message in rules.too_long(person).items()]
    if fault := rules.problems_with_topics(about.get("topics", [])):
        problems.append(f"Themen: {fault}")
    if person.get("email") and not valid_address(person["email"]):
        problems.append(f"E-Mail: „{person['email'][:60]}“ ist keine Adresse.")
    return problems


def _worth_keeping(person: dict) -> dict:
    """A salutation alone is nobody."""
    return person if any(person.get(name) for name in ("last_name", "first_name", "email", "role", "phone")) else {}


def full_name(person: dict) -> str:
    """First and last name."""
    return f"{person.get('first_name', '')} {person.get('last_name', '')}".strip()


def differing(row: Institution | Contact, values: dict, texts: dict[str, str]) -> dict:
    """Those of a row's values that are not stored already; what our own export wrote never differs."""
    prefix = "contact_" if isinstance(row, Contact) else ""
    return {
        name: value
        for name, value in values.items()
        if stored(row, name) != value and not _is_exported(row, prefix + name, texts)
    }


def _is_exported(row: Institution | Contact, key: str, texts: dict[str, str]) -> bool:
    return one_line(as_typed(cell(BY_KEY[key].text(row)))) == one_line(texts.get(key, ""))
