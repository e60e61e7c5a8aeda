"""Files of the application: everything below DATA_DIR."""

from pathlib import Path

from flask import current_app


def folder(name: str) -> Path:
    """A folder of the data directory, made when missing."""
    path = Path(current_app.config["DATA_DIR"]) / name
    path.mkdir(parents=True, exist_ok=True)
    return path
