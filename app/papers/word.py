"""The paper as a Word document with real styles, for those who work on with it: python-docx."""

import io
from datetime import UTC, datetime

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from app.papers import prose
from app.papers.prose import Node

INK = RGBColor(0x16, 0x19, 0x1D)
ACCENT = RGBColor(0x1B, 0x3A, 0x5C)
MUTED = RGBColor(0x4A, 0x4F, 0x57)
LONGEST_PROPERTY = 255
LANGUAGES = {"de": "de-DE", "en": "en-GB", "tr": "tr-TR", "uk": "uk-UA", "ar": "ar-SA", "ru": "ru-RU", "fr": "fr-FR"}

AFTER_BIDI = ("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")


def render(booklet: dict, address: str) -> bytes:
    """The booklet as .docx; `address` is where the paper stands on the web."""
    paper = docx.Document()
    _set_up(paper, booklet)
    _cover(paper, booklet, address)
    for section in booklet["sections"]:
        paper.add_heading(section["title"], 1)
        _blocks(paper, prose.parse(section["body"]))
        _AFTER.get(section["key"], lambda *_: None)(paper, booklet)
    _appendix(paper, booklet)
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _set_up(paper, booklet: dict) -> None:
    page = paper.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.6)
    page.top_margin = page.bottom_margin = Cm(2.5)
    for name, size in (("Normal", 10.5), ("Title", 26), ("Heading 1", 18), ("Heading 2", 14), ("Heading 3", 12)):
        style = paper.styles[name]
        _font(style, "Calibri")
        style.font.size, style.font.color.rgb = Pt(size), INK if name == "Normal" else ACCENT
    _font(paper.styles["Heading 4"], "Calibri")
    paper.styles["Heading 4"].font.color.rgb = ACCENT
    _language(paper.styles["Normal"].element.get_or_add_rPr(), "de-DE")
    properties, moment = paper.core_properties, datetime.fromtimestamp(booklet["frozen_at"], UTC).replace(tzinfo=None)
    properties.title, properties.author = booklet["title"], booklet["municipality"]["name"]
    properties.subject, properties.language = booklet["subtitle"][:LONGEST_PROPERTY], "de-DE"
    properties.comments, properties.created, properties.modified = booklet["version_line"], moment, moment
    page.footer.paragraphs[0].text = f"{booklet['title']} · {booklet['version_line']}"


def _font(style, name: str) -> None:
    style.font.name = name
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), name)


def _language(properties, language: str, complex_script: str | None = None) -> None:
    mark = properties.find(qn("w:lang"))
    if mark is None:
        mark = OxmlElement("w:lang")
        properties.append(mark)
    mark.set(qn("w:val"), language)
    if complex_script:
        mark.set(qn("w:bidi"), complex_script)


def _cover(paper, booklet: dict, address: str) -> None:
    paper.add_paragraph(booklet["municipality"]["name"])
    paper.add_paragraph(booklet["title"], style="Title")
    paper.add_paragraph(booklet["subtitle"])
    paper.add_paragraph(" ".join(filter(None, [booklet["version_line"] + ".", booklet["replaces_line"]])))
    paper.add_paragraph(f"Im Netz: {address}")
    _small(paper.add_paragraph(), f"Prüfsumme (SHA-256): {booklet['sha256']}")


def _overview(paper, booklet: dict) -> None:
    if not booklet["recommendations"]:
        return
    paper.add_heading("Die Empfehlungen auf einen Blick", 1)
    rows = [
        [str(row["number"]), row["title"], row["lead"], row["horizon"], row["priority"]]
        for row in booklet["recommendations"]
    ]
    _table(paper, ["Nr.", "Empfehlung", "Federführung", "Zeithorizont", "Priorität"], rows, [1.1, 6, 3.2, 3.6, 1.9])


def _method(paper, booklet: dict) -> None:
    if booklet["facts"]:
        paper.add_heading("Die Veranstaltung in Zahlen", 2)
        _terms(paper, booklet["facts"])


def _area(paper, booklet: dict) -> None:
    if booklet["area_figures"]:
        paper.add_heading(f"{booklet['area']['name']} in Zahlen", 2)
        _figures(paper, booklet["area_figures"])
        _small(paper.add_paragraph(), booklet["legend"])


def _points(paper, booklet: dict) -> None:
    if booklet["points"]:
        paper.add_heading("Die Ergebnispunkte", 2)
    for point in booklet["points"]:
        line = paper.add_paragraph()
        line.add_run(f"{point['number']}. {point['title']}").bold = True
        if point["minority"]:
            line.add_run(" (Minderheitsposition)")
        line.paragraph_format.keep_with_next = True
        if point["summary"]:
            paper.add_paragraph(point["summary"]).paragraph_format.keep_with_next = True
        _small(paper.add_paragraph(), point["about"])


def _fields(paper, booklet: dict) -> None:
    for group in booklet["fields"]:
        paper.add_heading(group["name"], 2)
        for row in group["recommendations"]:
            _recommendation(paper, row)


def _recommendation(paper, row: dict) -> None:
    paper.add_heading(f"Empfehlung {row['number']}: {row['title']}", 3)
    if row["text"]:
        paper.add_paragraph(row["text"], style="Intense Quote").paragraph_format.left_indent = Cm(0.5)
    _terms(paper, [*row["terms"], {"name": "Beleg", "text": row["evidence_text"]}])
    if row["figures"]:
        _figures(paper, row["figures"])


_AFTER = {"summary": _overview, "method": _method, "area": _area, "dialogue": _points, "fields": _fields}


def _appendix(paper, booklet: dict) -> None:
    if booklet["area_tables"]:
        paper.add_heading("Anhang: Zahlen nach Räumen", 1)
        paper.add_paragraph(f"Raumgliederung: {booklet['area']['scheme']['name']}. {booklet['legend']}")
        for part in booklet["area_tables"]:
            rows = [[f"{row['name']} ({row['date']})", *row["cells"], row["town"]] for row in part["rows"]]
            _table(paper, ["Kennzahl", *part["areas"], "Stadt"], rows)
        for source in booklet["area_tables"][0]["sources"]:
            paper.add_paragraph(source, style="List Bullet")
    if booklet["tables"]:
        paper.add_heading("Anhang: Stimmen im Wortlaut", 1)
    for table in booklet["tables"]:
        paper.add_heading(table["name"], 2)
        for voice in table["voices"]:
            _voice(paper, voice)
    if booklet["set_aside"] or booklet["open_line"]:
        paper.add_heading("Anhang: Beiträge ohne Ergebnispunkt", 1)
    for voice in booklet["set_aside"]:
        _voice(paper, voice, f"Grund: {voice['reason']}")
    if booklet["open_line"]:
        paper.add_paragraph(booklet["open_line"])
    if booklet["municipality"]["imprint"]:
        paper.add_heading("Impressum", 1)
        for line in booklet["municipality"]["imprint"].splitlines():
            paper.add_paragraph(line)


def _voice(paper, voice: dict, reason: str = "") -> None:
    line = paper.add_paragraph()
    line.paragraph_format.keep_with_next = True
    line.paragraph_format.left_indent = Cm(0.5)
    run = line.add_run(voice["text"])
    language = LANGUAGES.get(voice["language"], "de-DE")
    if voice["direction"] == "rtl":
        line.paragraph_format.element.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *AFTER_BIDI)
        line.alignment = WD_ALIGN_PARAGRAPH.LEFT  # in a right-to-left paragraph LEFT means its beginning
        run.font.rtl = True
        _language(run._r.get_or_add_rPr(), "de-DE", language)
    elif language != "de-DE":
        _language(run._r.get_or_add_rPr(), language)
    about = paper.add_paragraph()
    about.paragraph_format.left_indent = Cm(0.5)
    _small(about, " · ".join(filter(None, [voice["about"], reason])))


def _small(paragraph, text: str) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(8.5), MUTED


def _terms(paper, rows: list[dict]) -> None:
    for row in rows:
        line = paper.add_paragraph()
        line.paragraph_format.space_after = Pt(2)
        line.add_run(f"{row['name']}: ").bold = True
        line.add_run(row["text"])


def _figures(paper, groups: list[dict]) -> None:
    rows = [[f"{group['name']} ({group['origin']})", group["line"], group["town"]] for group in groups]
    _table(paper, ["Kennzahl", "Wert", "Stadt"], rows, [6, 7, 2.8])


def _table(paper, header: list[str], rows: list[list[str]], widths: list[float] | None = None) -> None:
    table = paper.add_table(rows=1, cols=len(header), style="Table Grid")
    table.autofit = widths is None
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for cell, text in zip(table.rows[0].cells, header, strict=True):
        _cell(cell, text, bold=True)
    for row in rows:
        cells = table.add_row()
        cells._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, text in zip(cells.cells, row, strict=True):
            _cell(cell, text)
    for column, width in zip(table.columns, widths or [], strict=False):
        for cell in column.cells:
            cell.width = Cm(width)
    paper.add_paragraph()


def _cell(cell, text: str, *, bold: bool = False) -> None:
    run = cell.paragraphs[0].add_run(text)
    run.bold, run.font.size = bold, Pt(9)


def _blocks(paper, nodes: list[Node], style: str | None = None) -> None:
    for node in nodes:
        if node.kind == "heading":
            _inline(paper.add_heading("", node.level - 1), node.children)
        elif node.kind == "paragraph":
            _inline(paper.add_paragraph(style=style), node.children)
        elif node.kind in {"bullets", "numbers"}:
            _list(paper, node, 1)
        elif node.kind == "quote":
            _blocks(paper, node.children, "Quote")


def _list(paper, node: Node, depth: int) -> None:
    name = "List Bullet" if node.kind == "bullets" else "List Number"
    style = name if depth == 1 else f"{name} {min(depth, 3)}"
    numbering = _new_numbering(paper, style, node.start) if node.kind == "numbers" else None
    for item in node.children:
        for child in item.children:
            if child.kind in {"bullets", "numbers"}:
                _list(paper, child, depth + 1)
                continue
            line = paper.add_paragraph(style=style)
            if numbering is not None:
                line.paragraph_format.element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = numbering
            _inline(line, child.children)


def _new_numbering(paper, style: str, start: int) -> int:
    """A numbering of its own for one list; Word would go on counting from the list before."""
    numbering = paper.part.numbering_part.numbering_definitions._numbering
    of_style = paper.styles[style].element.pPr.numPr.numId.val
    number = numbering.add_num(numbering.num_having_numId(of_style).abstractNumId.val)
    number.add_lvlOverride(ilvl=0).add_startOverride(start)
    return number.numId


def _inline(paragraph, nodes: list[Node], *, bold: bool | None = None, italic: bool | None = None) -> None:
    for node in nodes:
        if node.kind == "break":
            paragraph.add_run().add_break()
        elif node.kind == "text":
            run = paragraph.add_run(node.text)
            run.bold, run.italic = bold, italic
        else:
            _inline(
                paragraph,
                node.children,
                bold=True if node.kind == "strong" else bold,
                italic=True if node.kind == "emphasis" else italic,
            )
            if node.kind == "link" and node.href != prose.words(node):
                paragraph.add_run(f" ({node.href})")
