"""Delimited text: encoding and separator are recognised, sizes are checked before anything is kept."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from app.core.errors import RuleBroken
from app.core.typed import usable
from app.imports.limits import MAX_BYTES, MAX_CELLS, MAX_ROWS, too_many_cells, too_many_rows

SEPARATORS = (";", "\t", "|", ",")
LONGEST_LINE = 100_000
LOOKED_AT = 100
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
DECIMAL = re.compile(r"[+\-−]?[0-9.]*[0-9],[0-9]+\s*%?")


def decode(content: bytes) -> tuple[str, str]:
    """Text and encoding: UTF-8 with or without BOM, UTF-16 with BOM, else Windows-1252. Raises RuleBroken."""
    if len(content) > MAX_BYTES:
        raise RuleBroken(f"Die Datei ist größer als {MAX_BYTES // 1024**2} MB.")
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        if b"\0" in content and encoding != "utf-16":
            break
        try:
            return usable(content.decode(encoding)), encoding
        except UnicodeDecodeError:
            continue
    raise RuleBroken("Die Datei ist keine Textdatei in UTF-8 oder Windows-1252.")


def rows_of(text: str) -> tuple[list[list[str]], str]:
    """The cells of every line, and the separator. Raises RuleBroken for what is no table or too large a one."""
    separator = _separator(text)
    breaks = text.count("\n") or text.count("\r")
    head = next(_lines(text.lstrip("\r\n")), "")[:LONGEST_LINE]
    if breaks > 10 * MAX_ROWS:
        raise too_many_rows()
    if (head.count(separator) + 1) * breaks > MAX_CELLS:
        raise too_many_cells()
    rows: list[list[str]] = []
    try:
        for row in csv.reader(_lines(text), delimiter=separator):
            rows.append([cell.strip() for cell in row])
            if len(rows) > MAX_ROWS + LOOKED_AT:
                raise too_many_rows()
    except csv.Error as error:
        raise RuleBroken(f"Die Datei lässt sich nicht als CSV lesen ({error}).") from error
    return rows, separator


def _lines(text: str) -> Iterator[str]:
    """Lines one by one, without a second copy of the text."""
    return (match.group() for match in LINE.finditer(text))


def _separator(text: str) -> str:
    """The separator by which most lines have the same number of cells.

    Of several the one whose first full line comes first: that is the header. A comma that only stands between digits
    separates decimals, not cells.
    """
    lines = [line[:LONGEST_LINE] for line in islice(_lines(text), LOOKED_AT) if line.strip()]
    cut = {separator: _cut(lines, separator) for separator in SEPARATORS}
    usual = {separator: _usual_length(rows) for separator, rows in cut.items()}
    firsts = {
        separator: next(number for number, row in enumerate(cut[separator]) if len(row) == length)
        for separator, length in usual.items()
        if length > 1
    }
    for separator in list(firsts):
        if separator != "," and "," in firsts and _commas_are_decimals(cut[separator]):
            del firsts[","]
    if firsts:
        return min(firsts, key=lambda separator: (firsts[separator], -usual[separator]))
    return max(SEPARATORS, key=lambda separator: len(cut[separator][0]) if cut[separator] else 0)


def _cut(lines: list[str], separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(lines, delimiter=separator))
    except csv.Error:
        return []


def _usual_length(rows: list[list[str]]) -> int:
    """The number of cells most lines have, if at least half of them do; else 0."""
    if not rows:
        return 0
    length, lines = Counter(len(row) for row in rows).most_common(1)[0]
    return length if 2 * lines >= len(rows) else 0


def _commas_are_decimals(rows: list[list[str]]) -> bool:
    with_comma = [cell.strip() for row in rows for cell in row if "," in cell]
    return 2 * sum(bool(DECIMAL.fullmatch(cell)) for cell in with_comma) > len(with_comma)
