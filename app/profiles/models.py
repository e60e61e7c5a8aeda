"""What professionals say about an area."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.areas.models import Area
from app.extensions import db


class Assessment(db.Model):
    """How a group of professionals sees an area on a day; `public` ones stand in the profile readers see."""

    __tablename__ = "assessment"

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    author_group: Mapped[str] = mapped_column(String(160))
    made_on: Mapped[date]
    text: Mapped[str] = mapped_column(Text)
    public: Mapped[bool] = mapped_column(default=True)

    area: Mapped[Area] = relationship(lazy="raise_on_sql")
