"""Fira Sans for paper: Latin of all Europe, Greek and Cyrillic."""

from functools import cache
from pathlib import Path

import fontpkg_fira_sans
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "FiraSans-Regular"
MEDIUM = "FiraSans-Medium"
BOLD = "FiraSans-SemiBold"


@cache
def register() -> None:
    """Make the fonts known to reportlab, once per process."""
    folder = Path(fontpkg_fira_sans.__file__).parent / "files"
    for name in (REGULAR, MEDIUM, BOLD):
        pdfmetrics.registerFont(TTFont(name, folder / f"{name}.ttf"))
