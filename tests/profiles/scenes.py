"""A town with secrets, gaps and zeros, for the tests of this floor."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pypdfium2
from lxml import html

from app.accounts.models import Municipality
from app.areas.models import Area
from app.core import clock
from app.extensions import db
from app.indicators.enums import Polarity, ValueState
from app.indicators.models import Indicator, IndicatorValue
from app.papers.models import PaperVersion, StrategyPaper
from tests import factories

INTERNAL = "INTERNE-KENNZAHL"
CLOSED_VOICE = "NUR-FUER-DAS-AMT"
SECRET_NUMBER = 987654


def text(response) -> str:
    """The words of a page."""
    return " ".join(html.document_fromstring(response.get_data(as_text=True)).text_content().split())


def words(content: bytes) -> list[str]:
    """The words of every page of a PDF."""
    pdf = pypdfium2.PdfDocument(content)
    pages = [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]
    pdf.close()
    return pages


def pdfua_findings(content: bytes, folder: Path) -> str:
    """What the checker finds, nothing when all is well."""
    file = folder / "profil.pdf"
    file.write_bytes(content)
    command = [str(Path(sys.executable).with_name("pdfua")), "check", "--format", "json", str(file)]
    checked = subprocess.run(command, capture_output=True, check=False)
    return "" if checked.returncode == 0 else checked.stdout.decode()


def secret(indicator: Indicator, area_id: int, day: date) -> None:
    """A suppressed value whose number must never be seen."""
    factories.add(
        IndicatorValue(
            indicator_id=indicator.id,
            area_id=area_id,
            reference_date=day,
            state=ValueState.SUPPRESSED,
            numerator=SECRET_NUMBER,
            denominator=1000,
            value=SECRET_NUMBER,
        )
    )


def closed_indicator(town: factories.Town) -> Indicator:
    """An agreed indicator that stays in the office, with values everywhere."""
    home = db.session.get(Municipality, town.municipality)
    row = factories.indicator(home, "intern", INTERNAL, public=False)
    for number, area_id in enumerate(town.quarters, start=1):
        factories.value(row, db.session.get(Area, area_id), 11 * number, 100)
    return row


def indicators(town: factories.Town, count: int) -> None:
    """More indicators with long names and three dates each."""
    home = db.session.get(Municipality, town.municipality)
    for number in range(count):
        row = factories.indicator(
            home,
            f"weiterer-{number}",
            f"Anteil der Beispielfälle Nummer {number} an allen Fällen",
            polarity=list(Polarity)[number % 3],
        )
        for year in (2021, 2023, 2025):
            for place, area_id in enumerate(town.quarters):
                area = db.session.get(Area, area_id)
                factories.value(row, area, 100 + number * 3 + place * 40 + year % 7, 1500, date(year, 12, 31))


def published(town: factories.Town, count: int = 1) -> None:
    """A published paper with recommendations for the town's Sozialraum."""
    document = {
        "title": "Papier Mitte",
        "version": 1,
        "area": {"code": "01", "name": "Musterstadt Mitte", "level": "Sozialraum"},
        "conference": {"title": "Dialog Mitte", "starts_at": "2026-11-20T13:00:00Z"},
        "recommendations": [
            {"number": n, "title": f"Offener Treff {n}", "text": "…", "lead": "Soziales", "areas": []}
            for n in range(1, count + 1)
        ],
    }
    paper = factories.add(
        StrategyPaper(municipality_id=town.municipality, conference_id=town.conference, slug="mitte", title="Papier")
    )
    now = clock.now()
    factories.add(
        PaperVersion(
            paper_id=paper.id,
            number=1,
            document=json.dumps(document),
            sha256="0" * 64,
            frozen_at=now,
            published_at=now,
        )
    )
