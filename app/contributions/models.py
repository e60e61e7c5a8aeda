"""What was said: contributions and the dots they got. Nothing here names a person or an address."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.areas.models import Area
from app.contributions.enums import ContributionState, Kind, Origin
from app.core.columns import UTCDateTime, enum_column
from app.core.vocabulary import TargetGroup
from app.extensions import db
from app.tables.models import TopicTable


class Contribution(db.Model):
    """One entry at one table. `client_id` is made on the phone, so that sending twice stores once.

    `participant` is the digest of a random token in the phone's cookie: enough for "mine", limits and dots.
    """

    __tablename__ = "contribution"
    __table_args__ = (Index("ix_contribution_table_id_state", "table_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    table_id: Mapped[int] = mapped_column(ForeignKey("topic_table.id"))
    client_id: Mapped[str] = mapped_column(String(36), unique=True)
    participant: Mapped[str | None] = mapped_column(String(64), index=True)
    origin: Mapped[Origin] = enum_column(Origin, default=Origin.PHONE)
    kind: Mapped[Kind] = enum_column(Kind)
    text: Mapped[str] = mapped_column(Text)
    target_group: Mapped[TargetGroup | None] = enum_column(TargetGroup)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    language: Mapped[str | None] = mapped_column(String(8))
    state: Mapped[ContributionState] = enum_column(ContributionState, default=ContributionState.WAITING)
    hidden_reason: Mapped[str | None] = mapped_column(String(255))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    shown_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    dots: Mapped[int] = mapped_column(default=0)

    table: Mapped[TopicTable] = relationship(lazy="raise_on_sql")
    area: Mapped[Area | None] = relationship(lazy="raise_on_sql")


class Dot(db.Model):
    """One dot of one participant on one contribution; the contribution's `dots` counts them."""

    __tablename__ = "dot"
    __table_args__ = (UniqueConstraint("contribution_id", "participant"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    contribution_id: Mapped[int] = mapped_column(ForeignKey("contribution.id"), index=True)
    table_id: Mapped[int] = mapped_column(ForeignKey("topic_table.id"))
    participant: Mapped[str] = mapped_column(String(64), index=True)
    given_at: Mapped[datetime] = mapped_column(UTCDateTime)
