"""Importing areas: what is there already is updated, never doubled."""

# ruff: noqa: ARG002 -- the contract's signatures

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from app.accounts.enums import Role
from app.accounts.models import Municipality, User
from app.accounts.services import note_act
from app.areas import queries, rules
from app.areas.coordinates import Bounds
from app.areas.geojson import read_geojson
from app.areas.models import Area
from app.areas.shapefile import looks_like_zip, read_shapefile
from app.areas.taken_areas import put_back, write_areas
from app.core.errors import RuleBroken
from app.core.typed import stripped
from app.imports.delimited import decode
from app.imports.enums import RowState
from app.imports.importer import Checked, Difference, Field, Importer, Mapping, Progress, columns_of, first, register
from app.imports.limits import MAX_BYTES
from app.imports.reading import NO_HINTS, Hints, read_table, refuse_strangers
from app.imports.report import ImportReport
from app.imports.services import preview_of
from app.imports.sheets import Record, Sheet
from app.imports.workbooks import is_workbook

NAMES = {
    "code": ("code", "schlüssel", "schluessel", "nummer", "nr", "id", "kennziffer"),
    "name": ("name", "bezeichnung", "gebiet"),
    "parent": ("parent", "übergeordnet", "übergeordnetes gebiet", "gehört zu"),
}


def read_file(path: Path, municipality: Municipality | None = None) -> Sheet:
    """A file as `read_sheet` reads it; of one that is too large no more is read than shows that it is."""
    with path.open("rb") as file:
        return read_sheet(file.read(MAX_BYTES + 1), NO_HINTS, municipality)


def read_sheet(content: bytes, hints: Hints = NO_HINTS, municipality: Municipality | None = None) -> Sheet:
    """CSV, Excel, GeoJSON or a zipped Shapefile, told apart by content. Raises RuleBroken for anything else.

    Outlines that the municipality has already tell where a file with a doubtful coordinate system lies.
    """
    refuse_strangers(content)
    if looks_like_zip(content) and not is_workbook(content):
        return read_shapefile(content, near=_extent(municipality))
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return read_geojson(decode(content)[0], near=_extent(municipality))
    return read_table(content, hints)


def _extent(municipality: Municipality | None) -> Bounds | None:
    return queries.find_extent(municipality) if municipality else None


class AreaChoices(FlaskForm):
    """Where the areas belong."""

    scheme = StringField(
        _l("Gebietsgliederung"),
        filters=[stripped],
        validators=[DataRequired(_l("Nennen Sie die Gebietsgliederung.")), Length(max=120)],
        description=_l("Eine, die es noch nicht gibt, wird angelegt."),
    )
    level = StringField(
        _l("Ebene"),
        filters=[stripped],
        validators=[DataRequired(_l("Nennen Sie die Ebene, zum Beispiel Sozialraum.")), Length(max=80)],
        description=_l("Eine neue Ebene kommt unter die vorhandenen. Importieren Sie die gröbere zuerst."),
    )


class AreaImporter(Importer):
    """The areas of one level, with outlines where the file has them."""

    kind = "areas"
    title = _l("Gebiete")
    lead = _l(
        "Die Gebiete einer Ebene mit Schlüssel und Namen: als Tabelle, oder mit Umrissen als GeoJSON oder Shapefile "
        "(in einer ZIP-Datei)."
    )
    things = "Gebiete"
    roles = (Role.ORGANISER, Role.STATISTICS)
    form = AreaChoices
    file_types = ".csv,.txt,.xlsx,.geojson,.json,.zip"

    def read(self, content: bytes, hints: Hints, municipality: Municipality | None = None) -> Sheet:
        """Also outlines."""
        return read_sheet(content, hints, municipality)

    def fields(self, municipality: Municipality, columns: Sequence[str]) -> list[Field]:
        """Code, name and parent."""
        return [
            Field("code", _l("Schlüssel"), required=True),
            Field("name", _l("Name (ohne Spalte: wie der Schlüssel)")),
            Field("parent", _l("Schlüssel des Gebiets eine Ebene darüber")),
        ]

    def propose(self, sheet: Sheet, municipality: Municipality) -> Mapping:
        """Columns that are called so, else those whose heading ends so („PGR_ID“, „PGR_NAME“)."""
        mapping: Mapping = {}
        for key, names in NAMES.items():
            free = [column for column in sheet.columns if column not in mapping]
            exact = [column for column in free if column.casefold() in names]
            ending = [column for column in free if column.casefold().endswith(tuple(f"_{name}" for name in names))]
            if found := exact or ending:
                mapping[found[0]] = key
        return mapping

    def prepare(self, form: FlaskForm, municipality: Municipality) -> None:
        """The current scheme is the likely one."""
        current = queries.find_current_scheme(municipality)
        if current and form.scheme.data is None:
            form.scheme.data = current.name

    def check(
        self, sheet: Sheet, mapping: Mapping, choices: dict, municipality: Municipality, progress: Progress
    ) -> Checked:
        """Compare every row with the areas of the level."""
        scheme = queries.find_scheme(municipality, choices["scheme"])
        levels = queries.list_levels(scheme) if scheme else []
        level = next((one for one in levels if one.name == choices["level"]), None)
        above = [one for one in levels if level is None or one.rank < level.rank]
        with_parent = bool(columns_of(mapping, "parent"))
        if with_parent and not above:
            raise RuleBroken(
                f"Über der Ebene „{choices['level']}“ gibt es keine. Importieren Sie die gröbere Ebene zuerst."
            )
        run = _Run(mapping, above[-1].name if above else "", with_parent)
        run.parents = {area.code: area.id for area in queries.list_areas(above[-1])} if with_parent else {}
        run.existing = {area.code: area for area in queries.list_areas(level, with_geometry=True)} if level else {}
        for number, record in enumerate(sheet.records, start=1):
            run.take(record)
            progress(number, len(sheet.records))
        if scheme is None:
            run.checked.notes.append(f"Neue Gebietsgliederung: {choices['scheme']}.")
        if level is None:
            run.checked.notes.append(f"Neue Ebene: {choices['level']}.")
        return run.checked

    def apply(
        self,
        changes: list,
        *,
        plan: dict,
        choices: dict,
        municipality: Municipality,
        user: User | None,
        now: datetime,
    ) -> dict:
        """Create scheme and level where needed, then create and change areas."""
        return write_areas(changes, choices, municipality)

    def revert(
        self,
        changes: list,
        *,
        kept: dict,
        municipality: Municipality,
        user: User | None,
        now: datetime,
    ) -> None:
        """Take created areas away, put changed ones back."""
        put_back(changes, kept, municipality)

    def describe(self, changes: list, *, plan: dict, municipality: Municipality) -> list[Difference]:
        """Code, and what differs."""
        return [
            Difference(
                change["code"], _said(change["before"], change["after"]), _said(change["after"], change["before"])
            )
            for change in changes
        ]


def _said(content: dict | None, other: dict | None) -> str:
    """What a side says about an area, as far as the other side says something else."""
    if content is None:
        return ""
    words = {"name": content["name"], "parent_id": "Zuordnung", "geometry": "Umriss"}
    different = [key for key in words if content[key] and (other is None or content[key] != other[key])]
    return ", ".join(words[key] for key in different) or "ohne"


@dataclass
class _Run:
    """One run over the rows of a file."""

    mapping: Mapping
    above: str
    with_parent: bool
    parents: dict[str, int] = field(default_factory=dict)
    existing: dict[str, Area] = field(default_factory=dict)
    seen: dict[str, tuple[int, tuple]] = field(default_factory=dict)
    checked: Checked = field(default_factory=Checked)

    def take(self, record: Record) -> None:
        """Stage or refuse what one row says."""
        code, name, parent = (first(record, self.mapping, key) for key in ("code", "name", "parent"))
        name = name if columns_of(self.mapping, "name") else code
        said = (name, parent, record.geometry)
        if problem := record.problem or rules.code_problem(code) or rules.name_problem(name):
            self.checked.refuse(record, problem)
        elif code in self.seen:
            self._repeated(record, code, said)
        elif parent and parent not in self.parents:
            self.checked.refuse(record, f"Auf der Ebene „{self.above}“ gibt es kein Gebiet „{parent}“.")
        else:
            self.seen[code] = (record.number, said)
            self._stage(record, code, name, self.parents.get(parent))

    def _repeated(self, record: Record, code: str, said: tuple) -> None:
        """A row that says the same again is normal in files of a finer level; another one contradicts."""
        number, said_first = self.seen[code]
        if said != said_first:
            self.checked.refuse(record, f"„{code}“ steht schon in Zeile {number} mit anderen Angaben.")
        else:
            self.checked.repeat(record)

    def _stage(self, record: Record, code: str, name: str, parent_id: int | None) -> None:
        area = self.existing.get(code)
        after = {"name": name, "parent_id": parent_id, "geometry": record.geometry}
        if area is None:
            self.checked.stage(record, RowState.NEW, [{"code": code, "before": None, "after": after}])
            return
        before = {"name": area.name, "parent_id": area.parent_id, "geometry": area.geometry}
        after["parent_id"] = parent_id if self.with_parent else area.parent_id
        after["geometry"] = record.geometry or area.geometry
        if before == after:
            self.checked.stage(record, RowState.SAME)
        else:
            self.checked.stage(record, RowState.CHANGED, [{"code": code, "before": before, "after": after}])


areas_importer = register(AreaImporter())


@dataclass(frozen=True)
class AreaColumns:
    """Which column holds what; without `parent` the areas keep the parent they have."""

    code: str = "code"
    name: str = "name"
    parent: str | None = None


def import_areas(
    *,
    municipality: Municipality,
    sheet: Sheet,
    scheme_name: str,
    level_name: str,
    columns: AreaColumns,
    user: User | None,
    now: datetime,
) -> ImportReport:
    """Create and update the areas of one level in one go, for commands.

    A missing scheme is created; a missing level goes below the ones there are, so import coarse levels first.
    Parents are looked up by code on the level one above. Refused rows do not stop the others.
    """
    mapping = {sheet.require(columns.code): "code"}
    if columns.name != columns.code:
        mapping[sheet.require(columns.name)] = "name"
    if columns.parent:
        mapping[sheet.require(columns.parent)] = "parent"
    choices = {"scheme": scheme_name, "level": level_name}
    checked = areas_importer.check(sheet, mapping, choices, municipality, lambda _done, _of: None)
    preview = preview_of(sheet, checked)
    report = ImportReport.of(preview)
    if report.created or report.updated:
        changes = [change for row in preview["rows"] for change in row.changes]
        areas_importer.apply(changes, plan={}, choices=choices, municipality=municipality, user=user, now=now)
        sentence = f"Gebiete importiert: {scheme_name}, {level_name} ({report.created} neu, {report.updated} geändert)."
        note_act(municipality_id=municipality.id, user=user, action="areas.imported", sentence=sentence, now=now)
    return report
