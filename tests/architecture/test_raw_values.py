"""Raw values stay in the statistics office: few modules can read them, and no answer to anybody else holds one."""

import ast
import io
import re
import zipfile
import zlib
from pathlib import Path

import pytest

from app.areas.models import Area
from app.extensions import db
from app.indicators.models import Indicator
from tests import factories
from tests.architecture.routes import address, every_route

ROOT = Path(__file__).parents[2]
MAY_READ_RAW_VALUES = {
    "app/demo/area_data.py",  # lays some down for the demo's statistics office
    "app/indicators/catalogue_queries.py",  # counts them, so that an indicator in use is not redefined
    "app/indicators/clearance_queries.py",
    "app/indicators/clearing.py",
    "app/indicators/models.py",
    "app/indicators/value_changes.py",
}
MAY_WRITE_RAW_VALUES = re.compile(r"app/indicators/(imports|value_imports?|raw_imports?|import_\w+|importing\w*)\.py")
MARKED = re.compile(rb"987[. \xa0']?654|987(?:\xc2\xa0|\xe2\x80\xaf|&nbsp;|&#160;)654|198[.,]?7654")
PAGES_OF_THE_STATISTICS_OFFICE = {"indicators.raw_values", "indicators.raw_clearing"}


def names_raw_values(path: Path) -> bool:
    """Whether a module imports the model of raw values or names its table."""
    tree = ast.parse(path.read_text())
    imported = any(
        alias.name in {"RawValue", "*"}
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "app.indicators.models"
        for alias in node.names
    )
    named = any(isinstance(node, ast.Attribute) and node.attr == "RawValue" for node in ast.walk(tree))
    told = any(
        isinstance(node, ast.Constant) and isinstance(node.value, str) and "raw_value" in node.value.split()
        for node in ast.walk(tree)
    )
    return imported or named or told


def test_only_clearing_and_imports_know_raw_values():
    knowing = {str(path.relative_to(ROOT)) for path in ROOT.glob("app/**/*.py") if names_raw_values(path)}

    assert {name for name in knowing if not MAY_WRITE_RAW_VALUES.fullmatch(name)} <= MAY_READ_RAW_VALUES
    assert "app/indicators/clearance_queries.py" in knowing


def test_no_floor_above_reaches_the_reads_of_raw_values():
    pattern = re.compile(r"clearance_queries|clearance_page|clearing_table|app\.indicators\.clearing|import clearing")
    reaching = {str(path.relative_to(ROOT)) for path in ROOT.glob("app/**/*.py") if pattern.search(path.read_text())}

    assert {name for name in reaching if not re.match(r"app/indicators/(clear|import|value_import)", name)} <= {
        "app/indicators/routes.py"
    }


@pytest.fixture
def marked(app):
    """A furnished town with raw counts that stand nowhere else: uncleared ones, and one cleared as secret."""
    with app.app_context():
        town = factories.furnished_town()
        rate = db.session.get(Indicator, town.indicator)
        factories.raw_value(rate, db.session.get(Area, town.social_area), 987654, 1987654)
        factories.raw_value(rate, db.session.get(Area, town.quarters[1]), 987654, 1987654)
        db.session.commit()
    return town


def unpacked(data: bytes) -> bytes:
    """The answer with what is packed in it: Word and spreadsheet files, and the streams of a PDF."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return b"".join(archive.read(name) for name in archive.namelist())
    if data.startswith(b"%PDF"):
        return data + b"".join(map(inflated, re.findall(rb"stream\r?\n(.*?)endstream", data, re.S)))
    return data


def inflated(stream: bytes) -> bytes:
    """A stream of a PDF as text, or nothing."""
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return b""


@pytest.mark.parametrize("role", ["nobody", "organiser", "host", "department", "statistics"])
def test_no_answer_holds_a_raw_value(app, marked, role):
    person = app.test_client()
    if role != "nobody":
        person.sign_in(getattr(marked, role))

    leaks = []
    for rule in every_route(app, method="GET"):
        if "strom" in rule.rule or (role == "statistics" and rule.endpoint in PAGES_OF_THE_STATISTICS_OFFICE):
            continue
        path = address(rule, marked)
        leaks += [path] if MARKED.search(unpacked(person.get(path).data)) else []

    assert leaks == []


def test_the_marker_would_be_found(app, marked):
    person = app.test_client().sign_in(marked.statistics)
    choice = f"{marked.scheme}.{marked.indicator}.2025-12-31"
    with app.app_context():
        factories.value(
            db.session.get(Indicator, marked.indicator), db.session.get(Area, marked.social_area), 987654, 1987654
        )
        db.session.commit()

    assert MARKED.search(person.get("/daten/?faelle=y").data)
    assert person.get(f"/daten/rohwerte/freigeben?wert={choice}").status_code == 200
