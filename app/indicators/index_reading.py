"""Computing an index from cleared values: state or change, with the town's value where it is the centre."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.areas import queries as areas
from app.areas.models import Area, AreaLevel
from app.areas.tree import AreaTree
from app.indicators import rules, social_index
from app.indicators.enums import IndexKind, Polarity, ValueState
from app.indicators.figures import measure_of
from app.indicators.models import Indicator, SocialIndex
from app.indicators.rates import Reading
from app.indicators.reading import Readings, read_scheme
from app.indicators.social_index import AreaVerdict


@dataclass(frozen=True)
class IndexResult:
    """An index with the verdict on every area of its level, by area id, in the order of codes."""

    index: SocialIndex
    areas: list[Area]
    verdicts: dict[int, AreaVerdict]
    warnings: list[str]

    @property
    def may_be_published(self) -> bool:
        """Whether all its indicators are agreed and public: an index shows what its parts are."""
        return all(part.indicator.leaves_office for part in self.index.parts)

    @property
    def included(self) -> list[Area]:
        """The areas that have an index."""
        return [area for area in self.areas if self.verdicts[area.id].included]

    @property
    def left_out(self) -> list[Area]:
        """The areas without an index; the verdict says why."""
        return [area for area in self.areas if not self.verdicts[area.id].included]

    @property
    def by_burden(self) -> list[Area]:
        """The areas with an index, the most burdened first; deviations of equal number by their size."""
        turned = 1 if rules.burdens_rise(self.index.orientation) else -1

        def key(area: Area):
            verdict = self.verdicts[area.id]
            return -turned * round(verdict.index, 9), -verdict.size, area.code, area.id

        return sorted(self.included, key=key)

    @property
    def class_counts(self) -> list[tuple[str, int]]:
        """Every class in the order of the definition with the number of its areas."""
        found = [self.verdicts[area.id].class_name for area in self.included]
        return [(name, found.count(name)) for _limit, name in self.index.class_breaks]


def compute_index(
    index: SocialIndex,
    *,
    tree: AreaTree | None = None,
    some_areas: list[Area] | None = None,
    readings: Readings | None = None,
) -> IndexResult:
    """Compute an index loaded by `find_index`, `get_index` or `list_indexes…`, or a draft that was never stored.

    One statement, two more when tree and areas of the level are not given, none when `read_for` read before.
    """
    tree = tree or areas.area_tree(index.level.scheme_id)
    some_areas = areas.list_areas(index.level) if some_areas is None else some_areas
    readings = read_for([index], tree) if readings is None else readings
    reasons = {one.area_id: one.reason for one in index.exclusions}
    verdict = social_index.compute(
        [_values(index, area, readings, reasons.get(area.id)) for area in some_areas],
        [_part(index, part.indicator, part.weight, readings) for part in index.parts],
        _rule(index),
    )
    by_id = {area.id: one for area, one in zip(some_areas, verdict.areas, strict=True)}
    return IndexResult(index, some_areas, by_id, [*verdict.warnings, *_doubts(index)])


def read_for(indexes: Sequence[SocialIndex], tree: AreaTree) -> Readings:
    """What some indices of one scheme are computed from, in one statement."""
    wanted: dict[int, Indicator] = {}
    days: dict[int, set[date]] = {}
    for index in indexes:
        asked = [(part.indicator, _days(index)) for part in index.parts]
        asked += [(index.population, [index.reference_date])] if index.population else []
        for indicator, some in asked:
            wanted[indicator.id] = indicator
            days.setdefault(indicator.id, set()).update(some)
    return read_scheme(
        indexes[0].level.scheme_id, tree, wanted.values(), {one: sorted(some) for one, some in days.items()}
    )


def _rule(index: SocialIndex) -> social_index.Rule:
    return social_index.Rule(
        method=index.method,
        centre=index.centre,
        deviation=index.deviation,
        class_breaks=index.class_breaks,
        min_population=index.min_population if index.population else None,
        limit=index.deviation_limit,
    )


def _days(index: SocialIndex) -> list[date]:
    return [index.reference_date, *([index.baseline_date] if index.kind is IndexKind.DYNAMICS else [])]


def _values(index: SocialIndex, area: Area, readings: Readings, excluded: str | None) -> social_index.AreaValues:
    cells = {
        part.indicator.key: [readings[part.indicator.id, day].by_area[area.id] for day in _days(index)]
        for part in index.parts
    }
    people = readings[index.population.id, index.reference_date].by_area[area.id] if index.population else None
    return social_index.AreaValues(
        code=area.code,
        values={key: _figure(found) for key, found in cells.items()},
        population=people.value if people else None,
        excluded_because=excluded,
        secret=frozenset(
            key for key, found in cells.items() if any(one.state is ValueState.SUPPRESSED for one in found)
        ),
    )


def _figure(found: list[Reading]) -> float | None:
    """The state, or with two dates the change between them; None as soon as one of them has no figure."""
    if any(one.value is None for one in found):
        return None
    now, *before = [one.value for one in found]
    return now - before[0] if before else now


def _part(index: SocialIndex, indicator: Indicator, weight: float, readings: Readings) -> social_index.Part:
    sign = rules.sign_of(indicator.polarity, index.orientation)
    town = _figure([readings[indicator.id, day].town for day in _days(index)])
    return social_index.Part(indicator.key, indicator.name, sign, weight, town)


def _doubts(index: SocialIndex) -> list[str]:
    """What about the choice of indicators a reader should know."""
    chosen = [part.indicator for part in index.parts]
    counts = [one.name for one in chosen if measure_of(one).counted]
    neutral = [one.name for one in chosen if one.polarity is Polarity.CONTEXT]
    doubts = []
    if counts:
        doubts.append(f"Anzahl statt Quote: {', '.join(counts)}. Große Gebiete haben hier höhere Werte.")
    if neutral:
        doubts.append(f"Ohne eigene Wirkrichtung: {', '.join(neutral)}. Ein höherer Wert zählt hier als Belastung.")
    return doubts


def find_index_of_level(
    indexes: Iterable[SocialIndex], level: AreaLevel, day: date | None, kind: IndexKind = IndexKind.STATUS
) -> SocialIndex | None:
    """The index of a kind that stands for a level: of the day shown, else of the latest day.

    Of several with the same day the one whose name was defined first, in its newest version: a variant made for
    comparing does not push the town's index aside.
    """
    known = list(indexes)
    first: dict[str, int] = {}
    for one in known:
        first[one.name] = min(one.id, first.get(one.name, one.id))
    candidates = [one for one in known if one.level_id == level.id and one.kind is kind]
    candidates.sort(key=lambda one: (-one.reference_date.toordinal(), first[one.name], -one.version))
    return next((one for one in candidates if one.reference_date == day), next(iter(candidates), None))
