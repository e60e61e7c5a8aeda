"""The published PDF, tagged as PDF/UA-1, set by typst from a booklet handed over as JSON."""

from dataclasses import asdict
from pathlib import Path

from app.core.qr import qr_svg
from app.core.typesetting import set_pdf
from app.papers import prose

TEMPLATE = Path(__file__).with_name("paper.typ")


def render(booklet: dict, address: str) -> bytes:
    """The booklet as PDF; `address` is where the paper stands on the web, printed as text and QR code."""
    data = {
        **booklet,
        "address": address,
        "qr": qr_svg(address),
        "sections": [_section(section) for section in booklet["sections"]],
        "imprint": booklet["municipality"]["imprint"].splitlines(),
    }
    return set_pdf(TEMPLATE, data, timestamp=booklet["frozen_at"])


def _section(section: dict) -> dict:
    blocks = [asdict(node) for node in prose.parse(section["body"])]
    return {"key": section["key"], "title": section["title"], "blocks": blocks}
