"""Fonts for paper: Fira Sans for Latin of all Europe, Greek and Cyrillic, Noto Sans Arabic for what it lacks."""

from functools import cache
from pathlib import Path

import fontpkg_fira_sans
import fontpkg_noto_sans_arabic
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "FiraSans-Regular"
MEDIUM = "FiraSans-Medium"
BOLD = "FiraSans-SemiBold"
ARABIC = "NotoSansArabic"


@cache
def register() -> None:
    """Make the fonts known to reportlab, once per process."""
    folder = Path(fontpkg_fira_sans.__file__).parent / "files"
    for name in (REGULAR, MEDIUM, BOLD):
        pdfmetrics.registerFont(TTFont(name, folder / f"{name}.ttf"))
    arabic = next(Path(fontpkg_noto_sans_arabic.ROOT).rglob("*.ttf"))
    pdfmetrics.registerFont(TTFont(ARABIC, arabic))


def having(text: str, font: str) -> str:
    """The font to write a text in: the wanted one, unless it lacks letters that the Arabic one has.

    That one has plain Latin letters, too, so that a name with both stays in one piece.
    """
    register()
    return ARABIC if _lacking(text, font) > _lacking(text, ARABIC) else font


def _lacking(text: str, font: str) -> int:
    letters = pdfmetrics.getFont(font).face.charToGlyph
    return sum(ord(letter) not in letters for letter in set(text))
