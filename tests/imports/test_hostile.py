"""Files that are made to hurt: refused within a second, in little memory, with a reason."""

import io
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).parents[2]
MEGABYTE = 1024 * 1024
MEASURE = """
import resource, sys, time
from app.areas.imports import read_sheet
from app.core.errors import RuleBroken
read_sheet(b"code;name\\n01;A\\n")
content = open(sys.argv[1], "rb").read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
begun = time.process_time()
try:
    read_sheet(content)
    said = "taken"
except RuleBroken as error:
    said = str(error)
seconds = time.process_time() - begun
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(seconds, grown, said.replace("\\n", " "))
"""


def book(*changes) -> bytes:
    """A small workbook, with some parts replaced or added."""
    out = io.BytesIO()
    workbook = openpyxl.Workbook()
    workbook.active.append(["code", "wert"])
    workbook.active.append(["0101", 5])
    workbook.save(out)
    changed = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {name: old.read(name) for name in old.namelist()} | dict(changes)
        for name, content in parts.items():
            new.writestr(name, content)
    return changed.getvalue()


def sheet_xml(rows: str) -> bytes:
    """A worksheet with some rows."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def packed(size: int, members: int = 1) -> bytes:
    """Zeros, packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(members):
            archive.writestr(f"{number}.xml", b"0" * size)
    return out.getvalue()


def lying() -> bytes:
    """An archive whose part is larger than it says."""
    content = bytearray(book(("xl/worksheets/sheet1.xml", sheet_xml("<row/>" * 100_000))))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    return bytes(content.replace(struct.pack("<I", size), struct.pack("<I", 500)))


def entities() -> bytes:
    """A workbook whose text is a file of the server."""
    evil = b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><sst>&x;</sst>'
    return book(("xl/sharedStrings.xml", evil))


def laughs() -> bytes:
    """A workbook with entities that unfold to gigabytes."""
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    evil = f'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY l0 "ha">{lines}]><worksheet>&l11;</worksheet>'
    return book(("xl/worksheets/sheet1.xml", evil.encode()))


def empty_rows(number: int) -> bytes:
    """Rows that hold nothing but a format."""
    return book(("xl/worksheets/sheet1.xml", sheet_xml('<row><c s="1"/></row>' * number)))


FILES = {
    "xlsx bomb": (lambda: book(("xl/worksheets/sheet1.xml", sheet_xml("<row/>" * 12_000_000))), "größer als 50 MB"),
    "zip bomb": (lambda: packed(60 * MEGABYTE), "größer als 50 MB"),
    "many parts": (lambda: packed(10, 5_000), "zu viele Dateien"),
    "tightly packed": (lambda: packed(40 * MEGABYTE), "ungewöhnlich stark gepackt"),
    "million empty rows": (lambda: empty_rows(1_000_000), "stark gepackt|20.000 Zeilen"),
    "many empty rows": (lambda: empty_rows(60_000), "20.000 Zeilen"),
    "last row only": (
        lambda: book(("xl/worksheets/sheet1.xml", sheet_xml('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'))),
        "20.000 Zeilen",
    ),
    "last column only": (
        lambda: book(("xl/worksheets/sheet1.xml", sheet_xml('<row r="1"><c r="XFD1"><v>1</v></c></row>' * 5))),
        "1.000 Spalten",
    ),
    "lying size": (lying, "beschädigt"),
    "external entity": (entities, "DOCTYPE"),
    "billion laughs": (laughs, "DOCTYPE"),
    "utf-16 xml": (
        lambda: book(("xl/sharedStrings.xml", '<!DOCTYPE s [<!ENTITY a "b">]><sst/>'.encode("utf-16"))),
        "verschlüsselt",
    ),
    "picture as csv": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4000, "ein Bild"),
    "xml as csv": (lambda: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "XML"),
    "binary as csv": (lambda: bytes(range(256)) * 20_000, "keine Textdatei"),
    "pdf": (lambda: b"%PDF-1.7 ...", "ein PDF"),
    "old excel": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 4096, "xls"),
    "too large": (lambda: b"a;b\n" + b"1;2\n" * 3_000_000, "größer als 10 MB"),
    "many rows": (lambda: b"code;wert\n" + b"1;2\n" * 1_000_000, "20.000 Zeilen"),
    "many columns": (lambda: b";".join(b"c%d" % n for n in range(150_000)) + b"\n1" * 9000, "zu viele Zellen"),
    "one endless cell": (lambda: b'code;"' + b"x" * 9_000_000, "nicht als CSV"),
    "cut workbook": (lambda: book()[:1500], "beschädigt"),
    "nested json": (lambda: b'{"type": "FeatureCollection", "features": ' + b"[" * 500_000, "GeoJSON|Punkte"),
    "nan json": (lambda: b'{"type": "FeatureCollection", "features": [NaN]}', "Gebiet|GeoJSON"),
}


@pytest.mark.parametrize("name", list(FILES))
def test_a_hostile_file_is_refused_quickly_and_in_little_memory(name, tmp_path):
    make, reason = FILES[name]
    file = tmp_path / "datei"
    file.write_bytes(make())

    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", MEASURE, file], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert result.stdout, result.stderr[-500:]
    seconds, grown, said = result.stdout.split(" ", 2)
    assert any(one in said for one in reason.split("|")), said
    assert float(seconds) < 1
    assert int(grown) < 50 * 1024
    assert len(said) < 300
