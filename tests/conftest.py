"""What every test stands on: a migrated database, an application, a client that audits the pages it fetches.

TEST_DATABASE chooses sqlite (default) or postgresql; the same tests run on both.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import before_render_template, request_started, template_rendered
from flask_migrate import upgrade
from sqlalchemy import event

from app import create_app
from app.extensions import db, limiter
from tests import factories
from tests.audit import AuditingClient

NEEDS_DATABASE = {"app", "database_url", "server"}


def pytest_collection_modifyitems(config, items) -> None:
    """On the second database only what a database can change is run again."""
    if os.environ.get("TEST_DATABASE", "sqlite") == "sqlite":
        return
    again = [item for item in items if _touches_database(item) and not item.get_closest_marker("once")]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(again)])
    items[:] = again


def _touches_database(item) -> bool:
    """Journeys start servers, each with a database of the kind under test."""
    return bool(NEEDS_DATABASE & set(item.fixturenames)) or "journeys" in item.path.parts


@pytest.fixture(scope="session")
def data_dir() -> Iterator[Path]:
    """A data folder for the whole run."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def database_url(data_dir: Path) -> str:
    """An empty database of the kind asked for."""
    if os.environ.get("TEST_DATABASE", "sqlite") == "sqlite":
        return f"sqlite:///{data_dir / 'test.sqlite'}"
    from tests.postgres import new_database

    return new_database()


@pytest.fixture(scope="session")
def app(data_dir: Path, database_url: str):
    """The application on a migrated database."""
    application = create_app(
        {
            "TESTING": True,
            "DATA_DIR": data_dir,
            "SECRET_KEY": "test-key-test-key-test-key-test-key",
            "SQLALCHEMY_DATABASE_URI": database_url,
            "SERVER_NAME": None,
            "PUBLIC_URL": "",
            "REDIS_URL": os.environ.get("TEST_REDIS_URL", ""),
            "MAIL_BACKEND": "file",
            "MAIL_FILE_PATH": str(data_dir / "mail"),
            "RATELIMIT_STORAGE_URI": "memory://",
        }
    )
    (data_dir / "mail").mkdir(exist_ok=True)
    application.test_client_class = AuditingClient
    with application.app_context():
        upgrade()
    yield application
    with application.app_context():
        db.engine.dispose()


@pytest.fixture(autouse=True)
def empty_afterwards(request) -> Iterator[None]:
    """Tests leave no rows, mails or limits behind; those without the application cost nothing."""
    yield
    if "app" not in request.fixturenames:
        return
    application = request.getfixturevalue("app")
    with application.app_context():
        db.session.remove()
        for table in reversed(db.metadata.sorted_tables):
            db.session.execute(table.delete())
        db.session.commit()
        limiter.reset()
    for mail in Path(application.config["MAIL_FILE_PATH"]).glob("*"):
        mail.unlink()


@pytest.fixture
def client(app) -> AuditingClient:
    """A browser without an account."""
    return app.test_client()


@pytest.fixture
def town(app) -> factories.Town:
    """A small municipality with one conference, committed; see `factories.small_town`."""
    with app.app_context():
        town = factories.small_town()
        db.session.commit()
    return town


@pytest.fixture
def organiser(app, town) -> AuditingClient:
    """A browser signed in as the town's organiser."""
    return app.test_client().sign_in(town.organiser)


@pytest.fixture
def statements(app) -> Iterator[list[str]]:
    """The SQL statements executed since the fixture (or the last `.clear()`)."""
    seen: list[str] = []

    def note(connection, cursor, statement, *_):
        if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")):
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture(autouse=True)
def no_sql_in_templates(request) -> Iterator[None]:
    """A template that reads the database fails its test."""
    if "app" not in request.fixturenames:
        yield
        return
    application = request.getfixturevalue("app")
    depth = [0]

    def begin_request(*_, **__):
        depth[0] = 0  # a template that failed never reported that it was done

    def enter(*_, **__):
        depth[0] += 1

    def leave(*_, **__):
        depth[0] -= 1

    def refuse(connection, cursor, statement, *_):
        assert depth[0] <= 0, f"SQL from a template: {statement}"

    with application.app_context():
        engine = db.engine
    request_started.connect(begin_request, application)
    before_render_template.connect(enter, application)
    template_rendered.connect(leave, application)
    event.listen(engine, "before_cursor_execute", refuse)
    yield
    request_started.disconnect(begin_request, application)
    before_render_template.disconnect(enter, application)
    template_rendered.disconnect(leave, application)
    event.remove(engine, "before_cursor_execute", refuse)
