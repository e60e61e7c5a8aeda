"""How much room the published figures leave to a hidden one: the interval in which it must lie.

Hidden names that share an equation form a component; each is solved for itself. One equation is solved by hand,
several by linear programming. Every solution found is a witness for all names of its component, so that most of
them need no search of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy
from scipy.optimize import linprog
from scipy.sparse import coo_array

from app.indicators.disclosure.table import Name

INFINITE = float("inf")
SLACK = 1e-6  # what rounding may take from an interval
Interval = tuple[float, float]
EVERYTHING: Interval = (-INFINITE, INFINITE)


@dataclass(frozen=True)
class Row:
    """What an equation says of hidden names: the sum of sign · name is `rest`."""

    signs: Mapping[Name, float]
    rest: float

    def interval(self, name: Name, limits: Mapping[Name, Interval]) -> Interval:
        """Where a name must lie by this equation alone."""
        low, high = limits[name]
        others = [
            (sign * limits[other][0 if sign > 0 else 1], sign * limits[other][1 if sign > 0 else 0])
            for other, sign in self.signs.items()
            if other != name
        ]
        ends = (self.rest - sum(top for _, top in others), self.rest - sum(bottom for bottom, _ in others))
        lower, upper = ends if self.signs[name] > 0 else (-ends[1], -ends[0])
        return max(low, lower), min(high, upper)


@dataclass(frozen=True)
class Component:
    """Hidden names that hang together, with the equations between them."""

    names: tuple[Name, ...]
    rows: tuple[Row, ...]


def components_of(rows: Sequence[Row]) -> list[Component]:
    """Rows grouped by the names they share, in the order in which the rows come."""
    leader: dict[Name, Name] = {}

    def find(name: Name) -> Name:
        while leader.setdefault(name, name) != name:
            leader[name] = name = leader[leader[name]]
        return name

    for row in rows:
        first, *others = row.signs
        for other in others:
            leader[find(other)] = find(first)
        find(first)
    grouped: dict[Name, list[Row]] = {}
    for row in rows:
        grouped.setdefault(find(next(iter(row.signs))), []).append(row)
    return [
        Component(tuple(dict.fromkeys(name for row in some for name in row.signs)), tuple(some))
        for some in grouped.values()
    ]


def cramped(
    component: Component,
    limits: Mapping[Name, Interval],
    needed: Mapping[Name, float],
    truth: Mapping[Name, float],
) -> list[Name]:
    """The names whose interval is narrower than they need, in order.

    What one equation gives away counts in any case. Beyond that, equations that contradict each other say nothing.
    """
    wanted = [name for name in component.names if name in needed]
    plain = {name for row in component.rows for name in _too_narrow(row, limits, needed)}
    if len(component.rows) == 1:
        return [name for name in wanted if name in plain]
    program = Program(component, limits)
    if all(name in truth for name in component.names):
        program.witness(numpy.array([truth[name] for name in component.names]))
    return [name for name in wanted if name in plain or not program.leaves(name, needed[name])]


def _too_narrow(row: Row, limits: Mapping[Name, Interval], needed: Mapping[Name, float]) -> list[Name]:
    found = {name: row.interval(name, limits) for name in row.signs if name in needed}
    return [name for name, (low, high) in found.items() if high - low < needed[name] - SLACK]


class Program:
    """The linear program of a component, with what its solutions have shown so far."""

    def __init__(self, component: Component, limits: Mapping[Name, Interval]):
        self.place = {name: number for number, name in enumerate(component.names)}
        entries = [
            (n, self.place[name], sign) for n, row in enumerate(component.rows) for name, sign in row.signs.items()
        ]
        rows, columns, signs = zip(*entries, strict=True)
        shape = (len(component.rows), len(component.names))
        self.matrix = coo_array((signs, (rows, columns)), shape=shape).tocsr()
        self.rest = numpy.array([row.rest for row in component.rows])
        self.limits = [tuple(None if numpy.isinf(end) else end for end in limits[name]) for name in component.names]
        self.low = numpy.full(len(component.names), INFINITE)
        self.high = numpy.full(len(component.names), -INFINITE)

    def witness(self, solution: numpy.ndarray) -> None:
        """Note that the hidden figures might be these."""
        self.low = numpy.minimum(self.low, solution)
        self.high = numpy.maximum(self.high, solution)

    def leaves(self, name: Name, room: float) -> bool:
        """Whether an interval at least `room` wide is left to a name."""
        place = self.place[name]
        for direction in (1.0, -1.0):
            if self.high[place] - self.low[place] >= room - SLACK:
                return True
            if not self.solve(place, direction):
                return True
        return bool(self.high[place] - self.low[place] >= room - SLACK)

    def interval(self, name: Name) -> Interval:
        """The whole interval of a name; everything where the equations contradict each other."""
        place = self.place[name]
        return (self.solve(place, 1.0) or EVERYTHING)[0], (self.solve(place, -1.0) or EVERYTHING)[1]

    def solve(self, place: int, direction: float) -> Interval | None:
        """Push one name down (1) or up (−1) as far as it goes; None when it has no end or nothing fits."""
        cost = numpy.zeros(len(self.low))
        cost[place] = direction
        result = linprog(cost, A_eq=self.matrix, b_eq=self.rest, bounds=self.limits, method="highs")
        if not result.success:
            return None
        self.witness(result.x)
        return float(result.x[place]), float(result.x[place])
