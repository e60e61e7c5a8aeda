"""What a floor above provides so that its things can be imported from a file: the contract, and who signed up.

The imports floor owns upload, reading, columns, preview, taking over and undoing. An importer knows its things. It
subclasses `Importer`, fills in what the pages say and implements `check`, `apply`, `revert` and `describe`; its floor
calls `register(MyImporter())` in a module that the blueprint's module imports. Example (`app/offers/imports.py`):

    class OfferChoices(FlaskForm):
        scheme = SelectField("Gebietsgliederung", coerce=int)

    class OfferImporter(Importer):
        kind = "offers"                       # also the address: /importe/neu/offers
        title = _l("Angebote")
        lead = _l("Eine Zeile je Angebot …")
        things = _l("Angebote")               # plural, for counts
        roles = (Role.ORGANISER,)
        form = OfferChoices

        def fields(self, municipality, columns):
            return [Field("name", _l("Name"), required=True), Field("areas", _l("Gebiet"), several=True)]

        def prepare(self, form, municipality):
            form.scheme.choices = [(scheme.id, scheme.name) for scheme in areas.list_schemes(municipality)]

        def check(self, sheet, mapping, choices, municipality, progress):
            checked = Checked()
            for record in sheet.records:
                name = first(record, mapping, "name")
                if not name:
                    checked.refuse(record, "Der Name fehlt.")
                else:
                    checked.stage(record, RowState.NEW, changes=[{"before": None, "after": {"name": name}}])
            return checked                    # nothing has been written

        def apply(self, changes, *, plan, choices, municipality, user, now):
            for change in changes: …          # write; raise RuleBroken when the table moved on since the check
            return {"created": [ids]}         # whatever `revert` needs

        def revert(self, changes, *, kept, municipality, user, now): …

        def describe(self, changes, *, plan, municipality):
            return [Difference(change["after"]["name"], "", "neu") for change in changes]

    register(OfferImporter())

Everything in `changes`, `plan` and what `apply` returns is stored as JSON between the steps.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask_wtf import FlaskForm

from app.accounts.enums import Role
from app.accounts.models import Municipality, User
from app.core.errors import NotFound
from app.imports.enums import RowState
from app.imports.reading import Hints, read_table
from app.imports.sheets import Record, Sheet

Mapping = dict[str, str]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Field:
    """What a column may mean. `several`: more than one column may mean it. `group` is a heading in the choice."""

    key: str
    label: str
    required: bool = False
    several: bool = False
    group: str = ""


@dataclass(frozen=True)
class StagedRow:
    """A row of the preview. `changes` are the importer's own JSON; `same` counts things that stay as they are."""

    number: int
    state: RowState
    cells: list[str]
    reason: str = ""
    changes: list = field(default_factory=list)
    created: int = 0
    updated: int = 0
    same: int = 0


@dataclass(frozen=True)
class Difference:
    """One change as the preview shows it; `before` is empty for something new."""

    what: str
    before: str
    after: str


@dataclass
class Checked:
    """What taking a file over would do. `plan` is what `apply` needs beside the rows' changes, as JSON."""

    rows: list[StagedRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    plan: dict = field(default_factory=dict)

    def refuse(self, record: Record, reason: str) -> None:
        """A row that cannot be taken over, and why."""
        self.rows.append(StagedRow(record.number, RowState.REFUSED, list(record.cells.values()), reason))

    def stage(self, record: Record, state: RowState, changes: Sequence = (), reason: str = "") -> None:
        """A row that is one thing: new, changed or the same; `reason` may hold a remark about it."""
        self.rows.append(
            StagedRow(
                record.number,
                state,
                list(record.cells.values()),
                reason,
                list(changes),
                created=int(state is RowState.NEW),
                updated=int(state is RowState.CHANGED),
                same=int(state is RowState.SAME),
            )
        )

    def repeat(self, record: Record) -> None:
        """A row that says again what another one said: it counts as read and changes nothing."""
        self.rows.append(StagedRow(record.number, RowState.SAME, list(record.cells.values())))


class NoChoices(FlaskForm):
    """Nothing has to be chosen beside the columns."""


class Importer(ABC):
    """One kind of import; see the module for an example."""

    kind: str
    title: str
    lead: str
    things: str
    roles: tuple[Role, ...]
    form: type[FlaskForm] = NoChoices
    file_types = ".csv,.txt,.xlsx"
    usual = False  # the one that is offered first

    def read(self, content: bytes, hints: Hints, municipality: Municipality | None = None) -> Sheet:  # noqa: ARG002 -- for others
        """The file as a table. Raises RuleBroken."""
        return read_table(content, hints)

    @abstractmethod
    def fields(self, municipality: Municipality, columns: Sequence[str]) -> list[Field]:
        """What the columns of this file may mean."""

    def propose(self, sheet: Sheet, municipality: Municipality) -> Mapping:
        """What each column seems to mean: column → key; columns left out are not used.

        Without an own idea: columns that are called like a field or its key.
        """
        names = {}
        for one in self.fields(municipality, sheet.columns):
            names |= {one.key.casefold(): one.key, str(one.label).casefold(): one.key}
        return {column: names[column.casefold()] for column in sheet.columns if column.casefold() in names}

    def prepare(self, form: FlaskForm, municipality: Municipality) -> None:  # noqa: B027 -- most have nothing to choose
        """Fill in what may be chosen beside the columns."""

    @abstractmethod
    def check(
        self, sheet: Sheet, mapping: Mapping, choices: dict, municipality: Municipality, progress: Progress
    ) -> Checked:
        """Say for every record of the sheet what taking it over would do. Writes nothing. Raises RuleBroken.

        `choices` is the form's data (dates as ISO text). A record whose `aside` is set (totals, footnotes) is treated
        like any other: if it is refused, the preview lists it as left out instead.
        """

    @abstractmethod
    def apply(
        self, changes: list, *, plan: dict, choices: dict, municipality: Municipality, user: User | None, now: datetime
    ) -> dict:
        """Write exactly these changes and return what undoing needs; flush, never commit.

        Raises RuleBroken when the tables no longer hold what they held during the check.
        """

    @abstractmethod
    def revert(
        self, changes: list, *, kept: dict, municipality: Municipality, user: User | None, now: datetime
    ) -> None:
        """Put back exactly what was there; `kept` is what `apply` returned. Raises RuleBroken when it moved on."""

    @abstractmethod
    def describe(self, changes: list, *, plan: dict, municipality: Municipality) -> list[Difference]:
        """Some rows' changes in words, one by one, for the preview."""


_importers: dict[str, Importer] = {}


def register(importer: Importer) -> Importer:
    """Sign an importer up under its kind."""
    _importers[importer.kind] = importer
    return importer


def get_importer(kind: str, role: Role | None = None) -> Importer:
    """The importer of a kind; raises NotFound for one that nobody provides or this role may not use."""
    importer = _importers.get(kind)
    if importer is None or (role is not None and role not in importer.roles):
        raise NotFound(kind)
    return importer


def list_importers(role: Role) -> list[Importer]:
    """The importers a role may use: the usual one first, then in the order of the floors that provide them."""
    allowed = [importer for importer in _importers.values() if role in importer.roles]
    return sorted(allowed, key=lambda importer: not importer.usual)


def columns_of(mapping: Mapping, key: str) -> list[str]:
    """The columns that mean a field, in the order of the file."""
    return [column for column, meaning in mapping.items() if meaning == key]


def first(record: Record, mapping: Mapping, key: str) -> str:
    """The cell of the first column that means a field; empty when no column does."""
    return next((record.cells.get(column, "") for column in columns_of(mapping, key)), "")
