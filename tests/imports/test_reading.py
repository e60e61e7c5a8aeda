"""Files as offices send them: recognised, cut into title, header, data, totals and footnotes."""

import io
from datetime import date

import openpyxl
import pytest

from app.core.errors import RuleBroken
from app.imports.reading import NO_HINTS, Hints, read_table


def table(text, hints=NO_HINTS, encoding="utf-8"):
    """A sheet from text."""
    return read_table(text.encode(encoding), hints)


def workbook(*rows, **sheets):
    """An Excel file; further sheets by name."""
    book = openpyxl.Workbook()
    book.active.title = "Werte"
    for row in rows:
        book.active.append(row)
    for name, content in sheets.items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(row)
    return saved(book)


def saved(book):
    """A workbook's bytes."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_encoding_and_separator_are_recognised(encoding, separator):
    content = separator.join(["code", "name"]) + "\r\n" + separator.join(["01", "Lüttgen"]) + "\r\n"

    sheet = table(content, encoding=encoding)

    assert sheet.columns == ["code", "name"]
    assert sheet.records[0].cells == {"code": "01", "name": "Lüttgen"}
    assert sheet.records[0].number == 2
    assert sheet.dialect.separator == separator


def test_rows_too_long_carry_a_problem_and_blank_ones_are_skipped():
    sheet = table("code;name\n01;A;x\n;\n02\n")

    assert [(record.number, bool(record.problem)) for record in sheet.records] == [(2, True), (4, False)]


@pytest.mark.parametrize("text", ["", "\n\n", "a;a\n1;2\n", "\ufeff"])
def test_tables_without_usable_header_are_refused(text):
    with pytest.raises(RuleBroken):
        table(text)


def test_titles_two_header_lines_totals_and_footnotes_are_told_apart(app):
    sheet = table(
        "Leistungsbezug 2025\nStadt Musterstadt, Statistikstelle\n\n"
        "Schlüssel;Quartier;SGB II;;Arbeitslose;\n;;Anzahl;Anteil;Anzahl;Anteil\n"
        "0101;Hafen;1.200;30,1;300;7,5\n0102;Markt;-;x;.;•\n0103;Heide;90;5,0;12;0,6\n"
        ";Insgesamt;1.290;12,0;312;3,1\n\n1) Stichtag 31.12.2025\nQuelle: Bundesagentur für Arbeit; eigene Berechnung\n"
    )

    assert sheet.columns == [
        *("Schlüssel", "Quartier", "SGB II Anzahl", "SGB II Anteil", "Arbeitslose Anzahl", "Arbeitslose Anteil")
    ]
    assert [(one.number, one.aside) for one in sheet.records] == [
        *((6, None), (7, None), (8, None), (9, "Summenzeile"), (11, "Fußnote"), (12, "Fußnote"))
    ]
    assert sheet.titles == [(1, "Leistungsbezug 2025"), (2, "Stadt Musterstadt, Statistikstelle")]
    with app.app_context():
        words = sheet.dialect.words()
    assert words == [*("UTF-8", "Semikolon", "Dezimalkomma", "Kopf in Zeile 4–5", "1 Summenzeile", "2 Fußnoten")]


def test_years_below_a_heading_are_header():
    sheet = table("Schlüssel;SGB-II-Quote;;\n;2023;2024;2025\n0101;1,5;2,5;3,5\n0102;1,5;2,5;3,5\n")

    assert sheet.columns == ["Schlüssel", "SGB-II-Quote 2023", "SGB-II-Quote 2024", "SGB-II-Quote 2025"]
    assert len(sheet.records) == 2


def test_a_first_row_of_data_is_never_taken_for_header():
    for text in ("code;name\n;X\n02;Y\n", "code;name;wert\n;Hafen;zehn\n02;Y;3\n", "code;wert\n01;\n02;5\n"):
        assert [one.number for one in table(text).records] == [2, 3]


def test_a_last_row_with_a_code_alone_is_no_footnote():
    assert [one.aside for one in table("code;name\n01;A\n02\n").records] == [None, None]


def test_columns_without_name_are_called_like_in_the_spreadsheet():
    sheet = table("code;;wert;\n01;A;5;\n02;B;6;\n")

    assert sheet.columns == ["code", "Spalte B", "wert"]


def test_decimal_commas_are_no_separators():
    sheet = table("Titel, mit Komma\ncode;a;b\n" + "".join(f"0{n};1,{n};2,{n}\n" for n in range(9)))

    assert sheet.columns == ["code", "a", "b"]


def test_lists_in_cells_are_no_columns():
    sheet = table("name,gruppen\n" + "".join(f"Treff {n},Kinder;Eltern\n" for n in range(9)))

    assert sheet.columns == ["name", "gruppen"]


@pytest.mark.parametrize(
    ("cells", "comma", "ambiguous"),
    [("1.234", True, True), ("1,5", True, False), ("1.5", False, False), ("12", None, False)],
)
def test_the_decimal_sign_is_found_or_said_to_be_unclear(cells, comma, ambiguous):
    dialect = table(f"code;wert\n0101;{cells}\n0102;{cells}\n").dialect

    assert (dialect.comma, dialect.ambiguous) == (comma, ambiguous)


def test_a_person_may_correct_what_was_understood():
    text = "Bericht;2025\nStand;heute\ncode;wert\n01;1.234\n"

    sheet = table(text, Hints(header=(3,), comma=False))

    assert sheet.columns == ["code", "wert"]
    assert sheet.dialect.comma is False
    with pytest.raises(RuleBroken, match="So viele Zeilen"):
        table(text, Hints(header=(30,)))


def test_workbooks_keep_values_codes_and_dates():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Schlüssel", "Text", "Wert", "Tag", "Fehler"])
    sheet.append([101, "0102", 1.234, date(2025, 12, 31), "#DIV/0!"])
    sheet.append([1100101, "1.234", 12.345678901, None, None])
    sheet["A2"].number_format = "0000"

    read = read_table(saved(book))

    assert [list(one.cells.values()) for one in read.records] == [
        ["0101", "0102", "1,234", "2025-12-31", "#DIV/0!"],
        ["1100101", "1.234", "12,345678901", "", ""],
    ]


def test_a_sheet_can_be_chosen():
    content = workbook(["a", "b"], [1, 2], Zweites=[["c", "d"], [3, 4]])

    assert read_table(content).columns == ["a", "b"]
    assert read_table(content).dialect.sheets == ("Werte", "Zweites")
    assert read_table(content, Hints(sheet="Zweites")).columns == ["c", "d"]


def test_an_empty_first_sheet_is_passed_over():
    assert read_table(workbook(Daten=[["a", "b"], [1, 2]])).dialect.sheet == "Daten"


def test_formulas_bring_their_stored_value_only():
    book = openpyxl.load_workbook(io.BytesIO(workbook(["code", "wert"], ["01", 5])))
    book.active["B2"] = "=1+1"

    assert read_table(saved(book)).records[0].cells == {"code": "01", "wert": ""}
