"""What the data page shows for a choice of level, date, area and map."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.accounts.models import Municipality
from app.areas import queries as areas
from app.areas import rules as area_rules
from app.areas.choices import area_choices, tree_of_areas
from app.areas.models import Area, AreaLevel, AreaScheme
from app.areas.outlines import outlines_of
from app.areas.tree import AreaTree
from app.core import german
from app.core.errors import NotFound
from app.indicators import queries, reading, rules
from app.indicators.enums import Gap
from app.indicators.figures import Figure
from app.indicators.forms import TableFilter
from app.indicators.index_reading import IndexResult, compute_index, find_index_of_level
from app.indicators.maps import Address, DrawnMap, index_map, indicator_map
from app.indicators.models import Indicator, SocialIndex
from app.indicators.reading import IndicatorTable, TableRow

INDEX_MAP = "index"


@dataclass(frozen=True)
class Stock:
    """Everything a municipality has to choose from; profiles speak of the `current` scheme only."""

    schemes: list[AreaScheme]
    current: bool
    scheme: AreaScheme
    levels: list[AreaLevel]
    areas: list[Area]
    tree: AreaTree
    indicators: list[Indicator]
    held: dict[int, list[date]]
    indexes: list[SocialIndex]

    @property
    def days(self) -> list[date]:
        """All reference dates, newest first."""
        return sorted({day for days in self.held.values() for day in days}, reverse=True)


@dataclass(frozen=True)
class TablePage:
    """One view of the data page."""

    level: AreaLevel
    day: date | None
    table: IndicatorTable
    rows: list[TableRow]
    focus: Area | None
    focus_row: TableRow | None
    figures: list[Figure]
    result: IndexResult | None
    drawn: DrawnMap | None

    @property
    def town_gaps(self) -> list[tuple[object, list[str]]]:
        """Why some indicators have no figure for the whole town, with their names."""
        found: dict = {}
        for indicator, reading_ in zip(self.table.indicators, self.table.town, strict=True):
            if reading_.gap is not Gap.NONE:
                found.setdefault(reading_.gap.label, []).append(indicator.name)
        return list(found.items())

    @property
    def class_ends(self) -> tuple[str, str]:
        """The least and the most burdened class of the index shown."""
        index = self.result.index
        return rules.class_ends(index.class_breaks, index.orientation)


def find_stock(municipality: Municipality, chosen: str = "") -> Stock | None:
    """What there is to show of the chosen scheme, else of the current one, else of any that has levels.

    None before areas were imported. Raises NotFound for a scheme the municipality does not have.
    """
    schemes = areas.list_schemes(municipality)
    current = area_rules.current_scheme(schemes)
    if chosen and chosen not in {str(one.id) for one in schemes}:
        raise NotFound(chosen)
    wanted = [one for one in schemes if str(one.id) == chosen] or sorted(schemes, key=lambda one: one is not current)
    scheme, levels = next(((one, levels) for one in wanted if (levels := areas.list_levels(one))), (None, []))
    if scheme is None:
        return None
    everywhere = areas.list_areas_of_scheme(scheme)
    return Stock(
        schemes=schemes,
        current=scheme is current,
        scheme=scheme,
        levels=levels,
        areas=everywhere,
        tree=tree_of_areas(everywhere),
        indicators=queries.list_indicators(municipality),
        held=queries.dates_held(scheme.id),
        indexes=queries.list_indexes_of_scheme(scheme),
    )


def offer_choices(form: TableFilter, stock: Stock) -> None:
    """Fill the form's selects from what there is."""
    maps = [(one.key, one.name) for one in stock.indicators if one.id in stock.held]
    if stock.indexes:
        maps.insert(0, (INDEX_MAP, stock.indexes[0].name))
    form.offer([(level.id, level.name) for level in stock.levels], area_choices(stock.areas), stock.days, maps)


def build_page(form: TableFilter, stock: Stock, href: Address) -> TablePage:
    """The view that was chosen, with sensible defaults set in the form. Raises NotFound for an unknown choice."""
    if not form.validate():
        raise NotFound("choice")
    focus = next((area for area in stock.areas if str(area.id) == form.gebiet.data), None)
    level = _level(form.ebene.data, stock, focus)
    day = date.fromisoformat(form.stichtag.data) if form.stichtag.data else next(iter(stock.days), None)
    index = find_index_of_level(stock.indexes, level, day)
    form.ebene.data, form.stichtag.data = str(level.id), day.isoformat() if day else ""
    here = [area for area in stock.areas if area.level_id == level.id]
    shown = [one for one in stock.indicators if day in stock.held.get(one.id, [])]
    asked = [*here, *([focus] if focus and focus.level_id != level.id else [])]
    table = reading.indicator_table(level, day, shown, tree=stock.tree, some_areas=asked)
    result = compute_index(index, tree=stock.tree, some_areas=here) if index else None
    inside = set(stock.tree.below(focus.id)) if focus and focus.level.rank < level.rank else None
    return TablePage(
        level=level,
        day=day,
        table=table,
        rows=[row for row in table.rows[: len(here)] if inside is None or row.area.id in inside],
        focus=focus,
        focus_row=next((row for row in table.rows if focus and row.area.id == focus.id), None),
        figures=reading.figures_for(focus, shown, until=day, tree=stock.tree) if focus and shown else [],
        result=result,
        drawn=_map(form, table, here, result, _Drawing(stock, here, href, inside or ({focus.id} if focus else set()))),
    )


@dataclass(frozen=True)
class _Drawing:
    """What every map of the page is drawn with."""

    stock: Stock
    here: Sequence[Area]
    href: Address
    marked: set[int]

    @property
    def outlines(self) -> dict[int, str]:
        """The outlines of the level shown."""
        return outlines_of([area.id for area in self.here], areas.list_outlines(self.stock.scheme.id), self.stock.tree)


def _level(chosen: str, stock: Stock, focus: Area | None) -> AreaLevel:
    """The chosen level; else the one below the area in view, the index's, or the finest."""
    if chosen:
        return next(level for level in stock.levels if str(level.id) == chosen)
    if focus is not None:
        finer = [level for level in stock.levels if level.rank > focus.level.rank]
        return finer[0] if finer else stock.levels[-1]
    with_index = {index.level_id for index in stock.indexes}
    return next((level for level in reversed(stock.levels) if level.id in with_index), stock.levels[-1])


def _map(
    form: TableFilter,
    table: IndicatorTable,
    here: Sequence[Area],
    result: IndexResult | None,
    drawing: "_Drawing",
) -> DrawnMap | None:
    if result is not None and form.karte.data in ("", None, INDEX_MAP):
        form.karte.data = INDEX_MAP
        return index_map(result, drawing.outlines, href=drawing.href, marked=drawing.marked)
    rates = [one for one in table.indicators if one.denominator is not None] or table.indicators
    indicator = next((one for one in table.indicators if one.key == form.karte.data), next(iter(rates), None))
    if indicator is None:
        return None
    form.karte.data = indicator.key
    column = table.indicators.index(indicator)
    readings = {row.area.id: row.readings[column] for row in table.rows}
    subtitle = f"{table.level.name}, {german.day(table.day)}"
    return indicator_map(
        indicator, here, readings, drawing.outlines, subtitle=subtitle, href=drawing.href, marked=drawing.marked
    )
