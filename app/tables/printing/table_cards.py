"""Table cards: A4 sheets folded in the middle that stand on the table and read the same from both sides."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from app.tables.printing.fonts import BOLD, MEDIUM, REGULAR
from app.tables.printing.qr_drawing import draw_qr
from app.tables.printing.sheet import new_canvas
from app.tables.printing.text import fit

WIDTH, HEIGHT = A4[0], A4[1] / 2
MARGIN = 12 * mm
QR_SIDE = 72 * mm
GUTTER = 8 * mm
SMALLEST_ADDRESS = 9


@dataclass(frozen=True)
class TableCard:
    """What stands on one card; `address` is what the QR code opens, `typed` the same as people type it."""

    number: int
    title: str
    question: str
    room: str
    host: str
    code: str
    address: str
    typed: str


def table_cards(conference: str, municipality: str, cards: Sequence[TableCard]) -> bytes:
    """A PDF with one sheet per table."""
    out = BytesIO()
    canvas = new_canvas(out, f"Tischkarten – {conference}", A4, municipality)
    for card in cards:
        canvas.bookmarkPage(f"tisch-{card.number}")
        canvas.addOutlineEntry(f"Tisch {card.number}: {card.title}", f"tisch-{card.number}")
        _draw_side(canvas, conference, card)
        canvas.saveState()
        canvas.translate(A4[0], A4[1])
        canvas.rotate(180)
        _draw_side(canvas, conference, card)
        canvas.restoreState()
        _draw_fold(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw_side(canvas: Canvas, conference: str, card: TableCard) -> None:
    """One half of the sheet, from the lower edge to the fold."""
    right = WIDTH - MARGIN - QR_SIDE
    left_width = right - MARGIN - GUTTER
    top = HEIGHT - MARGIN
    _draw_words(canvas, conference, card, left_width, top)
    draw_qr(canvas, card.address, right, top - QR_SIDE, QR_SIDE)
    canvas.setFillGray(0)
    below = fit(
        "Mit dem Handy scannen und mitreden, ohne App und ohne Konto",
        REGULAR,
        QR_SIDE,
        size=11,
        smallest=9,
        most_lines=2,
    )
    y = below.draw(canvas, right, top - QR_SIDE - 1 * mm, QR_SIDE, "centre")
    y = fit(card.code, BOLD, QR_SIDE, size=34, smallest=20).draw(canvas, right, y - 2 * mm, QR_SIDE, "centre")
    one_line = stringWidth(card.typed, MEDIUM, SMALLEST_ADDRESS) <= QR_SIDE
    typed = fit(card.typed, MEDIUM, QR_SIDE, size=13, smallest=SMALLEST_ADDRESS, most_lines=1 if one_line else 3)
    typed.draw(canvas, right, y - 1 * mm, QR_SIDE, "centre")


def _draw_words(canvas: Canvas, conference: str, card: TableCard, width: float, top: float) -> None:
    canvas.setFillGray(0.3)
    y = fit(conference, REGULAR, width, size=11, smallest=8, most_lines=2).draw(canvas, MARGIN, top)
    canvas.setFillGray(0)
    y = fit(f"Tisch {card.number}", BOLD, width, size=26, smallest=20).draw(canvas, MARGIN, y - 3 * mm)
    y = fit(card.title, BOLD, width, size=34, smallest=15, most_lines=3).draw(canvas, MARGIN, y - 2 * mm)
    if card.question:
        fit(card.question, REGULAR, width, size=19, smallest=11, most_lines=6).draw(canvas, MARGIN, y - 5 * mm)
    place = " · ".join(part for part in (card.room, f"Gastgeber*in: {card.host}" if card.host else "") if part)
    foot = fit(place, REGULAR, width, size=11, smallest=8, most_lines=2)
    canvas.setFillGray(0.3)
    foot.draw(canvas, MARGIN, MARGIN + foot.height)
    canvas.setFillGray(0)


def _draw_fold(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.setStrokeGray(0.75)
    canvas.setDash(2, 4)
    canvas.line(0, HEIGHT, 6 * mm, HEIGHT)
    canvas.line(WIDTH - 6 * mm, HEIGHT, WIDTH, HEIGHT)
    canvas.restoreState()
