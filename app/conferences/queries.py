"""Reads of the conferences floor."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Municipality
from app.areas.models import Area
from app.conferences.models import ActionField, Conference, Topic
from app.core.errors import NotFound
from app.extensions import db

WITH_AREA = joinedload(Conference.area).joinedload(Area.level)


def list_conferences(municipality: Municipality) -> list[Conference]:
    """All conferences with their area, latest first."""
    return list(
        db.session.scalars(
            select(Conference)
            .where(Conference.municipality_id == municipality.id)
            .options(WITH_AREA)
            .order_by(Conference.starts_at.desc(), Conference.id.desc())
        )
    )


def get_conference(municipality: Municipality, conference_id: int) -> Conference:
    """One conference with its area; raises NotFound."""
    row = db.session.scalar(
        select(Conference)
        .where(Conference.municipality_id == municipality.id, Conference.id == conference_id)
        .options(WITH_AREA)
    )
    if row is None:
        raise NotFound(conference_id)
    return row


def get_conference_by_wall_token(token: str) -> Conference:
    """The conference whose wall a token opens, with its area; raises NotFound."""
    row = db.session.scalar(select(Conference).where(Conference.wall_token == token).options(WITH_AREA))
    if row is None:
        raise NotFound("wall")
    return row


def list_topics(conference: Conference) -> list[Topic]:
    """Topics with guiding questions and indicators, in order."""
    return list(
        db.session.scalars(
            select(Topic)
            .where(Topic.conference_id == conference.id)
            .options(selectinload(Topic.questions), selectinload(Topic.indicators))
            .order_by(Topic.position, Topic.id)
        )
    )


def get_topic(conference: Conference, topic_id: int) -> Topic:
    """One topic with guiding questions and indicators; raises NotFound."""
    row = db.session.scalar(
        select(Topic)
        .where(Topic.conference_id == conference.id, Topic.id == topic_id)
        .options(selectinload(Topic.questions), selectinload(Topic.indicators))
    )
    if row is None:
        raise NotFound(topic_id)
    return row


def next_topic_position(conference: Conference) -> int:
    """Where a new topic goes."""
    last = db.session.scalar(select(func.max(Topic.position)).where(Topic.conference_id == conference.id))
    return (last or 0) + 1


def count_topics(conferences: list[Conference]) -> dict[int, int]:
    """How many topics each conference has, by its id."""
    return dict(
        db.session.execute(
            select(Topic.conference_id, func.count(Topic.id))
            .where(Topic.conference_id.in_([conference.id for conference in conferences]))
            .group_by(Topic.conference_id)
        ).all()
    )


def list_action_fields(municipality: Municipality) -> list[ActionField]:
    """The municipality's Handlungsfelder in their order."""
    return list(
        db.session.scalars(
            select(ActionField)
            .where(ActionField.municipality_id == municipality.id)
            .order_by(ActionField.position, ActionField.id)
        )
    )
