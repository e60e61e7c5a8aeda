"""Municipality, people of its administration, and the trail of what they did."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.enums import GenderForm, Role
from app.core.columns import UTCDateTime, enum_column
from app.extensions import db


class Municipality(db.Model):
    """A town, Kreis or Kommunalverband: everything else belongs to one."""

    __tablename__ = "municipality"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    gender_form: Mapped[GenderForm] = enum_column(GenderForm, default=GenderForm.STAR)
    dialogue_label: Mapped[str] = mapped_column(String(80), default="Expert*innendialog")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    imprint: Mapped[str] = mapped_column(Text, default="")


class User(db.Model):
    """A person of the administration with a sign-in of their own."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Membership(db.Model):
    """A person's role in one municipality."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("user_id", "municipality_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    role: Mapped[Role] = enum_column(Role)

    user: Mapped[User] = relationship(lazy="raise_on_sql")
    municipality: Mapped[Municipality] = relationship(lazy="raise_on_sql")


class AuditEntry(db.Model):
    """One act in a readable sentence; no personal data beyond who acted."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    action: Mapped[str] = mapped_column(String(60))
    sentence: Mapped[str] = mapped_column(Text)

    user: Mapped[User | None] = relationship(lazy="raise_on_sql")
