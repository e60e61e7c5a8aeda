"""Reads of the profiles floor: assessments, conferences, clearances, and published papers with what became of them."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy import and_, exists, func, or_, select, tuple_
from sqlalchemy.orm import joinedload

from app.accounts.models import Municipality
from app.areas.models import Area, AreaScheme
from app.conferences.models import Conference, Topic
from app.consolidation.models import Recommendation
from app.core.errors import NotFound
from app.core.mail import NOT_OUT, MailMessage
from app.extensions import db
from app.findings.models import NeedLink
from app.indicators.models import Clearance, IndicatorValue
from app.invitations.enums import Answer
from app.invitations.models import Invitation
from app.measures.models import StatusReport
from app.measures.queries import NEWEST_FIRST
from app.papers.models import PaperVersion, StrategyPaper
from app.profiles.models import Assessment
from app.tables.models import TopicTable


def list_assessments(area_ids: Collection[int], *, public_only: bool = True) -> list[Assessment]:
    """What professionals say about some areas, with the area, the latest first."""
    wanted = select(Assessment).where(Assessment.area_id.in_(area_ids)).options(joinedload(Assessment.area))
    if public_only:
        wanted = wanted.where(Assessment.public)
    return list(db.session.scalars(wanted.order_by(Assessment.made_on.desc(), Assessment.id.desc())))


def get_assessment(municipality: Municipality, area: Area, assessment_id: int) -> Assessment:
    """An assessment of an area of the municipality, with the area; raises NotFound."""
    row = db.session.scalar(
        select(Assessment)
        .join(Assessment.area)
        .join(Area.scheme)
        .where(
            Assessment.id == assessment_id,
            Assessment.area_id == area.id,
            AreaScheme.municipality_id == municipality.id,
        )
        .options(joinedload(Assessment.area))
    )
    if row is None:
        raise NotFound(assessment_id)
    return row


def list_clearances(area_ids: Collection[int], cells: Iterable[tuple[int, date]]) -> list[tuple[str, date, bool]]:
    """By whom and when figures were cleared and whether the disclosure control was ours, the latest first.

    `cells` are pairs of indicator id and reference date; values that were never cleared by name are left out.
    """
    pairs = list(dict.fromkeys(cells))
    if not pairs:
        return []
    rows = db.session.execute(
        select(Clearance.cleared_by, Clearance.cleared_on, Clearance.controlled_here)
        .join(IndicatorValue, IndicatorValue.clearance_id == Clearance.id)
        .where(
            IndicatorValue.area_id.in_(area_ids),
            tuple_(IndicatorValue.indicator_id, IndicatorValue.reference_date).in_(pairs),
        )
        .distinct()
        .order_by(Clearance.cleared_on.desc(), Clearance.cleared_by, Clearance.controlled_here)
    )
    return [tuple(row) for row in rows]


def list_past_conferences(
    municipality: Municipality, area_ids: Collection[int], now: datetime, *, known_only: bool = True
) -> list[Conference]:
    """Conferences about some areas that took place, the latest first; with `known_only` those known outside."""
    wanted = select(Conference).where(
        Conference.municipality_id == municipality.id,
        Conference.area_id.in_(area_ids),
        Conference.ends_at < now,
    )
    if known_only:
        wanted = wanted.where(or_(is_known_outside(), _has_published_paper()))
    with_area = joinedload(Conference.area).joinedload(Area.level)
    return list(
        db.session.scalars(wanted.options(with_area).order_by(Conference.starts_at.desc(), Conference.id.desc()))
    )


def is_known_outside():
    """Condition on conferences: an invitation left the house, or somebody answered one made by phone."""
    left = and_(MailMessage.id == Invitation.mail_id, MailMessage.state.not_in(NOT_OUT))
    return exists().where(
        Invitation.conference_id == Conference.id,
        or_(exists().where(left).correlate(Invitation), Invitation.answer != Answer.NONE),
    )


def _has_published_paper():
    return exists().where(
        StrategyPaper.conference_id == Conference.id,
        PaperVersion.paper_id == StrategyPaper.id,
        PaperVersion.published_at.is_not(None),
    )


def reports_by_number(conference_ids: Collection[int]) -> dict[tuple[int, int], StatusReport]:
    """The report that counts, by conference id and lasting number of the recommendation: how a frozen one is found."""
    if not conference_ids:
        return {}
    place = func.row_number().over(partition_by=StatusReport.recommendation_id, order_by=NEWEST_FIRST).label("place")
    ranked = (
        select(StatusReport.id, Recommendation.conference_id, Recommendation.number, place)
        .join(StatusReport.recommendation)
        .where(Recommendation.conference_id.in_(conference_ids))
        .subquery("ranked")
    )
    rows = db.session.execute(
        select(StatusReport, ranked.c.conference_id, ranked.c.number)
        .join(ranked, ranked.c.id == StatusReport.id)
        .where(ranked.c.place == 1)
    )
    return {(conference_id, number): report for report, conference_id, number in rows}


def list_tables_with_topics(conference: Conference) -> list[TopicTable]:
    """The tables of a conference by number, with topic, guiding questions and chosen indicators."""
    topic = joinedload(TopicTable.topic)
    return list(
        db.session.scalars(
            select(TopicTable)
            .where(TopicTable.conference_id == conference.id)
            .options(topic.selectinload(Topic.questions), topic.selectinload(Topic.indicators))
            .order_by(TopicTable.number, TopicTable.id)
        )
    )


def list_need_links(municipality: Municipality, indicator_ids: Collection[int]) -> list[NeedLink]:
    """Which offers the need shown by some indicators asks for."""
    return list(
        db.session.scalars(
            select(NeedLink)
            .where(NeedLink.municipality_id == municipality.id, NeedLink.indicator_id.in_(indicator_ids))
            .order_by(NeedLink.id)
        )
    )
