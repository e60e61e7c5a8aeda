"""The attendance list people sign at the door."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from app.tables.printing import fonts
from app.tables.printing.sheet import LANGUAGE, describe

SPARE_LINES = 8
COLUMNS = (58 * mm, 52 * mm, 14 * mm, 56 * mm)
ROW_HEIGHT = 11 * mm
HEADINGS = ("Institution", "Name", "Tisch", "Unterschrift")


@dataclass(frozen=True)
class Attendee:
    """One line; `table` is empty for somebody without a seat."""

    institution: str
    name: str
    table: str


class _NumberedCanvas(Canvas):
    """Knows the number of pages before it writes the first foot."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._pages: list[dict] = []

    def showPage(self) -> None:  # noqa: N802 -- reportlab's name
        """Keep the page for later."""
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write every page with its foot."""
        for number, page in enumerate(self._pages, start=1):
            self.__dict__.update(page)
            self.setFont(fonts.REGULAR, 9)
            self.drawRightString(A4[0] - 15 * mm, 10 * mm, f"Seite {number} von {len(self._pages)}")
            super().showPage()
        super().save()


def attendance_list(conference: str, when_and_where: str, municipality: str, people: Sequence[Attendee]) -> bytes:
    """A PDF with one line per person in the given order, and empty lines for those who come unannounced."""
    fonts.register()
    out = BytesIO()
    title = f"Anwesenheitsliste – {conference}"
    document = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=15 * mm,
        rightMargin=15 * mm,
        topMargin=15 * mm,
        bottomMargin=18 * mm,
        lang=LANGUAGE,
        initialFontName=fonts.REGULAR,
        title=title,
        author=municipality,
    )
    story = [
        Paragraph("Anwesenheitsliste", _style(fonts.BOLD, 20, after=4)),
        Paragraph(escape(conference), _style(fonts.MEDIUM, 12)),
        Paragraph(escape(when_and_where), _style(fonts.REGULAR, 10)),
        Spacer(0, 6 * mm),
        _lines(people),
    ]

    def describe_first(canvas: Canvas, _document) -> None:
        describe(canvas, title, municipality)

    document.build(story, onFirstPage=describe_first, canvasmaker=_NumberedCanvas)
    return out.getvalue()


def _lines(people: Sequence[Attendee]) -> Table:
    body, head = _style(fonts.REGULAR, 10), _style(fonts.BOLD, 10)
    rows = [[Paragraph(heading, head) for heading in HEADINGS]]
    rows += [
        [
            Paragraph(escape(person.institution), body),
            Paragraph(escape(person.name), body),
            Paragraph(person.table, body),
            "",
        ]
        for person in people
    ]
    rows += [["", "", "", ""] for _line in range(SPARE_LINES)]
    spare_heights = [ROW_HEIGHT] * SPARE_LINES
    table = Table(rows, colWidths=COLUMNS, rowHeights=[None] * (len(rows) - SPARE_LINES) + spare_heights, repeatRows=1)
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


def _style(font: str, size: float, after: float = 0) -> ParagraphStyle:
    return ParagraphStyle(font, fontName=font, fontSize=size, leading=size * 1.2, spaceAfter=after, splitLongWords=1)
