"""Uploads that nobody took over go after 30 days, with file and preview."""

from datetime import datetime

from sqlalchemy import delete, select

from app.core.retention import retention_rule
from app.extensions import db
from app.imports.enums import ImportState
from app.imports.models import Import, ImportRow
from app.imports.services import KEPT_FOR


@retention_rule("Nicht übernommene Dateien")
def forget_uploads(now: datetime) -> int:
    """Delete uploads of more than 30 days ago that were neither taken over nor undone."""
    finished = [ImportState.DONE, ImportState.UNDONE]
    due = select(Import.id).where(Import.uploaded_at < now - KEPT_FOR, Import.state.not_in(finished))
    db.session.execute(delete(ImportRow).where(ImportRow.import_id.in_(due)))
    return db.session.execute(delete(Import).where(Import.id.in_(due))).rowcount
