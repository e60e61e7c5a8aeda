"""Reads of chained events: points of the feeding conferences, and what lies on the tables."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, func, select

from app.conferences.models import Conference, Topic, TopicInput
from app.consolidation.chain import Input, Said
from app.consolidation.models import ConsolidatedPoint, point_contribution
from app.consolidation.queries import COUNTS
from app.contributions.models import Contribution
from app.extensions import db


def list_said(conference_ids: Collection[int]) -> list[Said]:
    """Every point of these conferences that was not merged away, with its voices, by conference and number."""
    rows = db.session.execute(
        select(
            ConsolidatedPoint.conference_id,
            ConsolidatedPoint.id,
            ConsolidatedPoint.number,
            ConsolidatedPoint.title,
            func.count(Contribution.id),
            ConsolidatedPoint.action_field_id,
        )
        .outerjoin(point_contribution, point_contribution.c.point_id == ConsolidatedPoint.id)
        .outerjoin(Contribution, and_(Contribution.id == point_contribution.c.contribution_id, COUNTS))
        .where(ConsolidatedPoint.conference_id.in_(conference_ids), ConsolidatedPoint.merged_into_id.is_(None))
        .group_by(
            ConsolidatedPoint.conference_id,
            ConsolidatedPoint.id,
            ConsolidatedPoint.number,
            ConsolidatedPoint.title,
            ConsolidatedPoint.action_field_id,
        )
        .order_by(ConsolidatedPoint.conference_id, ConsolidatedPoint.number)
    )
    return [Said(*row) for row in rows]


def list_topics_by_field(conference: Conference) -> list[tuple[int, int | None]]:
    """The topics of a conference with their Handlungsfeld, both as ids, in order."""
    rows = db.session.execute(
        select(Topic.id, Topic.action_field_id)
        .where(Topic.conference_id == conference.id)
        .order_by(Topic.position, Topic.id)
    )
    return [(topic_id, field_id) for topic_id, field_id in rows]


def list_lying(conference: Conference) -> list[Input]:
    """What lies on the tables of a conference, topic by topic."""
    return [
        Input(row.topic_id, row.position, row.from_conference_id, row.source, row.point_number, row.text, row.voices)
        for row in list_rows(conference)
    ]


def list_rows(conference: Conference) -> list[TopicInput]:
    """The same as rows, to be taken away."""
    return list(
        db.session.scalars(
            select(TopicInput)
            .join(Topic, Topic.id == TopicInput.topic_id)
            .where(Topic.conference_id == conference.id)
            .order_by(TopicInput.topic_id, TopicInput.position, TopicInput.id)
        )
    )


def taken_at(conference: Conference) -> datetime | None:
    """When it was handed over, None when nothing lies there."""
    return db.session.scalar(
        select(func.max(TopicInput.taken_at))
        .join(Topic, Topic.id == TopicInput.topic_id)
        .where(Topic.conference_id == conference.id)
    )
