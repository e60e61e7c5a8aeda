"""Categories to start with; a municipality may use any other words."""

from collections.abc import Iterable

from app.core.collation import sort_key

START_LIST = (
    "Sozialberatung",
    "Schuldnerberatung",
    "Wohnungssicherung",
    "Arbeit und Qualifizierung",
    "Kita",
    "Frühe Hilfen",
    "Familienbildung",
    "Erziehungsberatung",
    "Schulsozialarbeit",
    "Jugendarbeit",
    "Übergang Schule–Beruf",
    "Sprache und Integration",
    "Migrationsberatung",
    "Gesundheit und Sucht",
    "Psychische Gesundheit",
    "Pflege und Entlastung",
    "Seniorenbegegnung",
    "Inklusion",
    "Existenzhilfe",
    "Treffpunkt",
    "Kultur und Sport",
    "Engagement und Ehrenamt",
    "Gewaltschutz",
    "Koordination und Gremien",
)


def suggestions(in_use: Iterable[str]) -> list[str]:
    """The municipality's own categories and those of the start list, in German order."""
    return sorted({*in_use, *START_LIST}, key=sort_key)


def spelled_as_known(typed: str, known: Iterable[str]) -> str:
    """A category as it is already spelled, whatever case and accents were typed; else as typed."""
    plain = _plain(typed)
    return next((name for name in known if _plain(name) == plain), " ".join(typed.split()))


def _plain(name: str) -> tuple:
    return sort_key(" ".join(name.split()))[0]
