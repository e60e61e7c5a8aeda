"""The attack: what a stranger finds out who solves all published equations at once. Knows only what is published."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy
from scipy.optimize import linprog
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from app.areas.tree import AreaTree
from app.indicators.disclosure.equations import of_tree
from app.indicators.disclosure.table import USUAL, Equation, Name, Rule
from app.indicators.enums import ValueState
from app.indicators.rates import Counts

Interval = tuple[float, float]


@dataclass(frozen=True)
class PublicCell:
    """A cell as printed: both figures, or the sign for secret and nothing else."""

    key: Hashable
    count: Name
    base: Name | None = None
    numerator: float | None = None
    denominator: float | None = None
    rule: Rule = USUAL
    share: bool = True

    @property
    def secret(self) -> bool:
        """Whether the sign for secret stands in its place."""
        return self.numerator is None


@dataclass(frozen=True)
class Published:
    """All printed cells, the sums everybody knows them to obey, and figures known from elsewhere."""

    cells: Sequence[PublicCell]
    equations: Sequence[Equation]
    outside: Mapping[Name, float]


def attack(published: Published) -> dict[Hashable, Interval]:
    """The interval that can be worked out for the numerator of every secret cell, two linear programs each."""
    known = _known(published)
    system = _System(published, known)
    return {cell.key: system.interval(cell.count) for cell in published.cells if cell.secret}


def recovered(published: Published, *, within: float = 1.0) -> list[Hashable]:
    """Secret cells whose count is known: the interval is narrower than `within`, so it holds one whole number."""
    return [key for key, (low, high) in attack(published).items() if high - low < within - 1e-6]


def recoverable(stored: Mapping[int, Counts], tree: AreaTree) -> list[int]:
    """Areas whose secret count can be computed from one indicator's cleared values at one date.

    `stored` is what is published by area id, as `queries.values_held` gives it for an (indicator, date) pair; `tree`
    is the scheme's. For a warning when cleared values are delivered with a hole that adds up: the list is empty when
    all is well, in the order of `stored` otherwise. Only counts can be added up; published rates alone give nothing.
    """
    printed = [area for area, one in stored.items() if one.state is ValueState.SUPPRESSED or one.numerator is not None]
    cells = [_delivered(area, stored[area]) for area in printed]
    if not any(cell.secret for cell in cells):
        return []
    return recovered(Published(cells, of_tree(tree, lambda area: area, "town"), {}))


def _delivered(area: int, counts: Counts) -> PublicCell:
    shares = counts.denominator is not None and counts.numerator is not None and counts.numerator <= counts.denominator
    return PublicCell(area, area, ("base", area), counts.numerator, counts.denominator, share=shares)


def _known(published: Published) -> dict[Name, float]:
    found = dict(published.outside)
    for cell in published.cells:
        if not cell.secret:
            found[cell.count] = cell.numerator
            if cell.base is not None and cell.denominator is not None:
                found[cell.base] = cell.denominator
    return found


class _System:
    """The unknown names with their equations and bounds, cut into connected blocks."""

    def __init__(self, published: Published, known: Mapping[Name, float]):
        self.known = known
        self.low: dict[Name, float] = {}
        self.high: dict[Name, float] = {}
        equalities = []
        for equation in published.equations:
            signs = dict.fromkeys(equation.parts, 1.0) | {equation.total: -1.0}
            unknown = {name: sign for name, sign in signs.items() if name not in known}
            equalities.append((unknown, -sum(sign * known[name] for name, sign in signs.items() if name in known)))
        at_most = [self._note(cell) for cell in published.cells if cell.secret]
        self.equalities = [one for one in equalities if one[0]]
        self.at_most = [one for one in at_most if one and one[0]]
        names = dict.fromkeys(name for signs, _ in (*self.equalities, *self.at_most) for name in signs)
        self.place = {name: number for number, name in enumerate(names)}
        self.block = self._blocks()
        self.blocks: dict[int, tuple] = {}

    def _note(self, cell: PublicCell) -> tuple[dict[Name, float], float] | None:
        """Bounds of a secret count: among its base, and not zero where a zero would have been printed."""
        base = self.known.get(cell.base) if cell.base is not None else float("inf")
        printed = base is not None and base >= max(cell.rule.minimum_base, cell.rule.threshold)
        self.low[cell.count] = 1.0 if printed and not cell.rule.zero_is_secret else self.low.get(cell.count, 0.0)
        if cell.base is None or not cell.share or cell.count in self.known:
            return None
        if base is None:
            return {cell.count: 1.0, cell.base: -1.0}, 0.0
        self.high[cell.count] = min(base, self.high.get(cell.count, base))
        return None

    def _blocks(self) -> numpy.ndarray:
        pairs = []
        for signs, _ in (*self.equalities, *self.at_most):
            first, *others = (self.place[name] for name in signs)
            pairs += [(first, other) for other in others]
        size = len(self.place)
        rows, columns = zip(*pairs, strict=True) if pairs else ((), ())
        return connected_components(csr_array((numpy.ones(len(pairs)), (rows, columns)), shape=(size, size)))[1]

    def interval(self, name: Name) -> Interval:
        """The interval of a name, known or not."""
        if name in self.known:
            return self.known[name], self.known[name]
        if name not in self.place:
            return self.low.get(name, 0.0), self.high.get(name, float("inf"))
        return self._end(name, 1.0), self._end(name, -1.0)

    def _end(self, name: Name, direction: float) -> float:
        places, bounds, arguments = self._block(int(self.block[self.place[name]]))
        cost = numpy.zeros(len(places))
        cost[places[name]] = direction
        result = linprog(cost, bounds=bounds, method="highs", **arguments)
        return float(result.x[places[name]]) if result.success else -direction * float("inf")

    def _block(self, number: int) -> tuple:
        if number not in self.blocks:
            members = [name for name, place in self.place.items() if self.block[place] == number]
            places = {name: column for column, name in enumerate(members)}
            bounds = [(self.low.get(name, 0.0), self.high.get(name)) for name in members]
            equal, rest = _matrix([one for one in self.equalities if next(iter(one[0])) in places], places)
            less, top = _matrix([one for one in self.at_most if next(iter(one[0])) in places], places)
            self.blocks[number] = places, bounds, {"A_eq": equal, "b_eq": rest, "A_ub": less, "b_ub": top}
        return self.blocks[number]


def _matrix(rows: list, places: Mapping[Name, int]) -> tuple:
    if not rows:
        return None, None
    entries = [(number, places[name], sign) for number, (signs, _) in enumerate(rows) for name, sign in signs.items()]
    lines, columns, signs = zip(*entries, strict=True)
    matrix = csr_array((signs, (lines, columns)), shape=(len(rows), len(places)))
    return matrix, numpy.array([rest for _, rest in rows])
