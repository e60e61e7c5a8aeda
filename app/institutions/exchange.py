"""The directory as a table: the columns people export, edit and import again, one row per contact person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from app.areas.models import Area
from app.core.exports import to_csv, to_xlsx
from app.core.german import day
from app.institutions.models import Contact, Institution

TOWN_WIDE = "stadtweit"


@dataclass(frozen=True)
class Column:
    """A column: `field` is the model's name for it, `of_person` tells people from institutions."""

    field: str
    title: str
    text: Callable[[Any], str]
    of_person: bool = False

    @property
    def key(self) -> str:
        """What the import calls it."""
        return f"contact_{self.field}" if self.of_person else self.field


def _plain(field: str, title: str, of_person: bool = False) -> Column:
    return Column(field, title, lambda row: getattr(row, field), of_person)


COLUMNS = (
    _plain("name", "Name"),
    _plain("short_name", "Kurzname"),
    Column("type", "Art", lambda row: str(row.type.label)),
    _plain("umbrella", "Dachverband"),
    Column("areas", "Gebiete", lambda row: "; ".join(map(area_text, row.areas)) or TOWN_WIDE),
    Column("topics", "Themen", lambda row: ", ".join(row.topics)),
    _plain("note", "Notiz"),
    Column("confirmed_on", "Zuletzt bestätigt", lambda row: day(row.confirmed_on) if row.confirmed_on else ""),
    _plain("salutation", "Anrede", of_person=True),
    _plain("first_name", "Vorname", of_person=True),
    _plain("last_name", "Nachname", of_person=True),
    _plain("role", "Funktion", of_person=True),
    _plain("email", "E-Mail", of_person=True),
    _plain("phone", "Telefon", of_person=True),
    Column(
        "legal_basis",
        "Rechtsgrundlage",
        lambda person: str(person.legal_basis.label) if person.legal_basis else "",
        of_person=True,
    ),
    _plain("legal_basis_note", "Hinweis zur Rechtsgrundlage", of_person=True),
)
TITLES = [column.title for column in COLUMNS]
BY_KEY = {column.key: column for column in COLUMNS}


def csv_table(institutions: Iterable[Institution]) -> bytes:
    """Institutions (areas and contacts loaded) as CSV for German offices."""
    return to_csv(TITLES, rows_of(institutions))


def xlsx_table(institutions: Iterable[Institution]) -> bytes:
    """The same as an Excel workbook."""
    return to_xlsx(TITLES, rows_of(institutions), title="Institutionen")


def rows_of(institutions: Iterable[Institution]) -> list[list[str]]:
    """One row per contact person, and one for an institution without any."""
    return [
        [_cell(column, institution, person) for column in COLUMNS]
        for institution in institutions
        for person in institution.contacts or [None]
    ]


def _cell(column: Column, institution: Institution, person: Contact | None) -> str:
    if not column.of_person:
        return column.text(institution)
    return column.text(person) if person else ""


def area_text(area: Area) -> str:
    """„0102 Hafenviertel“: the code makes it certain, the name readable; the list's own signs stay out."""
    return area.code if {";", "\n"} & set(area.name) else f"{area.code} {area.name}"
