"""The directory: institutions, where they work, and whom one writes to."""

from sqlalchemy import Column, ForeignKey, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.areas.models import Area
from app.core.columns import enum_column
from app.extensions import db
from app.institutions.enums import InstitutionType

institution_area = Table(
    "institution_area",
    db.metadata,
    Column("institution_id", ForeignKey("institution.id"), primary_key=True),
    Column("area_id", ForeignKey("area.id"), primary_key=True),
)


class Institution(db.Model):
    """An institution or a department of the administration; without areas it works town-wide."""

    __tablename__ = "institution"
    __table_args__ = (UniqueConstraint("municipality_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    short_name: Mapped[str] = mapped_column(String(60), default="")
    type: Mapped[InstitutionType] = enum_column(InstitutionType)
    umbrella: Mapped[str] = mapped_column(String(80), default="")
    note: Mapped[str] = mapped_column(Text, default="")

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

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()
