"""Runs migrations with the application's engine; UTCDateTime is written as the plain column type it is."""

import sqlalchemy as sa
from alembic import context

from app.core.columns import UTCDateTime
from app.extensions import db


def render_item(kind, item, _autogen_context):
    """Migrations import nothing of ours."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, sa.Enum):
        return f"sa.String(length={item.length})"
    return False


def compare_type(_context, _inspected, _column, inspected_type, metadata_type):
    """Enums and UTCDateTime are plain text and time stamps in the database."""
    if isinstance(metadata_type, sa.Enum):
        return not isinstance(inspected_type, sa.String)
    if isinstance(metadata_type, UTCDateTime):
        return not isinstance(inspected_type, sa.DateTime)
    return None


with db.engine.connect() as connection:
    sqlite = db.engine.dialect.name == "sqlite"
    if sqlite:
        # Recreating a table in a batch must not cascade; the pragma only counts outside a transaction.
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=True,
        render_item=render_item,
        compare_type=compare_type,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
    if sqlite:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        connection.exec_driver_sql("BEGIN")
