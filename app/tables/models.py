"""Topic tables, their codes and phases, and who sits where."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.conferences.models import Conference, Topic
from app.core.columns import UTCDateTime, enum_column
from app.extensions import db
from app.invitations.models import Registration
from app.tables.enums import Phase


class TopicTable(db.Model):
    """A table that works on a topic; several tables may share one. `version` counts visible changes."""

    __tablename__ = "topic_table"
    __table_args__ = (UniqueConstraint("conference_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"), index=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), index=True)
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    code: Mapped[str] = mapped_column(String(12), unique=True)
    room: Mapped[str] = mapped_column(String(80), default="")
    host: Mapped[str] = mapped_column(String(120), default="")
    accessible: Mapped[bool] = mapped_column(default=True)
    capacity: Mapped[int] = mapped_column(default=10)
    phase: Mapped[Phase] = enum_column(Phase, default=Phase.PREPARING)
    opened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    version: Mapped[int] = mapped_column(default=0)

    conference: Mapped[Conference] = relationship(lazy="raise_on_sql")
    topic: Mapped[Topic] = relationship(lazy="raise_on_sql")


class Seat(db.Model):
    """Where somebody sits in a round of tables; gone with the registration. A fixed seat is not moved by a proposal."""

    __tablename__ = "seat"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    table_id: Mapped[int] = mapped_column(ForeignKey("topic_table.id"), index=True)
    fixed: Mapped[bool] = mapped_column(default=False)

    registration: Mapped[Registration] = relationship(lazy="raise_on_sql")
    table: Mapped[TopicTable] = relationship(lazy="raise_on_sql")
