"""Acts on the Sozialindex: drafting a definition, and storing it as the next version."""

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from app.accounts.models import Municipality, User
from app.accounts.services import note_act
from app.areas.models import Area, AreaLevel
from app.core.errors import RuleBroken
from app.extensions import db
from app.indicators import queries
from app.indicators.enums import Centre, Deviation, IndexKind, Method, Orientation
from app.indicators.index_classes import breaks_problem, default_breaks
from app.indicators.models import Indicator, SocialIndex, SocialIndexExclusion, SocialIndexPart

LARGEST = 1e6  # of weights, limits and the deviations that count


def draft_social_index(
    *,
    municipality: Municipality,
    level: AreaLevel,
    name: str,
    reference_date: date,
    weights: Mapping[Indicator, float],
    kind: IndexKind = IndexKind.STATUS,
    baseline_date: date | None = None,
    method: Method = Method.Z_SUM,
    centre: Centre = Centre.AREA_MEAN,
    deviation: Deviation = Deviation.POPULATION,
    deviation_limit: float = 1.0,
    population: Indicator | None = None,
    min_population: int = 300,
    orientation: Orientation = Orientation.HIGHER_IS_BURDEN,
    class_breaks: Sequence | None = None,
    exclusions: Mapping[Area, str] | None = None,
    note: str = "",
) -> SocialIndex:
    """The next version of an index, ready to compute and not stored: what the preview shows.

    `weights` in the order of the parts; without `class_breaks` those of the method, see `default_breaks`;
    `exclusions` maps areas to the reason that is printed. Raises RuleBroken for a definition that cannot be used.
    """
    exclusions = exclusions or {}
    _check_parts(name, weights, method, orientation)
    _check_dates(kind, reference_date, baseline_date)
    _check_numbers(deviation_limit, min_population)
    breaks = [list(one) for one in class_breaks or ()] or default_breaks(
        method, kind, orientation, parts=len(weights), areas=queries.count_areas(level)
    )
    if problem := breaks_problem(breaks):
        raise RuleBroken(problem)
    _check_exclusions(level, exclusions)
    latest = queries.find_index(municipality, name)
    return SocialIndex(
        municipality_id=municipality.id,
        level_id=level.id,
        level=level,
        name=name,
        version=latest.version + 1 if latest else 1,
        reference_date=reference_date,
        kind=kind,
        baseline_date=baseline_date if kind is IndexKind.DYNAMICS else None,
        method=method,
        centre=centre,
        deviation=deviation,
        deviation_limit=deviation_limit,
        orientation=orientation,
        min_population=min_population,
        population_id=population.id if population else None,
        population=population,
        class_breaks=breaks,
        note=note,
        parts=[
            SocialIndexPart(indicator_id=indicator.id, indicator=indicator, position=position, weight=weight)
            for position, (indicator, weight) in enumerate(weights.items(), start=1)
        ],
        exclusions=[SocialIndexExclusion(area_id=area.id, area=area, reason=why) for area, why in exclusions.items()],
    )


def define_social_index(
    *, municipality: Municipality, user: User | None = None, now: datetime, **definition
) -> SocialIndex:
    """Store an index, or its next version when the name is known: earlier versions stay as they are.

    `definition` and errors as for `draft_social_index`.
    """
    index = draft_social_index(municipality=municipality, **definition)
    db.session.add(index)
    db.session.flush()
    sentence = f"Sozialindex „{index.name}“ festgelegt (Fassung {index.version})."
    note_act(municipality_id=municipality.id, user=user, action="index.defined", sentence=sentence, now=now)
    return index


def _check_parts(name: str, weights: Mapping[Indicator, float], method: Method, orientation: Orientation) -> None:
    if not name.strip() or len(name) > 80:
        raise RuleBroken("Der Index braucht einen Namen mit höchstens 80 Zeichen.")
    if not weights or any(not 0 < weight <= LARGEST for weight in weights.values()):
        raise RuleBroken("Ein Index braucht mindestens einen Indikator, und jedes Gewicht muss größer als null sein.")
    if method is not Method.DEVIATION_COUNT:
        return
    if len(set(weights.values())) > 1:
        raise RuleBroken(
            "Bei der Anzahl auffälliger Abweichungen zählt jeder Indikator einmal. Geben Sie allen das Gewicht 1."
        )
    if orientation is not Orientation.HIGHER_IS_BURDEN:
        raise RuleBroken(
            "Gezählt werden auffällige Belastungen: Wählen Sie, dass ein höherer Wert eine höhere Belastung bedeutet."
        )


def _check_dates(kind: IndexKind, reference_date: date, baseline_date: date | None) -> None:
    if kind is IndexKind.DYNAMICS and (baseline_date is None or baseline_date >= reference_date):
        raise RuleBroken("Ein Dynamikindex braucht einen früheren Stichtag, mit dem verglichen wird.")


def _check_numbers(deviation_limit: float, min_population: int) -> None:
    if not (math.isfinite(deviation_limit) and 0 < deviation_limit <= LARGEST):
        raise RuleBroken("Die Grenze für auffällige Abweichungen muss größer als null sein.")
    if not 0 <= min_population <= 2**31 - 1:
        raise RuleBroken("Die Mindestzahl an Einwohner*innen darf nicht negativ sein.")


def _check_exclusions(level: AreaLevel, exclusions: Mapping[Area, str]) -> None:
    if any(not reason.strip() or len(reason) > 255 for reason in exclusions.values()):
        raise RuleBroken("Nennen Sie für jedes ausgeschlossene Gebiet den Grund, mit höchstens 255 Zeichen.")
    if any(area.level_id != level.id for area in exclusions):
        raise RuleBroken(f"Ausschließen lassen sich nur Gebiete der Ebene „{level.name}“.")
