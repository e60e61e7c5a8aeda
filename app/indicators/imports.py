"""Importing values: into the cleared table, or into the raw one that only the statistics office sees."""

# ruff: noqa: ARG002 -- the contract's signatures

from collections.abc import Sequence
from datetime import date, datetime

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from app.accounts.enums import Role
from app.accounts.models import Municipality, User
from app.accounts.services import note_act
from app.areas import queries as areas
from app.areas.imports import read_sheet
from app.areas.models import AreaScheme
from app.core.errors import RuleBroken
from app.core.ids import typed_id
from app.imports.importer import Checked, Difference, Field, Importer, Mapping, Progress, register
from app.imports.numbers import written as plain_number
from app.imports.reading import Hints
from app.imports.report import ImportReport
from app.imports.services import preview_of
from app.imports.sheets import Sheet
from app.indicators import queries
from app.indicators.enums import ValueState
from app.indicators.figures import SIGNS, measure_of
from app.indicators.file_values import AreaCodes, unused_columns
from app.indicators.import_forms import RawChoices, ValueChoices
from app.indicators.layouts import SERIES, layout_of, propose
from app.indicators.models import Indicator, IndicatorValue, RawValue
from app.indicators.staged_values import ValueRun
from app.indicators.taken_values import put_back, write_values
from app.indicators.value_changes import CellChange, Table

EVERY = 200
LABELS = {
    "code": _l("Schlüssel des Gebiets"),
    "date": _l("Stichtag"),
    "indicator": _l("Indikator (ein Wert je Zeile)"),
    "numerator": _l("Zähler (ein Wert je Zeile)"),
    "denominator": _l("Nenner (ein Wert je Zeile)"),
    "value": _l("Wert (ein Wert je Zeile)"),
    SERIES: _l("Werte zum Stichtag in der Überschrift"),
}
NEW = {
    "value:": _l("neuer Indikator: veröffentlichter Wert"),
    "count:": _l("neuer Indikator: Anzahl, summierbar"),
    "numerator:": _l("neuer Indikator: Zähler"),
    "denominator:": _l("neuer Indikator: Nenner"),
}


class ValueImporter(Importer):
    """Values that may be published as they are; taking them over notes who cleared them."""

    kind = "values"
    title = _l("Freigegebene Werte")
    lead = _l(
        "Zusammengefasste Werte, die die Statistikstelle schon freigegeben hat. Eine Spalte je Indikator, eine Zeile "
        "je Wert oder eine Spalte je Stichtag."
    )
    things = "Werte"
    roles = (Role.ORGANISER, Role.STATISTICS)
    form = ValueChoices
    file_types = ".csv,.txt,.xlsx,.geojson,.json"
    usual = True
    table: Table = IndicatorValue

    def read(self, content: bytes, hints: Hints, municipality: Municipality | None = None) -> Sheet:
        """Also the properties of GeoJSON and Shapefiles."""
        return read_sheet(content, hints, municipality)

    def fields(self, municipality: Municipality, columns: Sequence[str]) -> list[Field]:
        """The words of `layouts`, then the indicators there are."""
        found = [Field(key, label, required=key == "code", several=key == SERIES) for key, label in LABELS.items()]
        found += [Field(key, label, several=True) for key, label in NEW.items()]
        for one in queries.list_catalogue(municipality):
            found.append(Field(f"value:{one.key}", str(_l("Wert")), group=one.name))
            if measure_of(one).rated:
                found.append(Field(f"numerator:{one.key}", str(_l("Zähler")), group=one.name))
                found.append(Field(f"denominator:{one.key}", str(_l("Nenner")), group=one.name))
        return found

    def propose(self, sheet: Sheet, municipality: Municipality) -> Mapping:
        """The column with most known codes is the key; the others by their headings."""
        scheme = areas.find_current_scheme(municipality)
        codes = AreaCodes(_area_ids(scheme, None) if scheme else {})
        code_column = codes.column_of(sheet)
        return propose(sheet, code_column, _names(queries.list_catalogue(municipality)))

    def prepare(self, form, municipality: Municipality) -> None:
        """Levels of all schemes, the current one first; indicators by name."""
        form.areas.choices = []
        for scheme in areas.list_schemes(municipality):
            levels = areas.list_levels(scheme)
            form.areas.choices.append(SelectChoice(f"s{scheme.id}", f"{scheme.name}: alle Ebenen"))
            form.areas.choices += [SelectChoice(f"l{level.id}", f"{scheme.name}: {level.name}") for level in levels]
        known = queries.list_catalogue(municipality)
        form.indicator.choices = [SelectChoice("", "–"), *(SelectChoice(one.key, one.name) for one in known)]

    def check(
        self, sheet: Sheet, mapping: Mapping, choices: dict, municipality: Municipality, progress: Progress
    ) -> Checked:
        """Read every row whole or refuse it; then compare with what is stored."""
        layout = layout_of(mapping, choices.get("indicator") or "")
        if not layout.wide and not layout.series and not layout.long.keys() & {"numerator", "value"}:
            raise RuleBroken("Wählen Sie mindestens eine Spalte mit Werten.")
        day = date.fromisoformat(choices["reference_date"]) if choices.get("reference_date") else None
        if day is None and not layout.dated:
            raise RuleBroken("Nennen Sie den Stichtag: Die Datei enthält keinen.")
        scheme, level_id = _chosen_areas(municipality, choices.get("areas") or "")
        run = ValueRun.of(sheet, layout, municipality, AreaCodes(_area_ids(scheme, level_id)), choices, day)
        for number, record in enumerate(sheet.records, start=1):
            run.take(record)
            if number % EVERY == 0 or number == len(sheet.records):
                progress(number, len(sheet.records))
        return run.checked(self.table, scheme, run.notes + unused_columns(sheet, set(mapping)))

    def apply(
        self, changes: list, *, plan: dict, choices: dict, municipality: Municipality, user: User | None, now: datetime
    ) -> dict:
        """Create the new indicators, note the clearance, write the cells."""
        return write_values(self.table, changes, plan, choices, municipality, user, now)

    def revert(
        self,
        changes: list,
        *,
        kept: dict,
        municipality: Municipality,
        user: User | None,
        now: datetime,
    ) -> None:
        """Put every cell back; indicators that only came with this file go."""
        put_back(self.table, changes, kept, municipality, now)

    def describe(self, changes: list, *, plan: dict, municipality: Municipality) -> list[Difference]:
        """Indicator, area and day, and both contents."""
        cells = [CellChange.from_json(change) for change in changes]
        names = {one.id: one.name for one in queries.list_catalogue(municipality)}
        names |= {one["id"]: f"{one['name']} (neu)" for one in plan.get("indicators", [])}
        found = areas.list_areas_with_ids(municipality, sorted({cell.area_id for cell in cells}))
        places = {area.id: f"{area.code} {area.name}" for area in found}
        return [
            Difference(
                f"{names.get(cell.indicator_id, '–')}, {places.get(cell.area_id, '–')}, {cell.reference_date:%d.%m.%Y}",
                said(cell.before),
                said(cell.after),
            )
            for cell in cells
        ]


class RawValueImporter(ValueImporter):
    """Values before disclosure control."""

    kind = "raw_values"
    title = _l("Werte vor der Geheimhaltung")
    lead = _l(
        "Genaue Fallzahlen, die nur die Statistikstelle sieht. Öffentlich werden sie erst nach der Prüfung unter "
        "„Freigaben“."
    )
    roles = (Role.STATISTICS,)
    usual = False
    form = RawChoices
    table = RawValue


def _names(known: list[Indicator]) -> dict[str, str]:
    """Keys of indicators by what a heading may call them."""
    by_name = {name.casefold(): one.key for one in known for name in (one.short_name, one.name)}
    return by_name | {name: one.key for one in known for name in (one.short_name, one.name, one.key)}


def _chosen_areas(municipality: Municipality, chosen: str) -> tuple[AreaScheme, int | None]:
    """Scheme and level id of a choice: `s7` for a whole scheme, `l12` for a level, empty for the current scheme."""
    if not chosen:
        scheme = areas.find_current_scheme(municipality)
        if scheme is None:
            raise RuleBroken("Es gibt noch keine Gebiete. Importieren Sie sie zuerst (im Befehl: flask areas import).")
        return scheme, None
    for scheme in areas.list_schemes(municipality):
        levels = {level.id for level in areas.list_levels(scheme)}
        if chosen == f"s{scheme.id}":
            return scheme, None
        if chosen[0] == "l" and typed_id(chosen[1:]) in levels:
            return scheme, typed_id(chosen[1:])
    raise RuleBroken("Diese Gebietsgliederung gibt es nicht mehr. Wählen Sie eine andere.")


def _area_ids(scheme: AreaScheme, level_id: int | None) -> dict[str, int | None]:
    """Area ids by code; None where a code stands on several levels."""
    found: dict[str, int | None] = {}
    for area in areas.list_areas_of_scheme(scheme):
        if level_id in (None, area.level_id):
            found[area.code] = None if area.code in found else area.id
    return found


def said(content: tuple | None) -> str:
    """A cell's content as the preview writes it; empty for an empty cell."""
    if content is None:
        return ""
    state, numerator, denominator, value = content
    if state is not ValueState.KNOWN:
        return f"{SIGNS[state]} ({state.label})"
    if numerator is None:
        return plain_number(value, comma=True)
    cases = plain_number(numerator, comma=True)
    return cases if denominator is None else f"{cases} von {plain_number(denominator, comma=True)}"


values_importer = register(ValueImporter())
register(RawValueImporter())


def import_values(
    *,
    municipality: Municipality,
    sheet: Sheet,
    area_column: str,
    reference_date: date | None,
    scheme_name: str | None = None,
    level_name: str | None = None,
    source: str = "",
    indicator: str = "",
    user: User | None,
    now: datetime,
) -> ImportReport:
    """Check and store the values of a table in one go, for commands; see `layouts` for the columns.

    Unknown indicators are created: as rate when the file brings cases, else as published figure. Areas are found by
    code in the named or current scheme. With `indicator` (its key) the columns are days of a series.
    """
    sheet.require(area_column)
    names = _names(queries.list_catalogue(municipality))
    mapping = propose(sheet, area_column, names, series=bool(indicator))
    if set(mapping.values()) <= {"code", "date"}:
        raise RuleBroken("Die Datei hat keine Spalte mit Zahlen.")
    if reference_date is None and not {"date", SERIES} & set(mapping.values()):
        raise RuleBroken("Nennen Sie den Stichtag mit --date, zum Beispiel --date 2025-12-31.")
    choices = {
        "areas": _areas_named(municipality, scheme_name, level_name),
        "reference_date": reference_date and reference_date.isoformat(),
        "source": source,
        "indicator": indicator,
    }
    checked = values_importer.check(sheet, mapping, choices, municipality, lambda _done, _of: None)
    preview = preview_of(sheet, checked)
    report = ImportReport.of(preview)
    if report.created or report.updated:
        changes = [change for row in preview["rows"] for change in row.changes]
        values_importer.apply(
            changes, plan=checked.plan, choices=choices, municipality=municipality, user=user, now=now
        )
        sentence = f"Indikatorwerte importiert: {report.created} neu, {report.updated} geändert."
        note_act(municipality_id=municipality.id, user=user, action="indicators.imported", sentence=sentence, now=now)
    return report


def _areas_named(municipality: Municipality, scheme_name: str | None, level_name: str | None) -> str:
    scheme = areas.find_scheme(municipality, scheme_name) if scheme_name else areas.find_current_scheme(municipality)
    if scheme is None and scheme_name:
        raise RuleBroken(f"Es gibt keine Gebietsgliederung „{scheme_name}“.")
    if scheme is None or level_name is None:
        return f"s{scheme.id}" if scheme else ""
    levels = areas.list_levels(scheme)
    level = next((one for one in levels if one.name == level_name), None)
    if level is None:
        raise RuleBroken(f"Es gibt keine Ebene „{level_name}“. Vorhanden: {', '.join(one.name for one in levels)}.")
    return f"l{level.id}"
