"""Checking and taking over large files in the worker."""

import logging

from flask import current_app

from app.core import clock
from app.core.database import reading
from app.core.errors import RuleBroken
from app.core.jobs import jobs
from app.extensions import db
from app.imports import queries, services
from app.imports.enums import ImportState
from app.imports.importer import get_importer
from app.imports.progress import Meter

log = logging.getLogger(__name__)
TROUBLE = "Bei uns ist etwas schiefgegangen. Es wurde nichts geändert. Versuchen Sie es noch einmal."


@jobs.job
def check_upload(import_id: int) -> None:
    """Find out what a file would do, then store the preview: the long reading takes no write lock."""
    meter = Meter(current_app, import_id)
    try:
        with reading():
            preview = _examined(import_id, meter)
            db.session.rollback()
        upload = queries.find_import(import_id)
        if preview is not None and upload is not None and upload.state is ImportState.CHECKING:
            services.keep_preview(upload=upload, preview=preview)
            db.session.commit()
    except Exception as error:
        _failed(import_id, error)
    finally:
        meter.forget()


def _examined(import_id: int, meter: Meter) -> dict | None:
    upload = queries.find_import(import_id, with_content=True)
    if upload is None or upload.state is not ImportState.CHECKING:
        return None
    return services.examine(
        upload=upload,
        importer=get_importer(upload.kind),
        municipality=queries.municipality_of(upload),
        progress=meter,
    )


@jobs.job
def take_over_upload(import_id: int, user_id: int | None) -> None:
    """Write what the preview shows, in one transaction."""
    try:
        upload = queries.find_import(import_id)
        if upload is not None:
            services.take_over(
                upload=upload,
                importer=get_importer(upload.kind),
                municipality=queries.municipality_of(upload),
                user=queries.find_user(user_id),
                now=clock.now(),
            )
            db.session.commit()
    except Exception as error:
        _failed(import_id, error)


def _failed(import_id: int, error: Exception) -> None:
    """Nothing was written; say why."""
    db.session.rollback()
    if not isinstance(error, RuleBroken):
        log.exception("import_failed", exc_info=error)
    upload = queries.find_import(import_id)
    if upload is not None and upload.state in (ImportState.CHECKING, ImportState.RUNNING):
        services.fail(upload=upload, reason=str(error) if isinstance(error, RuleBroken) else TROUBLE)
        db.session.commit()
