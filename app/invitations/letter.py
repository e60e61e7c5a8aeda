"""The invitation letter: its placeholders, what may be wrong with a template, and how one mail reads.

Pure text work. Values are put in once, from left to right, and reduced to one harmless line each: a name that looks
like a placeholder, a header or a page of text stays a name.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

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


def subject_problems(template: str) -> list[str]:
    """What keeps a subject from being used; the link is a secret and stays out of it."""
    problems = _placeholder_problems(template)
    if "\n" in template or "\r" in template:
        problems.append("Der Betreff darf nur eine Zeile haben.")
    if "{link}" in template:
        problems.append("Der persönliche Link gehört in den Text, nicht in den Betreff.")
    return problems


def body_problems(template: str) -> list[str]:
    """What keeps a text from being used."""
    problems = _placeholder_problems(template)
    if not problems and "{link}" not in template:
        problems.append("Im Text fehlt {link}. Ohne den Link kann niemand antworten.")
    return problems


def write(letter: Letter, values: Mapping[str, str]) -> tuple[str, str]:
    """Subject and body of one mail; `values` has every placeholder except those the letter itself knows."""
    harmless = {name: one_line(value) for name, value in values.items()}
    return one_line(_fill(letter.subject, harmless))[:SUBJECT_LENGTH], _fill(plain_text(letter.body), harmless)


def salutation(title: str, last_name: str, full_name: str) -> str:
    """„Sehr geehrte Frau Terhorst,“ – or a greeting that guesses nothing."""
    forms = {"Frau": "Sehr geehrte Frau", "Herr": "Sehr geehrter Herr"}
    if title in forms and last_name:
        return f"{forms[title]} {last_name},"
    return f"Guten Tag {full_name}," if full_name else "Guten Tag,"


def one_line(text: str) -> str:
    """Text as a single line without control or direction characters."""
    return " ".join("".join(" " if _is_control(character) else character for character in text).split())


def plain_text(text: str) -> str:
    """Text of several lines with ordinary line ends and nothing invisible in it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(c for c in line if c == "\t" or not _is_control(c)) for line in lines)


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Zl", "Zp"} or character in "\u202a\u202b\u202c\u202d\u202e"


def _fill(template: str, values: Mapping[str, str]) -> str:
    return _BRACES.sub(lambda match: values[match[1]], template)


def _placeholder_problems(template: str) -> list[str]:
    unknown = sorted({name for name in _BRACES.findall(template) if name not in PLACEHOLDERS})
    problems = []
    if unknown:
        names = ", ".join("{" + name + "}" for name in unknown)
        known = ", ".join("{" + name + "}" for name in PLACEHOLDERS)
        problems.append(f"Unbekannter Platzhalter: {names}. Möglich sind {known}.")
    rest = _BRACES.sub("", template)
    if "{" in rest or "}" in rest:
        problems.append("Eine geschweifte Klammer steht allein. Schreiben Sie Platzhalter so: {anrede}.")
    return problems
