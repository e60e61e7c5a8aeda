"""What a seating was before the last big step, so that the step can be taken back."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.columns import UTCDateTime
from app.extensions import db


class SeatingSnapshot(db.Model):
    """The seats before the last proposal or clearing: [registration, round, table, fixed] each.

    `mark` is the fingerprint of the seats after it: once they are others, the step cannot be taken back any more.
    """

    __tablename__ = "seating_snapshot"

    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id", ondelete="CASCADE"), primary_key=True)
    seats: Mapped[list[list[int]]] = mapped_column(JSON)
    mark: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
