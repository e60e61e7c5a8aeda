"""Name badges: ten of 90 × 54 mm on an A4 sheet, as office shops sell them, with cutting marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from app.tables.printing.fonts import BOLD, MEDIUM, REGULAR
from app.tables.printing.sheet import new_canvas
from app.tables.printing.text import fit

WIDTH, HEIGHT = 90 * mm, 54 * mm
COLUMNS, ROWS = 2, 5
LEFT = (A4[0] - COLUMNS * WIDTH) / 2
TOP = A4[1] - (A4[1] - ROWS * HEIGHT) / 2
MARGIN = 6 * mm
TABLE_WIDTH = 20 * mm


@dataclass(frozen=True)
class Badge:
    """One person; `table` is empty for somebody without a seat."""

    name: str
    institution: str
    table: str


def badges(conference: str, municipality: str, people: Sequence[Badge]) -> bytes:
    """A PDF with ten badges to a page; what is left of the last sheet is blank for people who come unannounced."""
    out = BytesIO()
    canvas = new_canvas(out, f"Namensschilder – {conference}", A4, municipality)
    per_page = COLUMNS * ROWS
    blank = [Badge("", "", "")] * (-len(people) % per_page or (0 if people else per_page))
    people = [*people, *blank]
    for first in range(0, len(people), per_page):
        for place, badge in enumerate(people[first : first + per_page]):
            _draw_badge(
                canvas, conference, badge, LEFT + place % COLUMNS * WIDTH, TOP - (place // COLUMNS + 1) * HEIGHT
            )
        _draw_cutting_marks(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw_badge(canvas: Canvas, conference: str, badge: Badge, x: float, y: float) -> None:
    width, left, top = WIDTH - 2 * MARGIN, x + MARGIN, y + HEIGHT - MARGIN
    canvas.setFillGray(0.3)
    line = fit(conference, REGULAR, width, size=8, smallest=6, most_lines=2).draw(canvas, left, top)
    canvas.setFillGray(0)
    name = fit(badge.name, BOLD, width, size=24, smallest=10, most_lines=2)
    name.draw(canvas, left, line - 3 * mm)
    beside = width - TABLE_WIDTH - 3 * mm if badge.table else width
    institution = fit(badge.institution, MEDIUM, beside, size=12, smallest=7, most_lines=3)
    institution.draw(canvas, left, y + MARGIN + institution.height)
    if badge.table:
        _draw_table_number(canvas, badge.table, x + WIDTH - MARGIN - TABLE_WIDTH, y + MARGIN)


def _draw_table_number(canvas: Canvas, table: str, x: float, y: float) -> None:
    canvas.setStrokeGray(0)
    canvas.setLineWidth(1)
    canvas.roundRect(x, y, TABLE_WIDTH, 15 * mm, 2 * mm, stroke=1, fill=0)
    canvas.setFont(REGULAR, 8)
    canvas.drawCentredString(x + TABLE_WIDTH / 2, y + 11 * mm, "Tisch")
    canvas.setFont(BOLD, 22)
    canvas.drawCentredString(x + TABLE_WIDTH / 2, y + 3 * mm, table)


def _draw_cutting_marks(canvas: Canvas) -> None:
    canvas.setStrokeGray(0.7)
    canvas.setLineWidth(0.3)
    bottom = TOP - ROWS * HEIGHT
    for column in range(COLUMNS + 1):
        x = LEFT + column * WIDTH
        canvas.line(x, TOP + 2 * mm, x, TOP + 8 * mm)
        canvas.line(x, bottom - 2 * mm, x, bottom - 8 * mm)
    for row in range(ROWS + 1):
        y = TOP - row * HEIGHT
        canvas.line(LEFT - 8 * mm, y, LEFT - 2 * mm, y)
        canvas.line(LEFT + COLUMNS * WIDTH + 2 * mm, y, LEFT + COLUMNS * WIDTH + 8 * mm, y)
