"""Which figures show the need for a category of offers, and from when on something counts as a finding."""

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import db
from app.indicators.models import Indicator


class NeedLink(db.Model):
    """The indicator that shows how much a category of offers is needed, for one target group or for all.

    `population` counts the people the offers are meant for; `benchmark` is the coverage in per cent that is aimed
    at. Without a benchmark coverage is compared with the town's.
    """

    __tablename__ = "need_link"
    __table_args__ = (UniqueConstraint("municipality_id", "category", "target_group"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    category: Mapped[str] = mapped_column(String(80))
    target_group: Mapped[str] = mapped_column(String(32))
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicator.id"))
    population_id: Mapped[int | None] = mapped_column(ForeignKey("indicator.id"))
    benchmark: Mapped[float | None]

    indicator: Mapped[Indicator] = relationship(foreign_keys=[indicator_id], lazy="raise_on_sql")
    population: Mapped[Indicator | None] = relationship(foreign_keys=[population_id], lazy="raise_on_sql")


class FindingLimits(db.Model):
    """A municipality's own limits where they differ from the usual ones; see `rules.Limits` for their names."""

    __tablename__ = "finding_limits"

    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), primary_key=True)
    limits: Mapped[dict] = mapped_column(JSON, default=dict)
