"""Migrations lead to exactly what the models say, up and down, with data in place."""

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade

from app import create_app
from app.core.columns import UTCDateTime
from app.extensions import db
from tests import factories

REVISIONS = [f"{number:04}" for number in range(1, 30)]


@pytest.fixture
def fresh_app(tmp_path, database_url):
    """An application on a database of its own, so that going down disturbs nobody."""
    if database_url.startswith("sqlite"):
        url = f"sqlite:///{tmp_path / 'migrations.sqlite'}"
    else:
        from tests.postgres import new_database

        url = new_database("migrations")
    application = create_app(
        {"TESTING": True, "DATA_DIR": tmp_path, "SECRET_KEY": "x" * 40, "SQLALCHEMY_DATABASE_URI": url}
    )
    yield application
    with application.app_context():
        db.session.remove()
        db.engine.dispose()


def test_head_equals_the_models(fresh_app):
    with fresh_app.app_context():
        upgrade()

        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": compare_type})
            differences = compare_metadata(context, db.metadata)

    assert differences == []


def test_every_migration_goes_down_and_up_again_with_rows_in_place(fresh_app):
    with fresh_app.app_context():
        upgrade()
        factories.furnished_town()
        db.session.commit()
        db.session.remove()

        for revision in reversed(REVISIONS[:-1]):
            downgrade(revision=revision)
        people = db.session.execute(sa.text('SELECT count(*) FROM "user"')).scalar()
        db.session.remove()
        upgrade()
        tables = sa.inspect(db.engine).get_table_names()

    assert people == 4
    assert set(db.metadata.tables) <= set(tables)


def compare_type(_context, _inspected, _column, inspected_type, metadata_type):
    """The same tolerance as in migrations/env.py."""
    if isinstance(metadata_type, sa.Enum):
        return not isinstance(inspected_type, sa.String)
    if isinstance(metadata_type, UTCDateTime):
        return not isinstance(inspected_type, sa.DateTime)
    return None
