"""One after the other: acts that number, count or look before they write take turns at the row they all belong to."""

from sqlalchemy import select

from app.extensions import db


def take_turn(model: type, row_id: int) -> None:
    """Wait until nobody else has the row's turn, and keep it until the commit.

    Call it before reading what the act decides on. SQLite's write lock does the same for the whole database.
    """
    db.session.execute(select(model.id).where(model.id == row_id).with_for_update(key_share=True))
