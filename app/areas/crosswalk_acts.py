"""Acts on crosswalks: propose, confirm, take over from a table."""

import re
from collections.abc import Sequence

from flask_babel import gettext as _

from app.areas import queries
from app.areas.crosswalk import Links, links_by_code, links_by_overlap, problem_of
from app.areas.models import Area, AreaCrosswalk, AreaScheme
from app.areas.outlines import outlines_of
from app.core import german
from app.core.errors import RuleBroken
from app.core.turns import take_turn
from app.extensions import db
from app.imports.report import ImportReport, Refusal
from app.imports.sheets import Sheet

SHARE = re.compile(r"(\d{1,3}(?:[.,]\d{1,6})?)\s*(%?)")


def propose_crosswalk(*, older: Sequence[Area], newer: Sequence[Area]) -> Links:
    """How the areas of an older level lie in those of a newer one: by their outlines, by code where one has none."""
    if not older or not newer:
        return {}
    old_outlines, new_outlines = _outlines(older), _outlines(newer)
    links = links_by_overlap(old_outlines, new_outlines)
    drawn = {area_id for area_id, _newer in links}
    by_code = links_by_code([(one.id, one.code) for one in older], [(one.id, one.code) for one in newer])
    return links | {
        pair: share
        for pair, share in by_code.items()
        if pair[0] not in drawn and (pair[0] not in old_outlines or pair[1] not in new_outlines)
    }


def _outlines(areas: Sequence[Area]) -> dict[int, str]:
    scheme_id = areas[0].scheme_id
    return outlines_of([area.id for area in areas], queries.list_outlines(scheme_id), queries.area_tree(scheme_id))


def save_crosswalk(*, older: AreaScheme, newer: AreaScheme, links: Links) -> None:
    """Put these links in place of those there are between the two schemes. No links at all take the crosswalk away.

    Raises RuleBroken for the same scheme twice, areas of other schemes, and shares that are none or add up to more
    than the whole area.
    """
    if older.id == newer.id:
        raise RuleBroken(_("Wählen Sie zwei verschiedene Gliederungen."))
    take_turn(AreaScheme, newer.id)
    names = {area.id: area.name for area in queries.list_areas_of_scheme(older)}
    known = {area.id for area in queries.list_areas_of_scheme(newer)}
    if any(pair[0] not in names or pair[1] not in known for pair in links):
        raise RuleBroken(_("Ein Gebiet gehört nicht zu diesen Gliederungen. Laden Sie die Seite neu."))
    if any(not 0 < share <= 1 for share in links.values()):
        raise RuleBroken(_("Ein Anteil liegt über 0 und höchstens bei 100 %."))
    if found := problem_of(links):
        raise RuleBroken(
            _(
                "Die Anteile von „%(name)s“ ergeben zusammen %(total)s %%. Möglich sind höchstens 100 %%.",
                name=names[found[0]],
                total=german.number(100 * found[1]),
            )
        )
    _replace(queries.list_crosswalk(older.id, newer.id), links)


def _replace(present: Sequence[AreaCrosswalk], links: Links) -> None:
    kept = {(row.from_area_id, row.to_area_id): row for row in present}
    for pair, row in kept.items():
        if pair not in links:
            db.session.delete(row)
    for pair, share in links.items():
        if pair in kept:
            kept[pair].share = share
        else:
            db.session.add(AreaCrosswalk(from_area_id=pair[0], to_area_id=pair[1], share=share))
    db.session.flush()


def import_crosswalk(*, older: AreaScheme, newer: AreaScheme, sheet: Sheet) -> ImportReport:
    """Take a table over as the crosswalk: code of the older area, code of the newer one, share (1 when left out).

    Codes used on several levels mean the finest one. Refused rows do not stop the others; raises RuleBroken when
    nothing can be used or the shares of an area are impossible.
    """
    if len(sheet.columns) < 2:
        raise RuleBroken(_("Die Tabelle braucht zwei Spalten mit Schlüsseln: das frühere und das neue Gebiet."))
    old_ids = {area.code: area.id for area in queries.list_areas_of_scheme(older)}
    new_ids = {area.code: area.id for area in queries.list_areas_of_scheme(newer)}
    report, links = ImportReport(), {}
    for record in sheet.records:
        report.read += 1
        cells = [record.cells.get(column, "") for column in sheet.columns[:3]]
        share = _share(cells[2]) if len(cells) > 2 and cells[2] else 1.0
        pair = old_ids.get(cells[0]), new_ids.get(cells[1])
        if problem := record.problem or _row_problem(cells, pair, share, older, newer):
            report.refused.append(Refusal(record.number, problem))
        else:
            links[pair] = share
    report.created = len(links)
    if not links:
        raise RuleBroken(_("Keine Zeile ließ sich verwenden. %(reason)s", reason=_first(report)))
    save_crosswalk(older=older, newer=newer, links=links)
    return report


def _share(text: str) -> float | None:
    found = SHARE.fullmatch(text.strip())
    if found is None:
        return None
    share = float(found[1].replace(",", ".")) / (100 if found[2] else 1)
    return share if 0 < share <= 1 else None


def _row_problem(
    cells: list[str], pair: tuple[int | None, int | None], share: float | None, older: AreaScheme, newer: AreaScheme
) -> str | None:
    for code, area_id, scheme in zip(cells, pair, (older, newer), strict=False):
        if area_id is None:
            return _("In „%(scheme)s“ gibt es kein Gebiet „%(code)s“.", scheme=scheme.name, code=code[:40])
    if share is None:
        return _("„%(text)s“ ist kein Anteil. Schreiben Sie zum Beispiel 0,35 oder 35 %%.", text=cells[2][:40])
    return None


def _first(report: ImportReport) -> str:
    return f"Zeile {report.refused[0].number}: {report.refused[0].reason}" if report.refused else _("Sie ist leer.")
