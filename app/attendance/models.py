"""Who came, and what people said about the event afterwards."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.columns import UTCDateTime
from app.extensions import db
from app.invitations.models import Registration


class Attendance(db.Model):
    """Somebody is there. One row a person, however many phones check in."""

    __tablename__ = "attendance"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), primary_key=True)
    arrived_at: Mapped[datetime] = mapped_column(UTCDateTime)
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    gave_feedback: Mapped[bool] = mapped_column(default=False)

    registration: Mapped[Registration] = relationship(lazy="raise_on_sql")


class Feedback(db.Model):
    """What somebody thought of the event; nothing leads from here to the person."""

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"), index=True)
    given_on: Mapped[date]
    useful: Mapped[int]
    heard: Mapped[int]
    good: Mapped[str] = mapped_column(Text, default="")
    better: Mapped[str] = mapped_column(Text, default="")
