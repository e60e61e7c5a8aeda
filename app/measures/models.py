"""What became of a recommendation: dated reports, the latest one counts, none is overwritten."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.consolidation.models import Recommendation
from app.core.columns import UTCDateTime, enum_column
from app.extensions import db
from app.measures.enums import ImplementationStatus, Light


class StatusReport(db.Model):
    """One report on one recommendation."""

    __tablename__ = "status_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendation.id"), index=True)
    status: Mapped[ImplementationStatus] = enum_column(ImplementationStatus)
    light: Mapped[Light] = enum_column(Light)
    note: Mapped[str] = mapped_column(Text)
    as_of: Mapped[date]
    reported_at: Mapped[datetime] = mapped_column(UTCDateTime)
    reported_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    recommendation: Mapped[Recommendation] = relationship(lazy="raise_on_sql")
    reported_by: Mapped[User | None] = relationship(lazy="raise_on_sql")
