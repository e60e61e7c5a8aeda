"""The room poster: which topic at which table in which room. A3, readable from a few steps away; prints on A4 too."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import A3
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from app.tables.printing.fonts import BOLD, MEDIUM, REGULAR
from app.tables.printing.qr_drawing import draw_qr
from app.tables.printing.sheet import new_canvas
from app.tables.printing.text import fit

WIDTH, HEIGHT = A3
MARGIN = 18 * mm
QR_SIDE = 44 * mm
NUMBER_WIDTH = 26 * mm
TALLEST_ROW = 34 * mm
ROWS_PER_PAGE = 14


@dataclass(frozen=True)
class PosterLine:
    """One table."""

    number: int
    title: str
    room: str


def room_poster(conference: str, when: str, municipality: str, lines: Sequence[PosterLine], portal: str) -> bytes:
    """A PDF with all tables; `portal` is the address under which results can be read later."""
    out = BytesIO()
    canvas = new_canvas(out, f"Raumplan – {conference}", A3, municipality)
    for first in range(0, max(len(lines), 1), ROWS_PER_PAGE):
        top = _draw_head(canvas, conference, when)
        _draw_foot(canvas, portal)
        _draw_lines(canvas, lines[first : first + ROWS_PER_PAGE], top, MARGIN + QR_SIDE + 10 * mm)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw_head(canvas: Canvas, conference: str, when: str) -> float:
    width = WIDTH - 2 * MARGIN
    canvas.setFillGray(0)
    y = fit(conference, BOLD, width, size=44, smallest=22, most_lines=2).draw(canvas, MARGIN, HEIGHT - MARGIN)
    y = fit(when, REGULAR, width, size=20, smallest=12, most_lines=2).draw(canvas, MARGIN, y - 3 * mm)
    return y - 8 * mm


def _draw_lines(canvas: Canvas, lines: Sequence[PosterLine], top: float, bottom: float) -> None:
    row = min(TALLEST_ROW, (top - bottom) / max(len(lines), 1))
    left = MARGIN + NUMBER_WIDTH
    width = WIDTH - MARGIN - left
    canvas.setStrokeGray(0.6)
    for place, line in enumerate(lines):
        y = top - place * row
        canvas.line(MARGIN, y, WIDTH - MARGIN, y)
        number = fit(str(line.number), BOLD, NUMBER_WIDTH - 4 * mm, size=row * 0.6, smallest=12)
        number.draw(canvas, MARGIN, y - (row - number.height) / 2)
        title = fit(line.title, MEDIUM, width, size=row * 0.3, smallest=10, most_lines=1 if row < 20 * mm else 2)
        room = fit(line.room, REGULAR, width, size=row * 0.2, smallest=8)
        y = title.draw(canvas, left, y - (row - title.height - (room.height if line.room else 0)) / 2)
        if line.room:
            canvas.setFillGray(0.3)
            room.draw(canvas, left, y)
            canvas.setFillGray(0)


def _draw_foot(canvas: Canvas, portal: str) -> None:
    draw_qr(canvas, portal, WIDTH - MARGIN - QR_SIDE, MARGIN, QR_SIDE)
    width = WIDTH - 2 * MARGIN - QR_SIDE - 10 * mm
    canvas.setFillGray(0)
    y = fit("Was daraus wird, lesen Sie hier nach:", MEDIUM, width, size=20, smallest=12).draw(
        canvas, MARGIN, MARGIN + 30 * mm
    )
    fit(portal.split("://")[-1], REGULAR, width, size=18, smallest=9, most_lines=2).draw(canvas, MARGIN, y - 2 * mm)
