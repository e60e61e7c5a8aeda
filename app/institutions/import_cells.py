"""What single cells of a directory say. Values in, values out; ValueError says in words what is wrong."""

import re
from collections.abc import Sequence
from datetime import datetime

from app.areas.models import Area
from app.core.exports import DANGEROUS
from app.institutions import rules
from app.institutions.enums import InstitutionType, LegalBasis
from app.institutions.rules import plain

TOWN_WIDE = {"stadtweit", "kreisweit", "ganze kommune", "ganze stadt", "alle", "gesamtstadt", "gesamt"}
TYPE_WORDS = {
    InstitutionType.PROVIDER: "freier trager|jugendhilfetrager|einrichtung|treff|jugendzentrum",
    InstitutionType.WELFARE_ASSOCIATION: "wohlfahrt|verband|spitzenverband|kreisverband",
    InstitutionType.ASSOCIATION: "verein|initiative|burgerinitiative|e. v.|ev|e.v.|verein/initiative|sportverein",
    InstitutionType.SCHOOL: "grundschule|gesamtschule|gymnasium|berufskolleg|schulen|forderschule",
    InstitutionType.DAYCARE: "kindertagesstatte|kindergarten|kindertageseinrichtung|familienzentrum|kitas",
    InstitutionType.POLICE: "polizeiwache|ordnungspartner",
    InstitutionType.HEALTH: "gesundheit|pflege|krankenhaus|klinik|arztpraxis|pflegedienst|gesundheitswesen",
    InstitutionType.CHURCH: "kirche|kirchengemeinde|gemeinde|moschee|religion|moscheegemeinde|pfarrei",
    InstitutionType.HOUSING: "wohnungsbau|wohnungsgesellschaft|wohnungsgenossenschaft|baugenossenschaft|wohnen",
    InstitutionType.JOB_CENTRE: "jobcenter|arbeitsagentur|agentur fur arbeit|arbeitsverwaltung",
    InstitutionType.COUNSELLING: "beratung|fachberatung",
    InstitutionType.SELF_HELP: "selbsthilfegruppe|selbsthilfekontaktstelle",
    InstitutionType.CULTURAL: "kultur|kulturverein|migrantenorganisation|migrantenselbstorganisation|mso|moso",
    InstitutionType.COMMITTEE: "gremium|beirat|ausschuss|arbeitskreis|netzwerk",
    InstitutionType.BUSINESS: "unternehmen|betrieb|handel|werbegemeinschaft|kammer",
    InstitutionType.DEPARTMENT: "fachbereich|amt|verwaltung|stadtverwaltung|dienststelle|abteilung",
}
BASIS_WORDS = {
    LegalBasis.PUBLIC_TASK: "offentliche aufgabe|aufgabe|art. 6 abs. 1 e|art. 6 abs. 1 lit. e|e|lit. e",
    LegalBasis.CONSENT: "einwilligung|zustimmung|art. 6 abs. 1 a|art. 6 abs. 1 lit. a|a|lit. a",
    LegalBasis.CONTRACT: "vertrag|leistungsvereinbarung|zuwendung|art. 6 abs. 1 b|art. 6 abs. 1 lit. b|b|lit. b",
    LegalBasis.PUBLISHED: "veroffentlicht|dienstadresse|internet|art. 6 abs. 1 f|art. 6 abs. 1 lit. f|f|lit. f",
}
SALUTATIONS = {"frau": "Frau", "fr": "Frau", "herr": "Herr", "herrn": "Herr", "hr": "Herr", "hrn": "Herr"}
NO_SALUTATION = {"", "divers", "ohne", "keine", "ohne anrede", "-", "–", "d"}
SHOWN = 60


def as_typed(text: str) -> str:
    """A cell without what an export put in front to make it inert."""
    text = text.strip()
    return text[1:] if text.startswith("'") and text[1:].startswith(DANGEROUS) else text


def type_of(text: str) -> str:
    """The key of a type by key, label, a part of the label, or a customary word. Raises ValueError."""
    return _member(text, InstitutionType, TYPE_WORDS, "Art")


def legal_basis_of(text: str) -> str:
    """The key of a legal basis in the same way; „DSGVO“ may be missing. Raises ValueError."""
    shortened = re.sub(r"(?i)\s*(ds-?gvo|gdpr)\s*", " ", text).strip(" .,;()")
    try:
        return _member(text, LegalBasis, BASIS_WORDS, "Rechtsgrundlage")
    except ValueError:
        return _member(shortened, LegalBasis, BASIS_WORDS, "Rechtsgrundlage")


def _member(text: str, enum, words: dict, title: str) -> str:
    wanted = plain(text)
    for member in enum:
        label = plain(str(member.label))
        parts = {part.strip() for part in re.split(r"[,(]", label)}
        if wanted in {member.value, member.value.replace("_", " "), label, *parts, *words[member].split("|")}:
            return member.value
    known = ", ".join(str(member.label) for member in enum)
    raise ValueError(f"{title} „{text[:SHOWN]}“ ist nicht bekannt. Möglich sind: {known}.")


def salutation_of(text: str) -> str:
    """„Fr.“ is „Frau“; nothing is guessed from other words. Raises ValueError."""
    word = plain(text).strip(". ")
    if word in NO_SALUTATION:
        return ""
    if word not in SALUTATIONS:
        raise ValueError(f"Anrede „{text[:SHOWN]}“: Schreiben Sie Frau oder Herr oder lassen Sie die Zelle leer.")
    return SALUTATIONS[word]


def day_of(text: str) -> str:
    """A day as ISO text. Raises ValueError."""
    for pattern in ("%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y"):
        try:
            day = datetime.strptime(text.split(" ")[0].split("T")[0], pattern).date()  # noqa: DTZ007 -- a calendar day
        except ValueError:
            continue
        if rules.is_plausible(day):
            return day.isoformat()
    raise ValueError(f"Zuletzt bestätigt: „{text[:SHOWN]}“ ist kein Tag. Schreiben Sie ihn so: 31.12.2027.")


def areas_of(text: str, areas: Sequence[Area]) -> list[int]:
    """Ids of the areas named by code, name or both, separated by semicolon, comma, line or space (codes only)."""
    if plain(text) in TOWN_WIDE:
        return []
    found: set[int] = set()
    for part in filter(None, (part.strip() for part in re.split(r"[;\n]", text))):
        found |= _several(part, areas)
    return sorted(found)


def _several(part: str, areas: Sequence[Area]) -> set[int]:
    """One area, or several between commas, or several codes between spaces."""
    for divided in ([part], part.split(","), part.split()):
        named = [_area(one.strip(), areas) for one in divided if one.strip()]
        if named and all(area is not None for area in named):
            return {area.id for area in named}
    unknown = next((one for one in part.split(",") if _area(one.strip(), areas) is None), part).strip()
    raise ValueError(f"Das Gebiet „{unknown[:SHOWN]}“ gibt es nicht. Möglich sind Schlüssel und Namen der Gebiete.")


def _area(text: str, areas: Sequence[Area]) -> Area | None:
    head, _space, tail = text.partition(" ")
    wanted = plain(text)
    for fits in (
        lambda area: area.code == head and plain(area.name) == plain(tail),
        lambda area: area.code == text,
        lambda area: plain(area.name) == wanted,
        lambda area: area.code.lstrip("0") == text and text.isdecimal(),
    ):
        found = [area for area in areas if fits(area)]
        if len(found) == 1:
            return found[0]
        if found:
            raise ValueError(f"Mehrere Gebiete heißen „{text[:SHOWN]}“. Schreiben Sie Schlüssel und Namen.")
    return None
