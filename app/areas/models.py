"""Area schemes, their levels, and areas with their outlines."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Municipality
from app.extensions import db


class AreaScheme(db.Model):
    """A way of dividing the municipality, valid for a time; values belong to the scheme they were made for."""

    __tablename__ = "area_scheme"
    __table_args__ = (UniqueConstraint("municipality_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    municipality: Mapped[Municipality] = relationship(lazy="raise_on_sql")


class AreaLevel(db.Model):
    """A level of a scheme; rank 0 is the coarsest."""

    __tablename__ = "area_level"
    __table_args__ = (UniqueConstraint("scheme_id", "name"), UniqueConstraint("scheme_id", "rank"))

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("area_scheme.id"))
    name: Mapped[str] = mapped_column(String(80))
    rank: Mapped[int]

    scheme: Mapped[AreaScheme] = relationship(lazy="raise_on_sql")


class Area(db.Model):
    """One area; `code` is text and keeps its leading zeros, `geometry` is GeoJSON in WGS84."""

    __tablename__ = "area"
    __table_args__ = (UniqueConstraint("level_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("area_scheme.id"), index=True)
    level_id: Mapped[int] = mapped_column(ForeignKey("area_level.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(160))
    geometry: Mapped[str | None] = mapped_column(Text, deferred=True)

    level: Mapped[AreaLevel] = relationship(lazy="raise_on_sql")
    scheme: Mapped[AreaScheme] = relationship(lazy="raise_on_sql")
    parent: Mapped["Area | None"] = relationship(remote_side="Area.id", lazy="raise_on_sql")
