"""Accessible PDFs, set by typst from a template and data handed over as JSON."""

import json
from functools import cache
from pathlib import Path

import fontpkg_fira_sans
import fontpkg_noto_sans_arabic
import typst


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        font_paths=[str(fontpkg_fira_sans.ROOT), str(fontpkg_noto_sans_arabic.ROOT)],
    )


def set_pdf(template: Path, data: dict, *, timestamp: int) -> bytes:
    """A PDF tagged as PDF/UA-1. The template reads `data` from `sys.inputs.data`; no text becomes markup there.

    `timestamp` is the moment in seconds that the file says it was made at.
    """
    return typst.compile(
        str(template),
        root=str(template.parent),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=timestamp,
    )
