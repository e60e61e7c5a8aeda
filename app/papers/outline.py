"""The outline of a strategy paper and first texts put together from what the house already knows."""

from dataclasses import dataclass, field
from datetime import date, datetime

from app.core import german

SECTIONS = {
    "summary": "Zusammenfassung",
    "mandate": "Anlass und Auftrag",
    "method": "Vorgehen und Datengrundlage",
    "area": "Der Sozialraum",
    "dialogue": "Ergebnisse des Dialogs",
    "fields": "Handlungsfelder und Empfehlungen",
    "priorities": "Prioritäten und Zeitplan",
    "statements": "Stellungnahmen",
    "not_pursued": "Nicht weiterverfolgte Vorschläge",
}
HINTS = {
    "summary": "Eine Seite in einfacher Sprache: Worum geht es, was ist das Wichtigste, wer entscheidet?",
    "mandate": "Wer hat das Papier beauftragt, und was gilt bisher?",
    "method": "Daten mit Stichtag und Quelle, die Veranstaltung, die Auswertung und ihre Grenzen.",
    "area": "Der Sozialraum in Worten. Die Zahlen stehen darunter von selbst.",
    "dialogue": "Worin waren sich viele einig, worüber wurde gestritten? Die Ergebnispunkte folgen von selbst.",
    "fields": "Wie die Empfehlungen zu lesen sind. Die Empfehlungen selbst stehen darunter.",
    "priorities": "Was kommt zuerst, und weshalb?",
    "statements": "Was sagen Fachbereiche, Gremien und Verbände? Widerspruch bleibt stehen.",
    "not_pursued": "Was nicht weiterverfolgt wird, und der Grund dafür.",
}


@dataclass(frozen=True)
class Facts:
    """What first texts are made of; counts only, no people."""

    conference: str
    starts_at: datetime
    venue: str
    area: str
    area_level: str
    parts: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    table_count: int = 0
    invited: int = 0
    attending: int = 0
    persons: int = 0
    contributions: int = 0
    sources: list[tuple[str, date, str]] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    recommendations: list[tuple[int, str, str]] = field(default_factory=list)
    unused_points: list[str] = field(default_factory=list)


def first_text(key: str, facts: Facts) -> str:
    """A first text for a section, or an empty one where only people can write it."""
    writer = _WRITERS.get(key)
    return writer(facts) if writer else ""


def count(number: int, one: str, many: str) -> str:
    """„1 Tisch“, „9 Tische“."""
    return f"{german.number(number)} {one if number == 1 else many}"


def enumerate_words(words: list[str]) -> str:
    """„A, B und C“."""
    return " und ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _summary(facts: Facts) -> str:
    lines = [f"Am {german.day(facts.starts_at)} fand der Dialog „{facts.conference}“ für {facts.area} statt."]
    if facts.persons:
        lines.append(f"{count(facts.persons, 'Person war', 'Personen waren')} dabei.")
    if facts.recommendations:
        lines.append(f"Daraus {_are(len(facts.recommendations))} in diesem Papier entstanden.")
    return " ".join(lines)


def _are(number: int) -> str:
    return "ist eine Empfehlung" if number == 1 else f"sind {number} Empfehlungen"


def _method(facts: Facts) -> str:
    where = f" ({facts.venue})" if facts.venue else ""
    day = f"Der Dialog „{facts.conference}“ fand am {german.day(facts.starts_at)} statt{where}."
    if facts.invited:
        day += f" Eingeladen {_were(facts.invited, 'Institution', 'Institutionen')}."
    if facts.attending:
        came = count(facts.attending, "Institution", "Institutionen")
        day += f" Angemeldet waren {came} mit {count(facts.persons, 'Person', 'Personen')}."
    if facts.table_count:
        day += f" Gesprochen wurde an {count(facts.table_count, 'Tisch', 'Tischen')}."
    if facts.contributions:
        day += f" Dort entstanden {count(facts.contributions, 'Beitrag', 'Beiträge')}."
    parts = [f"### Der Tag\n\n{day}"]
    if facts.topics:
        parts.append("Die Themen:\n\n" + _bullets(facts.topics))
    if facts.sources:
        parts.append("### Die Daten\n\n" + _bullets([_source(*row) for row in facts.sources]))
    parts.append(
        "### Die Auswertung\n\nÄhnliche Beiträge wurden zu Ergebnispunkten zusammengefasst. "
        "Der Wortlaut jedes Beitrags bleibt dabei erhalten und ist im Papier nachzulesen."
    )
    return "\n\n".join(parts)


def _source(name: str, on: date, source: str) -> str:
    return f"{name}: Stichtag {german.day(on)}, Quelle: {source or 'nicht angegeben'}"


def _were(number: int, one: str, many: str) -> str:
    return f"{'war' if number == 1 else 'waren'} {count(number, one, many)}"


def _area(facts: Facts) -> str:
    if not facts.parts:
        return ""
    return f"{facts.area_level} {facts.area} umfasst {enumerate_words(facts.parts)}."


def _dialogue(facts: Facts) -> str:
    if not facts.points:
        return ""
    said = count(facts.contributions, "Beitrag", "Beiträgen")
    points = count(len(facts.points), "Ergebnispunkt", "Ergebnispunkte")
    return f"Aus {said} wurden {points} gebildet."


def _fields(facts: Facts) -> str:
    if not facts.recommendations:
        return ""
    return (
        "Jede Empfehlung nennt, wer federführend ist und bis wann etwas geschehen soll. Das Verb zeigt, wie weit sie "
        "geht: prüfen, konzipieren, erproben, ausbauen oder verstetigen. Unter jeder Empfehlung stehen die Stimmen und "
        "Zahlen, auf die sie sich stützt."
    )


def _priorities(facts: Facts) -> str:
    horizons: dict[str, list[str]] = {}
    for number, title, horizon in facts.recommendations:
        horizons.setdefault(horizon, []).append(f"Empfehlung {number}: {title}")
    return "\n\n".join(
        f"### {horizon[:1].upper()}{horizon[1:]}\n\n{_bullets(rows)}" for horizon, rows in horizons.items()
    )


def _not_pursued(facts: Facts) -> str:
    if not facts.unused_points:
        return ""
    return "Aus diesen Ergebnispunkten wurde keine eigene Empfehlung:\n\n" + _bullets(facts.unused_points)


def _bullets(rows: list[str]) -> str:
    return "\n".join(f"- {_literal(row)}" for row in rows)


def _literal(text: str) -> str:
    """The text so that Markdown takes it word for word."""
    return "".join(f"\\{letter}" if letter in "\\*_[]<>#`" else letter for letter in text)


_WRITERS = {
    "summary": _summary,
    "method": _method,
    "area": _area,
    "dialogue": _dialogue,
    "fields": _fields,
    "priorities": _priorities,
    "not_pursued": _not_pursued,
}
