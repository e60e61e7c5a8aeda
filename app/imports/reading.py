"""An uploaded file as a table, whatever wrote it: the one door for CSV and Excel."""

from dataclasses import dataclass, replace

from app.core.errors import RuleBroken
from app.imports import delimited, workbooks
from app.imports.grids import FOOTNOTE_ROW, TOTAL_ROW, body_of
from app.imports.limits import MAX_BYTES, MAX_ROWS, too_many_rows
from app.imports.numbers import DATELIKE, decimal_sign_of, looks_like_number, uses_decimal_comma, written
from app.imports.sheets import Dialect, Record, Sheet, listed

STRANGERS = {
    b"\x89PNG": "Die Datei ist ein Bild",
    b"\xff\xd8\xff": "Die Datei ist ein Bild",
    b"GIF8": "Die Datei ist ein Bild",
    b"%PDF": "Die Datei ist ein PDF",
    b"\xd0\xcf\x11\xe0": "Die Datei hat das alte Excel-Format (.xls) oder ist mit einem Kennwort geschützt",
    b"\x1f\x8b": "Die Datei ist gepackt",
    b"Rar!": "Die Datei ist gepackt",
    b"7z\xbc\xaf": "Die Datei ist gepackt",
}
NO_TABLE = "{} und keine Tabelle, keine Textdatei. Speichern Sie die Tabelle als CSV oder XLSX."


@dataclass(frozen=True)
class Hints:
    """What a person said about a file after seeing how it was understood; None leaves it to us.

    `header` are the header's rows as the spreadsheet counts them.
    """

    sheet: str | None = None
    header: tuple[int, ...] | None = None
    comma: bool | None = None


NO_HINTS = Hints()


def read_table(content: bytes, hints: Hints = NO_HINTS) -> Sheet:
    """CSV or Excel, told apart by content. Raises RuleBroken for anything else and anything too large."""
    refuse_strangers(content)
    if content.startswith(b"PK"):
        return _workbook(content, hints)
    text, encoding = delimited.decode(content)
    if text.lstrip()[:1] == "<":
        raise RuleBroken(NO_TABLE.format("Die Datei ist eine Webseite oder XML"))
    if text.lstrip()[:2] in {'{"', "[{", "[["}:
        raise RuleBroken(NO_TABLE.format("Die Datei ist JSON"))
    return read_text(text, hints, encoding)


def read_text(text: str, hints: Hints = NO_HINTS, encoding: str = "") -> Sheet:
    """A delimited table. Raises RuleBroken when it has no header or names a column twice."""
    rows, separator = delimited.rows_of(text)
    return _sheet(rows, hints, Dialect("csv", encoding, separator))


def refuse_strangers(content: bytes) -> None:
    """Raise RuleBroken for an empty, too large or obviously different file."""
    if len(content) > MAX_BYTES:
        raise RuleBroken(f"Die Datei ist größer als {MAX_BYTES // 1024**2} MB.")
    if not content.strip():
        raise RuleBroken("Die Datei ist leer.")
    for beginning, what in STRANGERS.items():
        if content.startswith(beginning):
            raise RuleBroken(NO_TABLE.format(what))


def _workbook(content: bytes, hints: Hints) -> Sheet:
    if not workbooks.is_workbook(content):
        raise RuleBroken("Das Archiv ist keine Excel-Arbeitsmappe. Speichern Sie die Tabelle als CSV oder XLSX.")
    grid, name, names = workbooks.rows_of(content, hints.sheet)
    texts = [cell for row in grid for cell in row if isinstance(cell, str)]
    dotted = any("." in cell for cell in texts if looks_like_number(cell))
    comma = hints.comma if hints.comma is not None else not dotted or uses_decimal_comma(texts)
    rows = [[cell if isinstance(cell, str) else written(cell, comma) for cell in row] for row in grid]
    return _sheet(rows, replace(hints, comma=comma), Dialect("xlsx", sheet=name, sheets=names))


def _sheet(rows: list[list[str]], hints: Hints, dialect: Dialect) -> Sheet:
    header = tuple(number - 1 for number in hints.header or ()) or None
    if header and header[-1] >= len(rows):
        raise RuleBroken("So viele Zeilen hat die Datei nicht. Nennen Sie die Zeile, in der die Spalten heißen.")
    if not any(map(any, rows)):
        raise RuleBroken("Die Datei ist leer oder hat keine Kopfzeile.")
    body = body_of(rows, header)
    named = [column for column in body.columns if column]
    if twice := sorted({column for column in named if named.count(column) > 1}):
        raise RuleBroken(f"Diese Spalten kommen mehrfach vor: {listed(twice)}.")
    begin = body.header[-1] + 1
    records = [
        _record(number + 1, body.columns, rows[number], body.asides.get(number))
        for number in range(begin, len(rows))
        if any(rows[number])
    ]
    if len(records) > MAX_ROWS:
        raise too_many_rows()
    titles = [(number + 1, " · ".join(filter(None, rows[number]))) for number in range(body.header[0])]
    comma, ambiguous = (hints.comma, False) if hints.comma is not None else _decimals(named, records)
    asides = list(body.asides.values())
    dialect = replace(
        dialect,
        comma=comma,
        ambiguous=ambiguous,
        chosen=hints.comma is not None,
        header=tuple(number + 1 for number in body.header),
        totals=asides.count(TOTAL_ROW),
        footnotes=asides.count(FOOTNOTE_ROW),
    )
    return Sheet(named, records, dialect, [(number, text) for number, text in titles if text])


def _record(number: int, columns: list[str], cells: list[str], aside: str | None) -> Record:
    surplus = any(cells[len(columns) :])
    padded = [*cells, *[""] * (len(columns) - len(cells))]
    return Record(
        number,
        {column: cell for column, cell in zip(columns, padded, strict=False) if column},
        problem="Die Zeile hat mehr Zellen als die Kopfzeile." if surplus and not aside else None,
        aside=aside,
    )


def _decimals(columns: list[str], records: list[Record]) -> tuple[bool | None, bool]:
    """Whether the columns of numbers use a decimal comma (None: nothing to tell), and whether both could be meant."""
    numbers: list[str] = []
    for column in columns:
        cells = {cell for record in records if (cell := record.cells[column]) and not DATELIKE.fullmatch(cell)}
        found = [cell for cell in cells if looks_like_number(cell)]
        if 2 * len(found) > len(cells) and not any(cell[:1] == "0" and cell.isdecimal() for cell in found):
            numbers += [cell for cell in found if "," in cell or "." in cell]
    if not numbers:
        return None, False
    comma, certain = decimal_sign_of(numbers)
    return comma, not certain
