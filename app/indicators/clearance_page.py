"""What the pages of raw values and their clearing show. Holds raw figures: for the statistics office only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from app.accounts.models import Municipality
from app.areas import queries as areas
from app.areas.models import Area, AreaScheme
from app.indicators import clearance_queries
from app.indicators.clearance_queries import RawStock
from app.indicators.clearing import Decision, Plan, plan_clearing
from app.indicators.clearing_table import Pair
from app.indicators.models import Indicator

SHOWN_AT_MOST = 200


@dataclass(frozen=True)
class Selection:
    """The raw values of one scheme that were chosen for clearing."""

    scheme: AreaScheme
    stock: list[RawStock]

    @property
    def pairs(self) -> list[Pair]:
        """(indicator id, date) of what was chosen."""
        return [(one.indicator.id, one.day) for one in self.stock]


@dataclass(frozen=True)
class DecisionRow:
    """A decision with names; `area` is None for areas of another scheme."""

    indicator: Indicator
    area: Area | None
    day: date
    decision: Decision


@dataclass(frozen=True)
class Preview:
    """A clearing before it is written: what would become secret and why, and what speaks against it."""

    selection: Selection
    plan: Plan
    secret: list[DecisionRow]
    more: int
    weak: list[DecisionRow]
    narrow: list[DecisionRow]


def by_scheme(stock: Iterable[RawStock]) -> list[tuple[AreaScheme, list[RawStock]]]:
    """The stock in the order it comes in, cut into schemes."""
    return [(some[0].scheme, some) for _id, rows in groupby(stock, lambda one: one.scheme.id) if (some := list(rows))]


def choice_of(one: RawStock) -> str:
    """How a line of the stock is written into the address."""
    return f"{one.scheme.id}.{one.indicator.id}.{one.day.isoformat()}"


def find_selection(municipality: Municipality, chosen: Sequence[str]) -> Selection | None:
    """What was chosen, of the scheme of its first line; None when none of it is in the stock."""
    stock = [one for one in clearance_queries.list_raw_stock(municipality) if choice_of(one) in set(chosen)]
    if not stock:
        return None
    scheme = stock[0].scheme
    return Selection(scheme, [one for one in stock if one.scheme.id == scheme.id])


def preview(municipality: Municipality, selection: Selection) -> Preview:
    """Decide about the selection and name what was decided."""
    plan = plan_clearing(municipality=municipality, scheme=selection.scheme, pairs=selection.pairs)
    by_area = {area.id: area for area in areas.list_areas_of_scheme(selection.scheme)}
    indicators = {one.indicator.id: one.indicator for one in selection.stock}

    def rows(decisions: Iterable[Decision]) -> list[DecisionRow]:
        known = [one for one in decisions if one.place[0] in indicators]
        return [DecisionRow(indicators[one.place[0]], by_area.get(one.place[1]), one.place[2], one) for one in known]

    secret = sorted(rows(plan.secret), key=_in_order)
    return Preview(
        selection=selection,
        plan=plan,
        secret=secret[:SHOWN_AT_MOST],
        more=max(0, len(secret) - SHOWN_AT_MOST),
        weak=rows(plan.weak),
        narrow=rows(plan.narrow),
    )


def _in_order(row: DecisionRow) -> tuple:
    area = (row.area.level.rank, row.area.code) if row.area else (0, "")
    return row.indicator.position, row.indicator.id, row.day, *area
