"""Reads of raw values and clearances. Raw values are for the statistics office alone."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, select
from sqlalchemy.orm import joinedload, undefer

from app.accounts.models import Municipality
from app.areas.models import Area, AreaCrosswalk, AreaScheme
from app.core.errors import NotFound
from app.extensions import db
from app.indicators.enums import ValueState
from app.indicators.models import Clearance, Indicator, IndicatorValue, RawValue
from app.indicators.rates import Counts
from app.indicators.value_changes import Place, Table

Cells = dict[Place, Counts]
Pair = tuple[int, date]


@dataclass(frozen=True)
class RawStock:
    """How many raw values an indicator has at a date in a scheme, and how many of their cells are cleared."""

    scheme: AreaScheme
    indicator: Indicator
    day: date
    raw: int
    cleared: int

    @property
    def open(self) -> int:
        """Raw values without a cleared cell."""
        return self.raw - self.cleared


def list_raw_stock(municipality: Municipality) -> list[RawStock]:
    """Raw values by scheme, date and indicator, newest first, in one statement."""
    same_cell = and_(
        IndicatorValue.indicator_id == RawValue.indicator_id,
        IndicatorValue.area_id == RawValue.area_id,
        IndicatorValue.reference_date == RawValue.reference_date,
    )
    counted = (
        select(
            Area.scheme_id,
            RawValue.indicator_id,
            RawValue.reference_date,
            func.count(RawValue.id).label("raw"),
            func.count(IndicatorValue.id).label("cleared"),
        )
        .join(Area, Area.id == RawValue.area_id)
        .outerjoin(IndicatorValue, same_cell)
        .group_by(Area.scheme_id, RawValue.indicator_id, RawValue.reference_date)
        .subquery()
    )
    rows = db.session.execute(
        select(AreaScheme, Indicator, counted.c.reference_date, counted.c.raw, counted.c.cleared)
        .join(counted, counted.c.scheme_id == AreaScheme.id)
        .join(Indicator, Indicator.id == counted.c.indicator_id)
        .where(AreaScheme.municipality_id == municipality.id, Indicator.municipality_id == municipality.id)
        .order_by(AreaScheme.id.desc(), counted.c.reference_date.desc(), Indicator.position, Indicator.id)
    )
    return [RawStock(*row) for row in rows]


def values_of(table: Table, scheme_ids: Collection[int], indicator_ids: Collection[int], days: Iterable[date]) -> Cells:
    """Raw or cleared values by place, in one statement."""
    rows = db.session.execute(
        select(
            *(table.indicator_id, table.area_id, table.reference_date),
            *(table.state, table.numerator, table.denominator, table.value),
        )
        .join(Area, Area.id == table.area_id)
        .where(
            Area.scheme_id.in_(list(scheme_ids)),
            table.indicator_id.in_(list(indicator_ids)),
            table.reference_date.in_(list(days)),
        )
        .order_by(table.indicator_id, table.reference_date, table.area_id)
    )
    return {tuple(row[:3]): Counts(*row[3:]) for row in rows}


def list_days(municipality: Municipality) -> list[date]:
    """All reference dates with raw or cleared values, ascending."""
    dated = [
        select(table.reference_date)
        .join(Indicator, Indicator.id == table.indicator_id)
        .where(Indicator.municipality_id == municipality.id)
        for table in (RawValue, IndicatorValue)
    ]
    return sorted(db.session.scalars(dated[0].union(*dated[1:])))


def list_secret_series(scheme_id: int, indicator_ids: Collection[int]) -> set[tuple[int, int]]:
    """(indicator id, area id) that are secret at any date in what is published."""
    rows = db.session.execute(
        select(IndicatorValue.indicator_id, IndicatorValue.area_id)
        .join(IndicatorValue.area)
        .where(
            Area.scheme_id == scheme_id,
            IndicatorValue.indicator_id.in_(list(indicator_ids)),
            IndicatorValue.state == ValueState.SUPPRESSED,
        )
        .distinct()
    )
    return {tuple(row) for row in rows}


def list_crosswalk(municipality: Municipality) -> list[tuple[int, int, float]]:
    """From area, to area and share of all crosswalks between the municipality's schemes."""
    rows = db.session.execute(
        select(AreaCrosswalk.from_area_id, AreaCrosswalk.to_area_id, AreaCrosswalk.share)
        .join(AreaCrosswalk.to_area)
        .join(Area.scheme)
        .where(AreaScheme.municipality_id == municipality.id)
        .order_by(AreaCrosswalk.to_area_id, AreaCrosswalk.from_area_id)
    )
    return [tuple(row) for row in rows]


def list_clearances(municipality: Municipality) -> list[Clearance]:
    """All clearances with who noted them, the latest first."""
    return list(
        db.session.scalars(
            select(Clearance)
            .options(joinedload(Clearance.noted_by))
            .where(Clearance.municipality_id == municipality.id)
            .order_by(Clearance.cleared_on.desc(), Clearance.id.desc())
        )
    )


def get_clearance(municipality: Municipality, clearance_id: int) -> Clearance:
    """A clearance of the municipality with its changes; raises NotFound."""
    clearance = db.session.scalar(
        select(Clearance)
        .options(joinedload(Clearance.noted_by), undefer(Clearance.changes))
        .where(Clearance.municipality_id == municipality.id, Clearance.id == clearance_id)
    )
    if clearance is None:
        raise NotFound(clearance_id)
    return clearance
