"""From stored values to the table that disclosure control works on: cells, sums, and what is known from outside."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.areas.tree import AreaTree
from app.indicators.disclosure import equations
from app.indicators.disclosure.quantities import Column, name_quantities
from app.indicators.disclosure.table import Cell, Equation, Name, Rule, verdict
from app.indicators.enums import Outcome, ReferenceType, ValueState
from app.indicators.figures import measure_of
from app.indicators.models import Indicator
from app.indicators.rates import Counts, Measure
from app.indicators.value_changes import Place

Pair = tuple[int, date]


@dataclass(frozen=True)
class Stock:
    """What is stored: raw and cleared values by place, the trees of the schemes that hang together."""

    scheme_id: int
    trees: Mapping[int, AreaTree]
    indicators: Mapping[int, Indicator]
    raw: Mapping[Place, Counts]
    cleared: Mapping[Place, Counts]
    crosswalk: Sequence[tuple[int, int, float]] = ()


@dataclass
class ClearingTable:
    """The cells of a clearing. `unchecked`: raw figures without counts, about which nothing can be decided."""

    cells: list[Cell] = field(default_factory=list)
    equations: list[Equation] = field(default_factory=list)
    outside: dict[Name, float] = field(default_factory=dict)
    missing: list[Place] = field(default_factory=list)
    unchecked: list[Place] = field(default_factory=list)
    deciding: dict[Place, Counts] = field(default_factory=dict)


def build_table(stock: Stock, pairs: Sequence[Pair]) -> ClearingTable:
    """The table for clearing (indicator, date) pairs of a scheme.

    Their raw values are decided about, totals of all upper levels included; everything else that is published of any
    indicator, year or connected scheme stands as it is.
    """
    table = ClearingTable()
    raw = dict(stock.raw) | completed(stock, pairs)
    names = _quantities(stock, raw)
    wanted = set(pairs)
    own = stock.trees[stock.scheme_id].parents
    for place in sorted({*raw, *stock.cleared}):
        decides = place[1] in own and (place[0], place[2]) in wanted and place in raw
        if decides:
            _decide(table, stock, place, raw[place], names)
        elif place in stock.cleared:
            _stand(table, stock, place, raw.get(place), names)
    _hang_together(table, stock, names)
    return table


def completed(stock: Stock, pairs: Sequence[Pair]) -> dict[Place, Counts]:
    """Raw totals of areas that have no raw value of their own, added up from complete parts."""
    tree = stock.trees[stock.scheme_id]
    found: dict[Place, Counts] = {}
    for indicator_id, day in pairs:
        measure = measure_of(stock.indicators[indicator_id])
        for level in reversed(tree.levels):
            for area in level:
                place = (indicator_id, area, day)
                children = [(indicator_id, child, day) for child in tree.children.get(area, ())]
                parts = [stock.raw.get(child) or found.get(child) for child in children]
                if place not in stock.raw and parts and all(_checkable(part, measure) for part in parts):
                    found[place] = _sum(parts, measure)
    return found


def _sum(parts: Sequence[Counts], measure: Measure) -> Counts:
    base = sum(part.denominator for part in parts) if measure.rated else None
    return Counts(ValueState.KNOWN, sum(part.numerator for part in parts), base)


def _checkable(counts: Counts | None, measure: Measure) -> bool:
    if counts is None or counts.state is not ValueState.KNOWN or counts.numerator is None:
        return False
    return counts.denominator is not None if measure.rated else measure.counted


def _quantities(stock: Stock, raw: Mapping[Place, Counts]) -> dict[Hashable, Hashable]:
    numerators: dict[int, dict] = {}
    denominators: dict[int, dict] = {}
    for (indicator_id, area, day), counts in (dict(stock.cleared) | dict(raw)).items():
        if counts.numerator is not None:
            numerators.setdefault(indicator_id, {})[area, day] = counts.numerator
        if counts.denominator is not None:
            denominators.setdefault(indicator_id, {})[area, day] = counts.denominator
    columns = []
    for one in stock.indicators.values():
        columns.append(Column(("count", one.id), one.numerator, numerators.get(one.id, {})))
        columns.append(Column(("base", one.id), one.denominator or "", denominators.get(one.id, {})))
    return name_quantities(columns)


def _decide(table: ClearingTable, stock: Stock, place: Place, counts: Counts, names: Mapping) -> None:
    indicator = stock.indicators[place[0]]
    if counts.state is ValueState.MISSING:
        table.missing.append(place)
    elif counts.state is ValueState.SUPPRESSED:
        table.deciding[place] = counts
        table.cells.append(_cell(stock, place, None, None, names, stands=False))
    elif not _checkable(counts, measure_of(indicator)):
        table.unchecked.append(place)
    else:
        table.deciding[place] = counts
        before = stock.cleared.get(place)
        was_shown = before is not None and (before.state, before.numerator) == (ValueState.KNOWN, counts.numerator)
        table.cells.append(
            _cell(stock, place, counts.numerator, counts.denominator, names, stands=None, was_shown=was_shown)
        )


def _stand(table: ClearingTable, stock: Stock, place: Place, raw: Counts | None, names: Mapping) -> None:
    """A cell that is published already; a secret one is known here when its raw value is."""
    cleared = stock.cleared[place]
    if cleared.state is ValueState.KNOWN and cleared.numerator is not None:
        cell = _cell(stock, place, cleared.numerator, cleared.denominator, names, stands=True)
    elif cleared.state is ValueState.SUPPRESSED:
        known = raw if raw and raw.state is ValueState.KNOWN else None
        cell = _cell(stock, place, known and known.numerator, known and known.denominator, names, stands=False)
    else:
        return
    table.cells.append(cell)


def _cell(stock: Stock, place: Place, numerator, denominator, names: Mapping, **fields) -> Cell:
    indicator_id, area, day = place
    indicator = stock.indicators[indicator_id]
    return Cell(
        key=place,
        count=(names["count", indicator_id], area, day),
        numerator=numerator,
        denominator=denominator,
        base=(names["base", indicator_id], area, day) if indicator.denominator is not None else None,
        rule=rule_of(indicator),
        share=numerator is not None and denominator is not None and numerator <= denominator,
        series=(indicator_id, area),
        **fields,
    )


def rule_of(indicator: Indicator) -> Rule:
    """The rule of disclosure control for an indicator; without a denominator there is no base to be too small."""
    return Rule(threshold=indicator.threshold, minimum_base=indicator.minimum_base if indicator.denominator else 0)


def _hang_together(table: ClearingTable, stock: Stock, names: Mapping) -> None:
    """The sums over levels, schemes, parts and years, for every quantity that is counted somewhere."""
    carried = {cell.count for cell in table.cells}
    areas = {area: scheme_id for scheme_id, tree in stock.trees.items() for area in tree.parents}
    there = {(quantity, day, areas[area]) for quantity, area, day in carried}
    for quantity, day, scheme_id in sorted(there, key=str):
        table.equations += equations.of_tree(stock.trees[scheme_id], _namer(quantity, day), ("town", quantity, day))
    for quantity, day in sorted({(quantity, day) for quantity, day, _ in there}, key=str):
        sums = equations.of_crosswalk(stock.crosswalk, _namer(quantity, day))
        table.equations += [one for one in sums if carried.intersection((one.total, *one.parts))]
    _parts(table, stock, names, carried)
    _years(table, stock, names, carried)
    _town_totals(table, stock)


def _namer(quantity: Hashable, day: date):
    return lambda area: (quantity, area, day)


def _parts(table: ClearingTable, stock: Stock, names: Mapping, carried: set[Name]) -> None:
    wholes: dict[Hashable, list[Hashable]] = {}
    for one in stock.indicators.values():
        if one.whole_id in stock.indicators:
            wholes.setdefault(names["count", one.whole_id], []).append(names["count", one.id])
    sums = {
        (whole, *place): [(part, *place) for part in dict.fromkeys(parts)]
        for whole, parts in wholes.items()
        for place in sorted({name[1:] for name in carried if name[0] == whole})
    }
    table.equations += equations.of_parts(sums)


def _years(table: ClearingTable, stock: Stock, names: Mapping, carried: set[Name]) -> None:
    pooled = {names["count", one.id] for one in stock.indicators.values() if one.reference_type is ReferenceType.POOLED}
    days: dict[tuple, list[date]] = {}
    for quantity, area, day in sorted((name for name in carried if name[0] in pooled), key=str):
        days.setdefault((quantity, area), []).append(day)
    for (quantity, area), some in days.items():
        if len(some) > 1:
            table.equations += equations.of_years(
                some,
                lambda day, quantity=quantity, area=area: (quantity, area, day),
                lambda year, quantity=quantity, area=area: ("cohort", quantity, area, year),
            )


def _town_totals(table: ClearingTable, stock: Stock) -> None:
    """Totals of the town count as known to everybody, unless they are secret by themselves."""
    coarsest = stock.trees[stock.scheme_id].levels[0] if stock.trees[stock.scheme_id].levels else []
    by_key = {cell.key: cell for cell in table.cells if cell.numerator is not None}
    for indicator_id, day in sorted({(key[0], key[2]) for key in by_key}):
        cells = [by_key.get((indicator_id, area, day)) for area in coarsest]
        if not cells or None in cells:
            continue
        base = None if cells[0].base is None else sum(cell.denominator or 0 for cell in cells)
        quantity = cells[0].count[0]
        town = Cell("town", "town", sum(cell.numerator for cell in cells), base, rule=cells[0].rule)
        if verdict(town) is Outcome.SHOWN:
            table.outside["town", quantity, day] = town.numerator
