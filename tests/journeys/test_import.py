"""From an Excel file of the statistics office to a figure on the public page, and back."""

import json

import openpyxl

from tests.journeys.conftest import AXE, DESK, axe_findings, sign_in

ROWS = [
    ["Kinder in Tagesbetreuung 2026"],
    ["Stadt Auenbrück, Statistikstelle"],
    [],
    ["Schlüssel", "Quartier", "Betreute Kinder", None, "Bemerkung"],
    [None, None, "Zähler", "Nenner", None],
    ["0101", "Hafen", 120, 300, None],
    ["0102", "Markt", ".", ".", "geheim"],
    ["0103", "Heide", "-", 90, None],
    ["9999", "Gibt es nicht", 1, 2, None],
    ["0104", "Tippfehler", "zwölf", 200, None],
    [None, "Insgesamt", 121, 392, None],
    [],
    ["Quelle: Jugendamt der Stadt Auenbrück"],
]


def workbook(path):
    """The file as an office sends it."""
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row or [None])
    book.active.merge_cells("C4:D4")
    book.save(path)
    return path


def test_from_a_workbook_to_the_public_page_and_back(open_context, info, server, tmp_path):
    context = open_context(DESK)
    context.add_init_script(path=AXE)
    page = sign_in(context.new_page(), info)
    public = f"{info['areas_url'].rstrip('/')}/0101"
    findings = {}

    def look(name):
        findings[name] = axe_findings(page)

    page.goto(f"{server.url}/importe/")
    look("Importe")
    page.get_by_role("link", name="Freigegebene Werte einlesen").click()
    look("Hochladen")
    page.get_by_label("Datei").set_input_files(workbook(tmp_path / "kita.xlsx"))
    page.get_by_role("button", name="Hochladen und ansehen").click()

    assert "Kopf in Zeile 4–5" in page.locator("main").inner_text()
    assert "1 Summenzeile, 1 Fußnote" in page.locator("main").inner_text()
    look("Spalten")
    assert page.get_by_label("Betreute Kinder Zähler").input_value() == "numerator:"
    page.get_by_label("Bemerkung").select_option("")
    page.get_by_label("Stichtag").first.fill("2026-06-30")
    page.get_by_label("Freigegeben von").fill("Statistikstelle Auenbrück")
    page.get_by_label("Freigegeben am").fill("2026-08-01")
    page.get_by_role("button", name="Prüfen und Vorschau zeigen").click()

    said = page.locator("main").inner_text()
    assert said.index("2 Zeilen abgelehnt") < said.index("Zeilen bringen Neues")
    assert "Es gibt kein Gebiet mit dem Schlüssel „9999“." in said
    assert "„zwölf“ ist keine Zahl" in said
    assert "Summenzeile" in said
    look("Vorschau")
    page.get_by_role("button", name="Übernehmen: 3 neu, 0 geändert").click()
    assert "Übernommen" in page.locator("main").inner_text()
    look("übernommen")

    page.goto(public)
    assert "Betreute Kinder" in page.content()
    page.goto(f"{server.url}/importe/")
    page.get_by_role("button", name="Zurücknehmen").first.click()
    assert "Es steht wieder da, was vorher da war" in page.locator("main").inner_text()
    page.goto(public)
    assert "Betreute Kinder" not in page.content()
    assert {name: found for name, found in findings.items() if found} == {}, json.dumps(findings, ensure_ascii=False)
