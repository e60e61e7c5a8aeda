"""A new PDF with what every document of ours carries: title, language, fonts."""

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from app.tables.printing import fonts

LANGUAGE = "de-DE"


def new_canvas(out: BytesIO, title: str, page_size: tuple[float, float], author: str) -> Canvas:
    """A canvas that writes into `out`."""
    fonts.register()
    canvas = Canvas(out, pagesize=page_size, lang=LANGUAGE, initialFontName=fonts.REGULAR)
    describe(canvas, title, author)
    return canvas


def describe(canvas: Canvas, title: str, author: str) -> None:
    """Set the metadata readers and screen readers show."""
    canvas.setTitle(title)
    canvas.setSubject(title)
    canvas.setAuthor(author)
    canvas.setCreator("Thementisch")
    canvas.setViewerPreference("DisplayDocTitle", "true")
