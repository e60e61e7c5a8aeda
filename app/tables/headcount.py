"""Tells the preparation how many people have a place and how many tables are set up."""

from sqlalchemy import func, select

from app.conferences.headcount import headcount_asked
from app.conferences.models import Conference
from app.extensions import db
from app.invitations.enums import Place
from app.invitations.models import Registration
from app.tables.models import TopicTable


@headcount_asked.connect
def count(conference: Conference) -> dict[str, int]:
    """People with a confirmed place and tables of a conference."""
    people = select(func.count()).where(
        Registration.conference_id == conference.id, Registration.place == Place.CONFIRMED
    )
    tables = select(func.count()).where(TopicTable.conference_id == conference.id)
    row = db.session.execute(select(people.scalar_subquery(), tables.scalar_subquery())).one()
    return {"people": row[0], "tables": row[1]}
