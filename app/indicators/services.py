"""Acts of the indicators floor."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.accounts.models import Municipality, User
from app.accounts.services import note_act
from app.areas.models import Area, AreaLevel
from app.core.errors import RuleBroken
from app.extensions import db
from app.indicators import queries
from app.indicators.enums import Orientation, ValueState
from app.indicators.models import Indicator, IndicatorValue, SocialIndex, SocialIndexExclusion, SocialIndexPart
from app.indicators.social_index import BERLIN_BREAKS, breaks_problem
from app.indicators.value_changes import NewValue, apply_changes, plan_changes

KEY = re.compile(r"[A-Za-z0-9_.-]{1,80}")


def create_indicator(*, municipality: Municipality, key: str, name: str, short_name: str = "", **fields) -> Indicator:
    """Add an indicator at the end of the catalogue; `fields` are further columns of the model.

    With `denominator` it is a rate, with `numerator` alone a count, with neither a published figure.
    Raises RuleBroken for an unusable or taken key.
    """
    if not KEY.fullmatch(key):
        raise RuleBroken(f"Der Schlüssel „{key}“ darf nur Buchstaben ohne Umlaute, Ziffern und _ . - enthalten.")
    if queries.find_indicator(municipality, key):
        raise RuleBroken(f"Einen Indikator „{key}“ gibt es schon.")
    fields.setdefault("position", queries.next_position(municipality))
    indicator = Indicator(
        municipality_id=municipality.id, key=key, name=name[:160], short_name=(short_name or name)[:60], **fields
    )
    db.session.add(indicator)
    db.session.flush()
    return indicator


@dataclass(frozen=True)
class Stored:
    """How many cells were filled, changed and found the same."""

    created: int
    updated: int
    unchanged: int


def record_value(
    *,
    indicator: Indicator,
    area: Area,
    reference_date: date,
    numerator: float | None = None,
    denominator: float | None = None,
    value: float | None = None,
    state: ValueState = ValueState.KNOWN,
) -> Stored:
    """Store one cleared value, replacing the one that is there."""
    new = NewValue(indicator.id, area.id, reference_date, numerator, denominator, value, state)
    return record_values(scheme_id=area.scheme_id, values=[new])


def record_values(*, scheme_id: int, values: Sequence[NewValue], clearance_id: int | None = None) -> Stored:
    """Store cleared values for areas of one scheme: new cells and changed ones in bulk, the rest untouched.

    Raises RuleBroken for a cell that is named twice or holds a figure without state KNOWN.
    """
    changes = plan_changes(IndicatorValue, scheme_id, values)
    apply_changes(IndicatorValue, changes, clearance_id)
    created = sum(change.before is None for change in changes)
    return Stored(created, len(changes) - created, len(values) - len(changes))


def define_social_index(
    *,
    municipality: Municipality,
    level: AreaLevel,
    name: str,
    reference_date: date,
    weights: Mapping[Indicator, float],
    population: Indicator | None = None,
    min_population: int = 300,
    orientation: Orientation = Orientation.HIGHER_IS_BURDEN,
    class_breaks: Sequence | None = None,
    exclusions: Mapping[Area, str] | None = None,
    user: User | None = None,
    now: datetime,
) -> SocialIndex:
    """Define an index, or its next version when the name is known: earlier versions stay as they are.

    `weights` in the order of the parts; `exclusions` maps areas to the reason that is printed. Raises RuleBroken
    for an index without indicators, weights that are not positive, unusable class breaks or a missing reason.
    """
    breaks = [list(one) for one in class_breaks or BERLIN_BREAKS]
    exclusions = exclusions or {}
    if not name.strip() or len(name) > 80:
        raise RuleBroken("Der Index braucht einen Namen mit höchstens 80 Zeichen.")
    if not weights or any(not weight > 0 for weight in weights.values()):
        raise RuleBroken("Ein Index braucht mindestens einen Indikator, und jedes Gewicht muss größer als null sein.")
    if problem := breaks_problem(breaks):
        raise RuleBroken(problem)
    if not all(reason.strip() for reason in exclusions.values()):
        raise RuleBroken("Nennen Sie für jedes ausgeschlossene Gebiet den Grund.")
    latest = queries.find_index(municipality, name)
    index = SocialIndex(
        municipality_id=municipality.id,
        level_id=level.id,
        name=name,
        version=latest.version + 1 if latest else 1,
        reference_date=reference_date,
        orientation=orientation,
        min_population=min_population,
        population_id=population.id if population else None,
        class_breaks=breaks,
        parts=[
            SocialIndexPart(indicator_id=indicator.id, position=position, weight=weight)
            for position, (indicator, weight) in enumerate(weights.items(), start=1)
        ],
        exclusions=[SocialIndexExclusion(area_id=area.id, reason=reason) for area, reason in exclusions.items()],
    )
    db.session.add(index)
    db.session.flush()
    sentence = f"Sozialindex „{name}“ festgelegt (Fassung {index.version})."
    note_act(municipality_id=municipality.id, user=user, action="index.defined", sentence=sentence, now=now)
    return index
