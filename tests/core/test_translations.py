"""Nothing guests read is missing in any of their languages, and every translation fits its place."""

import re

import pytest
from babel.messages.catalog import Message

from app.core import languages
from tests.core import guest_words

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
GERMAN_ONLY = ("templates/offers/",)
"""Providers' pages carry free text in German; they do not offer other languages."""


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def texts_of(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, (tuple, list)) else [message.string]


@pytest.mark.parametrize("code", guest_words.LANGUAGES)
def test_every_message_of_guest_pages_is_translated(code):
    words = guest_words.catalogue(code)

    wrong = {}
    for message, file in guest_words.messages():
        entry = words.get(message)
        if entry is None or entry.fuzzy or not all(text.strip() for text in texts_of(entry)):
            wrong[message] = file

    assert wrong == {}


@pytest.mark.parametrize("code", guest_words.LANGUAGES)
def test_translations_have_the_placeholders_of_the_german_text(code):
    wrong = []
    for message in guest_words.catalogue(code):
        ids = message.id if isinstance(message.id, (tuple, list)) else [message.id]
        wanted = set().union(*map(placeholders, ids))
        for text in texts_of(message):
            optional = {"%(num)s"} if len(ids) > 1 else set()
            if message.id and not wanted - optional <= placeholders(text) <= wanted:
                wrong.append(text)

    assert wrong == []


@pytest.mark.parametrize("code", guest_words.LANGUAGES)
def test_a_catalogue_holds_nothing_that_is_on_no_page(code):
    known = {message if isinstance(message, str) else message[0] for message, _file in guest_words.messages()}

    ids = [message.id if isinstance(message.id, str) else message.id[0] for message in guest_words.catalogue(code)]
    unused = [id_ for id_ in ids if id_ and id_ not in known]

    assert unused == []


def test_every_page_that_speaks_to_guests_is_on_the_list():
    pages = {
        str(path.relative_to(guest_words.ROOT))
        for path in (guest_words.ROOT / "templates").rglob("*.html")
        if '{% extends "guest.html" %}' in path.read_text(encoding="utf-8")
    }

    assert {page for page in pages if not page.startswith(GERMAN_ONLY)} <= set(guest_words.GUEST_PAGES)


def test_every_language_offered_has_a_catalogue():
    assert set(languages.LANGUAGES) == {"de", *guest_words.LANGUAGES}
    assert {path.stem for path in guest_words.CATALOGUES.glob("*.po")} == set(guest_words.LANGUAGES)


@pytest.mark.parametrize("code", guest_words.LANGUAGES)
def test_the_application_reads_the_catalogue(code):
    assert languages.catalogue(code).gettext("Kommen Sie?") == guest_words.catalogue(code).get("Kommen Sie?").string


def test_leichte_sprache_keeps_sentences_short():
    sentences = [
        sentence
        for message in guest_words.catalogue("leicht")
        if message.id
        for text in texts_of(message)
        for sentence in re.split(r"(?<=[.?!:])\s+", text)
    ]

    assert [sentence for sentence in sentences if len(sentence.split()) > 15] == []
