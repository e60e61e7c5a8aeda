"""How far a job is: kept in the job queue's store, so that saying it never waits for the database's writer lock."""

import time

from flask import Flask

EVERY = 0.4  # seconds; each note is a durable write


class Meter:
    """Notes how many rows of an upload are done. Call it as often as you like."""

    def __init__(self, app: Flask, import_id: int):
        self._store = app.extensions["jobs"]
        self._key = _key(import_id)
        self._noted = 0.0

    def __call__(self, done: int, of: int) -> None:
        """`done` of `of` rows."""
        if time.monotonic() - self._noted >= EVERY or done == of:
            self._noted = time.monotonic()
            self._store.put(self._key, [done, of])

    def forget(self) -> None:
        """The job is over."""
        self._store.delete(self._key)


def progress_of(app: Flask, import_id: int) -> tuple[int, int] | None:
    """Rows done and rows in all, or None before the job has begun and after it has ended."""
    found = app.extensions["jobs"].get(_key(import_id), peek=True)
    return (found[0], found[1]) if found else None


def _key(import_id: int) -> str:
    return f"import-progress-{import_id}"
