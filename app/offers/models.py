"""The Sozialatlas: what is offered, by whom, where, and for which areas."""

from datetime import date, datetime

from sqlalchemy import JSON, Column, ForeignKey, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.areas.models import Area
from app.core.columns import UTCDateTime, enum_column
from app.core.mail import MailMessage
from app.extensions import db
from app.institutions.models import Institution
from app.offers.enums import Entrance

offer_area = Table(
    "offer_area",
    db.metadata,
    Column("offer_id", ForeignKey("offer.id"), primary_key=True),
    Column("area_id", ForeignKey("area.id"), primary_key=True),
)


class Offer(db.Model):
    """One offer; the place it is at is not the area it serves. Without served areas it is town-wide.

    `capacity` counts places, `utilisation` says how many per cent of them are taken; both are unknown more often
    than not. An offer that has ended keeps its row.
    """

    __tablename__ = "offer"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    name: Mapped[str] = mapped_column(String(160))
    category: Mapped[str] = mapped_column(String(80))
    target_groups: Mapped[list] = mapped_column(JSON, default=list)
    description: Mapped[str] = mapped_column(Text, default="")
    cost: Mapped[str] = mapped_column(String(80), default="")
    confirmed_on: Mapped[date | None]
    address: Mapped[str] = mapped_column(String(160), default="")
    schedule: Mapped[str] = mapped_column(String(160), default="")
    capacity: Mapped[int | None]
    utilisation: Mapped[int | None]
    waiting: Mapped[str] = mapped_column(String(80), default="")
    languages: Mapped[list] = mapped_column(JSON, default=list)
    entrance: Mapped[Entrance] = enum_column(Entrance, default=Entrance.UNKNOWN)
    access: Mapped[str] = mapped_column(String(160), default="")
    funding: Mapped[str] = mapped_column(String(160), default="")
    funding_until: Mapped[date | None]
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    website: Mapped[str] = mapped_column(String(254), default="")
    ended_on: Mapped[date | None]

    institution: Mapped[Institution] = relationship(lazy="raise_on_sql")
    place: Mapped[Area | None] = relationship(lazy="raise_on_sql")
    areas: Mapped[list[Area]] = relationship(secondary=offer_area, lazy="raise_on_sql", order_by=Area.code)


class ProviderLink(db.Model):
    """A link by which a provider confirms or corrects its offers without an account; only its hash is kept."""

    __tablename__ = "provider_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institution.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("mail_message.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    institution: Mapped[Institution] = relationship(lazy="raise_on_sql")
    mail: Mapped[MailMessage | None] = relationship(lazy="raise_on_sql")
