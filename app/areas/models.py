"""Area schemes, their levels, areas with outlines, groups across borders, and crosswalks to other schemes."""

from datetime import date

from sqlalchemy import Column, ForeignKey, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Municipality
from app.areas.enums import GroupKind
from app.core.columns import enum_column
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
    note: Mapped[str] = mapped_column(Text, default="")

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


area_group_member = Table(
    "area_group_member",
    db.metadata,
    Column("group_id", ForeignKey("area_group.id", ondelete="CASCADE"), primary_key=True),
    Column("area_id", ForeignKey("area.id"), primary_key=True),
)


class AreaGroup(db.Model):
    """Areas taken together across the borders of the levels: a grouping such as Stadtbezirke, or an action area.

    `family` names the grouping a group belongs to („Stadtbezirke“); an action area has none and carries the reason
    and the day it was confirmed.
    """

    __tablename__ = "area_group"
    __table_args__ = (UniqueConstraint("scheme_id", "kind", "family", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("area_scheme.id"))
    kind: Mapped[GroupKind] = enum_column(GroupKind)
    family: Mapped[str] = mapped_column(String(80), default="")
    name: Mapped[str] = mapped_column(String(160))
    reason: Mapped[str] = mapped_column(Text, default="")
    confirmed_on: Mapped[date | None]

    scheme: Mapped[AreaScheme] = relationship(lazy="raise_on_sql")
    areas: Mapped[list[Area]] = relationship(secondary=area_group_member, lazy="raise_on_sql", order_by=Area.code)


class AreaCrosswalk(db.Model):
    """How much of an area of one scheme lies in an area of another: 1 when it lies there wholly."""

    __tablename__ = "area_crosswalk"

    from_area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    to_area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True, index=True)
    share: Mapped[float] = mapped_column(default=1.0)

    from_area: Mapped[Area] = relationship(foreign_keys=[from_area_id], lazy="raise_on_sql")
    to_area: Mapped[Area] = relationship(foreign_keys=[to_area_id], lazy="raise_on_sql")
