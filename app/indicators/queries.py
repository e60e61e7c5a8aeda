"""Reads of the indicators floor."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Municipality
from app.areas.models import Area, AreaLevel, AreaScheme
from app.core.errors import NotFound
from app.extensions import db
from app.indicators.enums import Agreement
from app.indicators.models import Indicator, IndicatorValue, SocialIndex, SocialIndexExclusion, SocialIndexPart
from app.indicators.rates import Counts

Stored = dict[tuple[int, date], dict[int, Counts]]


def list_catalogue(municipality: Municipality) -> list[Indicator]:
    """Every indicator in the order of the catalogue, whatever was agreed: for catalogue and imports."""
    return list(db.session.scalars(_catalogue(municipality)))


def list_indicators(municipality: Municipality) -> list[Indicator]:
    """The agreed indicators in the order of the catalogue: what the office works with, internal ones included."""
    return list(db.session.scalars(_catalogue(municipality).where(Indicator.agreement == Agreement.ACCEPTED)))


def list_public_indicators(municipality: Municipality) -> list[Indicator]:
    """The agreed and public indicators: the only ones that leave the office; see `Indicator.leaves_office`."""
    wanted = _catalogue(municipality).where(Indicator.agreement == Agreement.ACCEPTED, Indicator.public)
    return list(db.session.scalars(wanted))


def _catalogue(municipality: Municipality):
    return (
        select(Indicator).where(Indicator.municipality_id == municipality.id).order_by(Indicator.position, Indicator.id)
    )


def find_indicator(municipality: Municipality, key: str) -> Indicator | None:
    """The indicator with a key."""
    return db.session.scalar(
        select(Indicator).where(Indicator.municipality_id == municipality.id, Indicator.key == key)
    )


def get_indicator(municipality: Municipality, indicator_id: int) -> Indicator:
    """An indicator of the municipality; raises NotFound."""
    indicator = db.session.scalar(
        select(Indicator).where(Indicator.municipality_id == municipality.id, Indicator.id == indicator_id)
    )
    if indicator is None:
        raise NotFound(indicator_id)
    return indicator


def next_position(municipality: Municipality) -> int:
    """The place behind the last indicator of the catalogue."""
    last = db.session.scalar(select(func.max(Indicator.position)).where(Indicator.municipality_id == municipality.id))
    return (last or 0) + 1


def dates_held(scheme_id: int) -> dict[int, list[date]]:
    """For every indicator the reference dates with values in a scheme, newest first, in one statement."""
    rows = db.session.execute(
        select(IndicatorValue.indicator_id, IndicatorValue.reference_date)
        .join(IndicatorValue.area)
        .where(Area.scheme_id == scheme_id)
        .distinct()
        .order_by(IndicatorValue.indicator_id, IndicatorValue.reference_date.desc())
    )
    found: dict[int, list[date]] = {}
    for indicator_id, day in rows:
        found.setdefault(indicator_id, []).append(day)
    return found


def values_held(scheme_id: int, wanted: Iterable[tuple[int, date]]) -> Stored:
    """What is stored for (indicator id, date) pairs in a scheme, by pair and area id, in one statement."""
    pairs = list(dict.fromkeys(wanted))
    found: Stored = {pair: {} for pair in pairs}
    if not pairs:
        return found
    rows = db.session.execute(
        select(
            IndicatorValue.indicator_id,
            IndicatorValue.reference_date,
            IndicatorValue.area_id,
            IndicatorValue.state,
            IndicatorValue.numerator,
            IndicatorValue.denominator,
            IndicatorValue.value,
        )
        .join(IndicatorValue.area)
        .where(
            Area.scheme_id == scheme_id,
            tuple_(IndicatorValue.indicator_id, IndicatorValue.reference_date).in_(pairs),
        )
    )
    for indicator_id, day, area_id, *counts in rows:
        found[indicator_id, day][area_id] = Counts(*counts)
    return found


def values_newest(scheme_id: int, indicator_ids: list[int], most: int) -> Stored:
    """What is stored at the newest `most` reference dates of each indicator in a scheme, in one statement."""
    found: Stored = {}
    if not indicator_ids:
        return found
    age = func.dense_rank().over(
        partition_by=IndicatorValue.indicator_id, order_by=IndicatorValue.reference_date.desc()
    )
    aged = (
        select(
            IndicatorValue.indicator_id,
            IndicatorValue.reference_date,
            IndicatorValue.area_id,
            IndicatorValue.state,
            IndicatorValue.numerator,
            IndicatorValue.denominator,
            IndicatorValue.value,
            age.label("age"),
        )
        .join(IndicatorValue.area)
        .where(Area.scheme_id == scheme_id, IndicatorValue.indicator_id.in_(indicator_ids))
        .subquery()
    )
    columns = [column for column in aged.c if column.name != "age"]
    for indicator_id, day, area_id, *counts in db.session.execute(select(*columns).where(aged.c.age <= most)):
        found.setdefault((indicator_id, day), {})[area_id] = Counts(*counts)
    return found


def list_values(scheme_id: int, indicator_ids: Iterable[int], days: Iterable[date]) -> list[IndicatorValue]:
    """Stored rows of some indicators and dates in a scheme, for comparing before writing."""
    return list(
        db.session.scalars(
            select(IndicatorValue)
            .join(IndicatorValue.area)
            .where(
                Area.scheme_id == scheme_id,
                IndicatorValue.indicator_id.in_(list(indicator_ids)),
                IndicatorValue.reference_date.in_(list(days)),
            )
            .order_by(IndicatorValue.id)
        )
    )


def _indexes():
    return select(SocialIndex).options(
        joinedload(SocialIndex.level).joinedload(AreaLevel.scheme),
        joinedload(SocialIndex.population),
        selectinload(SocialIndex.parts).joinedload(SocialIndexPart.indicator),
        joinedload(SocialIndex.exclusions).joinedload(SocialIndexExclusion.area),
    )


def find_index(municipality: Municipality, name: str) -> SocialIndex | None:
    """The newest version of the index with a name, with everything needed to compute it."""
    newest = (
        _indexes()
        .where(SocialIndex.municipality_id == municipality.id, SocialIndex.name == name)
        .order_by(SocialIndex.version.desc())
        .limit(1)
    )
    return db.session.scalars(newest).unique().one_or_none()


def get_index(municipality: Municipality, index_id: int) -> SocialIndex:
    """One version of an index of the municipality, ready to compute; raises NotFound."""
    wanted = _indexes().where(SocialIndex.municipality_id == municipality.id, SocialIndex.id == index_id)
    index = db.session.scalars(wanted).unique().one_or_none()
    if index is None:
        raise NotFound(index_id)
    return index


def list_indexes(municipality: Municipality) -> list[SocialIndex]:
    """All versions of all indices by name, the newest version first, ready to compute."""
    return list(
        db.session.scalars(
            _indexes()
            .where(SocialIndex.municipality_id == municipality.id)
            .order_by(SocialIndex.name, SocialIndex.version.desc(), SocialIndex.id)
        ).unique()
    )


def count_areas(level: AreaLevel) -> int:
    """How many areas a level has."""
    return db.session.scalar(select(func.count()).where(Area.level_id == level.id)) or 0


def list_index_names(municipality: Municipality) -> list[str]:
    """The names of the municipality's indices."""
    return list(
        db.session.scalars(
            select(SocialIndex.name)
            .where(SocialIndex.municipality_id == municipality.id)
            .distinct()
            .order_by(SocialIndex.name)
        )
    )


def list_indexes_of_scheme(scheme: AreaScheme) -> list[SocialIndex]:
    """Indices on any level of a scheme, the latest reference date and version first, ready to compute."""
    return list(
        db.session.scalars(
            _indexes()
            .join(SocialIndex.level)
            .where(AreaLevel.scheme_id == scheme.id)
            .order_by(SocialIndex.reference_date.desc(), SocialIndex.version.desc(), SocialIndex.id.desc())
        ).unique()
    )
