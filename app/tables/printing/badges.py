"""Name badges: ten of 90 × 54 mm on an A4 sheet, as office shops sell them, with cutting marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from app.tables.printing.fonts import BOLD, MEDIUM, REGULAR
from app.tables.printing.qr_drawing import draw_qr
from app.tables.printing.sheet import new_canvas
from app.tables.printing.text import fit

WIDTH, HEIGHT = 90 * mm, 54 * mm
COLUMNS, ROWS = 2, 5
LEFT = (A4[0] - COLUMNS * WIDTH) / 2
TOP = A4[1] - (A4[1] - ROWS * HEIGHT) / 2
MARGIN = 6 * mm
SIDE = 22 * mm
TABLE_HEIGHT = 13 * mm


@dataclass(frozen=True)
class Badge:
    """One person; `table` is empty for somebody without a seat, several rounds look like „3 · 5“.

    With `first_name` that is printed large and the rest of `name` below. `address` is what the QR code opens.
    """

    name: str
    institution: str
    table: str
    first_name: str = ""
    address: str = ""

    @property
    def below(self) -> str:
        """What stands under the large first name."""
        return self.name.removeprefix(self.first_name).strip() if self.first_name else ""


def badges(conference: str, municipality: str, people: Sequence[Badge]) -> bytes:
    """A PDF with ten badges to a page; what is left of the last sheet is blank for people who come unannounced."""
    out = BytesIO()
    canvas = new_canvas(out, f"Namensschilder – {conference}", A4, municipality)
    draw_badges(canvas, conference, people)
    canvas.save()
    return out.getvalue()


def draw_badges(canvas: Canvas, conference: str, people: Sequence[Badge]) -> None:
    """Add the sheets of badges to a document."""
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


def _draw_badge(canvas: Canvas, conference: str, badge: Badge, x: float, y: float) -> None:
    left, right, top = x + MARGIN, x + WIDTH - MARGIN - SIDE, y + HEIGHT - MARGIN
    canvas.setFillGray(0.3)
    line = fit(conference, REGULAR, WIDTH - 2 * MARGIN, size=8, smallest=6, most_lines=2).draw(canvas, left, top)
    canvas.setFillGray(0)
    width = WIDTH - 2 * MARGIN - (SIDE + 3 * mm if badge.table or badge.address else 0)
    _draw_name(canvas, badge, width, left, line - 2 * mm)
    institution = fit(badge.institution, MEDIUM, width, size=12, smallest=7, most_lines=3)
    institution.draw(canvas, left, y + MARGIN + institution.height)
    if badge.address:
        draw_qr(canvas, badge.address, right, y + MARGIN - 1 * mm, SIDE)
    if badge.table:
        _draw_table_number(canvas, badge.table, right, y + MARGIN + (SIDE if badge.address else 0))


def _draw_name(canvas: Canvas, badge: Badge, width: float, left: float, top: float) -> None:
    if not badge.below:
        fit(badge.name, BOLD, width, size=24, smallest=10, most_lines=2).draw(canvas, left, top)
        return
    y = fit(badge.first_name, BOLD, width, size=28, smallest=12, most_lines=1).draw(canvas, left, top)
    fit(badge.below, MEDIUM, width, size=15, smallest=8, most_lines=2).draw(canvas, left, y)


def _draw_table_number(canvas: Canvas, table: str, x: float, y: float) -> None:
    canvas.setStrokeGray(0)
    canvas.setLineWidth(1)
    canvas.roundRect(x, y, SIDE, TABLE_HEIGHT, 2 * mm, stroke=1, fill=0)
    canvas.setFont(REGULAR, 8)
    canvas.drawCentredString(x + SIDE / 2, y + TABLE_HEIGHT - 3.5 * mm, "Tisch")
    number = fit(table, BOLD, SIDE - 2 * mm, size=20, smallest=6)
    number.draw(canvas, x + 1 * mm, y + (TABLE_HEIGHT - 4 * mm + number.height) / 2, SIDE - 2 * mm, "centre")


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
