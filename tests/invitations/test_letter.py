"""The letter: placeholders, hostile values, greetings."""

from datetime import date

import pytest

from app.invitations import letter
from app.invitations.letter import Letter

VALUES = {
    "anrede": "Guten Tag Robin Beispiel,",
    "institution": "Caritasverband",
    "konferenz": "Expert*innendialog Mitte",
    "datum": "Freitag, 20. November 2026",
    "uhrzeit": "14:00 bis 17:45 Uhr",
    "ort": "Saal",
    "link": "https://stadt.example/e/geheim",
    "frist": "Freitag, 6. November 2026",
    "absender": "Sozialplanung",
}


def a_letter(subject="Einladung", body="{anrede} {link}"):
    return Letter(subject, body, "Sozialplanung", date(2026, 11, 6))


def test_the_default_letter_has_no_problem_and_uses_every_placeholder():
    default = letter.default_letter("Sozialplanung", date(2026, 11, 20), date(2026, 9, 1))

    assert letter.subject_problems(default.subject) == []
    assert letter.body_problems(default.body) == []
    assert all("{" + name + "}" in default.subject + default.body for name in letter.PLACEHOLDERS)


@pytest.mark.parametrize(
    ("today", "reply_by"),
    [
        (date(2026, 9, 1), date(2026, 11, 6)),
        (date(2026, 11, 15), date(2026, 11, 15)),
        (date(2026, 12, 1), date(2026, 11, 20)),
    ],
)
def test_the_default_day_to_answer_by_is_two_weeks_ahead_and_never_past_the_conference(today, reply_by):
    assert letter.default_letter("S", date(2026, 11, 20), today).reply_by == reply_by


def test_an_unknown_placeholder_is_named_together_with_the_known_ones():
    problems = letter.body_problems("{anrede} {vorname} {link}")

    assert len(problems) == 1
    assert problems[0].startswith("Unbekannter Platzhalter: {vorname}. Möglich sind {anrede}, {institution}")


@pytest.mark.parametrize(
    "template", ["{anrede {link}", "anrede} {link}", "{} {link}", "{0} {link}", "{link.__class__}", "{{link}}"]
)
def test_what_only_looks_like_a_placeholder_is_refused(template):
    assert letter.body_problems(template) != []


def test_a_text_without_the_link_is_refused():
    assert letter.body_problems("{anrede}") == ["Im Text fehlt {link}. Ohne den Link kann niemand antworten."]


@pytest.mark.parametrize("subject", ["{link}", "Einladung\nBcc: alle@stadt.example", "{fremd}"])
def test_a_subject_with_link_line_break_or_unknown_placeholder_is_refused(subject):
    assert letter.subject_problems(subject) != []


def test_a_value_that_looks_like_a_placeholder_is_not_filled_in_again():
    _subject, body = letter.write(a_letter(), VALUES | {"anrede": "{link} {absender} {anrede.__class__}"})

    assert body == "{link} {absender} {anrede.__class__} https://stadt.example/e/geheim"


@pytest.mark.parametrize("separator", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\x00"])
def test_a_value_with_line_breaks_cannot_begin_a_header_or_a_paragraph(separator):
    hostile = f"Verein{separator}Bcc: alle@stadt.example"

    subject, body = letter.write(
        a_letter("Einladung für {institution}", "{institution} {link}"), VALUES | {"institution": hostile}
    )

    assert subject == "Einladung für Verein Bcc: alle@stadt.example"
    assert len(body.splitlines()) == 1
    assert "\x00" not in body


def test_a_long_subject_is_cut_to_what_the_outbox_keeps():
    subject, _body = letter.write(a_letter("{institution}"), VALUES | {"institution": "x" * 300})

    assert len(subject) == letter.SUBJECT_LENGTH


@pytest.mark.parametrize(
    ("title", "last_name", "full_name", "greeting"),
    [
        ("Frau", "Terhorst", "Gabriele Terhorst", "Sehr geehrte Frau Terhorst,"),
        ("Herr", "Wittkamp", "Tobias Wittkamp", "Sehr geehrter Herr Wittkamp,"),
        ("", "Beispiel", "Robin Beispiel", "Guten Tag Robin Beispiel,"),
        ("Frau", "", "", "Guten Tag,"),
    ],
)
def test_the_greeting_guesses_nothing(title, last_name, full_name, greeting):
    assert letter.salutation(title, last_name, full_name) == greeting
