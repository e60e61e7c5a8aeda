"""How transactions begin: readers do not wait, writers queue up front, commits are durable."""

from contextlib import contextmanager
from contextvars import ContextVar

from flask import Flask, request
from sqlalchemy import Engine, event

from app.extensions import db

_only_reading: ContextVar[bool] = ContextVar("only_reading", default=False)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask) -> None:
    """Bind the rules for SQLite to the engine and mark read-only requests."""
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _prepare_sqlite(db.engine)
    app.before_request(_note_kind_of_request)


@contextmanager
def reading():
    """Transactions begun inside take no write lock on SQLite."""
    token = _only_reading.set(True)
    try:
        yield
    finally:
        _only_reading.reset(token)


def _note_kind_of_request() -> None:
    """Know before the first statement whether this request writes.

    A writer's body is read here: the write lock must never wait for a slow phone.
    """
    reads = request.method in SAFE_METHODS
    _only_reading.set(reads)
    if not reads:
        request.get_data(cache=True, parse_form_data=True)


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def set_pragmas(connection, record) -> None:  # noqa: ARG001 -- SQLAlchemy's signature
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection) -> None:
        connection.exec_driver_sql("BEGIN" if _only_reading.get() else "BEGIN IMMEDIATE")
