"""Reads of the catalogue: what was decided, what values there are, where an indicator is used."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Municipality
from app.areas.models import Area, AreaScheme
from app.core.errors import NotFound
from app.extensions import db
from app.indicators.catalogue_rules import Held
from app.indicators.enums import ValueState
from app.indicators.models import (
    Clearance,
    Indicator,
    IndicatorDecision,
    IndicatorValue,
    RawValue,
    SocialIndex,
    SocialIndexPart,
)


@dataclass(frozen=True)
class HeldOn:
    """How many areas of a scheme have a value at a reference date, and of which kind."""

    scheme: str
    day: date
    known: int
    suppressed: int
    missing: int


def get_entry(municipality: Municipality, indicator_id: int) -> Indicator:
    """An indicator of the municipality with its whole; raises NotFound."""
    row = db.session.scalar(
        select(Indicator)
        .where(Indicator.municipality_id == municipality.id, Indicator.id == indicator_id)
        .options(joinedload(Indicator.whole))
    )
    if row is None:
        raise NotFound(indicator_id)
    return row


def list_decisions(indicator: Indicator) -> list[IndicatorDecision]:
    """The steps of the agreement, the latest first, with who noted them."""
    return list(
        db.session.scalars(
            select(IndicatorDecision)
            .where(IndicatorDecision.indicator_id == indicator.id)
            .options(joinedload(IndicatorDecision.noted_by))
            .order_by(IndicatorDecision.decided_on.desc(), IndicatorDecision.id.desc())
        )
    )


def latest_decisions(indicators: Iterable[Indicator]) -> dict[int, IndicatorDecision]:
    """The latest step of each indicator that has one, by indicator id."""
    rows = db.session.scalars(
        select(IndicatorDecision)
        .where(IndicatorDecision.indicator_id.in_([one.id for one in indicators]))
        .order_by(IndicatorDecision.decided_on, IndicatorDecision.id)
    )
    return {row.indicator_id: row for row in rows}


def latest_days(municipality: Municipality) -> dict[int, date]:
    """The latest reference date with cleared values, by indicator id."""
    rows = db.session.execute(
        select(IndicatorValue.indicator_id, func.max(IndicatorValue.reference_date))
        .join(IndicatorValue.indicator)
        .where(Indicator.municipality_id == municipality.id)
        .group_by(IndicatorValue.indicator_id)
    )
    return dict(rows.all())


def clearances_held(scheme_id: int) -> dict[tuple[int, date], Clearance]:
    """The latest clearance of values in a scheme, by indicator id and reference date, in one statement."""
    pairs = (
        select(IndicatorValue.indicator_id, IndicatorValue.reference_date, IndicatorValue.clearance_id)
        .join(IndicatorValue.area)
        .where(Area.scheme_id == scheme_id)
        .distinct()
        .subquery()
    )
    rows = db.session.execute(
        select(pairs.c.indicator_id, pairs.c.reference_date, Clearance)
        .join(Clearance, Clearance.id == pairs.c.clearance_id)
        .order_by(Clearance.cleared_on, Clearance.id)
    )
    return {(indicator_id, day): clearance for indicator_id, day, clearance in rows}


def list_held(indicator: Indicator) -> list[HeldOn]:
    """The cleared values counted by scheme and reference date, the latest date first."""
    rows = db.session.execute(
        select(AreaScheme.name, IndicatorValue.reference_date, IndicatorValue.state, func.count())
        .join(Area, Area.id == IndicatorValue.area_id)
        .join(AreaScheme, AreaScheme.id == Area.scheme_id)
        .where(IndicatorValue.indicator_id == indicator.id)
        .group_by(AreaScheme.name, IndicatorValue.reference_date, IndicatorValue.state)
        .order_by(IndicatorValue.reference_date.desc(), AreaScheme.name)
    )
    counts: dict[tuple[str, date], dict[ValueState, int]] = {}
    for scheme, day, state, count in rows:
        counts.setdefault((scheme, day), {})[state] = count
    return [
        HeldOn(scheme, day, *(states.get(state, 0) for state in ValueState)) for (scheme, day), states in counts.items()
    ]


def count_held(indicator: Indicator) -> Held:
    """How many values there are, raw ones included, and what they are made of."""
    totals = [0, 0, 0]
    for model in (IndicatorValue, RawValue):
        numerators, denominators = func.count(model.numerator), func.count(model.denominator)
        counts = select(func.count(), numerators, denominators).where(model.indicator_id == indicator.id)
        totals = [total + count for total, count in zip(totals, db.session.execute(counts).one(), strict=True)]
    return Held(*totals)


def list_indexes_using(indicator: Indicator) -> list[SocialIndex]:
    """The indices with the indicator as a part or as population, newest version of each name first."""
    parts = select(SocialIndexPart.index_id).where(SocialIndexPart.indicator_id == indicator.id)
    return list(
        db.session.scalars(
            select(SocialIndex)
            .where((SocialIndex.population_id == indicator.id) | SocialIndex.id.in_(parts))
            .order_by(SocialIndex.name, SocialIndex.version.desc(), SocialIndex.id)
        )
    )


def newest_versions(municipality: Municipality) -> dict[str, int]:
    """The newest version of every index, by its name."""
    rows = db.session.execute(
        select(SocialIndex.name, func.max(SocialIndex.version))
        .where(SocialIndex.municipality_id == municipality.id)
        .group_by(SocialIndex.name)
    )
    return dict(rows.all())


def list_parts(indicator: Indicator) -> list[Indicator]:
    """The indicators whose cases are a part of this one's, in the order of the catalogue."""
    return list(
        db.session.scalars(
            select(Indicator).where(Indicator.whole_id == indicator.id).order_by(Indicator.position, Indicator.id)
        )
    )


def find_with_name(municipality: Municipality, name: str) -> Indicator | None:
    """The indicator with a name, whatever its case."""
    return db.session.scalar(
        select(Indicator)
        .where(Indicator.municipality_id == municipality.id, func.lower(Indicator.name) == name.lower())
        .order_by(Indicator.id)
        .limit(1)
    )
