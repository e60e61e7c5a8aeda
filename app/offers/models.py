"""The Sozialatlas: what is offered, by whom, where, and for which areas."""

from datetime import date

from sqlalchemy import JSON, Column, ForeignKey, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.areas.models import Area
from app.extensions import db
from app.institutions.models import Institution

offer_area = Table(
    "offer_area",
    db.metadata,
    Column("offer_id", ForeignKey("offer.id"), primary_key=True),
    Column("area_id", ForeignKey("area.id"), primary_key=True),
)


class Offer(db.Model):
    """One offer; the place it is at is not the area it serves. Without served areas it is town-wide."""

    __tablename__ = "offer"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    name: Mapped[str] = mapped_column(String(160))
    category: Mapped[str] = mapped_column(String(80))
    target_groups: Mapped[list] = mapped_column(JSON, default=list)
    description: Mapped[str] = mapped_column(Text, default="")
    cost: Mapped[str] = mapped_column(String(80), default="")
    confirmed_on: Mapped[date | None]

    institution: Mapped[Institution] = relationship(lazy="raise_on_sql")
    place: Mapped[Area | None] = relationship(lazy="raise_on_sql")
    areas: Mapped[list[Area]] = relationship(secondary=offer_area, lazy="raise_on_sql", order_by=Area.code)
