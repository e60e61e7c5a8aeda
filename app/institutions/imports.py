"""The directory from a file: what each column may mean, the preview row by row, taking over, undoing."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.accounts.enums import Role
from app.accounts.models import Municipality, User
from app.areas import queries as areas
from app.imports.importer import Checked, Difference, Field, Importer, Mapping, Progress, register
from app.imports.sheets import Record, Sheet
from app.institutions import import_acts, import_rows, queries
from app.institutions.exchange import BY_KEY, COLUMNS
from app.institutions.import_plan import Directory
from app.institutions.import_rows import Said
from app.institutions.records import worded


class InstitutionImporter(Importer):
    """One row per contact person; the same name means the same institution."""

    kind = "institutions"
    title = _l("Institutionen und Kontaktpersonen")
    lead = _l(
        "Eine Zeile je Kontaktperson oder je Institution. Gleicher Name heißt: dieselbe Institution; sie wird ergänzt "
        "statt verdoppelt. Personen erkennen wir an der E-Mail-Adresse, sonst am Namen. Leere Zellen und fehlende "
        "Spalten lassen alles, wie es ist."
    )
    things = _l("Institutionen")
    roles = (Role.ORGANISER,)

    def fields(self, municipality: Municipality, columns: Sequence[str]) -> list[Field]:  # noqa: ARG002 -- the contract
        """The columns of the export."""
        groups = {False: _l("Institution"), True: _l("Kontaktperson")}
        return [
            Field(one.key, one.title, required=one.key == "name", group=str(groups[one.of_person])) for one in COLUMNS
        ]

    def propose(self, sheet: Sheet, municipality: Municipality) -> Mapping:  # noqa: ARG002 -- the contract
        """Columns by their title in the export and by other customary words, each meaning once."""
        return import_rows.meanings(sheet.columns)

    def check(
        self,
        sheet: Sheet,
        mapping: Mapping,
        choices: dict,  # noqa: ARG002 -- the contract
        municipality: Municipality,
        progress: Progress,
    ) -> Checked:
        """Compare every row with what is there; writes nothing."""
        checked = Checked()
        usable = self._read(sheet.records, mapping, municipality, checked)
        directory = Directory(queries.list_institutions(municipality), queries.list_former_names(municipality))
        done = len(sheet.records) - len(usable)
        for group in directory.groups(usable):
            checked.rows += directory.staged(group).values()
            done += len(group.rows)
            progress(done, len(sheet.records))
        checked.rows.sort(key=lambda row: row.number)
        return checked

    def _read(
        self, records: list[Record], mapping: Mapping, municipality: Municipality, checked: Checked
    ) -> list[Said]:
        places = areas.list_areas_of_municipality(municipality)
        topics, _umbrellas = queries.list_known_words(municipality)
        usable = []
        for record in records:
            try:
                usable.append(import_rows.read(record, mapping, places, topics))
            except ValueError as error:
                checked.refuse(record, str(error))
        return usable

    def apply(
        self,
        changes: list,
        *,
        plan: dict,  # noqa: ARG002 -- the contract
        choices: dict,  # noqa: ARG002 -- the contract
        municipality: Municipality,
        user: User | None,  # noqa: ARG002 -- the contract
        now: datetime,  # noqa: ARG002 -- the contract
    ) -> dict:
        """Write exactly these changes. Raises RuleBroken for an entry that moved on since the check."""
        return import_acts.take_over(changes, municipality)

    def revert(
        self,
        changes: list,
        *,
        kept: dict,
        municipality: Municipality,
        user: User | None,  # noqa: ARG002 -- the contract
        now: datetime,  # noqa: ARG002 -- the contract
    ) -> None:
        """Put back what was changed and delete what was made. Raises RuleBroken when an entry moved on since."""
        import_acts.take_back(changes, kept, municipality)

    def describe(self, changes: list, *, plan: dict, municipality: Municipality) -> list[Difference]:  # noqa: ARG002 -- the contract
        """What changes in which entry, in the words of the table."""
        names = {area.id: area.name for area in areas.list_areas_of_municipality(municipality)}
        return [difference for change in changes for difference in _in_words(change, names)]


def _in_words(change: dict, area_names: dict[int, str]) -> list[Difference]:
    of_person = change["kind"] == "contact"
    name = f"{change['of']}: {change['name']}" if of_person else change["name"]
    if change["id"] is None:
        told = ("role", "email") if of_person else ("type", "areas")
        words = [worded(field, change["after"].get(field, []), area_names) for field in told]
        what = "neue Kontaktperson" if of_person else "neu"
        return [Difference(name, "", ", ".join([what, *filter(None, words)]))]
    prefix = "contact_" if of_person else ""
    return [
        Difference(
            f"{name}: {BY_KEY[prefix + field].title}",
            worded(field, change["before"][field], area_names) or "–",
            worded(field, after, area_names) or "–",
        )
        for field, after in change["after"].items()
    ]


register(InstitutionImporter())
