"""Taking areas over from a file: what is there already is updated, never doubled."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from app.accounts.models import Municipality, User
from app.accounts.services import note_act
from app.areas import queries, rules, services
from app.areas.geojson import read_geojson
from app.areas.models import Area, AreaLevel
from app.areas.shapefile import looks_like_zip, read_shapefile
from app.core.errors import RuleBroken
from app.extensions import db
from app.imports.delimited import decode
from app.imports.limits import MAX_BYTES
from app.imports.reading import NO_HINTS, Hints, read_table, refuse_strangers
from app.imports.report import ImportReport
from app.imports.sheets import Record, Sheet
from app.imports.workbooks import is_workbook


@dataclass(frozen=True)
class AreaColumns:
    """Which column holds what; without `parent` the areas keep the parent they have."""

    code: str = "code"
    name: str = "name"
    parent: str | None = None


def read_file(path: Path) -> Sheet:
    """A file as `read_sheet` reads it; of one that is too large no more is read than shows that it is."""
    with path.open("rb") as file:
        return read_sheet(file.read(MAX_BYTES + 1))


def read_sheet(content: bytes, hints: Hints = NO_HINTS) -> Sheet:
    """CSV, Excel, GeoJSON or a zipped Shapefile, told apart by content. Raises RuleBroken for anything else."""
    refuse_strangers(content)
    if looks_like_zip(content) and not is_workbook(content):
        return read_shapefile(content)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return read_geojson(decode(content)[0])
    return read_table(content, hints)


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
    """Create and update the areas of one level.

    A missing scheme is created; a missing level goes below the ones there are, so import coarse levels first.
    Parents are looked up by code on the level one above. Refused rows do not stop the others.
    """
    for column in (columns.code, columns.name, *([columns.parent] if columns.parent else [])):
        sheet.require(column)
    scheme = queries.find_scheme(municipality, scheme_name) or services.create_scheme(
        municipality=municipality, name=scheme_name
    )
    levels = queries.list_levels(scheme)
    level = next((one for one in levels if one.name == level_name), None)
    level = level or services.create_level(scheme=scheme, name=level_name)
    above = [one for one in levels if one.rank < level.rank]
    if columns.parent and not above:
        raise RuleBroken(f"Über der Ebene „{level_name}“ gibt es keine. Importieren Sie die gröbere Ebene zuerst.")
    taking = _Taking(level, columns, above[-1].name if above else "")
    taking.parents = {area.code: area.id for area in queries.list_areas(above[-1])} if columns.parent else {}
    taking.existing = {area.code: area for area in queries.list_areas(level, with_geometry=True)}
    for record in sheet.records:
        taking.take(record)
    db.session.flush()
    report = taking.report
    if report.created or report.updated:
        sentence = f"Gebiete importiert: {scheme_name}, {level_name} ({report.created} neu, {report.updated} geändert)."
        note_act(municipality_id=municipality.id, user=user, action="areas.imported", sentence=sentence, now=now)
    return report


@dataclass
class _Taking:
    """One run over the rows of a file."""

    level: AreaLevel
    columns: AreaColumns
    above: str
    parents: dict[str, int] = field(default_factory=dict)
    existing: dict[str, Area] = field(default_factory=dict)
    seen: dict[str, tuple[int, tuple]] = field(default_factory=dict)
    report: ImportReport = field(default_factory=ImportReport)

    def take(self, record: Record) -> None:
        """Create, update, leave or refuse what one row says."""
        self.report.read += 1
        code, name = record.cells.get(self.columns.code, ""), record.cells.get(self.columns.name, "")
        parent_code = record.cells.get(self.columns.parent, "") if self.columns.parent else ""
        said = (name, parent_code, record.geometry)
        if problem := record.problem or rules.code_problem(code) or rules.name_problem(name):
            self.report.refuse(record.number, problem)
        elif code in self.seen:
            self._repeated(record.number, code, said)
        elif parent_code and parent_code not in self.parents:
            self.report.refuse(record.number, f"Auf der Ebene „{self.above}“ gibt es kein Gebiet „{parent_code}“.")
        else:
            self.seen[code] = (record.number, said)
            self._store(code, name, self.parents.get(parent_code), record.geometry)

    def _repeated(self, number: int, code: str, said: tuple) -> None:
        """A row that says the same again is normal in files of a finer level; another one contradicts."""
        first, said_first = self.seen[code]
        if said != said_first:
            self.report.refuse(number, f"„{code}“ steht schon in Zeile {first} mit anderen Angaben.")

    def _store(self, code: str, name: str, parent_id: int | None, geometry: str | None) -> None:
        area = self.existing.get(code)
        if area is None:
            level = self.level
            db.session.add(
                Area(
                    scheme_id=level.scheme_id,
                    level_id=level.id,
                    code=code,
                    name=name,
                    parent_id=parent_id,
                    geometry=geometry,
                )
            )
            self.report.created += 1
            return
        before = (area.name, area.parent_id, area.geometry)
        area.name = name
        area.parent_id = parent_id if self.columns.parent else area.parent_id
        area.geometry = geometry or area.geometry
        if (area.name, area.parent_id, area.geometry) == before:
            self.report.unchanged += 1
        else:
            self.report.updated += 1
