"""Speed of an import (quality.md: 40,000 values in less than 5 s), beside a bare INSERT of as many rows."""

import sqlite3
import time

import pytest
from sqlalchemy import func, select

from app.extensions import db
from app.imports import services, tasks
from app.imports.enums import ImportState
from app.imports.importer import get_importer
from app.imports.models import Import
from app.indicators.models import IndicatorValue
from tests import factories

pytestmark = pytest.mark.bench
AREAS, INDICATORS = 542, 74
CHOICES = {"areas": "", "reference_date": "2025-12-31", "indicator": "", "source": "", "cleared_by": "Statistik"}


def content() -> bytes:
    """A wide file of 40,108 values."""
    header = "code;" + ";".join(f"indikator_{number}" for number in range(INDICATORS))
    lines = [
        f"{area:08};" + ";".join(f"{area * number % 977},{number % 10}" for number in range(INDICATORS))
        for area in range(AREAS)
    ]
    return "\n".join([header, *lines]).encode()


def bare(folder) -> float:
    """Seconds for as many rows by executemany, durable."""
    connection = sqlite3.connect(folder / "bare.sqlite", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE value (id INTEGER PRIMARY KEY, a, b, day, state, n, d, v, UNIQUE (a, b, day))")
    rows = [(a, b, "2025-12-31", "known", None, None, 1.5) for a in range(INDICATORS) for b in range(AREAS)]
    begun = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO value (a, b, day, state, n, d, v) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    connection.execute("COMMIT")
    return time.perf_counter() - begun


def test_forty_thousand_values(app, tmp_path):
    with app.app_context():
        home = factories.municipality()
        (level,) = factories.scheme(home, "Planungsraum")
        for number in range(AREAS):
            factories.area(level, f"{number:08}", f"Gebiet {number}")
        db.session.commit()
        importer, file, steps = get_importer("values"), content(), {}

        begun = time.perf_counter()
        upload = services.receive(
            municipality=home, importer=importer, file_name="a.csv", content=file, user=None, now=factories.NOW
        )
        choices = {**CHOICES, "cleared_on": "2026-03-01"}
        services.choose(upload=upload, importer=importer, mapping=upload.mapping, choices=choices, municipality=home)
        db.session.commit()
        import_id = upload.id
        steps["lesen"] = time.perf_counter()
        tasks.check_upload(import_id)
        steps["prüfen"] = time.perf_counter()
        upload = db.session.get(Import, import_id)
        services.begin_taking_over(upload=upload)
        db.session.commit()
        tasks.take_over_upload(import_id, None)
        steps["übernehmen"] = time.perf_counter()
        seconds, reference = steps["übernehmen"] - begun, bare(tmp_path)

        parts, before = [], begun
        for name, at in steps.items():
            parts.append(f"{name} {at - before:.2f} s")
            before = at
        print(  # noqa: T201 -- a benchmark prints
            f"\n40.108 Werte: {seconds:.2f} s ({', '.join(parts)}), {seconds / reference:.0f} × reference "
            f"(bare executemany {reference:.2f} s)"
        )
        assert db.session.get(Import, import_id).state is ImportState.DONE
        assert db.session.scalar(select(func.count()).select_from(IndicatorValue)) == AREAS * INDICATORS
