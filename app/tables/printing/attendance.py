"""The attendance list people sign at the door."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from app.tables.printing.lists import PaperList, draw_list
from app.tables.printing.sheet import new_canvas

SPARE_LINES = 8
COLUMNS = (58 * mm, 50 * mm, 16 * mm, 56 * mm)
HEADINGS = ("Institution", "Name", "Tisch", "Unterschrift")


@dataclass(frozen=True)
class Attendee:
    """One line; `table` is empty for somebody without a seat."""

    institution: str
    name: str
    table: str


def attendance_list(conference: str, when_and_where: str, municipality: str, people: Sequence[Attendee]) -> bytes:
    """A PDF with one line per person in the given order, and empty lines for those who come unannounced."""
    out = BytesIO()
    canvas = new_canvas(out, f"Anwesenheitsliste – {conference}", A4, municipality)
    draw_list(canvas, conference, when_and_where, signature_list(people))
    canvas.save()
    return out.getvalue()


def signature_list(people: Sequence[Attendee]) -> PaperList:
    """The list to put into a document."""
    rows = [(person.institution, person.name, person.table, "") for person in people]
    return PaperList("Anwesenheitsliste", HEADINGS, COLUMNS, rows, SPARE_LINES)
