"""The Sozialindex: values in, verdict on every area out, by any of six methods; formulas in `index_methods`.

By default the procedure of the Berlin Monitoring Soziale Stadtentwicklung:

    z_ik = s_k · (x_ik − mean_k) / sd_k        mean and sd (n, not n − 1) over the included areas
    S_i  = Σ_k w_k · z_ik
    I_i  = (S_i − mean(S)) / sd(S)             classes are cut on the unrounded I_i

A dynamics index is the same procedure on the change of each indicator. With few areas no |z| can be large; see
`index_classes.attainable`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy

from app.indicators.enums import Centre, Deviation, Method
from app.indicators.index_classes import BERLIN_BREAKS, QUANTILES, Break, attainable, class_of, reach_warnings
from app.indicators.index_methods import Matrix, Outcome, combine, deviation_size, has_spread, standardise

CENTRED = {Method.Z_SUM, Method.Z_MEAN, Method.DEVIATION_COUNT}  # the others compare areas with each other only
NO_INDEX = "Für kein Gebiet liegen alle Indikatoren vor: Es gibt keinen Index."


@dataclass(frozen=True)
class Part:
    """An indicator of the index. `sign` +1 lets high values raise the index, −1 lets them lower it.

    `town_value` is what the areas are compared with around the town value; None when the town has none.
    """

    key: str
    name: str
    sign: int = 1
    weight: float = 1.0
    town_value: float | None = None


@dataclass(frozen=True)
class Rule:
    """How an index is made. `min_population` None switches the check off; `limit` is in deviations."""

    method: Method = Method.Z_SUM
    centre: Centre = Centre.AREA_MEAN
    deviation: Deviation = Deviation.POPULATION
    class_breaks: Sequence[Break] = tuple(map(tuple, BERLIN_BREAKS))
    min_population: int | None = None
    limit: float = 1.0
    quantiles: int = QUANTILES

    @property
    def around(self) -> Centre:
        """The centre that counts: methods that only compare areas with each other know no town value."""
        return self.centre if self.method in CENTRED else Centre.AREA_MEAN


@dataclass(frozen=True)
class AreaValues:
    """What is known of an area. A value that is None is missing, or secret when its key is in `secret`."""

    code: str
    values: Mapping[str, float | None]
    population: float | None = None
    excluded_because: str | None = None
    secret: frozenset[str] = frozenset()


@dataclass(frozen=True)
class AreaVerdict:
    """The index of one area, or the reason why it has none.

    `z` are the signed z values, whatever the method; `contributions` add up to the index. `size` is the second figure
    of a deviation count: the deviations that counted, added up; 0 for other methods.
    """

    code: str
    index: float | None = None
    class_name: str | None = None
    z: Mapping[str, float] = field(default_factory=dict)
    contributions: Mapping[str, float] = field(default_factory=dict)
    size: float = 0.0
    reason: str | None = None

    @property
    def included(self) -> bool:
        """Whether the area has an index and counts for mean and deviation."""
        return self.index is not None


@dataclass(frozen=True)
class Verdict:
    """All areas in the order they came in, and what a reader should be warned of."""

    areas: list[AreaVerdict]
    warnings: list[str]


def compute(areas: Sequence[AreaValues], parts: Sequence[Part], rule: Rule) -> Verdict:
    """Compute index and class of every area that may have one.

    Left out, each with its reason: areas excluded by name, areas below the minimum population or of unknown
    population, areas lacking any one indicator. A missing value is never taken as zero. Nobody has an index when
    the town value of an indicator is asked for and not known. An indicator that is the same everywhere is left out
    with a warning: the result is that of the index without it.
    """
    reasons = [_reason(area, parts, rule.min_population) for area in areas]
    included = [area for area, reason in zip(areas, reasons, strict=True) if reason is None]
    if not parts or not included:
        return _none(areas, reasons, NO_INDEX if parts else "Der Index hat keine Indikatoren.")
    if homeless := [part.name for part in parts if rule.around is Centre.TOWN_VALUE and part.town_value is None]:
        return _none(areas, reasons, f"Der Wert der Kommune ist nicht bekannt: {', '.join(homeless)}.")
    x = numpy.array([[area.values[part.key] for part in parts] for area in included], dtype=float)
    alive = [number for number in range(len(parts)) if len(included) > 1 and has_spread(x[:, number])]
    warnings = [
        f"„{part.name}“ ist überall gleich und trägt nichts zum Index bei."
        for number, part in enumerate(parts)
        if number not in alive
    ]
    if not alive:
        return _none(areas, reasons, "Kein Indikator unterscheidet die Gebiete: Es gibt keinen Index.", warnings)
    z, outcome = _calculate(x[:, alive], [parts[number] for number in alive], rule)
    if not outcome.told_apart:
        warnings.append("Alle Gebiete haben denselben Index: Er unterscheidet sie nicht.")
    reach = attainable(
        rule.method,
        rule.around,
        rule.deviation,
        parts=len(alive),
        areas=len(included),
        quantiles=rule.quantiles,
    )
    warnings += reach_warnings(rule.class_breaks, reach, method=rule.method, areas=len(included))
    keys, living = [part.key for part in parts], [parts[number].key for number in alive]
    found = iter(_verdicts(included, keys, living, z, outcome, rule))
    return Verdict(
        [
            next(found) if reason is None else AreaVerdict(area.code, reason=reason)
            for area, reason in zip(areas, reasons, strict=True)
        ],
        warnings,
    )


def _calculate(x: numpy.ndarray, parts: Sequence[Part], rule: Rule) -> tuple[numpy.ndarray, Outcome]:
    """Signed z values and the index of figures that all have spread."""
    signs = numpy.array([part.sign for part in parts], dtype=float)
    centres = [
        part.town_value if rule.around is Centre.TOWN_VALUE else float(numpy.mean(column))
        for part, column in zip(parts, x.T, strict=True)
    ]
    columns = [standardise(column, centre, rule.deviation) for column, centre in zip(x.T, centres, strict=True)]
    z = numpy.column_stack(columns) * signs
    matrix = Matrix(x * signs, z, numpy.array([part.weight for part in parts], dtype=float))
    outcome = combine(
        rule.method, matrix, centre=rule.around, deviation=rule.deviation, limit=rule.limit, quantiles=rule.quantiles
    )
    return z, outcome


def _verdicts(
    included: Sequence[AreaValues],
    keys: Sequence[str],
    living: Sequence[str],
    z: numpy.ndarray,
    outcome: Outcome,
    rule: Rule,
) -> list[AreaVerdict]:
    nothing = dict.fromkeys(keys, 0.0)
    counting = rule.method is Method.DEVIATION_COUNT
    rows = zip(included, outcome.index.tolist(), z.tolist(), outcome.contributions.tolist(), strict=True)
    return [
        AreaVerdict(
            code=area.code,
            index=index,
            class_name=class_of(index, rule.class_breaks),
            z=nothing | dict(zip(living, z_row, strict=True)),
            contributions=nothing | dict(zip(living, added, strict=True)),
            size=deviation_size(z_row, rule.limit) if counting else 0.0,
        )
        for area, index, z_row, added in rows
    ]


def _reason(area: AreaValues, parts: Sequence[Part], min_population: int | None) -> str | None:
    if area.excluded_because:
        return area.excluded_because
    if min_population and area.population is None:
        return "Die Einwohnerzahl ist nicht bekannt."
    if min_population and area.population < min_population:
        return f"Weniger als {min_population} Einwohner*innen."
    if secret := [part.name for part in parts if part.key in area.secret]:
        return f"Geheim zu halten: {', '.join(secret)}."
    missing = [part.name for part in parts if area.values.get(part.key) is None]
    return f"Es fehlt: {', '.join(missing)}." if missing else None


def _none(
    areas: Sequence[AreaValues], reasons: Sequence[str | None], why: str, warnings: Sequence[str] = ()
) -> Verdict:
    """No index for anybody: areas keep their own reason where they have one."""
    verdicts = [AreaVerdict(area.code, reason=reason or why) for area, reason in zip(areas, reasons, strict=True)]
    return Verdict(verdicts, [*warnings, why])
