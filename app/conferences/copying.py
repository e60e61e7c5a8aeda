"""Copy a conference with everything but the people; later floors copy their part when they are told."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from sqlalchemy import inspect

from app.areas.models import Area
from app.conferences import preparation_queries, queries, rules
from app.conferences.announcements import conference_copied
from app.conferences.models import (
    AgendaItem,
    Conference,
    ConferenceRoom,
    ConferenceSeries,
    GuidingQuestion,
    MaterialItem,
    PreparationTask,
    Topic,
)
from app.core import clock, tokens
from app.core.errors import RuleBroken
from app.extensions import db

KEPT = (
    *("municipality_id", "format_id", "venue", "venue_address", "moderation", "dot_budget"),
    *("participation", "capacity", "seating_rounds"),
)


@dataclass(frozen=True)
class CopyPlan:
    """What the copy is called, where and when it is, and which series and round it belongs to."""

    title: str
    area: Area
    day: date
    series: ConferenceSeries | None = None
    series_round: int | None = None


def copy_conference(*, original: Conference, plan: CopyPlan) -> Conference:
    """A new conference with topics, agenda, tasks, rooms and material of the original, all moved to its day.

    Clock times stay what they are in Germany. Team, guests, contributions and what earlier conferences said stay
    behind; wall and calendar get tokens of their own. Raises RuleBroken without title.
    """
    title = " ".join(plan.title.split())
    if not title:
        raise RuleBroken(_("Geben Sie der neuen Konferenz einen Titel."))
    days = (plan.day - clock.local_date(original.starts_at)).days
    copy = Conference(
        **{name: getattr(original, name) for name in KEPT},
        area=plan.area,
        title=title,
        series=plan.series,
        series_round=plan.series_round if plan.series else None,
        starts_at=rules.moved_by_days(original.starts_at, days),
        ends_at=rules.moved_by_days(original.ends_at, days),
        registration_closes_at=_later(original.registration_closes_at, days),
        wall_token=tokens.new_link_token(),
    )
    db.session.add(copy)
    db.session.flush()
    topics = _copy_topics(original, copy)
    _copy_agenda(original, copy, days)
    _copy_tasks(original, copy, days)
    for row in [*preparation_queries.list_rooms(original), *preparation_queries.list_material(original)]:
        _copy_row(row, copy, owner_id=None, ready_at=None)
    db.session.flush()
    conference_copied.send(original, copy=copy, topics=topics)
    return copy


def _copy_topics(original: Conference, copy: Conference) -> dict[int, Topic]:
    topics = {}
    for topic in queries.list_topics(original):
        topics[topic.id] = Topic(
            conference_id=copy.id,
            position=topic.position,
            title=topic.title,
            description=topic.description,
            is_open=topic.is_open,
            action_field_id=topic.action_field_id,
            questions=[GuidingQuestion(position=one.position, text=one.text) for one in topic.questions],
            indicators=list(topic.indicators),
        )
    db.session.add_all(topics.values())
    db.session.flush()
    return topics


def _copy_agenda(original: Conference, copy: Conference, days: int) -> None:
    for item in preparation_queries.list_agenda(original):
        _copy_row(item, copy, starts_at=rules.moved_by_days(item.starts_at, days))


def _copy_tasks(original: Conference, copy: Conference, days: int) -> None:
    """Nobody has done them yet, and nobody owns them."""
    for task in preparation_queries.list_tasks(original):
        _copy_row(
            task,
            copy,
            due=task.due + timedelta(days=days),
            remind_on=task.remind_on + timedelta(days=days) if task.remind_on else None,
            owner_id=None,
            reminded_at=None,
            done_at=None,
        )


def _copy_row(row: AgendaItem | PreparationTask | ConferenceRoom | MaterialItem, copy: Conference, **other) -> None:
    """A row like this one at another conference; `other` are the columns that differ, where the table has them."""
    columns = {column.key for column in inspect(type(row)).column_attrs} - {"id"}
    values = {name: getattr(row, name) for name in columns} | {"conference_id": copy.id}
    db.session.add(type(row)(**values | {name: value for name, value in other.items() if name in columns}))


def _later(moment, days: int):
    return rules.moved_by_days(moment, days) if moment else None
