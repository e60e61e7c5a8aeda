"""Lists on paper: a heading, a table over as many pages as it needs, empty lines for those who come unannounced."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, Paragraph, Spacer, Table, TableStyle

from app.tables.printing import fonts
from app.tables.printing.text import visual

MARGIN = 15 * mm
FOOT = 18 * mm
SPARE_HEIGHT = 11 * mm


@dataclass(frozen=True)
class PaperList:
    """A list with its columns; `widths` in points add up to 180 mm."""

    title: str
    headings: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[str]]
    spare_lines: int = 0


def draw_list(canvas: Canvas, conference: str, when_and_where: str, paper: PaperList) -> None:
    """Add the list to a document, with its own page numbers."""
    pages = _draw(Canvas(BytesIO(), pagesize=A4), conference, when_and_where, paper, None)
    _draw(canvas, conference, when_and_where, paper, pages)


def _draw(canvas: Canvas, conference: str, when_and_where: str, paper: PaperList, pages: int | None) -> int:
    """Draw page by page; returns how many there were."""
    story: list[Flowable] = [
        Paragraph(escape(paper.title), _style(fonts.BOLD, 20, after=4)),
        _words(conference, fonts.MEDIUM, 12),
        _words(when_and_where, fonts.REGULAR, 10),
        Spacer(0, 6 * mm),
        _table(paper),
    ]
    number = 0
    while story:
        number += 1
        frame = Frame(MARGIN, FOOT, A4[0] - 2 * MARGIN, A4[1] - MARGIN - FOOT, 0, 0, 0, 0)
        _fill(frame, story, canvas)
        if pages:
            canvas.setFont(fonts.REGULAR, 9)
            canvas.drawString(MARGIN, 10 * mm, paper.title)
            canvas.drawRightString(A4[0] - MARGIN, 10 * mm, f"Seite {number} von {pages}")
        canvas.showPage()
    return number


def _fill(frame: Frame, story: list[Flowable], canvas: Canvas) -> None:
    """Put into a page what fits and take it off the story; what fits no page at all is left out."""
    placed = False
    while story:
        if frame.add(story[0], canvas):
            del story[0]
            placed = True
            continue
        parts = frame.split(story[0], canvas)
        if parts and frame.add(parts[0], canvas):
            story[:1] = parts[1:]
        elif not placed:
            del story[0]
        return


def _table(paper: PaperList) -> Table:
    head = _style(fonts.BOLD, 10)
    rows = [[Paragraph(escape(heading), head) for heading in paper.headings]]
    rows += [[_words(cell, fonts.REGULAR, 10) for cell in row] for row in paper.rows]
    rows += [[""] * len(paper.headings) for _line in range(paper.spare_lines)]
    heights = [None] * (len(paper.rows) + 1) + [SPARE_HEIGHT] * paper.spare_lines
    table = Table(rows, colWidths=list(paper.widths), rowHeights=heights, repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("FONTNAME", (0, 0), (-1, -1), fonts.REGULAR),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("LINEBELOW", (0, 0), (-1, 0), 1, colors.black),
                ("LINEBELOW", (0, 1), (-1, -1), 0.4, colors.grey),
                ("TOPPADDING", (0, 1), (-1, -1), 9),
                ("BOTTOMPADDING", (0, 1), (-1, -1), 9),
                ("LEFTPADDING", (0, 0), (-1, -1), 3),
                ("RIGHTPADDING", (0, 0), (-1, -1), 3),
            ]
        )
    )
    return table


def _words(text: str, font: str, size: float) -> Paragraph | str:
    return Paragraph(escape(visual(text)), _style(fonts.having(text, font), size)) if text else ""


def _style(font: str, size: float, after: float = 0) -> ParagraphStyle:
    return ParagraphStyle(font, fontName=font, fontSize=size, leading=size * 1.2, spaceAfter=after, splitLongWords=1)
