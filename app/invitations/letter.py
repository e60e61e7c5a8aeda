"""The invitation letter: its placeholders, what may be wrong with a template, and how one mail reads.

Pure text work. Values are put in once, from left to right, and reduced to one harmless line each: a name that looks
like a placeholder, a header or a page of text stays a name.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.letters import one_line as one_line
from app.core.letters import plain_text as plain_text
from app.core.letters import salutation as salutation

SUBJECT_LENGTH = 200
REPLY_BEFORE = timedelta(days=14)
PLACEHOLDERS = {
    "anrede": "Sehr geehrte Frau …, – aus dem Verzeichnis",
    "institution": "Name der eingeladenen Institution",
    "konferenz": "Titel der Konferenz",
    "datum": "Tag der Konferenz",
    "uhrzeit": "Beginn und Ende",
    "ort": "Veranstaltungsort mit Adresse",
    "link": "persönlicher Antwortlink",
    "frist": "Tag, bis zu dem Sie eine Antwort erbitten",
    "absender": "wer einlädt",
}
DEFAULT_SUBJECT = "Einladung: {konferenz} am {datum}"
DEFAULT_BODY = """\
{anrede}

wir laden {institution} herzlich ein:

{konferenz}
{datum}, {uhrzeit}
{ort}

An Thementischen sprechen Menschen aus Einrichtungen, Vereinen, Schulen und Verwaltung darüber, was in diesem \
Sozialraum gebraucht wird, was fehlt und was schon gut läuft. Ihre Erfahrung aus der täglichen Arbeit ergänzt die \
Zahlen. Aus den Ergebnissen entstehen Handlungsempfehlungen für Politik und Verwaltung; Sie erfahren, was daraus wird.

Bitte antworten Sie bis {frist} über Ihren persönlichen Link. Dort können Sie zusagen, absagen oder eine Kollegin oder \
einen Kollegen benennen und sagen, über welche Themen Sie sprechen möchten:

{link}

Der Link gilt nur für Ihre Einrichtung. Bis zum Beginn der Veranstaltung können Sie Ihre Antwort darüber ändern.

Mit freundlichen Grüßen
{absender}
"""
_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Letter:
    """A template with everything a mail needs apart from its recipient."""

    subject: str
    body: str
    sender: str
    reply_by: date


def default_letter(sender: str, conference_day: date, today: date) -> Letter:
    """A good letter to start from; answers are asked for two weeks ahead, or at once when time is short."""
    return Letter(DEFAULT_SUBJECT, DEFAULT_BODY, sender, max(min(today, conference_day), conference_day - REPLY_BEFORE))


def subject_problems(template: str, placeholders: Collection[str] = PLACEHOLDERS) -> list[str]:
    """What keeps a subject from being used; the link is a secret and stays out of it."""
    problems = _placeholder_problems(template, placeholders)
    if "\n" in template or "\r" in template:
        problems.append("Der Betreff darf nur eine Zeile haben.")
    if "{link}" in template:
        problems.append("Der persönliche Link gehört in den Text, nicht in den Betreff.")
    return problems


def body_problems(template: str, placeholders: Collection[str] = PLACEHOLDERS, needs_link: bool = True) -> list[str]:
    """What keeps a text from being used."""
    problems = _placeholder_problems(template, placeholders)
    if not problems and needs_link and "{link}" not in template:
        problems.append("Im Text fehlt {link}. Ohne den Link kann niemand antworten.")
    return problems


def write(letter: Letter, values: Mapping[str, str]) -> tuple[str, str]:
    """Subject and body of one mail; `values` has every placeholder the letter may use."""
    return fill(letter.subject, letter.body, values)


def fill(subject: str, body: str, values: Mapping[str, str]) -> tuple[str, str]:
    """Subject and body with values put in once, each as one harmless line."""
    harmless = {name: one_line(value) for name, value in values.items()}
    return one_line(_fill(subject, harmless))[:SUBJECT_LENGTH], _fill(plain_text(body), harmless)


def _fill(template: str, values: Mapping[str, str]) -> str:
    return _BRACES.sub(lambda match: values[match[1]], template)


def _placeholder_problems(template: str, placeholders: Collection[str]) -> list[str]:
    unknown = sorted({name for name in _BRACES.findall(template) if name not in placeholders})
    problems = []
    if unknown:
        names = ", ".join("{" + name + "}" for name in unknown)
        known = ", ".join("{" + name + "}" for name in placeholders)
        problems.append(f"Unbekannter Platzhalter: {names}. Möglich sind {known}.")
    rest = _BRACES.sub("", template)
    if "{" in rest or "}" in rest:
        problems.append("Eine geschweifte Klammer steht allein. Schreiben Sie Platzhalter so: {anrede}.")
    return problems
