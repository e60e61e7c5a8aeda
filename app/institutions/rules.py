"""How fresh an entry of the directory is, and which words its topics are. Values in, verdict out."""

from collections.abc import Iterable
from datetime import date, timedelta

from app.core.collation import sort_key
from app.core.letters import one_line

FRESH_FOR = timedelta(days=365)
MOST_TOPICS = 20
MOST_CONTACTS = 60
LONGEST_TOPIC = 60
LENGTHS = {
    "name": 160,
    "short_name": 60,
    "umbrella": 80,
    "note": 2000,
    "salutation": 10,
    "first_name": 80,
    "last_name": 80,
    "role": 120,
    "email": 254,
    "phone": 60,
    "legal_basis_note": 200,
}


def plain(text: str) -> str:
    """A name without what does not tell names apart: case, accents, surplus spaces."""
    return sort_key(" ".join(text.split()))[0][0]


def is_confirmed(confirmed_on: date | None, today: date) -> bool:
    """Whether somebody confirmed the entry within twelve months; a day still to come confirms nothing."""
    return confirmed_on is not None and timedelta(0) <= today - confirmed_on <= FRESH_FOR


def is_plausible(day: date) -> bool:
    """Whether a day can be meant for an entry of our time."""
    return 1990 <= day.year <= 2100


def topics_of(text: str, known: Iterable[str] = ()) -> list[str]:
    """„Wohnen, Jugend; wohnen“ as words without repetitions, in the order written, spelled as they already are."""
    spelled = {plain(word): word for word in known}
    parts = (one_line(part) for part in text.replace(";", ",").replace("\n", ",").split(","))
    words = {plain(part): part for part in reversed([part for part in parts if part])}
    return [spelled.get(key, word) for key, word in reversed(words.items())]


def problems_with_topics(topics: list[str]) -> str | None:
    """What is wrong with a list of topics, or None."""
    if len(topics) > MOST_TOPICS:
        return f"Höchstens {MOST_TOPICS} Themen."
    if any(len(topic) > LONGEST_TOPIC for topic in topics):
        return f"Ein Thema ist ein Wort oder zwei, höchstens {LONGEST_TOPIC} Zeichen. Trennen Sie mehrere mit Komma."
    return None


def too_long(values: dict) -> dict[str, str]:
    """What is longer than its column, by field."""
    return {
        name: f"Bitte kürzen Sie auf höchstens {LENGTHS[name]} Zeichen."
        for name, value in values.items()
        if name in LENGTHS and len(value or "") > LENGTHS[name]
    }
