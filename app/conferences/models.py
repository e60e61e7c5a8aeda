"""A conference: when, where, about which area, with which topics, and who prepares what."""

import uuid
from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.areas.models import Area
from app.conferences.enums import Moderation, Participation
from app.core.columns import UTCDateTime, enum_column
from app.extensions import db
from app.indicators.models import Indicator
from app.institutions.models import Contact, Institution

topic_indicator = Table(
    "topic_indicator",
    db.metadata,
    Column("topic_id", ForeignKey("topic.id"), primary_key=True),
    Column("indicator_id", ForeignKey("indicator.id"), primary_key=True),
)


class ActionField(db.Model):
    """A Handlungsfeld of the municipality, the same over all its conferences."""

    __tablename__ = "action_field"
    __table_args__ = (UniqueConstraint("municipality_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(120))


class ConferenceFormat(db.Model):
    """A kind of event under the municipality's own name, with what usually has to be prepared for it."""

    __tablename__ = "conference_format"
    __table_args__ = (UniqueConstraint("municipality_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    participation: Mapped[Participation] = enum_column(Participation, default=Participation.INVITATION)

    steps: Mapped[list["FormatStep"]] = relationship(
        lazy="raise_on_sql", order_by="FormatStep.position", cascade="all, delete-orphan"
    )


class FormatStep(db.Model):
    """A line of a format's check list: what has to be done how many days before the event."""

    __tablename__ = "format_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    format_id: Mapped[int] = mapped_column(ForeignKey("conference_format.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    days_before: Mapped[int]


class ConferenceSeries(db.Model):
    """Events that belong together: one per Sozialraum, or districts that lead to one conference of the town."""

    __tablename__ = "conference_series"
    __table_args__ = (UniqueConstraint("municipality_id", "title"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    description: Mapped[str] = mapped_column(Text, default="")


def new_calendar_uid() -> str:
    """What calendars recognise an event by for ever; says nothing about it."""
    return uuid.uuid4().hex


class Conference(db.Model):
    """One event for one area. `wall_token` opens the wall for the projector.

    `feeds_into_id` names the conference whose tables get this one's results. `capacity` counts persons; None is no
    limit. `calendar_sequence` rises with every change that calendars must learn of.
    """

    __tablename__ = "conference"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    format_id: Mapped[int | None] = mapped_column(ForeignKey("conference_format.id"))
    series_id: Mapped[int | None] = mapped_column(ForeignKey("conference_series.id"), index=True)
    series_round: Mapped[int | None]
    feeds_into_id: Mapped[int | None] = mapped_column(ForeignKey("conference.id"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    venue: Mapped[str] = mapped_column(String(160), default="")
    venue_address: Mapped[str] = mapped_column(String(200), default="")
    moderation: Mapped[Moderation] = enum_column(Moderation, default=Moderation.BEFORE_WALL)
    dot_budget: Mapped[int] = mapped_column(default=3)
    wall_token: Mapped[str] = mapped_column(String(64), unique=True)
    wall_version: Mapped[int] = mapped_column(default=0)
    participation: Mapped[Participation] = enum_column(Participation, default=Participation.INVITATION)
    capacity: Mapped[int | None]
    registration_closes_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    seating_rounds: Mapped[int] = mapped_column(default=1)
    calendar_uid: Mapped[str] = mapped_column(String(64), unique=True, default=new_calendar_uid)
    calendar_sequence: Mapped[int] = mapped_column(default=0)
    cancelled_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    cancellation_reason: Mapped[str] = mapped_column(String(255), default="")

    area: Mapped[Area] = relationship(lazy="raise_on_sql")
    format: Mapped[ConferenceFormat | None] = relationship(lazy="raise_on_sql")
    series: Mapped[ConferenceSeries | None] = relationship(lazy="raise_on_sql")
    feeds_into: Mapped["Conference | None"] = relationship(lazy="raise_on_sql", remote_side="Conference.id")


class AgendaItem(db.Model):
    """One line of the agenda."""

    __tablename__ = "agenda_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    title: Mapped[str] = mapped_column(String(160))
    note: Mapped[str] = mapped_column(String(255), default="")
    room: Mapped[str] = mapped_column(String(80), default="")


class ConferenceRoom(db.Model):
    """A room the conference has for itself."""

    __tablename__ = "conference_room"

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    seats: Mapped[int | None]
    accessible: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str] = mapped_column(String(200), default="")


class TeamMember(db.Model):
    """Somebody who helps to prepare the conference, with what they take care of."""

    __tablename__ = "team_member"

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"), index=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete="SET NULL"))
    name: Mapped[str] = mapped_column(String(160))
    email: Mapped[str] = mapped_column(String(254), default="")
    duty: Mapped[str] = mapped_column(String(160), default="")

    department: Mapped[Institution] = relationship(lazy="raise_on_sql")
    contact: Mapped[Contact | None] = relationship(lazy="raise_on_sql")


class MaterialItem(db.Model):
    """Something that must be there on the day."""

    __tablename__ = "material_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"), index=True)
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(160))
    quantity: Mapped[str] = mapped_column(String(60), default="")
    place: Mapped[str] = mapped_column(String(120), default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("team_member.id", ondelete="SET NULL"))
    ready_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    owner: Mapped[TeamMember | None] = relationship(lazy="raise_on_sql")


class PreparationTask(db.Model):
    """What a department prepares until when; on `remind_on` its owner gets one mail, unless it is done by then."""

    __tablename__ = "preparation_task"

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"), index=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("team_member.id", ondelete="SET NULL"))
    title: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(Text, default="")
    due: Mapped[date]
    remind_on: Mapped[date | None]
    reminded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    department: Mapped[Institution] = relationship(lazy="raise_on_sql")
    owner: Mapped[TeamMember | None] = relationship(lazy="raise_on_sql")


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
    action_field_id: Mapped[int | None] = mapped_column(ForeignKey("action_field.id"))

    action_field: Mapped[ActionField | None] = relationship(lazy="raise_on_sql")
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


class TopicInput(db.Model):
    """What an earlier conference found on a topic, as it stood when it was handed over to the tables.

    `source` names the earlier conference for people, `point_number` its point, `voices` how many contributions it
    rests on.
    """

    __tablename__ = "topic_input"

    id: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), index=True)
    from_conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"))
    position: Mapped[int]
    source: Mapped[str] = mapped_column(String(160))
    point_number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    voices: Mapped[int] = mapped_column(default=0)
    taken_at: Mapped[datetime] = mapped_column(UTCDateTime)
