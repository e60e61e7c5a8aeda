"""Indicators and the agreement on them, raw and cleared values, and the definition of a Sozialindex."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.areas.models import Area, AreaLevel
from app.core.columns import UTCDateTime, enum_column
from app.extensions import db
from app.indicators.enums import (
    Agreement,
    Centre,
    Deviation,
    IndexKind,
    Method,
    Orientation,
    Polarity,
    ReferenceType,
    ValueState,
)


class Indicator(db.Model):
    """What is counted against what; `factor` 100 makes per cent.

    Three kinds: with `denominator` a rate; with `numerator` alone a count, which can be summed; with neither a
    published figure of which no counts are known, which cannot.

    `threshold` and `minimum_base` are the rule of disclosure control: fewer cases, or a smaller denominator, are
    secret. `whole_id` names the indicator whose numerator this one's is a part of (SGB II under 15 of SGB II); the
    parts of a whole are taken to add up to it. Only agreed and public indicators leave the office.
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
    reference_type: Mapped[ReferenceType] = enum_column(ReferenceType, default=ReferenceType.DAY)
    valid_from: Mapped[date | None]
    break_note: Mapped[str] = mapped_column(Text, default="")
    options: Mapped[str] = mapped_column(Text, default="")
    threshold: Mapped[int] = mapped_column(default=3)
    minimum_base: Mapped[int] = mapped_column(default=100)
    whole_id: Mapped[int | None] = mapped_column(ForeignKey("indicator.id"))
    agreement: Mapped[Agreement] = enum_column(Agreement, default=Agreement.ACCEPTED)
    public: Mapped[bool] = mapped_column(default=True)

    whole: Mapped["Indicator | None"] = relationship(remote_side="Indicator.id", lazy="raise_on_sql")

    @property
    def agreed(self) -> bool:
        """Whether the office works with it; proposed and rejected ones stand in the catalogue only."""
        return self.agreement is Agreement.ACCEPTED

    @property
    def leaves_office(self) -> bool:
        """Whether readers, phones, papers and open data may show it."""
        return self.agreed and self.public


class IndicatorDecision(db.Model):
    """A step of agreeing on an indicator: who proposed, accepted or rejected it, when, and why."""

    __tablename__ = "indicator_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id", ondelete="CASCADE"), index=True)
    agreement: Mapped[Agreement] = enum_column(Agreement)
    body: Mapped[str] = mapped_column(String(160))
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_on: Mapped[date]
    noted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    noted_by: Mapped[User | None] = relationship(lazy="raise_on_sql")


class Clearance(db.Model):
    """Who cleared values for publication, and when: delivered so, or by the disclosure control here.

    `summary` counts cells by outcome; `changes` are the cleared cells with what stood there before, for undoing.
    """

    __tablename__ = "clearance"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    cleared_by: Mapped[str] = mapped_column(String(160))
    cleared_on: Mapped[date]
    controlled_here: Mapped[bool]
    summary: Mapped[dict] = mapped_column(JSON, default=dict)
    changes: Mapped[list] = mapped_column(JSON, default=list, deferred=True)
    noted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    noted_by: Mapped[User | None] = relationship(lazy="raise_on_sql")


class RawValue(db.Model):
    """A value before disclosure control. Only the statistics office sees these; see `disclosure`."""

    __tablename__ = "raw_value"
    __table_args__ = (UniqueConstraint("indicator_id", "area_id", "reference_date"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    reference_date: Mapped[date]
    state: Mapped[ValueState] = enum_column(ValueState, default=ValueState.KNOWN)
    numerator: Mapped[float | None]
    denominator: Mapped[float | None]
    value: Mapped[float | None]


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
    clearance_id: Mapped[int | None] = mapped_column(ForeignKey("clearance.id"))

    indicator: Mapped[Indicator] = relationship(lazy="raise_on_sql")
    area: Mapped[Area] = relationship(lazy="raise_on_sql")
    clearance: Mapped[Clearance | None] = relationship(lazy="raise_on_sql")


class SocialIndex(db.Model):
    """The definition of an index; see `social_index` for the methods.

    A dynamics index is made of the change since `baseline_date`. `deviation_limit` is how many deviations from the
    centre count as one (deviation count only), `note` what the makers want readers to know.
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
    kind: Mapped[IndexKind] = enum_column(IndexKind, default=IndexKind.STATUS)
    baseline_date: Mapped[date | None]
    method: Mapped[Method] = enum_column(Method, default=Method.Z_SUM)
    centre: Mapped[Centre] = enum_column(Centre, default=Centre.AREA_MEAN)
    deviation: Mapped[Deviation] = enum_column(Deviation, default=Deviation.POPULATION)
    deviation_limit: Mapped[float] = mapped_column(default=1.0)
    note: Mapped[str] = mapped_column(Text, default="")

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
