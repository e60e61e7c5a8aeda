"""Acts of the indicators floor."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.accounts.models import Municipality
from app.areas.models import Area
from app.core.errors import RuleBroken
from app.extensions import db
from app.indicators import queries
from app.indicators.enums import ValueState
from app.indicators.models import Indicator, IndicatorValue
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
