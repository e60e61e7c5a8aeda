"""Lists over many pages, and names in letters of all guests."""

import pypdfium2
import pytest

from app.tables.printing import fonts, text
from app.tables.printing.attendance import Attendee, attendance_list
from app.tables.printing.badges import Badge, badges


def pages_of(document: bytes) -> list[str]:
    """The text of each page."""
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(document)]


def test_a_long_list_goes_on_over_pages_with_numbers_and_nobody_twice():
    people = [Attendee(f"Haus {number:03}", f"Gast{number:03}, Ada", "1") for number in range(120)]

    pages = pages_of(attendance_list("Dialog", "heute", "Musterstadt", people))

    together = "\n".join(pages)
    assert [together.count(f"Gast{number:03}") for number in range(120)] == [1] * 120
    assert [f"Seite {number} von {len(pages)}" in page for number, page in enumerate(pages, 1)] == [True] * len(pages)
    assert all("Unterschrift" in page for page in pages)


def test_a_line_taller_than_a_page_does_not_stop_the_printer():
    endless = Attendee("Haus " * 4000, "Gast, Ada", "1")

    assert pages_of(attendance_list("Dialog", "heute", "Musterstadt", [endless]))


def test_arabic_letters_are_joined_and_stand_in_the_order_in_which_they_are_read():
    assert text.visual("محمد") == "\ufeaa\ufee4\ufea4\ufee3"
    assert text.visual("Ada Müller") == "Ada Müller"


@pytest.mark.parametrize(
    ("name", "font"), [("Олександра Їжак", fonts.BOLD), ("Ümit Yıldırım", fonts.BOLD), ("محمد العلي", fonts.ARABIC)]
)
def test_every_name_is_set_in_a_font_that_has_its_letters(name, font):
    chosen = fonts.having(name, fonts.BOLD)

    assert chosen == font
    assert text.fit(name, fonts.BOLD, 200, size=20, smallest=8).font == font


def test_a_badge_shows_the_first_name_large_and_tables_of_all_rounds():
    page = pages_of(badges("Dialog", "Musterstadt", [Badge("Ada Muster", "Treff", "3 · 5", "Ada")]))[0]

    assert [line.strip() for line in page.splitlines() if line.strip() in {"Ada", "Muster", "3 · 5"}] == [
        "Ada",
        "Muster",
        "3 · 5",
    ]
