"""Reads of the live room: the table and its contributions, as phones and hosts see them."""

from collections.abc import Iterable

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Municipality
from app.areas.models import Area
from app.conferences.models import Conference, Topic
from app.contributions.enums import ContributionState
from app.contributions.models import Contribution, Dot
from app.core.errors import NotFound
from app.core.tokens import normalise_code
from app.extensions import db
from app.tables.models import TopicTable

BY_CODE = select(TopicTable).where(TopicTable.code == bindparam("code")).options(joinedload(TopicTable.conference))
VERSION = select(TopicTable.id, TopicTable.version).where(TopicTable.code == bindparam("code"))


def get_table(code: str) -> TopicTable:
    """The table with a code as typed, with its conference; raises NotFound."""
    table = db.session.scalar(BY_CODE, {"code": normalise_code(code)})
    if table is None:
        raise NotFound("table")
    return table


def get_version(code: str) -> tuple[int, int]:
    """Id and version of the table with a code as typed: all it takes to say that nothing changed."""
    row = db.session.execute(VERSION, {"code": normalise_code(code)}).one_or_none()
    if row is None:
        raise NotFound("table")
    return row.id, row.version


def get_table_with_topic(code: str) -> TopicTable:
    """The table with conference, area, topic, guiding questions and indicators; raises NotFound."""
    return _one_table(_with_topic(select(TopicTable).where(TopicTable.code == normalise_code(code))))


def get_table_by_id(table_id: int) -> TopicTable:
    """The table with conference, topic and guiding questions, for what goes out to everybody; raises NotFound."""
    return _one_table(_with_topic(select(TopicTable).where(TopicTable.id == table_id)))


def get_table_of(municipality: Municipality, table_id: int) -> TopicTable:
    """A table of the municipality with conference, topic and guiding questions; raises NotFound."""
    wanted = (
        select(TopicTable)
        .join(TopicTable.conference)
        .where(TopicTable.id == table_id, Conference.municipality_id == municipality.id)
    )
    return _one_table(_with_topic(wanted))


def _with_topic(wanted):
    topic = joinedload(TopicTable.topic)
    return wanted.options(
        joinedload(TopicTable.conference).joinedload(Conference.area),
        topic.selectinload(Topic.questions),
        topic.selectinload(Topic.indicators),
    )


def _one_table(wanted) -> TopicTable:
    table = db.session.scalar(wanted.options(joinedload(TopicTable.conference)))
    if table is None:
        raise NotFound("table")
    return table


def list_tables(conference: Conference) -> list[TopicTable]:
    """The tables of a conference with conference and topic, by number."""
    return list(
        db.session.scalars(
            select(TopicTable)
            .where(TopicTable.conference_id == conference.id)
            .options(joinedload(TopicTable.conference), joinedload(TopicTable.topic))
            .order_by(TopicTable.number, TopicTable.id)
        )
    )


def list_quarters(conference: Conference) -> list[Area]:
    """Everything below the conference's area, by code."""
    below = select(Area.id).where(Area.parent_id == conference.area_id).cte("below", recursive=True)
    below = below.union_all(select(Area.id).where(Area.parent_id == below.c.id))
    return list(db.session.scalars(select(Area).where(Area.id.in_(select(below.c.id))).order_by(Area.code, Area.id)))


def list_at_table(
    table_id: int, states: Iterable[ContributionState], *, after: int = 0, limit: int | None = None
) -> list[Contribution]:
    """What is read at a table with its quarter, oldest first, from behind an id on."""
    return list(
        db.session.scalars(
            select(Contribution)
            .where(Contribution.table_id == table_id, Contribution.state.in_(list(states)), Contribution.id > after)
            .options(joinedload(Contribution.area))
            .order_by(Contribution.id)
            .limit(limit)
        )
    )


def list_contributions(conference: Conference) -> list[Contribution]:
    """Everything said at a conference, hidden ones included, with table and quarter, oldest first."""
    return list(
        db.session.scalars(
            select(Contribution)
            .join(Contribution.table)
            .where(TopicTable.conference_id == conference.id)
            .options(joinedload(Contribution.table), joinedload(Contribution.area))
            .order_by(Contribution.id)
        )
    )


def list_mine(table_id: int, participant: str | None) -> list[Contribution]:
    """What one participant sent to a table, newest first."""
    if participant is None:
        return []
    return list(
        db.session.scalars(
            select(Contribution)
            .where(Contribution.table_id == table_id, Contribution.participant == participant)
            .order_by(Contribution.id.desc())
        )
    )


def find_by_client_id(client_id: str) -> Contribution | None:
    """The entry a phone sent under its own id."""
    return db.session.scalar(select(Contribution).where(Contribution.client_id == client_id))


def get_contribution(table: TopicTable, contribution_id: int) -> Contribution:
    """One contribution of the table with its quarter; raises NotFound."""
    row = db.session.scalar(
        select(Contribution)
        .where(Contribution.id == contribution_id, Contribution.table_id == table.id)
        .options(joinedload(Contribution.area))
    )
    if row is None:
        raise NotFound(contribution_id)
    return row


def count_by_state(table_ids: Iterable[int]) -> dict[int, dict[ContributionState, int]]:
    """Number of contributions by table and state; states without any are left out."""
    rows = db.session.execute(
        select(Contribution.table_id, Contribution.state, func.count(Contribution.id))
        .where(Contribution.table_id.in_(list(table_ids)))
        .group_by(Contribution.table_id, Contribution.state)
    )
    counts: dict[int, dict[ContributionState, int]] = {}
    for table_id, state, count in rows:
        counts.setdefault(table_id, {})[state] = count
    return counts


def list_given_dots(table_id: int, participant: str | None) -> list[int]:
    """The contributions one participant gave a dot at a table, by id."""
    if participant is None:
        return []
    return list(
        db.session.scalars(
            select(Dot.contribution_id)
            .where(Dot.table_id == table_id, Dot.participant == participant)
            .order_by(Dot.contribution_id)
        )
    )


def find_dot(contribution_id: int, participant: str) -> Dot | None:
    """The dot one participant gave a contribution."""
    return db.session.scalar(select(Dot).where(Dot.contribution_id == contribution_id, Dot.participant == participant))


def count_voters(table_id: int) -> int:
    """How many participants gave dots at a table."""
    return db.session.scalar(select(func.count(func.distinct(Dot.participant))).where(Dot.table_id == table_id))
