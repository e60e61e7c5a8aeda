"""The directory: institutions, where they work, and whom one writes to."""

from datetime import date, datetime

from sqlalchemy import JSON, Column, ForeignKey, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.areas.models import Area
from app.core.columns import UTCDateTime, enum_column
from app.extensions import db
from app.institutions.enums import InstitutionType, LegalBasis, RequestState

institution_area = Table(
    "institution_area",
    db.metadata,
    Column("institution_id", ForeignKey("institution.id"), primary_key=True),
    Column("area_id", ForeignKey("area.id"), primary_key=True),
)


class Institution(db.Model):
    """An institution or a department of the administration; without areas it works town-wide.

    `topics` are words for what it works on. A duplicate stays as a row and says by `merged_into_id` whose it is now.
    """

    __tablename__ = "institution"
    __table_args__ = (UniqueConstraint("municipality_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    short_name: Mapped[str] = mapped_column(String(60), default="")
    type: Mapped[InstitutionType] = enum_column(InstitutionType)
    umbrella: Mapped[str] = mapped_column(String(80), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    topics: Mapped[list[str]] = mapped_column(JSON, default=list)
    confirmed_on: Mapped[date | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"), index=True)

    areas: Mapped[list[Area]] = relationship(secondary=institution_area, lazy="raise_on_sql", order_by=Area.code)
    contacts: Mapped[list["Contact"]] = relationship(
        lazy="raise_on_sql", order_by="Contact.position, Contact.id", cascade="all, delete-orphan"
    )

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name


class Contact(db.Model):
    """A person one writes to at an institution; position 0 is the main contact."""

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    salutation: Mapped[str] = mapped_column(String(10), default="")
    first_name: Mapped[str] = mapped_column(String(80), default="")
    last_name: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    legal_basis: Mapped[LegalBasis | None] = enum_column(LegalBasis)
    legal_basis_note: Mapped[str] = mapped_column(String(200), default="")

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


class InstitutionMerge(db.Model):
    """The trace of a merge, and what undoing it needs: `moved` holds the ids that changed sides, by kind."""

    __tablename__ = "institution_merge"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    merged_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    merged_at: Mapped[datetime] = mapped_column(UTCDateTime)
    merged_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    moved: Mapped[dict] = mapped_column(JSON, default=dict)
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    kept: Mapped[Institution] = relationship(lazy="raise_on_sql", foreign_keys=[kept_id])
    merged: Mapped[Institution] = relationship(lazy="raise_on_sql", foreign_keys=[merged_id])


class KeptApart(db.Model):
    """Two institutions a person looked at and found to be two; the lower id comes first."""

    __tablename__ = "kept_apart"

    lower_id: Mapped[int] = mapped_column(ForeignKey("institution.id", ondelete="CASCADE"), primary_key=True)
    higher_id: Mapped[int] = mapped_column(ForeignKey("institution.id", ondelete="CASCADE"), primary_key=True)


class InviteRequest(db.Model):
    """Somebody asks through the portal to be invited next time."""

    __tablename__ = "invite_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institution.id"))
    institution_name: Mapped[str] = mapped_column(String(160))
    person_name: Mapped[str] = mapped_column(String(160), default="")
    email: Mapped[str] = mapped_column(String(254))
    topics: Mapped[str] = mapped_column(String(300), default="")
    message: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[RequestState] = enum_column(RequestState, default=RequestState.NEW)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    area: Mapped[Area | None] = relationship(lazy="raise_on_sql")
