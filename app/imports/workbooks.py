"""Excel workbooks: values only, numbers with their exact value, codes as they are shown."""

import io
import math
import re
import zipfile
from datetime import date, datetime, time
from xml.etree.ElementTree import ParseError

import openpyxl

from app.core.errors import RuleBroken
from app.core.typed import usable
from app.imports.limits import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    open_archive,
    refuse_foreign_xml,
    too_many_cells,
    too_many_rows,
)

LEADING_ZEROS = re.compile(r'"?(0{2,})"?')
WORKBOOK = "xl/workbook.xml"
BROKEN = (
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, LookupError, OverflowError, AssertionError),
    *(ParseError, SyntaxError, zipfile.BadZipFile, EOFError, OSError, RecursionError, NotImplementedError),
)


def is_workbook(content: bytes) -> bool:
    """Whether an archive is an Excel workbook."""
    with open_archive(content) as archive:
        return WORKBOOK in archive.namelist()


def rows_of(content: bytes, wanted: str | None = None) -> tuple[list[list[str | float]], str, tuple[str, ...]]:
    """The cells of one sheet (the wanted or the first with content), its name, and the names of all.

    Raises RuleBroken for a workbook that is too large, broken or hostile.
    """
    with open_archive(content) as archive:
        refuse_foreign_xml(archive)
    try:
        workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        names = tuple(usable(sheet.title) for sheet in workbook.worksheets)
        if not names:
            raise RuleBroken("Die Arbeitsmappe enthält kein Tabellenblatt.")
        for name, sheet in zip(names, workbook.worksheets, strict=True):
            if wanted in names and name != wanted:
                continue
            rows = _rows(sheet)
            if any(map(any, rows)) or name == wanted:
                return rows, name, names
    except RuleBroken:
        raise
    except BROKEN as error:
        raise RuleBroken("Die Arbeitsmappe ist beschädigt und lässt sich nicht lesen.") from error
    return [], names[0], names


def _rows(sheet) -> list[list[str | float]]:
    sheet.reset_dimensions()  # what the file says about its size need not be true
    rows, cells = [], 0
    for row in sheet.iter_rows():
        cells += len(row)
        if len(rows) >= MAX_ROWS:
            raise too_many_rows()
        if cells > MAX_CELLS:
            raise too_many_cells()
        values = [_value(cell) for cell in row]
        while values and values[-1] == "":
            values.pop()
        if len(values) > MAX_COLUMNS:
            raise RuleBroken("Die Tabelle hat mehr als 1.000 Spalten. Teilen Sie sie auf.")
        rows.append(values)
    return rows


def _value(cell) -> str | float:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number(value, cell.number_format)
    return usable(str(value)).strip()


def _number(value: float, number_format: str) -> str | float:
    """A number, or the text of a code that is shown with leading zeros."""
    if not math.isfinite(value):
        return str(value)
    zeros = LEADING_ZEROS.fullmatch(number_format or "")
    if zeros and value == int(value) and value >= 0:
        return str(int(value)).zfill(len(zeros[1]))
    return value
