"""From voices to points to recommendations, with the evidence kept at every step."""

from datetime import datetime

from sqlalchemy import JSON, Column, ForeignKey, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.areas.models import Area
from app.conferences.models import ActionField, Conference
from app.consolidation.enums import Competence, Priority, Strength, TimeHorizon
from app.contributions.models import Contribution
from app.core.columns import UTCDateTime, enum_column
from app.extensions import db
from app.indicators.models import Indicator
from app.institutions.models import Institution

point_contribution = Table(
    "point_contribution",
    db.metadata,
    Column("point_id", ForeignKey("consolidated_point.id"), primary_key=True),
    Column("contribution_id", ForeignKey("contribution.id"), primary_key=True, index=True),
)
recommendation_point = Table(
    "recommendation_point",
    db.metadata,
    Column("recommendation_id", ForeignKey("recommendation.id"), primary_key=True),
    Column("point_id", ForeignKey("consolidated_point.id"), primary_key=True),
)
recommendation_area = Table(
    "recommendation_area",
    db.metadata,
    Column("recommendation_id", ForeignKey("recommendation.id"), primary_key=True),
    Column("area_id", ForeignKey("area.id"), primary_key=True),
)
recommendation_indicator = Table(
    "recommendation_indicator",
    db.metadata,
    Column("recommendation_id", ForeignKey("recommendation.id"), primary_key=True),
    Column("indicator_id", ForeignKey("indicator.id"), primary_key=True),
)


class ConsolidatedPoint(db.Model):
    """What several contributions say together; it holds them, it never replaces them.

    A point that went into another one keeps its row, number and words; `merged_into_id` says where its voices are now.
    """

    __tablename__ = "consolidated_point"
    __table_args__ = (UniqueConstraint("conference_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"), index=True)
    action_field_id: Mapped[int | None] = mapped_column(ForeignKey("action_field.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("consolidated_point.id"), index=True)
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(160))
    summary: Mapped[str] = mapped_column(Text, default="")
    minority: Mapped[bool] = mapped_column(default=False)

    conference: Mapped[Conference] = relationship(lazy="raise_on_sql")
    action_field: Mapped[ActionField | None] = relationship(lazy="raise_on_sql")
    contributions: Mapped[list[Contribution]] = relationship(
        secondary=point_contribution, lazy="raise_on_sql", order_by=Contribution.id
    )


class SetAside(db.Model):
    """A contribution that supports no point, with the reason that is printed."""

    __tablename__ = "set_aside"

    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(255))
    at: Mapped[datetime] = mapped_column(UTCDateTime)

    contribution: Mapped[Contribution] = relationship(lazy="raise_on_sql")


class Recommendation(db.Model):
    """A Handlungsempfehlung; its number stays for ever. Evidence: its points' voices and its indicators."""

    __tablename__ = "recommendation"
    __table_args__ = (UniqueConstraint("conference_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"), index=True)
    action_field_id: Mapped[int | None] = mapped_column(ForeignKey("action_field.id"))
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(160))
    text: Mapped[str] = mapped_column(Text, default="")
    goal: Mapped[str] = mapped_column(Text, default="")
    partners: Mapped[str] = mapped_column(Text, default="")
    strength: Mapped[Strength] = enum_column(Strength, default=Strength.EXAMINE)
    competence: Mapped[Competence] = enum_column(Competence, default=Competence.OWN)
    time_horizon: Mapped[TimeHorizon] = enum_column(TimeHorizon, default=TimeHorizon.MEDIUM)
    priority: Mapped[Priority] = enum_column(Priority, default=Priority.MEDIUM)
    target_groups: Mapped[list] = mapped_column(JSON, default=list)

    conference: Mapped[Conference] = relationship(lazy="raise_on_sql")
    action_field: Mapped[ActionField | None] = relationship(lazy="raise_on_sql")
    lead: Mapped[Institution | None] = relationship(lazy="raise_on_sql")
    points: Mapped[list[ConsolidatedPoint]] = relationship(
        secondary=recommendation_point, lazy="raise_on_sql", order_by=ConsolidatedPoint.number
    )
    areas: Mapped[list[Area]] = relationship(secondary=recommendation_area, lazy="raise_on_sql", order_by=Area.code)
    indicators: Mapped[list[Indicator]] = relationship(
        secondary=recommendation_indicator, lazy="raise_on_sql", order_by=Indicator.position
    )
