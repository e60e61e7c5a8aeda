"""Tables as offices send them: encoding and separator are recognised, rows keep their number."""

import csv
import io
from dataclasses import dataclass

from app.core.errors import RuleBroken
from app.core.typed import usable

MAX_BYTES = 50 * 1024 * 1024
MAX_CELLS = 2_000_000
LONGEST_HEADER = 100_000
SEPARATORS = (";", ",", "\t", "|")


@dataclass(frozen=True)
class Record:
    """One row: its number as a spreadsheet shows it, its cells by column, an outline where the file has one.

    `problem` says why the row cannot be used at all.
    """

    number: int
    cells: dict[str, str]
    geometry: str | None = None
    problem: str | None = None


@dataclass(frozen=True)
class Sheet:
    """A table in order; `columns` as written in the header, without surrounding spaces."""

    columns: list[str]
    records: list[Record]

    def require(self, column: str) -> str:
        """The column, or RuleBroken with the columns there are."""
        if column not in self.columns:
            raise RuleBroken(f"Die Spalte „{column}“ fehlt. Vorhanden sind: {_listed(self.columns)}.")
        return column


def _listed(columns: list[str]) -> str:
    """Column names for a sentence; of very many or very long ones the beginning."""
    names = [column[:60] for column in columns[:40]]
    return ", ".join([*names, "…"] if len(columns) > len(names) else names)


def decode(content: bytes) -> str:
    """UTF-8 with or without BOM, UTF-16 with BOM, else Windows-1252. Raises RuleBroken for anything else."""
    if len(content) > MAX_BYTES:
        raise RuleBroken("Die Datei ist größer als 50 MB.")
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return usable(text)
    raise RuleBroken("Die Datei ist keine Textdatei in UTF-8 oder Windows-1252.")


def read_csv(text: str) -> Sheet:
    """A delimited table with one header row. Raises RuleBroken when it has none or names a column twice."""
    separator = _separator(text)
    if (_header(text).count(separator) + 1) * max(text.count("\n"), text.count("\r")) > MAX_CELLS:
        raise RuleBroken("Die Datei hat zu viele Zellen. Teilen Sie sie auf.")
    lines = _parsed(text, separator)
    if not lines or not any(lines[0]):
        raise RuleBroken("Die Datei ist leer oder hat keine Kopfzeile.")
    columns = [cell.strip() for cell in lines[0]]
    named = [column for column in columns if column]
    if twice := sorted({column for column in named if named.count(column) > 1}):
        raise RuleBroken(f"Diese Spalten kommen mehrfach vor: {_listed(twice)}.")
    records = [_record(number, columns, cells) for number, cells in enumerate(lines[1:], start=2) if any(cells)]
    return Sheet(named, records)


def _record(number: int, columns: list[str], cells: list[str]) -> Record:
    cells = [cell.strip() for cell in cells]
    surplus = any(cells[len(columns) :])
    cells += [""] * (len(columns) - len(cells))
    return Record(
        number,
        {column: cell for column, cell in zip(columns, cells, strict=False) if column},
        problem="Die Zeile hat mehr Zellen als die Kopfzeile." if surplus else None,
    )


def _parsed(text: str, separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise RuleBroken(f"Die Datei lässt sich nicht als CSV lesen ({error}).") from error


def _separator(text: str) -> str:
    """The separator that cuts the header into most columns."""
    header = _header(text)
    return max(SEPARATORS, key=lambda separator: len(_parsed(header, separator)[0])) if header else ";"


def _header(text: str) -> str:
    return next(iter(text.lstrip("\r\n")[:LONGEST_HEADER].splitlines()), "")
