"""One archive with database and files, taken while serving, and the way back.

SQLite is copied with `VACUUM INTO`, PostgreSQL with pg_dump: both see one consistent moment.
"""

import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from pathlib import Path

from blinker import Signal
from flask import current_app
from sqlalchemy import update
from sqlalchemy.engine import make_url

from app.core.mail import MailMessage, MailState
from app.extensions import db

SQLITE_NAME = "datenbank.sqlite"
POSTGRES_NAME = "datenbank.dump"
FOLDERS = ("files", "mail")
restored = Signal("Sent after a restore: floors stop what would leave the house by itself. They do not commit.")


class ArchiveError(Exception):
    """The archive cannot be written or read; the message says why."""


def write(file: Path) -> int:
    """Write the archive; returns the number of files in it. Raises ArchiveError."""
    with tempfile.TemporaryDirectory() as scratch:
        dump = _dump_database(Path(scratch))
        members = [(dump, dump.name)]
        for name in FOLDERS:
            base = Path(current_app.config["DATA_DIR"]) / name
            members += [
                (path, f"{name}/{path.relative_to(base)}") for path in sorted(base.rglob("*")) if path.is_file()
            ]
        with tarfile.open(file, "w:gz") as tar:
            for path, name in members:
                tar.add(path, arcname=name)
    return len(members)


def read(file: Path) -> int:
    """Replace database and files; returns how many released mails were held back. Raises ArchiveError."""
    with tempfile.TemporaryDirectory() as scratch:
        try:
            with tarfile.open(file) as tar:
                tar.extractall(scratch, filter="data")
        except (tarfile.TarError, OSError) as error:
            raise ArchiveError(f"Kein lesbares Sicherungsarchiv: {error}") from None
        _restore_database(Path(scratch))
        for name in FOLDERS:
            source = Path(scratch) / name
            target = Path(current_app.config["DATA_DIR"]) / name
            if source.is_dir():
                shutil.rmtree(target, ignore_errors=True)
                shutil.copytree(source, target)
    return _hold_back_mails()


def _dump_database(folder: Path) -> Path:
    if db.engine.dialect.name == "sqlite":
        target = folder / SQLITE_NAME
        connection = sqlite3.connect(_sqlite_path())
        try:
            connection.execute("VACUUM INTO ?", (str(target),))
        finally:
            connection.close()
        return target
    target = folder / POSTGRES_NAME
    _run_tool("pg_dump", "--format=custom", f"--file={target}", _libpq_url())
    return target


def _restore_database(folder: Path) -> None:
    db.session.remove()
    db.engine.dispose()
    if db.engine.dialect.name == "sqlite":
        source = folder / SQLITE_NAME
        if not source.is_file():
            raise ArchiveError("Im Archiv ist keine SQLite-Datenbank; DATABASE_URL passt nicht dazu.")
        saved, current = sqlite3.connect(source), sqlite3.connect(_sqlite_path())
        try:
            saved.backup(current)
        finally:
            saved.close()
            current.close()
        return
    source = folder / POSTGRES_NAME
    if not source.is_file():
        raise ArchiveError("Im Archiv ist keine PostgreSQL-Datenbank; DATABASE_URL passt nicht dazu.")
    _run_tool("pg_restore", "--clean", "--if-exists", "--no-owner", f"--dbname={_libpq_url()}", str(source))


def _hold_back_mails() -> int:
    """After a restore nobody knows what left since: released mails need a person again, those to be retried, too."""
    held = db.session.execute(
        update(MailMessage)
        .where(MailMessage.state == MailState.RELEASED)
        .values(state=MailState.DRAFT, retry_at=None, attempts=0)
    ).rowcount
    restored.send("archive")
    db.session.commit()
    return held


def _sqlite_path() -> str:
    return make_url(current_app.config["SQLALCHEMY_DATABASE_URI"]).database


def _libpq_url() -> str:
    url = make_url(current_app.config["SQLALCHEMY_DATABASE_URI"]).set(drivername="postgresql")
    return url.render_as_string(hide_password=False)


def _run_tool(*command: str) -> None:
    tool = shutil.which(command[0])
    if tool is None:
        raise ArchiveError(f"{command[0]} fehlt; es gehört zum Paket postgresql-client.")
    result = subprocess.run([tool, *command[1:]], capture_output=True, text=True, check=False)  # noqa: S603 -- fixed arguments
    if result.returncode:
        raise ArchiveError(f"{command[0]}: {result.stderr.strip().splitlines()[-1] if result.stderr else 'Fehler'}")
