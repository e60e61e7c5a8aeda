"""A conference: when, where, about which area, with which topics, and who prepares what."""

from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.areas.models import Area
from app.conferences.enums import Moderation
from app.core.columns import UTCDateTime, enum_column
from app.extensions import db
from app.indicators.models import Indicator
from app.institutions.models import Institution

topic_indicator = Table(
    "topic_indicator",
    db.metadata,
    Column("topic_id", ForeignKey("topic.id"), primary_key=True),
    Column("indicator_id", ForeignKey("indicator.id"), primary_key=True),
)


class Conference(db.Model):
    """One event for one area. `wall_token` opens the wall for the projector."""

    __tablename__ = "conference"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    title: Mapped[str] = mapped_column(String(160))
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    venue: Mapped[str] = mapped_column(String(160), default="")
    venue_address: Mapped[str] = mapped_column(String(200), default="")
    moderation: Mapped[Moderation] = enum_column(Moderation, default=Moderation.BEFORE_WALL)
    dot_budget: Mapped[int] = mapped_column(default=3)
    wall_token: Mapped[str] = mapped_column(String(64), unique=True)
    wall_version: Mapped[int] = mapped_column(default=0)

    area: Mapped[Area] = relationship(lazy="raise_on_sql")


class AgendaItem(db.Model):
    """One line of the agenda."""

    __tablename__ = "agenda_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    title: Mapped[str] = mapped_column(String(160))
    note: Mapped[str] = mapped_column(String(255), default="")


class PreparationTask(db.Model):
    """What a department prepares until when."""

    __tablename__ = "preparation_task"

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"), index=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    title: Mapped[str] = mapped_column(String(200))
    due: Mapped[date]
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    department: Mapped[Institution] = relationship(lazy="raise_on_sql")


class Topic(db.Model):
    """What is talked about; an open topic gets its title on the day."""

    __tablename__ = "topic"
    __table_args__ = (UniqueConstraint("conference_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    description: Mapped[str] = mapped_column(Text, default="")
    is_open: Mapped[bool] = mapped_column(default=False)

    conference: Mapped[Conference] = relationship(lazy="raise_on_sql")
    questions: Mapped[list["GuidingQuestion"]] = relationship(
        lazy="raise_on_sql", order_by="GuidingQuestion.position", cascade="all, delete-orphan"
    )
    indicators: Mapped[list[Indicator]] = relationship(
        secondary=topic_indicator, lazy="raise_on_sql", order_by=Indicator.position
    )


class GuidingQuestion(db.Model):
    """A question the table works on."""

    __tablename__ = "guiding_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(255))
