"""PDF and Word of frozen versions, kept as files: a cache that may be deleted at any time."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from app.core import qr, typesetting
from app.core.storage import folder
from app.core.tokens import digest

HERE = Path(__file__).parent


def kept(sha256: str, suffix: str, address: str, make: Callable[[], bytes]) -> bytes:
    """The file of a version for an address, made when it is not there yet.

    One file is kept per version and format: another address or a newer release replaces it.
    """
    place = folder("files")
    stem = f"papier-{sha256[:32]}-"
    path = place / f"{stem}{digest(_release() + address)[:16]}.{suffix}"
    if not path.exists():
        content = make()
        for older in place.glob(f"{stem}*.{suffix}"):
            older.unlink(missing_ok=True)
        _write(path, content)
        return content
    return path.read_bytes()


@cache
def _release() -> str:
    """Changes with the code that sets the files; every file of this floor counts, so that none can be forgotten."""
    makers = [*HERE.glob("*.py"), *HERE.glob("*.typ"), Path(qr.__file__), Path(typesetting.__file__)]
    return hashlib.sha256(b"".join(maker.read_bytes() for maker in sorted(makers))).hexdigest()


def _write(path: Path, content: bytes) -> None:
    """Write beside and move, so that nobody ever reads half a file."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, suffix=".teil")
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    Path(name).replace(path)
