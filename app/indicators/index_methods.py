"""The six ways to make one figure of several indicators: pure numpy, with what each indicator adds to it.

Every method takes a matrix x of areas × indicators and returns contributions c with  index_i = Σ_k c_ik.  Indicators
without spread never get here, so that they change nothing. Weights enter as shares:

    v_k = w_k / Σ w          for means          u_k = m · w_k / Σ w          for sums, so that equal weights are 1
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy
from scipy.stats import rankdata

from app.indicators.enums import Centre, Deviation, Method

NO_SPREAD = 1e-12  # relative: what rounding leaves when all areas have the same value
NOISE = 1e-9  # relative: a deviation this close to the limit has reached it


@dataclass(frozen=True)
class Matrix:
    """What a method works on: figures turned so that high ones raise the index, their z values and the weights."""

    x: numpy.ndarray
    z: numpy.ndarray
    weights: numpy.ndarray

    @property
    def shares(self) -> numpy.ndarray:
        """v_k: the weights made to add up to 1."""
        return self.weights / self.weights.sum()

    @property
    def counts(self) -> numpy.ndarray:
        """u_k: the weights made to add up to the number of indicators."""
        return self.shares * len(self.weights)


@dataclass(frozen=True)
class Outcome:
    """The index of each area and what each indicator adds to it; `told_apart` is False when all areas are alike."""

    index: numpy.ndarray
    contributions: numpy.ndarray
    told_apart: bool = True


def has_spread(values: numpy.ndarray, scale: float | None = None) -> bool:
    """Whether values differ by more than rounding; `scale` is the size of what they were calculated from."""
    scale = float(numpy.max(numpy.abs(values))) if scale is None else scale
    return bool(numpy.std(values) > NO_SPREAD * scale)


def spread_of(values: numpy.ndarray, centre: float, deviation: Deviation) -> float:
    """sd = √(Σ (x_i − c)² / n), or / (n − 1) for a sample: around the town value no more than around the mean."""
    divisor = len(values) - (1 if deviation is Deviation.SAMPLE else 0)
    return float(numpy.sqrt(numpy.sum((values - centre) ** 2) / divisor))


def standardise(values: numpy.ndarray, centre: float, deviation: Deviation) -> numpy.ndarray:
    """z_i = (x_i − c) / sd, with sd measured around the same centre c."""
    return (values - centre) / spread_of(values, centre, deviation)


def z_sum(matrix: Matrix, centre: Centre, deviation: Deviation) -> Outcome:
    """Berlin and Hamburg: S_i = Σ_k w_k z_ik;  I_i = (S_i − c) / sd(S), c = mean(S), or 0 around the town value.

    c_ik = (w_k z_ik − c_k) / sd(S). Where the indicators cancel each other out, every index is 0.
    """
    weighted = matrix.z * matrix.weights
    if centre is Centre.AREA_MEAN:
        weighted = weighted - weighted.mean(axis=0)
    sums = weighted.sum(axis=1)
    if not has_spread(sums, scale=float(numpy.max(numpy.abs(weighted)))):
        return Outcome(numpy.zeros(len(sums)), numpy.zeros(weighted.shape), told_apart=False)
    return _added(weighted / spread_of(sums, 0.0, deviation))


def z_mean(matrix: Matrix) -> Outcome:
    """Münster: I_i = Σ_k v_k z_ik, not standardised again; c_ik = v_k z_ik."""
    return _added(matrix.z * matrix.shares)


def rank_sum(matrix: Matrix) -> Outcome:
    """R_i = Σ_k u_k rank(x_ik), 1 for the lowest value, average ranks for ties; c_ik = u_k rank(x_ik)."""
    return _added(rankdata(matrix.x, method="average", axis=0) * matrix.counts)


def min_max(matrix: Matrix) -> Outcome:
    """I_i = 100 Σ_k v_k (x_ik − min_k) / (max_k − min_k); one outlier squeezes all others together."""
    lowest, highest = matrix.x.min(axis=0), matrix.x.max(axis=0)
    return _added(100 * matrix.shares * (matrix.x - lowest) / (highest - lowest))


def quantile_points(matrix: Matrix, quantiles: int) -> Outcome:
    """Mülheim: P_i = Σ_k u_k p_ik with p = ⌈q (r − ½) / n⌉ from 1 to q, r the (average) rank among n areas.

    Equal values get equal points, so many ties leave points empty.
    """
    doubled = numpy.rint(2 * rankdata(matrix.x, method="average", axis=0)).astype(int)  # whole numbers: exact limits
    points = -((-quantiles * (doubled - 1)) // (2 * len(matrix.x)))
    return _added(points * matrix.counts)


def deviation_count(matrix: Matrix, limit: float) -> Outcome:
    """RBK: D_i = number of indicators with z_ik ≥ limit; c_ik is 1 or 0. Weights do not count."""
    return _added((matrix.z >= limit * (1 - NOISE)).astype(float))


def deviation_size(z: Sequence[float], limit: float) -> float:
    """The second figure of a deviation count: the deviations that counted, added up."""
    return float(sum(one for one in z if one >= limit * (1 - NOISE)))


def combine(
    method: Method,
    matrix: Matrix,
    *,
    centre: Centre,
    deviation: Deviation,
    limit: float,
    quantiles: int,
) -> Outcome:
    """The index by the method asked for."""
    return {
        Method.Z_SUM: lambda: z_sum(matrix, centre, deviation),
        Method.Z_MEAN: lambda: z_mean(matrix),
        Method.RANK_SUM: lambda: rank_sum(matrix),
        Method.MIN_MAX: lambda: min_max(matrix),
        Method.QUANTILE_POINTS: lambda: quantile_points(matrix, quantiles),
        Method.DEVIATION_COUNT: lambda: deviation_count(matrix, limit),
    }[method]()


def _added(contributions: numpy.ndarray) -> Outcome:
    index = contributions.sum(axis=1)
    return Outcome(index, contributions, has_spread(index, scale=float(numpy.max(numpy.abs(contributions)))))
