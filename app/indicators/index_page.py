"""What the pages of the Sozialindex show: choices of the form, a computed index with its map, two side by side."""

from dataclasses import dataclass
from datetime import date

from app.accounts.models import Municipality
from app.areas import queries as areas
from app.areas.models import Area, AreaLevel, AreaScheme
from app.areas.outlines import outlines_of
from app.core.errors import NotFound, RuleBroken
from app.indicators import index_comparison, queries
from app.indicators.enums import Centre, Deviation, IndexKind, Method, Orientation
from app.indicators.index_comparison import Change
from app.indicators.index_forms import IndexForm
from app.indicators.index_reading import IndexResult, compute_index
from app.indicators.index_words import IndexWords, class_spans, index_words
from app.indicators.maps import DrawnMap, index_map
from app.indicators.models import Indicator, SocialIndex


@dataclass(frozen=True)
class Choices:
    """What an index of a scheme can be made of."""

    scheme: AreaScheme
    levels: list[AreaLevel]
    days: list[date]
    indicators: list[Indicator]


def find_choices(municipality: Municipality, index: SocialIndex | None = None) -> Choices | None:
    """The choices of an index's scheme or of the current one; None before areas and values were taken over.

    Indicators and dates of the index stay on offer when they are no longer in use.
    """
    scheme = index.level.scheme if index else areas.find_current_scheme(municipality)
    levels = areas.list_levels(scheme) if scheme else []
    held = queries.dates_held(scheme.id) if levels else {}
    indicators = [one for one in queries.list_indicators(municipality) if one.id in held]
    days = {day for one in held.values() for day in one}
    if index:
        used = [*(part.indicator for part in index.parts), *([index.population] if index.population else [])]
        indicators += [one for one in dict.fromkeys(used) if one not in indicators]
        days |= {day for day in (index.reference_date, index.baseline_date) if day}
    return Choices(scheme, levels, sorted(days, reverse=True), indicators) if days and indicators else None


def form_for(choices: Choices, index: SocialIndex | None) -> IndexForm:
    """The form as sent, or filled from an earlier version, with everything that can be chosen."""
    form = IndexForm(data=_as_data(index) if index else None)
    form.offer([(level.id, level.name) for level in choices.levels], choices.days, choices.indicators)
    return form


def _as_data(index: SocialIndex) -> dict:
    return {
        "name": index.name,
        "kind": index.kind.value,
        "level_id": str(index.level_id),
        "day": index.reference_date.isoformat(),
        "baseline": index.baseline_date.isoformat() if index.baseline_date else "",
        "parts": [
            {"indicator_id": str(part.indicator_id), "chosen": True, "weight": part.weight} for part in index.parts
        ],
        "method": index.method.value,
        "centre": index.centre.value,
        "deviation": index.deviation.value,
        "limit": index.deviation_limit,
        "orientation": index.orientation.value,
        "breaks": [{"upper": upper, "name": name} for upper, name in index.class_breaks],
        "population_id": str(index.population_id) if index.population_id else "",
        "min_population": index.min_population,
        "exclusions": [{"code": one.area.code, "reason": one.reason} for one in index.exclusions],
        "note": index.note,
    }


def definition_of(form: IndexForm, choices: Choices) -> dict:
    """What a valid form says, as the services take it. Raises RuleBroken for an unknown area code."""
    by_id = {str(one.id): one for one in choices.indicators}
    level = next(one for one in choices.levels if str(one.id) == form.level_id.data)
    weights = {by_id[key]: weight for key, weight in form.weights.items() if key in by_id}
    return {
        "name": form.name.data,
        "level": level,
        "reference_date": date.fromisoformat(form.day.data),
        "weights": weights,
        "kind": IndexKind(form.kind.data),
        "baseline_date": date.fromisoformat(form.baseline.data) if form.baseline.data else None,
        "method": Method(form.method.data),
        "centre": Centre(form.centre.data),
        "deviation": Deviation(form.deviation.data),
        "deviation_limit": 1.0 if form.limit.data is None else form.limit.data,
        "orientation": Orientation(form.orientation.data),
        "class_breaks": form.class_breaks,
        "population": by_id.get(form.population_id.data or ""),
        "min_population": form.min_population.data or 0,
        "exclusions": _exclusions(level, form.reasons),
        "note": form.note.data,
    }


def _exclusions(level: AreaLevel, reasons: list[tuple[str, str]]) -> dict[Area, str]:
    by_code = {area.code: area for area in areas.list_areas(level)} if reasons else {}
    for code, _reason in reasons:
        if code not in by_code:
            raise RuleBroken(f"Auf der Ebene „{level.name}“ gibt es kein Gebiet mit dem Schlüssel „{code}“.")
    return {by_code[code]: reason for code, reason in reasons}


@dataclass(frozen=True)
class IndexPage:
    """A computed index as it is shown: with its map, its words and the limits of its classes."""

    result: IndexResult
    drawn: DrawnMap
    words: IndexWords
    spans: list[tuple[str, str]]


def show_index(index: SocialIndex) -> IndexPage:
    """Compute an index, stored or draft, and draw it."""
    tree = areas.area_tree(index.level.scheme_id)
    result = compute_index(index, tree=tree)
    outlines = outlines_of([area.id for area in result.areas], areas.list_outlines(index.level.scheme_id), tree)
    return IndexPage(result, index_map(result, outlines), index_words(index), class_spans(index))


@dataclass(frozen=True)
class ComparisonPage:
    """Two definitions computed, and what becomes of every area."""

    before: IndexResult
    after: IndexResult
    words: tuple[IndexWords, IndexWords]
    areas: dict[int, Area]
    names: dict[str, str]
    changes: list[Change]
    moves: list[tuple[str, str, int]]
    same_scale: bool

    @property
    def changed(self) -> list[Change]:
        """The areas that change class or lose or gain their index."""
        return [one for one in self.changes if one.changes_class]

    @property
    def same_orientation(self) -> bool:
        """Whether higher means the same in both."""
        return self.before.index.orientation is self.after.index.orientation


def get_version(indexes: list[SocialIndex], chosen: str | None) -> SocialIndex | None:
    """The version with an id as text, None without a choice. Raises NotFound for an unknown one."""
    if not chosen:
        return None
    found = next((one for one in indexes if str(one.id) == chosen), None)
    if found is None:
        raise NotFound(chosen)
    return found


def lay_side_by_side(before: SocialIndex, after: SocialIndex) -> ComparisonPage:
    """Compute two definitions. Raises RuleBroken when they are about different areas."""
    if before.level_id != after.level_id:
        raise RuleBroken(
            f"„{before.name}“ rechnet auf der Ebene {before.level.name}, „{after.name}“ auf der Ebene "
            f"{after.level.name}. Vergleichen Sie zwei Fassungen derselben Ebene."
        )
    tree = areas.area_tree(before.level.scheme_id)
    everywhere = areas.list_areas(before.level)
    first, second = (compute_index(one, tree=tree, some_areas=everywhere) for one in (before, after))
    changes = index_comparison.compare(first.verdicts, second.verdicts)
    return ComparisonPage(
        before=first,
        after=second,
        words=(index_words(before), index_words(after)),
        areas={area.id: area for area in everywhere},
        names={part.indicator.key: part.indicator.short_name for one in (before, after) for part in one.parts},
        changes=changes,
        moves=index_comparison.moves(changes),
        same_scale=index_comparison.same_scale(before.method, after.method),
    )
