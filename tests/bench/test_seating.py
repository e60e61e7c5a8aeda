"""Speed of a proposal for 300 people at 30 tables, against scipy assigning 300 people to 300 seats in the same run.

The assignment knows wishes and capacity only; the proposal keeps eleven rules in order.
"""

import time
from collections import Counter

import numpy
import pytest
from scipy.optimize import linear_sum_assignment

from app.seating.proposal import propose
from app.seating.rules import best_ranks, broken_rules, rank
from tests.seating.cases import large

pytestmark = pytest.mark.bench
RUNS = 3


def best(act) -> float:
    """The shortest of a few runs, in seconds."""
    times = []
    for _run in range(RUNS):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return min(times)


def wish_costs(situation) -> numpy.ndarray:
    """A dense matrix of people against seats, ten at each table."""
    topics = [table.topic for table in situation.tables for _seat in range(10)]
    return numpy.array([[(rank(one, topic) or 9) ** 3 for topic in topics] for one in situation.people])


@pytest.mark.parametrize(
    "case",
    [{}, {"popular": True}, {"popular": True, "one_institution": 20}, {"popular": True, "rounds": 3}],
    ids=["plain", "popular", "popular, one institution with 20", "popular, 3 rounds"],
)
def test_a_proposal_for_300_people_takes_less_than_5_s(case):
    situation = large(**case)
    matrix = wish_costs(situation)

    bare = best(lambda: linear_sum_assignment(matrix))
    ours = best(lambda: propose(situation))

    plan = propose(situation)
    wishes = Counter(best_ranks(situation, plan.values()).values())
    print(f"\n{case}: {ours:.2f} s, {ours / bare:.0f} × assignment ({bare * 1000:.1f} ms); best wishes {dict(wishes)}")  # noqa: T201 -- a benchmark prints
    assert broken_rules(situation, plan) == []
    assert ours < 5
