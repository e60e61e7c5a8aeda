"""The published PDF, tagged as PDF/UA-1, set by typst from a booklet handed over as JSON."""

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path

import fontpkg_fira_sans
import fontpkg_noto_sans_arabic
import typst

from app.core.qr import qr_svg
from app.papers import prose

TEMPLATE = Path(__file__).with_name("paper.typ")


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        font_paths=[str(fontpkg_fira_sans.ROOT), str(fontpkg_noto_sans_arabic.ROOT)],
    )


def render(booklet: dict, address: str) -> bytes:
    """The booklet as PDF; `address` is where the paper stands on the web, printed as text and QR code."""
    data = {
        **booklet,
        "address": address,
        "qr": qr_svg(address),
        "sections": [_section(section) for section in booklet["sections"]],
        "imprint": booklet["municipality"]["imprint"].splitlines(),
    }
    return typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=booklet["frozen_at"],
    )


def _section(section: dict) -> dict:
    blocks = [asdict(node) for node in prose.parse(section["body"])]
    return {"key": section["key"], "title": section["title"], "blocks": blocks}
