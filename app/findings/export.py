"""The matrix as a table for spreadsheets: one row for each finding of a cell."""

from collections.abc import Iterator

from flask_babel import gettext as _

from app.core import german
from app.core.exports import to_csv
from app.findings import wording
from app.findings.matrix import Cell, Matrix
from app.indicators.figures import shown


def matrix_csv(matrix: Matrix) -> bytes:
    """All cells of the matrix; what is secret or missing stays a sign, what is unknown stays empty."""
    return to_csv(_header(), _rows(matrix))


def _header() -> list[str]:
    return [
        _("Gebiet"),
        _("Schlüssel"),
        _("Ebene"),
        _("Kategorie"),
        _("Zielgruppe"),
        _("Befund"),
        _("Bedarf"),
        _("Indikator"),
        _("Wert"),
        _("Stichtag"),
        _("Quelle"),
        _("Angebote"),
        _("Gemessen in"),
        _("Verhältnis zum Vergleichswert"),
        _("Nicht bekannt"),
    ]


def _rows(matrix: Matrix) -> Iterator[list]:
    for area in matrix.areas:
        for judged in matrix.lines:
            cell = Cell(area, judged)
            for kind in matrix.cell(judged, area):
                yield _row(cell, matrix.level.name, str(kind.label))


def _row(cell: Cell, level: str, kind: str) -> list:
    line, verdict, need = cell.judged.line, cell.verdict, cell.judged.need
    figure = (
        [
            need.indicator.name,
            shown(need.by_area[cell.area.id], need.indicator),
            german.day(need.day),
            need.indicator.source,
        ]
        if need
        else ["", "", "", ""]
    )
    relative = verdict.supply.relative
    return [
        cell.area.name,
        cell.area.code,
        level,
        line.category,
        str(line.target_group.label),
        kind,
        str(verdict.need.label),
        *figure,
        len(verdict.served),
        str(verdict.supply.basis.label),
        None if relative is None else round(relative, 2),
        " ".join(wording.notes(cell)),
    ]
