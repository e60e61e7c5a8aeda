"""Counting what others can see: each change raises a number in the same transaction, and the number orders events."""

from sqlalchemy import update
from sqlalchemy.orm.attributes import set_committed_value

from app.conferences.models import Conference
from app.extensions import db
from app.tables.models import TopicTable
from app.tables.rules import OPEN_PHASES


def next_of_table(table: TopicTable) -> int:
    """Raise the table's version; writers of one table queue here until the commit."""
    return _raise(table, TopicTable.version, TopicTable.id == table.id)


def next_of_open_table(table: TopicTable) -> int | None:
    """The same, unless somebody closed the table meanwhile: then None."""
    return _raise(table, TopicTable.version, TopicTable.id == table.id, TopicTable.phase.in_(list(OPEN_PHASES)))


def next_of_wall(conference: Conference) -> int:
    """Raise the version of the wall."""
    return _raise(conference, Conference.wall_version, Conference.id == conference.id)


def _raise(row, column, *conditions) -> int | None:
    version = db.session.scalar(
        update(type(row))
        .where(*conditions)
        .values({column: column + 1})
        .returning(column)
        .execution_options(synchronize_session=False)
    )
    if version is not None:
        set_committed_value(row, column.key, version)
    return version
