"""What the pages of an upload show, put together in few statements."""

from dataclasses import dataclass

from app.accounts.models import Municipality
from app.imports import queries
from app.imports.enums import RowState
from app.imports.importer import Difference, Importer, Mapping
from app.imports.models import Import, ImportRow
from app.imports.sheets import Dialect

PER_PAGE = 200
NOTHING_YET = {"created": 0, "updated": 0, "reason": "", "notes": [], "left_out": []}
SHOWN_FIRST = {RowState.REFUSED: PER_PAGE, RowState.CHANGED: 50, RowState.NEW: 20, RowState.SAME: 20}


@dataclass(frozen=True)
class RowsPage:
    """Some rows of a preview; `differences` by row id in words. `total` counts all rows in this state."""

    state: RowState
    rows: list[ImportRow]
    differences: dict[int, list[Difference]]
    total: int
    number: int = 1
    pages: int = 1

    @property
    def rest(self) -> int:
        """Rows in this state that are not shown."""
        return self.total - len(self.rows)


def columns_page(upload: Import, importer: Importer, municipality: Municipality, mapping: Mapping | None) -> dict:
    """How the file was understood and what each column may mean."""
    names = upload.dialect["columns"]
    fields = importer.fields(municipality, names)
    groups: dict[str, list] = {}
    for field in fields:
        groups.setdefault(field.group, []).append(field)
    dialect = dialect_of(upload)
    hints = upload.dialect["hints"]
    header = dialect.header
    return {
        "upload": upload,
        "importer": importer,
        "dialect": dialect,
        "columns": names,
        "groups": groups,
        "mapping": upload.mapping if mapping is None else mapping,
        "earlier": queries.find_earlier(upload),
        "read_as": {
            "sheet": dialect.sheet,
            "header": str(header[0]) if header[:1] == header[-1:] else f"{header[0]}-{header[-1]}",
            "comma": {True: "comma", False: "point"}.get(hints["comma"], ""),
        },
    }


def dialect_of(upload: Import) -> Dialect:
    """How the file was understood; nothing to say for an upload that never was read."""
    how = upload.dialect.get("how")
    return Dialect(**{**how, "header": tuple(how["header"])}) if how else Dialect(kind="", header=())


def preview_page(upload: Import, importer: Importer, municipality: Municipality) -> dict:
    """Counts, the refused rows first, then the changed, the new and those that stay."""
    counts = queries.count_rows(upload)
    return {
        "upload": upload,
        "importer": importer,
        "dialect": dialect_of(upload),
        "outcome": NOTHING_YET | upload.outcome,
        "groups": {
            state.value: _some(upload, importer, municipality, state, counts[state], limit)
            for state, limit in SHOWN_FIRST.items()
        },
        "earlier": queries.find_earlier(upload),
    }


def page_of(upload: Import, importer: Importer, municipality: Municipality, state: RowState, number: int) -> RowsPage:
    """One page of the rows in a state; a number beyond the last page shows the last one."""
    total = queries.count_rows(upload)[state]
    pages = max(1, -(-total // PER_PAGE))
    number = min(number, pages)
    return _some(upload, importer, municipality, state, total, PER_PAGE, number, pages)


def _some(
    upload: Import,
    importer: Importer,
    municipality: Municipality,
    state: RowState,
    total: int,
    limit: int,
    number: int = 1,
    pages: int = 1,
) -> RowsPage:
    rows = queries.list_rows(upload, state, limit, (number - 1) * limit) if total else []
    changes = [change for row in rows for change in row.changes]
    said = iter(
        importer.describe(changes, plan=upload.outcome.get("plan", {}), municipality=municipality) if changes else []
    )
    differences = {row.id: [next(said) for _ in row.changes] for row in rows}
    return RowsPage(state, rows, differences, total, number, pages)
