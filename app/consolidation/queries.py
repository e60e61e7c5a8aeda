"""Reads of the desk and of recommendations."""

from collections.abc import Collection

from sqlalchemy import Select, and_, case, distinct, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.accounts.models import Municipality
from app.areas.models import Area
from app.areas.queries import list_children
from app.conferences.models import Conference
from app.consolidation.models import ConsolidatedPoint, Recommendation, SetAside, point_contribution
from app.consolidation.rules import PAGE_SIZE, DeskView, Tally, Weight
from app.contributions.enums import ContributionState
from app.contributions.models import Contribution
from app.core.collation import sort_key
from app.core.errors import NotFound
from app.extensions import db
from app.institutions.enums import InstitutionType
from app.institutions.models import Institution
from app.tables.models import TopicTable

IN_POINT = exists().where(point_contribution.c.contribution_id == Contribution.id).correlate(Contribution)
IS_ASIDE = exists().where(SetAside.contribution_id == Contribution.id).correlate(Contribution)
COUNTS = Contribution.state != ContributionState.HIDDEN


def get_point(municipality: Municipality, point_id: int) -> ConsolidatedPoint:
    """A point that was not merged away, with its conference and area; raises NotFound."""
    point = db.session.scalar(
        select(ConsolidatedPoint)
        .join(ConsolidatedPoint.conference)
        .where(
            ConsolidatedPoint.id == point_id,
            Conference.municipality_id == municipality.id,
            ConsolidatedPoint.merged_into_id.is_(None),
        )
        .options(joinedload(ConsolidatedPoint.conference).joinedload(Conference.area))
    )
    if point is None:
        raise NotFound(point_id)
    return point


def tally(conference: Conference) -> Tally:
    """How many contributions of a conference count, are open, are set aside."""
    row = db.session.execute(
        select(
            func.count(Contribution.id),
            func.coalesce(func.sum(case((and_(~IN_POINT, ~IS_ASIDE), 1), else_=0)), 0),
            func.coalesce(func.sum(case((IS_ASIDE, 1), else_=0)), 0),
        )
        .join(Contribution.table)
        .where(TopicTable.conference_id == conference.id, COUNTS)
    ).one()
    return Tally(*row)


def _on_the_left(conference: Conference, view: DeskView) -> Select:
    query = (
        select(Contribution)
        .join(Contribution.table)
        .where(TopicTable.conference_id == conference.id, COUNTS, ~IN_POINT)
    )
    query = query.where(IS_ASIDE if view.aside else ~IS_ASIDE)
    if view.table:
        query = query.where(TopicTable.id == view.table)
    if view.kind:
        query = query.where(Contribution.kind == view.kind)
    if view.text:
        query = query.where(Contribution.text.icontains(view.text, autoescape=True))
    return query


def count_on_the_left(conference: Conference, view: DeskView) -> int:
    """How many contributions the filters leave in the list on the left."""
    return db.session.scalar(select(func.count()).select_from(_on_the_left(conference, view).subquery()))


def list_on_the_left(conference: Conference, view: DeskView) -> list[tuple[Contribution, str | None]]:
    """One page of open (or set aside) contributions with their tables, table by table as they came.

    Beside each stands the reason it was set aside for, None for open ones.
    """
    rows = db.session.execute(
        _on_the_left(conference, view)
        .outerjoin(SetAside, SetAside.contribution_id == Contribution.id)
        .add_columns(SetAside.reason)
        .options(contains_eager(Contribution.table))
        .order_by(TopicTable.number, Contribution.id)
        .limit(PAGE_SIZE)
        .offset((view.page - 1) * PAGE_SIZE)
    )
    return [(contribution, reason) for contribution, reason in rows]


def list_set_aside(conference: Conference) -> list[SetAside]:
    """All set aside contributions of a conference with reason, contribution and table, for the paper's appendix."""
    return list(
        db.session.scalars(
            select(SetAside)
            .join(SetAside.contribution)
            .join(Contribution.table)
            .where(TopicTable.conference_id == conference.id, COUNTS)
            .options(joinedload(SetAside.contribution).joinedload(Contribution.table))
            .order_by(TopicTable.number, Contribution.id)
        )
    )


def list_points(conference: Conference, with_merged: bool = False) -> list[ConsolidatedPoint]:
    """The points of a conference by number; those that went into others only when asked for."""
    query = select(ConsolidatedPoint).where(ConsolidatedPoint.conference_id == conference.id)
    if not with_merged:
        query = query.where(ConsolidatedPoint.merged_into_id.is_(None))
    return list(db.session.scalars(query.order_by(ConsolidatedPoint.number)))


def weights(conference: Conference) -> dict[int, Weight]:
    """Voices, tables and dots by point id, for all points that hold voices."""
    rows = db.session.execute(
        select(
            point_contribution.c.point_id,
            func.count(Contribution.id),
            func.count(distinct(Contribution.table_id)),
            func.sum(Contribution.dots),
        )
        .join(Contribution, Contribution.id == point_contribution.c.contribution_id)
        .join(ConsolidatedPoint, ConsolidatedPoint.id == point_contribution.c.point_id)
        .where(ConsolidatedPoint.conference_id == conference.id, COUNTS)
        .group_by(point_contribution.c.point_id)
    )
    return {point_id: Weight(voices, tables, dots) for point_id, voices, tables, dots in rows}


def list_voices(point: ConsolidatedPoint) -> list[Contribution]:
    """The contributions a point holds, with their tables, most dots first; hidden ones stay out."""
    return list(
        db.session.scalars(
            select(Contribution)
            .join(point_contribution, point_contribution.c.contribution_id == Contribution.id)
            .where(point_contribution.c.point_id == point.id, COUNTS)
            .options(joinedload(Contribution.table))
            .order_by(Contribution.dots.desc(), Contribution.id)
        )
    )


def list_contributions(conference: Conference, ids: Collection[int]) -> list[Contribution]:
    """Contributions of a conference by id; raises NotFound when one of them is not of this conference."""
    rows = db.session.scalars(
        select(Contribution)
        .join(Contribution.table)
        .where(TopicTable.conference_id == conference.id, Contribution.id.in_(ids))
        .options(joinedload(Contribution.table))
        .order_by(Contribution.id)
    ).all()
    if len(rows) != len(set(ids)):
        raise NotFound(ids)
    return list(rows)


def list_recommendations(conferences: Conference | Collection[int]) -> list[Recommendation]:
    """Recommendations of a conference (or of conferences by id) by number, with field, lead and all links."""
    ids = [conferences.id] if isinstance(conferences, Conference) else conferences
    return list(
        db.session.scalars(
            select(Recommendation)
            .where(Recommendation.conference_id.in_(ids))
            .options(*_WORDS, *_LINKS)
            .order_by(Recommendation.conference_id, Recommendation.number)
        )
    )


_WORDS = (
    joinedload(Recommendation.conference).joinedload(Conference.area),
    joinedload(Recommendation.action_field),
    joinedload(Recommendation.lead),
)
_LINKS = (
    selectinload(Recommendation.points),
    selectinload(Recommendation.areas),
    selectinload(Recommendation.indicators),
)


def get_recommendation(municipality: Municipality, recommendation_id: int) -> Recommendation:
    """A recommendation with everything linked to it, its conference and area; raises NotFound."""
    row = db.session.scalar(
        select(Recommendation)
        .join(Recommendation.conference)
        .where(Recommendation.id == recommendation_id, Conference.municipality_id == municipality.id)
        .options(*_WORDS, *_LINKS)
    )
    if row is None:
        raise NotFound(recommendation_id)
    return row


def list_recommendations_resting_on(point: ConsolidatedPoint) -> list[Recommendation]:
    """The recommendations that cite a point, by number."""
    return list(
        db.session.scalars(
            select(Recommendation)
            .where(Recommendation.points.any(ConsolidatedPoint.id == point.id))
            .order_by(Recommendation.number)
        )
    )


def list_conference_areas(conference: Conference) -> list[Area]:
    """The area of a conference (loaded) and the areas directly inside it, by code."""
    return [conference.area, *list_children(conference.area)]


def list_leads(municipality: Municipality) -> list[Institution]:
    """Who can take the lead: departments first, then institutions, in German order."""
    found = db.session.scalars(
        select(Institution).where(Institution.municipality_id == municipality.id, Institution.merged_into_id.is_(None))
    )
    return sorted(found, key=lambda row: (row.type is not InstitutionType.DEPARTMENT, sort_key(row.name), row.id))
