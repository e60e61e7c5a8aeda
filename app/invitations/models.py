"""Who is invited, what they answered, and who comes."""

from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.conferences.models import Conference, Topic
from app.core import tokens
from app.core.columns import UTCDateTime, enum_column
from app.core.mail import MailMessage
from app.extensions import db
from app.institutions.models import Contact, Institution
from app.invitations.enums import Answer, Channel, MailKind, Origin, Place


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
    """One institution invited to one conference."""

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("conference_id", "institution_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"), index=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete="SET NULL"))
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("mail_message.id"))
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
    """A person who comes, or would like to.

    Without invitation for departments, open registrations and walk-ins; `organisation` is what they typed when their
    institution is not in the directory, and private persons have neither. Who must confirm the address first has
    `confirm_by` until then. `badge_code` is printed on badges: it opens nothing for anybody who is not signed in.
    """

    __tablename__ = "registration"

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id"), index=True)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))
    organisation: Mapped[str] = mapped_column(String(160), default="")
    first_name: Mapped[str] = mapped_column(String(80), default="")
    last_name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str] = mapped_column(String(254), default="")
    registered_at: Mapped[datetime] = mapped_column(UTCDateTime)
    origin: Mapped[Origin] = enum_column(Origin, default=Origin.INVITATION)
    place: Mapped[Place] = enum_column(Place, default=Place.CONFIRMED)
    confirm_by: Mapped[datetime | None] = mapped_column(UTCDateTime)
    badge_code: Mapped[str] = mapped_column(String(16), unique=True, default=tokens.new_badge_code)

    institution: Mapped[Institution | None] = relationship(lazy="raise_on_sql")
    wishes: Mapped[list["TopicWish"]] = relationship(
        lazy="raise_on_sql", order_by="TopicWish.rank", cascade="all, delete-orphan"
    )

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def comes_from(self) -> str:
        """The institution as the directory names it, as it was typed, or that it is a private person."""
        return self.institution.name if self.institution else self.organisation or _("Privatperson")

    @property
    def comes_from_label(self) -> str:
        """The same, short."""
        return self.institution.label if self.institution else self.comes_from


class TopicWish(db.Model):
    """A topic somebody would like to talk about; rank 1 is the first wish."""

    __tablename__ = "topic_wish"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), primary_key=True)
    rank: Mapped[int] = mapped_column(primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"))

    topic: Mapped[Topic] = relationship(lazy="raise_on_sql")


class AssistanceNeed(db.Model):
    """What somebody needs to take part; kept apart from the registration, for the organiser only, and not for long."""

    __tablename__ = "assistance_need"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[str] = mapped_column(Text, default="")
    accessible_place: Mapped[bool] = mapped_column(default=False)
    noted_at: Mapped[datetime] = mapped_column(UTCDateTime)


class PersonalLink(db.Model):
    """A link for one invitation or one registered person; only the secret's digest is stored.

    Every mail carries a link of its own, so that an older mail keeps working and one link can be revoked alone.
    """

    __tablename__ = "personal_link"
    __table_args__ = (CheckConstraint("(invitation_id IS NULL) <> (registration_id IS NULL)", name="opens_one_thing"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id", ondelete="CASCADE"), index=True)
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class ConferenceMail(db.Model):
    """A mail of a conference apart from the invitations: what for, to whom, and by which mailing it was written.

    `addressee` names the invitation or registration („i12“, „r5“): one mailing writes to each of them once.
    """

    __tablename__ = "conference_mail"
    __table_args__ = (UniqueConstraint("mailing_id", "addressee"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"), index=True)
    mailing_id: Mapped[int | None] = mapped_column(ForeignKey("mailing.id"))
    kind: Mapped[MailKind] = enum_column(MailKind)
    mail_id: Mapped[int] = mapped_column(ForeignKey("mail_message.id"), unique=True)
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id", ondelete="SET NULL"), index=True)
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id", ondelete="SET NULL"), index=True)
    addressee: Mapped[str] = mapped_column(String(20))

    mail: Mapped[MailMessage] = relationship(lazy="raise_on_sql")
    invitation: Mapped[Invitation | None] = relationship(lazy="raise_on_sql")
    registration: Mapped[Registration | None] = relationship(lazy="raise_on_sql")


class Mailing(db.Model):
    """One text to a group of people of a conference: written for review at once, or at `send_at` by itself.

    A planned one was reviewed when it was planned and is released as it is written. `only` narrows the group to
    chosen addressees.
    """

    __tablename__ = "mailing"

    id: Mapped[int] = mapped_column(primary_key=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"), index=True)
    kind: Mapped[MailKind] = enum_column(MailKind)
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    only: Mapped[list[str] | None] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    send_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    written_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    stopped_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
