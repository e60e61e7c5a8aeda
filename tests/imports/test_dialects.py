"""Whatever a table was written with, it reads back to the same values."""

import io
import itertools
from datetime import date

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.imports.reading import read_table
from app.indicators.enums import ValueState
from app.indicators.file_values import AreaCodes, Catalogue, ValueRows, decimal_sign
from app.indicators.layouts import layout_of, propose
from app.indicators.models import Indicator

DAY = date(2025, 12, 31)
CODES = [f"{number:04}" for number in range(101, 113)]
TEXTS = [
    (encoding, separator, comma, thousands)
    for encoding, separator, comma, thousands in itertools.product(
        ("utf-8", "utf-8-sig", "utf-16", "cp1252"), (";", "\t", "|", ","), (True, False), (True, False)
    )
    if not (separator == "," and comma)
]
DIALECTS = [(*one, layout) for one in TEXTS for layout in ("wide", "long", "titled")] + [
    ("xlsx", "", True, False, layout) for layout in ("wide", "long", "titled")
]
SIGNS = {"secret": (".", "•"), "missing": ("x", "/", "…"), "zero": ("-", "–", "0")}
figures = st.one_of(
    st.sampled_from(["secret", "missing", "zero", "empty"]),
    st.integers(1, 10**6),
    st.integers(1, 10**7).map(lambda whole: whole / 100),
)
tables = st.lists(st.tuples(figures, figures), min_size=4, max_size=len(CODES))


def test_there_are_enough_ways_of_writing():
    assert len(DIALECTS) >= 40


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(table=tables, dialect=st.sampled_from(DIALECTS), pick=st.integers(0, 5))
def test_a_table_reads_back_to_the_same_values_in_every_dialect(table, dialect, pick):
    encoding, separator, comma, thousands, layout = dialect
    rows = laid_out(table, layout, lambda figure: written(figure, comma, thousands, pick, encoding))
    content = workbook(rows) if encoding == "xlsx" else text(rows, separator).encode(encoding)

    found = values_of(content, comma)

    assert found == meant(table)


def written(figure, comma, thousands, pick, encoding):
    """A figure as this dialect writes it."""
    if figure == "empty":
        return ""
    if figure in SIGNS:
        return SIGNS[figure][pick % len(SIGNS[figure])]
    if encoding == "xlsx":
        return figure
    plain = f"{figure:,}" if thousands else f"{figure}"
    return plain.translate(str.maketrans(",.", ".,")) if comma else plain


def laid_out(table, layout, write):
    """Rows of a file, header included."""
    if layout == "long":
        lines = [["Schlüssel", "Indikator", "Wert"]]
        for code, cells in zip(CODES, table, strict=False):
            lines += [[code, name, write(figure)] for name, figure in zip(("eins", "zwei"), cells, strict=True)]
        return lines
    lines = [["Schlüssel", "Gebiet", "eins", "zwei"]]
    lines += [
        [code, f"Gebiet {code}", *(write(one) for one in cells)] for code, cells in zip(CODES, table, strict=False)
    ]
    if layout == "titled":
        total = ["", "Insgesamt", write(999), write(999)]
        return [["Ein Bericht über die Stadt"], [], *lines, total, [], ["Quelle: Statistikstelle der Stadt"]]
    return lines


def text(rows, separator):
    """A delimited file, quoted where it must be."""
    quoted = [[f'"{cell}"' if separator in str(cell) else str(cell) for cell in row] for row in rows]
    return "\r\n".join(separator.join(row) for row in quoted) + "\r\n"


def workbook(rows):
    """An Excel file."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row or [None])
    book.save(out)
    return out.getvalue()


def values_of(content, comma):
    """What the importer makes of a file: state and figure by indicator and code."""
    sheet = read_table(content)
    codes = AreaCodes({code: number for number, code in enumerate(CODES)})
    mapping = propose(sheet, codes.column_of(sheet), {})
    layout = layout_of(mapping)
    values = [one for record in sheet.records for one in layout.values(record)]
    cells = [cell for one in values for cell in one.cells if cell]
    found_comma, doubts = decimal_sign(sheet, cells)  # in doubt a person decides
    indicators = {key: Indicator(id=number, key=key, numerator="") for number, key in enumerate(("eins", "zwei"))}
    run = ValueRows(layout, codes, Catalogue(indicators, "", set(), set()), DAY, comma if doubts else found_comma)
    return {
        ("eins", "zwei")[value.indicator_id] + CODES[value.area_id]: (value.state, value.value)
        for record in sheet.records
        if not record.aside
        for value in run.read(record, list(layout.values(record)))
    }


def meant(table):
    """What was drawn."""
    states = {"secret": (ValueState.SUPPRESSED, None), "missing": (ValueState.MISSING, None)}
    states["zero"] = (ValueState.KNOWN, 0)
    return {
        name + code: states.get(figure, (ValueState.KNOWN, figure))
        for code, cells in zip(CODES, table, strict=False)
        for name, figure in zip(("eins", "zwei"), cells, strict=True)
        if figure != "empty"
    }
