"""Who is invited, what they answered, and who comes."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.conferences.models import Conference, Topic
from app.core.columns import UTCDateTime, enum_column
from app.core.mail import MailMessage
from app.extensions import db
from app.institutions.models import Contact, Institution
from app.invitations.enums import Answer, Channel


class InvitationLetter(db.Model):
    """The template of one conference's invitations; mails already written keep the words they were written with."""

    __tablename__ = "invitation_letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"), unique=True)
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    sender: Mapped[str] = mapped_column(String(160))
    reply_by: Mapped[date]


class Invitation(db.Model):
    """One institution invited to one conference; the link's secret is stored as its digest only."""

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("conference_id", "institution_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"), index=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete="SET NULL"))
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("mail_message.id"))
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    answer: Mapped[Answer] = enum_column(Answer, default=Answer.NONE)
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    channel: Mapped[Channel | None] = enum_column(Channel)
    message: Mapped[str] = mapped_column(Text, default="")

    conference: Mapped[Conference] = relationship(lazy="raise_on_sql")
    institution: Mapped[Institution] = relationship(lazy="raise_on_sql")
    contact: Mapped[Contact | None] = relationship(lazy="raise_on_sql")
    mail: Mapped[MailMessage | None] = relationship(lazy="raise_on_sql")
    registrations: Mapped[list["Registration"]] = relationship(
        lazy="raise_on_sql", order_by="Registration.last_name, Registration.id", cascade="all, delete-orphan"
    )


class Registration(db.Model):
    """A person who comes for an institution; without invitation for departments and walk-ins."""

    __tablename__ = "registration"

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id"), index=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    first_name: Mapped[str] = mapped_column(String(80), default="")
    last_name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str] = mapped_column(String(254), default="")
    registered_at: Mapped[datetime] = mapped_column(UTCDateTime)

    institution: Mapped[Institution] = relationship(lazy="raise_on_sql")
    wishes: Mapped[list["TopicWish"]] = relationship(
        lazy="raise_on_sql", order_by="TopicWish.rank", cascade="all, delete-orphan"
    )

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


class TopicWish(db.Model):
    """A topic somebody would like to talk about; rank 1 is the first wish."""

    __tablename__ = "topic_wish"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    rank: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"))

    topic: Mapped[Topic] = relationship(lazy="raise_on_sql")
