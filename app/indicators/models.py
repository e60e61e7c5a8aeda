"""Indicators, their cleared values, and the definition of a Sozialindex."""

from datetime import date

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.areas.models import Area, AreaLevel
from app.core.columns import enum_column
from app.extensions import db
from app.indicators.enums import Orientation, Polarity, ValueState


class Indicator(db.Model):
    """What is counted against what; `factor` 100 makes per cent.

    Three kinds: with `denominator` a rate; with `numerator` alone a count, which can be summed; with neither a
    published figure of which no counts are known, which cannot.
    """

    __tablename__ = "indicator"
    __table_args__ = (UniqueConstraint("municipality_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(160))
    short_name: Mapped[str] = mapped_column(String(60))
    unit: Mapped[str] = mapped_column(String(40), default="%")
    factor: Mapped[int] = mapped_column(default=100)
    numerator: Mapped[str] = mapped_column(String(255), default="")
    denominator: Mapped[str | None] = mapped_column(String(255))
    polarity: Mapped[Polarity] = enum_column(Polarity, default=Polarity.CONTEXT)
    source: Mapped[str] = mapped_column(String(255), default="")
    definition: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")


class IndicatorValue(db.Model):
    """A cleared value: readers only ever see these. Counts where known, else the published figure alone.

    `value` is used only when numerator and denominator are unknown; rates are computed, never averaged.
    """

    __tablename__ = "indicator_value"
    __table_args__ = (UniqueConstraint("indicator_id", "area_id", "reference_date"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    reference_date: Mapped[date]
    state: Mapped[ValueState] = enum_column(ValueState, default=ValueState.KNOWN)
    numerator: Mapped[float | None]
    denominator: Mapped[float | None]
    value: Mapped[float | None]

    indicator: Mapped[Indicator] = relationship(lazy="raise_on_sql")
    area: Mapped[Area] = relationship(lazy="raise_on_sql")


class SocialIndex(db.Model):
    """The definition of an index: z sum around the unweighted area mean with population deviation.

    `class_breaks` is a list of [upper limit or null, class name], ascending, applied to unrounded values.
    `population` is the indicator that `min_population` is checked against; without it nothing is checked.
    """

    __tablename__ = "social_index"
    __table_args__ = (UniqueConstraint("municipality_id", "name", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    level_id: Mapped[int] = mapped_column(ForeignKey("area_level.id"))
    name: Mapped[str] = mapped_column(String(80))
    version: Mapped[int] = mapped_column(default=1)
    reference_date: Mapped[date]
    orientation: Mapped[Orientation] = enum_column(Orientation, default=Orientation.HIGHER_IS_BURDEN)
    min_population: Mapped[int] = mapped_column(default=300)
    population_id: Mapped[int | None] = mapped_column(ForeignKey("indicator.id"))
    class_breaks: Mapped[list] = mapped_column(JSON)

    level: Mapped[AreaLevel] = relationship(lazy="raise_on_sql")
    population: Mapped[Indicator | None] = relationship(lazy="raise_on_sql")
    parts: Mapped[list["SocialIndexPart"]] = relationship(
        lazy="raise_on_sql", order_by="SocialIndexPart.position", cascade="all, delete-orphan"
    )
    exclusions: Mapped[list["SocialIndexExclusion"]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")


class SocialIndexPart(db.Model):
    """One indicator of an index with its weight."""

    __tablename__ = "social_index_part"

    index_id: Mapped[int] = mapped_column(ForeignKey("social_index.id"), primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"), primary_key=True)
    position: Mapped[int]
    weight: Mapped[float] = mapped_column(default=1.0)

    indicator: Mapped[Indicator] = relationship(lazy="raise_on_sql")


class SocialIndexExclusion(db.Model):
    """An area left out of an index, with the reason that is printed."""

    __tablename__ = "social_index_exclusion"

    index_id: Mapped[int] = mapped_column(ForeignKey("social_index.id"), primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(255))

    area: Mapped[Area] = relationship(lazy="raise_on_sql")
