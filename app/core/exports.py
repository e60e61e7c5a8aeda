"""Tables that leave the house: spreadsheets may not run what somebody typed."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from app.core.typed import usable

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def cell(value) -> str:
    """Text that starts like a formula gets a leading apostrophe; numbers stay numbers, German decimal comma."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, int | float):
        return str(value).replace(".", ",")
    text = str(value)
    return "'" + text if text.startswith(DANGEROUS) else text


def to_csv(header: Sequence[str], rows: Iterable[Sequence]) -> bytes:
    """A table as Excel in German offices opens it: UTF-8 with BOM, semicolons."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([cell(value) for value in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def to_xlsx(header: Sequence[str], rows: Iterable[Sequence], title: str = "Tabelle") -> bytes:
    """The same table as an Excel workbook: text is text whatever it begins with, numbers and days stay what they are.

    Excel marks text that would otherwise be a formula as if an apostrophe had been typed before it; the value itself
    is unchanged.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    sheet.append([_typed(sheet, name, Font(bold=True)) for name in header])
    for row in rows:
        sheet.append([_typed(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _typed(sheet, value, font: Font | None = None) -> WriteOnlyCell:
    if value is None or isinstance(value, bool):
        value = cell(value)
    elif not isinstance(value, int | float | date):
        value = usable(str(value))
    made = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        made.data_type = "s"
        made.alignment = Alignment(vertical="top", wrap_text="\n" in value)
        made.quotePrefix = value.startswith(DANGEROUS)
    if font:
        made.font = font
    return made
