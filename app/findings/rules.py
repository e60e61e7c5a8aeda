"""What one area × category × target group amounts to: need, supply, and the findings that follow from both.

The rules are those of the Sozialatlas: coverage = places / target population × 100, relative supply = coverage of the
area / coverage of the town (or the benchmark). Places are unknown more often than not; then offers are counted.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from statistics import fmean

from app.findings.enums import Basis, FindingKind, NeedClass, Silence
from app.findings.limits import Limits
from app.findings.schedules import Slot, overlap


@dataclass(frozen=True)
class Need:
    """The figure that shows the need. `centre` is what it is compared with, `spread` the deviation of the areas.

    `sign` is +1 when a higher value means more need. `rated` says whether value and centre may be divided.
    """

    value: float | None = None
    centre: float | None = None
    spread: float | None = None
    sign: int = 1
    rated: bool = True
    silence: Silence | None = None


@dataclass(frozen=True)
class OfferFacts:
    """What the rules look at in an offer. No target groups means everybody; `slots` is None when not comparable."""

    id: int
    provider: int
    capacity: int | None = None
    utilisation: int | None = None
    funding_until: date | None = None
    confirmed_on: date | None = None
    groups: frozenset[str] = frozenset()
    slots: frozenset[Slot] | None = None
    town_wide: bool = False


@dataclass(frozen=True)
class Served:
    """An offer as it serves an area: `parts` are the finest areas it reaches there.

    `share` is the part of the people it is meant for who live in the area, None when their number is unknown.
    """

    offer: OfferFacts
    parts: frozenset[int]
    share: float | None = None


@dataclass(frozen=True)
class Pair:
    """Two offers that may double each other; `times` is None when their hours could not be compared."""

    one: OfferFacts
    other: OfferFacts
    times: bool | None


@dataclass(frozen=True)
class Ground:
    """What holds for a category and target group in the whole town.

    `mean_count` is how many offers serve an area of the level on average; `benchmark` is a coverage in per cent;
    `pairs` are the offers that may double each other, by their ids, see `pairs_of`.
    """

    offers: tuple[OfferFacts, ...] = ()
    population: float | None = None
    mean_count: float | None = None
    benchmark: float | None = None
    pairs: Mapping[tuple[int, int], Pair] = field(default_factory=dict)


@dataclass(frozen=True)
class Supply:
    """How an area is supplied: `value` and `comparison` in the unit of `basis`."""

    basis: Basis
    value: float
    comparison: float | None
    against_benchmark: bool = False

    @property
    def relative(self) -> float | None:
        """Supply of the area as a multiple of what it is compared with."""
        return self.value / self.comparison if self.comparison else None


@dataclass(frozen=True)
class Finding:
    """A finding with the offers or pairs of offers it rests on."""

    kind: FindingKind
    offers: tuple[OfferFacts, ...] = ()
    pairs: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """Everything one cell of the matrix says; there is always at least one finding."""

    need: NeedClass
    silence: Silence | None
    supply: Supply
    served: tuple[Served, ...]
    findings: tuple[Finding, ...]

    @property
    def kinds(self) -> list[FindingKind]:
        """The kinds found, the weightiest first."""
        return [finding.kind for finding in self.findings]


def need_class(need: Need, limits: Limits) -> NeedClass:
    """High from one deviation or the ratio above the town in the burdened direction, low the other way round."""
    if need.silence or need.value is None or need.centre is None:
        return NeedClass.UNKNOWN
    burdened, calm = (need.value, need.centre) if need.sign > 0 else (need.centre, need.value)
    if burdened == calm:
        return NeedClass.MIDDLE
    far = bool(need.spread) and abs(burdened - calm) >= limits.need_deviation * need.spread
    if burdened > calm:
        times = need.rated and burdened >= limits.need_ratio * calm
        return NeedClass.HIGH if far or times else NeedClass.MIDDLE
    times = need.rated and burdened * limits.need_ratio <= calm
    return NeedClass.LOW if far or times else NeedClass.MIDDLE


def supply_of(served: Sequence[Served], population: float | None, ground: Ground) -> Supply:
    """Places where all are known, else offers per 1,000 people, else the plain number of offers.

    Places and offers that serve several areas are shared out by population. As soon as one offer that would be
    counted has no number of places, nothing is said in places: not for the area, and not for the town.
    """
    spread = bool(population) and all(one.share is not None for one in served)
    if served and spread and all(one.offer.capacity is not None for one in served):
        coverage = 100 * sum(one.offer.capacity * one.share for one in served) / population
        if ground.benchmark:
            return Supply(Basis.PLACES, coverage, ground.benchmark, against_benchmark=True)
        if ground.population and all(offer.capacity is not None for offer in ground.offers):
            town = 100 * sum(offer.capacity for offer in ground.offers) / ground.population
            return Supply(Basis.PLACES, coverage, town)
    if served and spread and ground.population:
        town = 1000 * len(ground.offers) / ground.population
        return Supply(Basis.PER_THOUSAND, 1000 * sum(one.share for one in served) / population, town)
    return Supply(Basis.COUNT, len(served), ground.mean_count)


def judge(
    need: Need, served: Sequence[Served], population: float | None, ground: Ground, limits: Limits, today: date
) -> Verdict:
    """The verdict on one cell. Every cell says something: at least that there is nothing to say, and why."""
    class_ = need_class(need, limits)
    supply = supply_of(served, population, ground)
    silence = need.silence or (Silence.NO_COMPARISON if class_ is NeedClass.UNKNOWN else None)
    offers = tuple(one.offer for one in served)
    found = [
        finding
        for finding in (
            _gap(class_, offers, supply, limits),
            _expiring(class_, offers, limits, today),
            _awareness(class_, offers, limits),
            _oversupply(class_, offers, supply, limits),
            _duplication(served, ground.pairs),
            _unconfirmed(offers, ground, limits, today),
        )
        if finding
    ]
    if not found:
        found = [Finding(FindingKind.NO_STATEMENT if silence else FindingKind.NOTHING)]
    return Verdict(class_, silence, supply, tuple(served), tuple(found))


def _gap(class_: NeedClass, offers: tuple[OfferFacts, ...], supply: Supply, limits: Limits) -> Finding | None:
    thin = supply.relative is not None and supply.relative < limits.thin_supply
    return Finding(FindingKind.SERVICE_GAP) if class_ is NeedClass.HIGH and (not offers or thin) else None


def _expiring(class_: NeedClass, offers: tuple[OfferFacts, ...], limits: Limits, today: date) -> Finding | None:
    last = months_from(today, int(limits.funding_months))
    ending = tuple(offer for offer in offers if offer.funding_until and offer.funding_until <= last)
    return Finding(FindingKind.EXPIRING_FUNDING, ending) if class_ is NeedClass.HIGH and ending else None


def _awareness(class_: NeedClass, offers: tuple[OfferFacts, ...], limits: Limits) -> Finding | None:
    empty = tuple(offer for offer in offers if _below(offer.utilisation, limits.low_utilisation))
    return Finding(FindingKind.AWARENESS_GAP, empty) if class_ is NeedClass.HIGH and empty else None


def _oversupply(class_: NeedClass, offers: tuple[OfferFacts, ...], supply: Supply, limits: Limits) -> Finding | None:
    """Low need and ample supply; or, where the need is not high, offers that are on average half empty."""
    if not offers or class_ is NeedClass.HIGH:
        return None
    ample = supply.relative is not None and supply.relative > limits.ample_supply
    known = tuple(offer for offer in offers if offer.utilisation is not None)
    empty = known and fmean(offer.utilisation for offer in known) < limits.low_utilisation
    if empty:
        return Finding(FindingKind.OVERSUPPLY, known)
    return Finding(FindingKind.OVERSUPPLY) if class_ is NeedClass.LOW and ample else None


def _duplication(served: Sequence[Served], pairs: Mapping[tuple[int, int], Pair]) -> Finding | None:
    meeting = tuple(
        pair
        for one, other in combinations(served, 2)
        if (pair := pairs.get((one.offer.id, other.offer.id))) and one.parts & other.parts
    )
    return Finding(FindingKind.DUPLICATION, pairs=meeting) if meeting else None


def _unconfirmed(offers: tuple[OfferFacts, ...], ground: Ground, limits: Limits, today: date) -> Finding | None:
    """None of the entries confirmed of late; where an area has none, the survey counts if it is alive in the town."""
    since = months_from(today, -int(limits.confirmed_months))
    asked = offers or ground.offers
    alive = any(offer.confirmed_on and offer.confirmed_on >= since for offer in asked)
    return None if alive else Finding(FindingKind.UNCONFIRMED, offers)


def pairs_of(offers: Sequence[OfferFacts]) -> dict[tuple[int, int], Pair]:
    """Pairs of different providers for the same people, by their ids in the order given.

    Those whose hours are known not to overlap are left out.
    """
    found = {}
    for one, other in combinations(offers, 2):
        if one.provider == other.provider or not _same_people(one.groups, other.groups):
            continue
        times = overlap(one.slots, other.slots)
        if times is not False:
            found[one.id, other.id] = Pair(one, other, times)
    return found


def months_from(day: date, months: int) -> date:
    """The day some months later or earlier, the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _same_people(one: frozenset[str], other: frozenset[str]) -> bool:
    return not one or not other or bool(one & other)


def _below(utilisation: int | None, limit: float) -> bool:
    return utilisation is not None and utilisation < limit
