"""Speed of the Sozialindex: 542 areas × 3 indicators, against a bare numpy z score of the same matrix."""

import time

import numpy
import pytest

from app.indicators.enums import Method
from app.indicators.social_index import AreaValues, Part, Rule, compute

pytestmark = pytest.mark.bench
AREAS, INDICATORS, ROUNDS = 542, 3, 30


def best(act) -> float:
    """The shortest of many runs, in seconds."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return min(times)


@pytest.mark.parametrize("method", Method)
def test_an_index_over_a_city_takes_less_than_50_ms(method):
    x = numpy.random.default_rng(1).normal(15, 6, (AREAS, INDICATORS))
    parts = [Part(f"i{number}", f"Indikator {number}") for number in range(INDICATORS)]
    rows = [
        AreaValues(f"{n:08}", {p.key: float(v) for p, v in zip(parts, row, strict=True)}) for n, row in enumerate(x)
    ]

    bare = best(lambda: (x - x.mean(axis=0)) / x.std(axis=0))
    ours = best(lambda: compute(rows, parts, Rule(method=method)))

    print(f"\n{method.value}: {ours * 1000:.2f} ms, {ours / bare:.0f} × bare numpy")  # noqa: T201 -- a benchmark prints
    assert ours < 0.05
