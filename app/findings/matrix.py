"""The matrix topic × area: every line judged on every area shown, and counted by kind."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.accounts.models import Municipality
from app.areas.models import Area, AreaLevel
from app.core.errors import NotFound
from app.core.vocabulary import TargetGroup
from app.findings.enums import FindingKind
from app.findings.lines import JudgedLine, find_line, judge_line, lines_of
from app.findings.rules import Verdict
from app.findings.stock import Stock, find_stock

AREAS_A_PAGE = 30


@dataclass(frozen=True)
class Matrix:
    """Lines × areas of one level. `kind` narrows what is shown to one kind of finding, `within` to one area."""

    level: AreaLevel
    within: Area | None
    kind: FindingKind | None
    areas: list[Area]
    lines: list[JudgedLine]
    counts: Counter

    def cell(self, judged: JudgedLine, area: Area) -> list[FindingKind]:
        """What a cell shows."""
        kinds = judged.verdicts[area.id].kinds
        return [kind for kind in kinds if self.kind in (None, kind)]

    def loud(self, area: Area) -> list[tuple[JudgedLine, list[FindingKind]]]:
        """The lines with something to talk about in an area, for the list on phones."""
        found = [(judged, self.cell(judged, area)) for judged in self.lines]
        return [(judged, kinds) for judged, kinds in found if kinds and not kinds[0].quiet]

    def page(self, number: int) -> list[Area]:
        """The areas of one page, counted from 1; the last page for a number beyond it."""
        number = min(max(number, 1), self.pages)
        return self.areas[(number - 1) * AREAS_A_PAGE : number * AREAS_A_PAGE]

    @property
    def pages(self) -> int:
        """How many pages the areas fill."""
        return max(1, -(-len(self.areas) // AREAS_A_PAGE))


@dataclass(frozen=True)
class Cell:
    """One line on one area."""

    area: Area
    judged: JudgedLine

    @property
    def verdict(self) -> Verdict:
        """What the rules say."""
        return self.judged.verdicts[self.area.id]


def build_matrix(
    stock: Stock,
    today: date,
    *,
    level: AreaLevel | None = None,
    within: Area | None = None,
    target_group: TargetGroup | None = None,
    kind: FindingKind | None = None,
) -> Matrix:
    """The matrix of a level (the usual one unless said otherwise), in no further statement.

    With `kind`, lines and areas without a finding of that kind are left out; the counts are those of all cells.
    """
    level = level or (_level_below(within, stock) if within else stock.usual_level)
    inside = set(stock.tree.related(within.id)) if within else None
    shown = [area for area in stock.areas_of(level) if inside is None or area.id in inside]
    judged = [judge_line(line, stock, level, shown, today) for line in lines_of(stock, target_group)]
    counts = Counter(kind for line in judged for verdict in line.verdicts.values() for kind in verdict.kinds)
    if kind:
        judged = [line for line in judged if any(kind in verdict.kinds for verdict in line.verdicts.values())]
        shown = [area for area in shown if any(kind in line.verdicts[area.id].kinds for line in judged)]
    return Matrix(level, within, kind, shown, judged, counts)


def build_cell(stock: Stock, area: Area, category: str, target_group: TargetGroup, today: date) -> Cell:
    """One cell with everything it rests on; raises NotFound for a topic that is not in the matrix."""
    line = find_line(stock, category, target_group)
    level = next((one for one in stock.levels if one.id == area.level_id), None)
    if line is None or level is None:
        raise NotFound(category)
    return Cell(area, judge_line(line, stock, level, [area], today))


def cells_of_area(stock: Stock, area: Area, today: date) -> list[Cell]:
    """All lines on one area."""
    level = next((one for one in stock.levels if one.id == area.level_id), None)
    if level is None:
        raise NotFound(area.id)
    return [Cell(area, judge_line(line, stock, level, [area], today)) for line in lines_of(stock)]


def findings_for_area(municipality: Municipality, area: Area, today: date) -> list[Cell]:
    """What there is to talk about in an area of the current scheme, for its profile: cells with a loud finding.

    Eight statements. Empty for areas of another scheme and before areas were imported.
    """
    stock = find_stock(municipality, today)
    if stock is None or area.scheme_id != stock.scheme.id:
        return []
    return loud_cells(cells_of_area(stock, area, today))


def loud_cells(cells: Sequence[Cell]) -> list[Cell]:
    """The cells that hold something to talk about, the weightiest findings first."""
    order = list(FindingKind)
    loud = [cell for cell in cells if not cell.verdict.kinds[0].quiet]
    return sorted(loud, key=lambda cell: order.index(cell.verdict.kinds[0]))


def _level_below(area: Area, stock: Stock) -> AreaLevel:
    """The level whose areas lie in an area, or its own one when it has no parts."""
    ids = [level.id for level in stock.levels]
    children = stock.tree.children.get(area.id)
    child = next((one for one in stock.areas if children and one.id == children[0]), area)
    return stock.levels[ids.index(child.level_id)]
