"""Reads of the imports floor."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, undefer

from app.accounts.models import Municipality, User
from app.core.errors import NotFound
from app.extensions import db
from app.imports.enums import ImportState, RowState
from app.imports.models import Import, ImportRow, RememberedMapping


def list_imports(municipality: Municipality, kinds: Iterable[str], limit: int = 100) -> list[Import]:
    """The latest uploads of some kinds with who sent them, newest first."""
    return list(
        db.session.scalars(
            select(Import)
            .where(Import.municipality_id == municipality.id, Import.kind.in_(list(kinds)))
            .options(joinedload(Import.uploaded_by))
            .order_by(Import.uploaded_at.desc(), Import.id.desc())
            .limit(limit)
        )
    )


def get_import(municipality: Municipality, import_id: int, *, with_content: bool = False) -> Import:
    """An upload of the municipality with who sent it; raises NotFound."""
    statement = select(Import).where(Import.municipality_id == municipality.id, Import.id == import_id)
    found = _one(statement, with_content)
    if found is None:
        raise NotFound(import_id)
    return found


def find_import(import_id: int, *, with_content: bool = False) -> Import | None:
    """An upload by id, for jobs: whether somebody may see it was asked when the job was queued."""
    return _one(select(Import).where(Import.id == import_id), with_content)


def _one(statement, with_content: bool) -> Import | None:
    loading = [joinedload(Import.uploaded_by), *([undefer(Import.content)] if with_content else [])]
    return db.session.scalar(statement.options(*loading).execution_options(populate_existing=with_content))


def municipality_of(upload: Import) -> Municipality:
    """The municipality an upload belongs to."""
    return db.session.get_one(Municipality, upload.municipality_id)


def find_user(user_id: int | None) -> User | None:
    """Who started a job."""
    return db.session.get(User, user_id) if user_id else None


def find_earlier(upload: Import) -> Import | None:
    """The latest upload of the same content and kind that was taken over, other than this one."""
    return db.session.scalar(
        select(Import)
        .where(
            Import.municipality_id == upload.municipality_id,
            Import.kind == upload.kind,
            Import.sha256 == upload.sha256,
            Import.state == ImportState.DONE,
            Import.id != upload.id,
        )
        .order_by(Import.finished_at.desc(), Import.id.desc())
        .limit(1)
    )


def find_remembered(municipality: Municipality, signature: str) -> RememberedMapping | None:
    """What the columns of such a file meant the last time, or None."""
    return db.session.scalar(
        select(RememberedMapping).where(
            RememberedMapping.municipality_id == municipality.id, RememberedMapping.signature == signature
        )
    )


def count_rows(upload: Import) -> dict[RowState, int]:
    """How many rows of the preview have which state."""
    rows = db.session.execute(
        select(ImportRow.state, func.count()).where(ImportRow.import_id == upload.id).group_by(ImportRow.state)
    )
    return dict.fromkeys(RowState, 0) | {row[0]: row[1] for row in rows}


def list_rows(upload: Import, state: RowState, limit: int | None = None, offset: int = 0) -> list[ImportRow]:
    """Rows of the preview in one state, in the order of the file."""
    return list(
        db.session.scalars(
            select(ImportRow)
            .where(ImportRow.import_id == upload.id, ImportRow.state == state)
            .order_by(ImportRow.number, ImportRow.id)
            .limit(limit)
            .offset(offset)
        )
    )


def all_changes(upload: Import) -> list:
    """The changes of all rows in the order of the file."""
    stored = db.session.scalars(
        select(ImportRow.changes)
        .where(ImportRow.import_id == upload.id, ImportRow.state.in_([RowState.NEW, RowState.CHANGED]))
        .order_by(ImportRow.number, ImportRow.id)
    )
    return [change for changes in stored for change in changes]
