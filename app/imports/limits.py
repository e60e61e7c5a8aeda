"""How large a file may be, and archives that are looked at before they are opened."""

import io
import zipfile

from app.core.errors import RuleBroken

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 50 * 1024 * 1024
MAX_MEMBERS = 2_000
MAX_RATIO = 200
HARMLESS = 2 * 1024 * 1024  # a small part may be packed as tightly as it likes
MAX_ROWS = 20_000
MAX_COLUMNS = 1_000
MAX_CELLS = 2_000_000
BLOCK = 64 * 1024
FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")


def too_many_rows() -> RuleBroken:
    """The refusal of a long file."""
    return RuleBroken(
        "Die Datei hat mehr als 20.000 Zeilen; auch leere Zeilen mit Formatierung zählen. Kopieren Sie die Tabelle in "
        "eine neue Datei oder teilen Sie sie auf."
    )


def too_many_cells() -> RuleBroken:
    """The refusal of a large file."""
    return RuleBroken("Die Datei hat zu viele Zellen. Teilen Sie sie auf.")


def open_archive(content: bytes) -> zipfile.ZipFile:
    """An archive whose parts may be read: few enough, small enough unpacked. Raises RuleBroken.

    The declared sizes are summed before anything is unpacked; `zipfile` never yields more of a part than it declares.
    """
    if len(content) > MAX_BYTES:
        raise RuleBroken(f"Die Datei ist größer als {MAX_BYTES // 1024**2} MB.")
    if content.count(b"PK\x01\x02") > MAX_MEMBERS:
        raise RuleBroken("Das Archiv enthält zu viele Dateien.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise RuleBroken("Das Archiv ist beschädigt.") from error
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise RuleBroken("Die Datei ist mit einem Kennwort geschützt. Speichern Sie sie ohne Kennwort.")
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise RuleBroken("Die Datei ist ausgepackt größer als 50 MB.")
    if any(part.file_size > HARMLESS and part.file_size > MAX_RATIO * max(part.compress_size, 1) for part in parts):
        raise RuleBroken("Die Datei ist ungewöhnlich stark gepackt und wird deshalb nicht geöffnet.")
    return archive


def refuse_foreign_xml(archive: zipfile.ZipFile) -> None:
    """Raise RuleBroken for a part that brings definitions of its own or points outside: spreadsheets never need them.

    Reads every XML part once, in blocks, and never more of it than it declares.
    """
    try:
        for part in archive.infolist():
            if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                _look_through(archive, part)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        if isinstance(error, RuleBroken):
            raise
        raise RuleBroken("Die Datei ist beschädigt.") from error


def _look_through(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    before = b""
    with archive.open(part) as stream:
        while block := stream.read(BLOCK):
            text = (before + block).upper()
            if not before and not text.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
                raise RuleBroken("Die Arbeitsmappe ist ungewöhnlich verschlüsselt und wird nicht gelesen.")
            if any(word in text for word in FORBIDDEN):
                raise RuleBroken("Die Arbeitsmappe enthält fremde Definitionen (DOCTYPE) und wird nicht gelesen.")
            before = block[-16:]
