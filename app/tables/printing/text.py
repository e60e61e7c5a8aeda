"""Text that never leaves its box: wrapped, then made smaller, long words broken, cut only at the very end."""

import re
import unicodedata
from dataclasses import dataclass

import arabic_reshaper
from bidi import get_display
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from app.tables.printing import fonts

LINE_HEIGHT = 1.18
ELLIPSIS = "…"


def visual(line: str) -> str:
    """A line as paper needs it: Arabic letters joined, and everything in the order in which it is seen."""
    if not any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in line):
        return line
    return get_display(arabic_reshaper.reshape(line))


def width_of(line: str, font: str, size: float) -> float:
    """How wide a line is on paper, in points."""
    return stringWidth(visual(line), font, size)


@dataclass(frozen=True)
class FittedText:
    """Lines of one size that fit a box; sizes in points."""

    lines: list[str]
    font: str
    size: float

    @property
    def height(self) -> float:
        """The height of all lines in points."""
        return len(self.lines) * self.size * LINE_HEIGHT

    def draw(self, canvas: Canvas, x: float, top: float, width: float = 0, align: str = "left") -> float:
        """Write the lines from `top` downwards; returns where the next thing may begin. Points from bottom left."""
        canvas.setFont(self.font, self.size)
        baseline = top - self.size * 0.95
        for line in map(visual, self.lines):
            if align == "centre":
                canvas.drawCentredString(x + width / 2, baseline, line)
            elif align == "right":
                canvas.drawRightString(x + width, baseline, line)
            else:
                canvas.drawString(x, baseline, line)
            baseline -= self.size * LINE_HEIGHT
        return top - self.height


def fit(text: str, font: str, width: float, *, size: float, smallest: float, most_lines: int = 1) -> FittedText:
    """The largest setting between two sizes (points) in which a text fits a width and a number of lines.

    A word is broken only when it does not fit even at the smallest size. A text too long for everything ends in „…“.
    Text in letters the font lacks is set in one that has them.
    """
    text = " ".join(text.split())
    font = fonts.having(text, font)
    step = max((size - smallest) / 16, 0.25)
    current = size
    while current >= smallest:
        lines = _wrap(text, font, current, width)
        if len(lines) <= most_lines and all(width_of(line, font, current) <= width for line in lines):
            return FittedText(lines, font, current)
        current -= step
    lines = _wrap(text, font, smallest, width, break_words=True)
    if len(lines) > most_lines:
        lines = [*lines[: most_lines - 1], _cut(" ".join(lines[most_lines - 1 :]), font, smallest, width)]
    return FittedText(lines, font, smallest)


def _wrap(text: str, font: str, size: float, width: float, break_words: bool = False) -> list[str]:
    lines: list[str] = []
    for piece in _pieces(text):
        candidate = lines[-1] + piece if lines else piece.lstrip()
        if lines and width_of(candidate.rstrip(), font, size) <= width:
            lines[-1] = candidate
        elif break_words and width_of(piece.strip(), font, size) > width:
            lines.extend(_broken(piece.strip(), font, size, width))
        else:
            lines.append(piece.lstrip())
    return [line.strip() for line in lines]


def _pieces(text: str) -> list[str]:
    """Words with the space before them; compounds may also part after a hyphen, a slash or a gender star."""
    return re.findall(r"\s*[^\s/–-]*[/–-]?", text)[:-1] if text else []


def _broken(word: str, font: str, size: float, width: float) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and width_of(parts[-1] + letter + "-", font, size) > width:
            parts[-1] += "-"
            parts.append("")
        parts[-1] += letter
    return parts


def _cut(text: str, font: str, size: float, width: float) -> str:
    while text and width_of(text + ELLIPSIS, font, size) > width:
        text = text[:-1]
    return text.rstrip() + ELLIPSIS
