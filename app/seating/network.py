"""People flow through a network to seats; several costs are minimised one after the other, each without harm to those
before it."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

NOTHING = 1e-6


class Network:
    """Nodes that let through what enters them, and arcs with an upper bound and costs by name.

    The matrix of a network is totally unimodular: with whole bounds and supplies every vertex of the polytope, hence
    what the simplex method returns, is whole. Nodes below zero do not exist; `SINK` takes anything.
    """

    SINK = -1

    def __init__(self):
        self.supplies: list[int] = []
        self._tails: list[int] = []
        self._heads: list[int] = []
        self._upper: list[int] = []
        self._costs: dict[str, dict[int, int]] = {}

    def node(self, supply: int = 0) -> int:
        """A new node; `supply` enters it from outside."""
        self.supplies.append(supply)
        return len(self.supplies) - 1

    def arc(self, tail: int, head: int, upper: int = 1, **costs: int) -> int:
        """A new arc that carries 0 to `upper`; each unit costs what is given by name."""
        number = len(self._tails)
        self._tails.append(tail)
        self._heads.append(head)
        self._upper.append(upper)
        for name, cost in costs.items():
            if cost:
                self._costs.setdefault(name, {})[number] = cost
        return number

    def cheapest(self, hoped: Sequence[str], order: Sequence[str]) -> np.ndarray:
        """The flow that minimises the named costs lexicographically, as whole numbers per arc.

        The costs in `hoped` come first, in their order, and can usually all be had at their least at once: that is
        tried before they are minimised one by one.

        After each cost the optimal flows are exactly those in which every arc whose reduced cost is not zero stays at
        its bound (complementary slackness). Fixing these arcs keeps the network a network, so the next cost can be
        minimised in the same way and the result stays whole; one sum with huge weights would drown in rounding.
        """
        lower, upper = np.zeros(len(self._tails)), np.array(self._upper, dtype=float)
        hopes = [self._vector(name) for name in hoped]
        flow, reduced = self._minimise(sum(hopes), lower, upper)
        costs = [self._vector(name) for name in order]
        if all(cost @ flow <= np.minimum(cost, 0) @ upper for cost in hopes):
            _keep(flow, reduced, lower, upper)
        else:
            costs = hopes + costs
        for cost in costs:
            if cost[upper > lower].any():
                flow, reduced = self._minimise(cost, lower, upper)
                _keep(flow, reduced, lower, upper)
        return flow.astype(int)

    def _vector(self, name: str) -> np.ndarray:
        vector = np.zeros(len(self._tails))
        for arc, cost in self._costs.get(name, {}).items():
            vector[arc] = cost
        return vector

    def _minimise(self, cost: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The flow and its reduced costs; arcs that are fixed already are left out of the computation."""
        free = np.flatnonzero(upper > lower)
        flow, reduced = lower.copy(), np.zeros(len(lower))
        matrix = self._matrix()
        need = np.array(self.supplies, dtype=float) - matrix @ lower
        found = linprog(
            cost[free],
            A_eq=matrix[:, free],
            b_eq=need,
            bounds=np.column_stack([np.zeros(len(free)), upper[free] - lower[free]]),
            method="highs-ds",
        )
        flow[free] += np.round(found.x)
        reduced[free] = found.lower.marginals + found.upper.marginals
        return flow, reduced

    def _matrix(self) -> csr_array:
        """What leaves each node less what enters it."""
        tails, heads = np.array(self._tails), np.array(self._heads)
        arcs = np.arange(len(tails))
        into = heads != self.SINK
        values = np.concatenate([np.ones(len(tails)), -np.ones(into.sum())])
        rows = np.concatenate([tails, heads[into]])
        columns = np.concatenate([arcs, arcs[into]])
        return csr_array((values, (rows, columns)), shape=(len(self.supplies), len(tails)))


def _keep(flow: np.ndarray, reduced: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> None:
    """Narrow the bounds to the optimal flows."""
    fixed = np.abs(reduced) > NOTHING
    lower[fixed] = upper[fixed] = flow[fixed]
