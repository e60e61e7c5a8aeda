"""Strategy papers: what is being written, and the frozen versions that never change."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.conferences.models import Conference
from app.core.columns import UTCDateTime
from app.extensions import db


class StrategyPaper(db.Model):
    """The paper of one conference, under one stable address."""

    __tablename__ = "strategy_paper"
    __table_args__ = (UniqueConstraint("municipality_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"), unique=True)
    slug: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(160))

    conference: Mapped[Conference] = relationship(lazy="raise_on_sql")
    sections: Mapped[list["PaperSection"]] = relationship(
        lazy="raise_on_sql", order_by="PaperSection.position", cascade="all, delete-orphan"
    )


class PaperSection(db.Model):
    """One section in Markdown. `revision` grows with each save, so that two authors cannot overwrite each other."""

    __tablename__ = "paper_section"
    __table_args__ = (UniqueConstraint("paper_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("strategy_paper.id"), index=True)
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    saved_by: Mapped[User | None] = relationship(lazy="raise_on_sql")


class PaperVersion(db.Model):
    """A frozen version: the document as canonical JSON text and its SHA-256. Readers see published ones only."""

    __tablename__ = "paper_version"
    __table_args__ = (UniqueConstraint("paper_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("strategy_paper.id"), index=True)
    number: Mapped[int]
    document: Mapped[str] = mapped_column(Text, deferred=True)
    sha256: Mapped[str] = mapped_column(String(64))
    frozen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    frozen_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    paper: Mapped[StrategyPaper] = relationship(lazy="raise_on_sql")
    frozen_by: Mapped[User | None] = relationship(lazy="raise_on_sql")
