"""The demo directory as files people send, and what happens before the tests of import and merging."""

import csv
import io
import json

from openpyxl import Workbook

from app.accounts.models import Municipality
from app.areas.queries import get_municipality_meant
from app.areas.services import create_area, create_level, create_scheme
from app.core import clock
from app.demo import town as demo
from app.extensions import db
from app.imports.importer import get_importer
from app.imports.reading import NO_HINTS
from app.institutions import queries
from app.institutions.enums import InstitutionType
from app.institutions.models import Institution
from tests import factories

HEADER = (
    "Name",
    "Kurzname",
    "Art",
    "Dachverband",
    "Gebiete",
    "Notiz",
    "Anrede",
    "Vorname",
    "Nachname",
    "Funktion",
    "E-Mail",
)


def home_of(town) -> Municipality:
    """The town's municipality in the current session."""
    return get_municipality_meant(town.slug)


def demo_areas() -> Municipality:
    """A municipality with the areas of the demo town and nothing else."""
    home = factories.municipality("auenbrueck", "Auenbrück")
    scheme = create_scheme(municipality=home, name="Sozialräume")
    levels = {name: create_level(scheme=scheme, name=name) for name in ("Sozialraum", "Sozialquartier")}
    areas = {}
    for row in demo.rows("areas"):
        areas[row["code"]] = create_area(
            level=levels[row["level"]], code=row["code"], name=row["name"], parent=areas.get(row["parent"])
        )
    db.session.flush()
    return home


def demo_rows() -> list[list[str]]:
    """The demo directory without departments, one row per person."""
    people = sorted(demo.rows("people"), key=lambda person: person["is_contact"], reverse=True)
    rows = []
    for one in demo.rows("institutions"):
        if one["type"] == "department":
            continue
        about = [one["name"], one["short_name"], str(InstitutionType(one["type"]).label), one["umbrella"]]
        about += ["; ".join(one["areas"].split()) or "stadtweit", one["note"]]
        named = [person for person in people if person["institution"] == one["key"]]
        for person in named or [None]:
            told = ("salutation", "first_name", "last_name", "role", "email")
            rows.append([*about, *([person[key] for key in told] if person else [""] * len(told))])
    return rows


def as_csv(rows: list, encoding: str, separator: str = ";", header=HEADER) -> bytes:
    """A table as CSV; letters that Windows-1252 does not have are written without their signs, as Excel would."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([header, *rows])
    return out.getvalue().encode(encoding, errors="replace")


def as_xlsx(rows: list, header=HEADER) -> bytes:
    """A table as an Excel workbook."""
    book = Workbook()
    for row in [header, *rows]:
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def checked(home: Municipality, content: str | bytes):
    """The preview of a file."""
    importer = get_importer("institutions")
    sheet = importer.read(content if isinstance(content, bytes) else content.encode(), NO_HINTS)
    found = importer.check(sheet, importer.propose(sheet, home), {}, home, lambda *_: None)
    for row in found.rows:
        json.dumps(row.changes)
    return found


def changes_of(found) -> list:
    """The changes of a preview after they were stored."""
    return json.loads(json.dumps([change for row in found.rows for change in row.changes]))


def apply(home: Municipality, changes: list) -> dict:
    """Take changes over."""
    given = {"plan": {}, "choices": {}, "municipality": home, "user": None, "now": clock.now()}
    kept = json.loads(json.dumps(get_importer("institutions").apply(changes, **given)))
    db.session.expire_all()
    return kept


def revert(home: Municipality, changes: list, kept: dict) -> None:
    """Take a taking over back."""
    db.session.expire_all()
    get_importer("institutions").revert(changes, kept=kept, municipality=home, user=None, now=clock.now())
    db.session.expire_all()


def counts(found) -> dict[str, int]:
    """What the preview counts."""
    refused = sum(row.state.value == "refused" for row in found.rows)
    sums = {word: sum(getattr(row, word) for row in found.rows) for word in ("created", "updated", "same")}
    return {**sums, "refused": refused}


def reasons(found) -> list[str]:
    """What is said at the rows."""
    return [row.reason for row in found.rows if row.reason]


def described(home: Municipality) -> list[tuple]:
    """The directory as plain values, without ids."""
    return [
        (
            *(one.name, one.short_name, one.type.value, one.umbrella, one.note, tuple(one.topics), one.confirmed_on),
            tuple(area.code for area in one.areas),
            tuple((p.salutation, p.first_name, p.last_name, p.role, p.email, p.phone) for p in one.contacts),
        )
        for one in queries.list_institutions(home)
    ]


def rows() -> dict[str, list]:
    """Every row of every table, in an order of their own."""
    db.session.flush()
    return {
        table.name: sorted(map(str, db.session.execute(table.select()).all())) for table in db.metadata.sorted_tables
    }


def named(home: Municipality, name: str) -> Institution:
    """An institution with everything loaded."""
    return queries.get_institution(home, queries.find_institution_named(home, name).id)
