"""Uploads nobody took over do not stay for ever."""

from datetime import timedelta

from sqlalchemy import select

from app.core.retention import run_retention
from app.extensions import db
from app.imports.enums import ImportState
from app.imports.models import Import, ImportRow
from tests import factories


def test_unused_uploads_go_after_thirty_days_and_finished_ones_stay(app):
    with app.app_context():
        home = factories.municipality()
        for state in (ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED, ImportState.DONE):
            factories.upload(home, state=state, content=b"code;wert\n")
        db.session.commit()

        early = run_retention(factories.NOW + timedelta(days=29))["Nicht übernommene Dateien"]
        late = run_retention(factories.NOW + timedelta(days=31))["Nicht übernommene Dateien"]

        assert (early, late) == (0, 3)
        (left,) = db.session.scalars(select(Import)).all()
        assert left.state is ImportState.DONE
        assert [row.import_id for row in db.session.scalars(select(ImportRow))] == [left.id]
