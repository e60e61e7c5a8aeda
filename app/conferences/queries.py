"""Reads of the conferences floor."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Municipality
from app.areas.models import Area
from app.conferences.models import ActionField, Conference, ConferenceFormat, ConferenceSeries, Topic, TopicInput
from app.core.errors import NotFound
from app.extensions import db

WITH_AREA = joinedload(Conference.area).joinedload(Area.level)
WITH_KIND = (joinedload(Conference.format), joinedload(Conference.series))


def list_conferences(municipality: Municipality) -> list[Conference]:
    """All conferences with their area, format and series, latest first."""
    return list(
        db.session.scalars(
            select(Conference)
            .where(Conference.municipality_id == municipality.id)
            .options(WITH_AREA, *WITH_KIND)
            .order_by(Conference.starts_at.desc(), Conference.id.desc())
        )
    )


def get_conference(municipality: Municipality, conference_id: int) -> Conference:
    """One conference with its area, format and series; raises NotFound."""
    row = db.session.scalar(
        select(Conference)
        .where(Conference.municipality_id == municipality.id, Conference.id == conference_id)
        .options(WITH_AREA, *WITH_KIND)
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
    """Topics with guiding questions, indicators and action field, in order."""
    return list(
        db.session.scalars(
            select(Topic)
            .where(Topic.conference_id == conference.id)
            .options(selectinload(Topic.questions), selectinload(Topic.indicators), joinedload(Topic.action_field))
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


def list_formats(municipality: Municipality) -> list[ConferenceFormat]:
    """The municipality's formats with their check lists, in its order."""
    return list(
        db.session.scalars(
            select(ConferenceFormat)
            .where(ConferenceFormat.municipality_id == municipality.id)
            .options(selectinload(ConferenceFormat.steps))
            .order_by(ConferenceFormat.position, ConferenceFormat.id)
        )
    )


def get_format(municipality: Municipality, format_id: int) -> ConferenceFormat:
    """One format with its check list; raises NotFound."""
    row = find_format(municipality, format_id)
    if row is None:
        raise NotFound(format_id)
    return row


def find_format(municipality: Municipality, format_id: int | None) -> ConferenceFormat | None:
    """The same, or None."""
    if format_id is None:
        return None
    return db.session.scalar(
        select(ConferenceFormat)
        .where(ConferenceFormat.municipality_id == municipality.id, ConferenceFormat.id == format_id)
        .options(selectinload(ConferenceFormat.steps))
    )


def count_conferences_of_formats(municipality: Municipality) -> dict[int, int]:
    """How many conferences have each format, by its id."""
    return dict(
        db.session.execute(
            select(Conference.format_id, func.count(Conference.id))
            .where(Conference.municipality_id == municipality.id, Conference.format_id.is_not(None))
            .group_by(Conference.format_id)
        ).all()
    )


def list_series(municipality: Municipality) -> list[ConferenceSeries]:
    """The municipality's series, newest first."""
    return list(
        db.session.scalars(
            select(ConferenceSeries)
            .where(ConferenceSeries.municipality_id == municipality.id)
            .order_by(ConferenceSeries.id.desc())
        )
    )


def get_series(municipality: Municipality, series_id: int) -> ConferenceSeries:
    """One series; raises NotFound."""
    row = db.session.scalar(
        select(ConferenceSeries).where(
            ConferenceSeries.municipality_id == municipality.id, ConferenceSeries.id == series_id
        )
    )
    if row is None:
        raise NotFound(series_id)
    return row


def list_conferences_of_series(series: ConferenceSeries) -> list[Conference]:
    """The events of a series with area, format and the conference they feed, by round and date."""
    return list(
        db.session.scalars(
            select(Conference)
            .where(Conference.series_id == series.id)
            .options(WITH_AREA, joinedload(Conference.format), joinedload(Conference.feeds_into))
            .order_by(func.coalesce(Conference.series_round, 1), Conference.starts_at, Conference.id)
        )
    )


def list_feeding(conference: Conference) -> list[Conference]:
    """The conferences whose results go into this one, with their area, as they follow each other."""
    return list(
        db.session.scalars(
            select(Conference)
            .where(Conference.feeds_into_id == conference.id)
            .options(WITH_AREA)
            .order_by(Conference.starts_at, Conference.id)
        )
    )


def chain_of(municipality: Municipality) -> tuple[dict[int, datetime], dict[int, int | None]]:
    """When every conference begins and where its results go, by id."""
    rows = db.session.execute(
        select(Conference.id, Conference.starts_at, Conference.feeds_into_id)
        .where(Conference.municipality_id == municipality.id)
        .order_by(Conference.id)
    ).all()
    return {row.id: row.starts_at for row in rows}, {row.id: row.feeds_into_id for row in rows}


def list_topic_inputs(topic_ids: Collection[int]) -> list[TopicInput]:
    """What earlier conferences said on topics, topic by topic, what most people said first."""
    return list(
        db.session.scalars(
            select(TopicInput)
            .where(TopicInput.topic_id.in_(topic_ids))
            .order_by(TopicInput.topic_id, TopicInput.position, TopicInput.id)
        )
    )
