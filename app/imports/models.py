"""An uploaded file, the preview of its rows, and how columns were understood the last time."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.core.columns import UTCDateTime, enum_column
from app.extensions import db
from app.imports.enums import ImportState, RowState


class Import(db.Model):
    """One uploaded file on its way into the tables.

    `kind` names the importer. `dialect` is how the file was read (encoding, separator, decimal sign, header rows,
    sheet), `choices` what was chosen beside the columns (scheme, level, date …), `mapping` what each column means.
    `outcome` holds counts and notes, after taking over also what undoing needs. The content goes once it is done.
    """

    __tablename__ = "import"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    file_name: Mapped[str] = mapped_column(String(160))
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    state: Mapped[ImportState] = enum_column(ImportState, default=ImportState.UPLOADED)
    dialect: Mapped[dict] = mapped_column(JSON, default=dict)
    choices: Mapped[dict] = mapped_column(JSON, default=dict)
    mapping: Mapped[dict] = mapped_column(JSON, default=dict)
    outcome: Mapped[dict] = mapped_column(JSON, default=dict)
    uploaded_at: Mapped[datetime] = mapped_column(UTCDateTime)
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    finished_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    uploaded_by: Mapped[User | None] = relationship(lazy="raise_on_sql")


class ImportRow(db.Model):
    """One row of the preview: its cells as read, what it would do, and the changes with what stood there before."""

    __tablename__ = "import_row"
    __table_args__ = (UniqueConstraint("import_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import.id", ondelete="CASCADE"))
    number: Mapped[int]
    state: Mapped[RowState] = enum_column(RowState)
    reason: Mapped[str] = mapped_column(Text, default="")
    cells: Mapped[list] = mapped_column(JSON)
    changes: Mapped[list] = mapped_column(JSON, default=list)


class RememberedMapping(db.Model):
    """What the columns of a file with this header meant the last time; `signature` is a hash of kind and header."""

    __tablename__ = "remembered_mapping"
    __table_args__ = (UniqueConstraint("municipality_id", "signature"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    signature: Mapped[str] = mapped_column(String(64))
    mapping: Mapped[dict] = mapped_column(JSON)
    choices: Mapped[dict] = mapped_column(JSON)
