"""How a later floor lets its rows follow a merge: from the merged institution to the kept one, and back."""

from sqlalchemy import select, update
from sqlalchemy.orm import InstrumentedAttribute

from app.extensions import db
from app.institutions.models import InstitutionMerge


def move_rows(merge: InstitutionMerge, word: str, column: InstrumentedAttribute) -> None:
    """Point a foreign key column of rows with an `id` to the kept institution; `word` names them in the trace."""
    model = column.class_
    ids = list(db.session.scalars(select(model.id).where(column == merge.merged_id).order_by(model.id)))
    if ids:
        db.session.execute(update(model).where(model.id.in_(ids)).values({column: merge.kept_id}))
        merge.moved = {**merge.moved, word: ids}


def move_rows_back(merge: InstitutionMerge, word: str, column: InstrumentedAttribute) -> None:
    """Point the rows named in the trace back, those that still belong to the kept institution."""
    model, ids = column.class_, merge.moved.get(word, [])
    if ids:
        db.session.execute(
            update(model).where(model.id.in_(ids), column == merge.kept_id).values({column: merge.merged_id})
        )
