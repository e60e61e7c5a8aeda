"""Which offers answer a search, how fresh an entry is, and what an entry must look like."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from app.core.collation import contains, sort_key
from app.core.vocabulary import TargetGroup

FRESH_FOR = timedelta(days=365)
FUNDING_NOTICE = timedelta(days=365)
FREE_WORDS = ("kostenlos", "kostenfrei", "gebührenfrei", "unentgeltlich", "gratis")
MOST_PLACES = 100_000
MOST_UTILISATION = 300  # per cent: some places are shared by several
MOST_LANGUAGES = 20
LENGTHS = {
    "name": 160,
    "category": 80,
    "address": 160,
    "description": 4000,
    "schedule": 160,
    "waiting": 80,
    "cost": 80,
    "access": 160,
    "funding": 160,
    "phone": 40,
    "email": 254,
    "website": 254,
}


class Searchable(Protocol):
    """What a search looks at."""

    category: str
    target_groups: list
    languages: list
    cost: str
    confirmed_on: date | None


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for; None, empty and False leave nothing out."""

    words: str = ""
    category: str | None = None
    target_group: TargetGroup | None = None
    language: str | None = None
    step_free: bool = False
    free: bool = False
    confirmed: bool = False


def answers(offer: Searchable, text: str, is_step_free: bool, wanted: Wanted, today: date) -> bool:
    """Whether an offer is among what somebody looks for; `text` is all of it that words are looked up in."""
    return (
        wanted.category in (None, offer.category)
        and is_for(offer.target_groups, wanted.target_group)
        and (wanted.language is None or wanted.language in offer.languages)
        and (not wanted.step_free or is_step_free)
        and (not wanted.free or is_free(offer.cost))
        and (not wanted.confirmed or is_fresh(offer.confirmed_on, today))
        and (not wanted.words or contains(text, wanted.words))
    )


def is_for(target_groups: Collection[str], wanted: TargetGroup | None) -> bool:
    """Whether an offer is meant for a target group; offers for all are for everybody, those without groups too."""
    if wanted in (None, TargetGroup.ALL):
        return True
    return not target_groups or wanted.value in target_groups or TargetGroup.ALL.value in target_groups


def serves(served: Collection[int], related: Collection[int]) -> bool:
    """Whether an offer serves an area: directly, by what the area lies in or what lies in it, or town-wide."""
    return not served or any(area_id in related for area_id in served)


def is_free(cost: str) -> bool:
    """Whether an offer says first of all that it costs nothing; an empty cost says nothing."""
    return cost.strip().casefold().startswith(FREE_WORDS)


def is_fresh(confirmed_on: date | None, today: date) -> bool:
    """Whether an entry was confirmed within twelve months; a day that is still to come confirms nothing."""
    return confirmed_on is not None and timedelta(0) <= today - confirmed_on <= FRESH_FOR


def runs_out(funding_until: date | None, today: date) -> bool:
    """Whether the funding ends within twelve months or has ended."""
    return funding_until is not None and funding_until - today <= FUNDING_NOTICE


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for case, accents and spaces."""
    return sort_key(" ".join(one.split()))[0] == sort_key(" ".join(other.split()))[0]


def languages_of(text: str) -> list[str]:
    """„Deutsch, Türkisch; Arabisch“ as a list without repetitions, in the order written."""
    named = (" ".join(part.split()) for part in text.replace(";", ",").replace("\n", ",").split(","))
    return list(dict.fromkeys(name[:40] for name in named if name))


def web_address(typed: str) -> str:
    """An address with its scheme; „www.tafel.example“ is read as https."""
    typed = typed.strip()
    return f"https://{typed}" if typed and "://" not in typed and not typed.lower().startswith("javascript:") else typed


def is_web_address(address: str) -> bool:
    """Whether an address leads to a web page and nowhere else: no script, no file, no sign-in data in it."""
    try:
        parts = urlsplit(address)
        host, user = parts.hostname, parts.username
    except ValueError:
        return False
    harmless = not any(character.isspace() or character in "\"'<>\\" for character in address)
    return parts.scheme in {"http", "https"} and bool(host) and "." in host and user is None and harmless


def problems(values: Mapping) -> dict[str, str]:
    """What is wrong with an offer's values, by field; names are those of the columns."""
    found = {
        name: f"Bitte kürzen Sie auf höchstens {most} Zeichen."
        for name, most in LENGTHS.items()
        if len(values.get(name) or "") > most
    }
    found |= {
        name: message
        for name, message in (
            ("name", "Geben Sie den Namen des Angebots ein."),
            ("category", "Geben Sie eine Kategorie an."),
        )
        if name in values and not values[name]
    }
    if not _within(values.get("capacity"), MOST_PLACES):
        found["capacity"] = "Geben Sie die Plätze als ganze Zahl an oder lassen Sie das Feld leer."
    if not _within(values.get("utilisation"), MOST_UTILISATION):
        found["utilisation"] = f"Geben Sie die Auslastung in Prozent an, 0 bis {MOST_UTILISATION}."
    if not is_plausible(values.get("funding_until")):
        found["funding_until"] = "Prüfen Sie das Jahr des Förderendes."
    if values.get("website") and not is_web_address(values["website"]):
        found["website"] = "Das ist keine Webadresse. Sie sieht so aus: https://www.verband.de/angebot"
    if len(values.get("languages") or ()) > MOST_LANGUAGES:
        found["languages"] = f"Höchstens {MOST_LANGUAGES} Sprachen."
    return found


def is_plausible(day: date | None) -> bool:
    """Whether a day can be meant for an offer of our time."""
    return day is None or 1990 <= day.year <= 2100


def pages(count: int, size: int) -> int:
    """How many pages a list has; an empty one has one."""
    return max(1, -(-count // size))


def on_page(rows: Sequence, page: int, size: int) -> Sequence:
    """The rows of a page, the first being 1; beyond the last there is the last."""
    page = min(max(page, 1), pages(len(rows), size))
    return rows[(page - 1) * size : page * size]


def _within(value: int | None, most: int) -> bool:
    return value is None or 0 <= value <= most
