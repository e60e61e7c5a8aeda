"""QR codes on paper: vector squares that stay sharp at any size."""

from reportlab.pdfgen.canvas import Canvas

from app.core.qr import qr_modules


def draw_qr(canvas: Canvas, address: str, x: float, y: float, side: float) -> None:
    """Draw the code with its quiet zone into a white square; lower left corner and side in points."""
    rows = qr_modules(address)
    unit = side / len(rows)
    canvas.saveState()
    canvas.setFillGray(1)
    canvas.rect(x, y, side, side, stroke=0, fill=1)
    canvas.setFillGray(0)
    path = canvas.beginPath()
    for number, row in enumerate(rows):
        for start, end in _dark_runs(row):
            path.rect(x + start * unit, y + side - (number + 1) * unit, (end - start) * unit, unit)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


def _dark_runs(row: list[bool]) -> list[tuple[int, int]]:
    """Neighbouring dark modules as one piece, so that no hairlines show between them."""
    runs: list[tuple[int, int]] = []
    for column, dark in enumerate(row):
        if dark and runs and runs[-1][1] == column:
            runs[-1] = (runs[-1][0], column + 1)
        elif dark:
            runs.append((column, column + 1))
    return runs
