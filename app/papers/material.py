"""One read of everything below that a paper is made of; the number of statements does not grow with the rows."""

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.areas.models import Area, AreaScheme
from app.areas.queries import list_children
from app.conferences.models import Conference
from app.consolidation import queries as consolidation
from app.consolidation.evidence_queries import evidence_for
from app.consolidation.models import ConsolidatedPoint, Recommendation
from app.contributions.enums import ContributionState
from app.contributions.models import Contribution
from app.contributions.queries import list_contributions
from app.core.errors import NotFound
from app.extensions import db
from app.indicators import queries as indicators
from app.indicators.figures import Figure
from app.indicators.reading import figures_for_areas
from app.invitations.models import Invitation, Registration
from app.papers.document import Material, Participation
from app.papers.outline import Facts
from app.tables.queries import list_tables


def material_for(conference_id: int) -> Material:
    """Everything a paper about a conference is assembled from; raises NotFound."""
    conference = _get_conference(conference_id)
    recommendations, points = list_recommendations(conference), list_points(conference)
    conference = _get_conference(conference_id)  # reading links afresh left the area's level and scheme behind
    municipality = conference.area.scheme.municipality
    parts = list_children(conference.area)
    all_indicators = indicators.list_public_indicators(municipality)
    own_areas = [conference.area, *parts]
    by_area = figures_for_areas(own_areas, all_indicators)
    return Material(
        municipality=municipality,
        conference=conference,
        parts=parts,
        tables=list_tables(conference),
        participation=participation(conference),
        points=points,
        recommendations=recommendations,
        voices={voice.id: voice for voice in list_printable(conference)},
        set_aside=consolidation.list_set_aside(conference),
        area_figures=_by_indicator(all_indicators, own_areas, by_area),
        evidence=evidence_for(recommendations),
    )


def facts_of(material: Material) -> Facts:
    """What first texts are made of."""
    conference, own_id = material.conference, material.conference.area_id
    used = {point.id for row in material.recommendations for point in row.points}
    return Facts(
        conference=conference.title,
        starts_at=conference.starts_at,
        venue=conference.venue,
        area=conference.area.name,
        area_level=conference.area.level.name,
        parts=[part.name for part in material.parts],
        topics=list(dict.fromkeys(table.topic.title for table in material.tables)),
        table_count=len(material.tables),
        invited=material.participation.invited,
        attending=material.participation.attending,
        persons=material.participation.persons,
        contributions=len(material.voices),
        sources=[
            (figure.indicator.name, figure.reference_date, figure.source)
            for figure in material.area_figures
            if figure.area.id == own_id and figure.reference_date
        ],
        points=[point.title for point in material.points],
        recommendations=[(row.number, row.title, str(row.time_horizon.label)) for row in material.recommendations],
        unused_points=[point.title for point in material.points if point.id not in used],
    )


def _get_conference(conference_id: int) -> Conference:
    conference = db.session.scalar(
        select(Conference)
        .where(Conference.id == conference_id)
        .options(
            joinedload(Conference.area).options(
                joinedload(Area.level), joinedload(Area.scheme).joinedload(AreaScheme.municipality)
            )
        )
    )
    if conference is None:
        raise NotFound(conference_id)
    return conference


def list_recommendations(conference: Conference) -> list[Recommendation]:
    """The conference's recommendations with everything linked to them, by number."""
    return list(
        db.session.scalars(
            select(Recommendation)
            .where(Recommendation.conference_id == conference.id)
            .options(
                joinedload(Recommendation.action_field),
                joinedload(Recommendation.lead),
                joinedload(Recommendation.conference).joinedload(Conference.area),
                selectinload(Recommendation.points),
                selectinload(Recommendation.areas).options(
                    joinedload(Area.level), joinedload(Area.scheme).joinedload(AreaScheme.municipality)
                ),
                selectinload(Recommendation.indicators),
            )
            .order_by(Recommendation.number, Recommendation.id)
            .execution_options(populate_existing=True)
        )
    )


def list_points(conference: Conference) -> list[ConsolidatedPoint]:
    """The points that were not merged away, with field and contributions, by number."""
    return list(
        db.session.scalars(
            select(ConsolidatedPoint)
            .where(ConsolidatedPoint.conference_id == conference.id, ConsolidatedPoint.merged_into_id.is_(None))
            .options(joinedload(ConsolidatedPoint.action_field), selectinload(ConsolidatedPoint.contributions))
            .order_by(ConsolidatedPoint.number, ConsolidatedPoint.id)
            .execution_options(populate_existing=True)
        )
    )


def list_printable(conference: Conference) -> list[Contribution]:
    """Every contribution of a conference that was not hidden, with table and quarter, in the order of arrival."""
    return [one for one in list_contributions(conference) if one.state is not ContributionState.HIDDEN]


def participation(conference: Conference) -> Participation:
    """How many institutions were invited, how many came, and how many people."""
    invited = db.session.scalar(select(func.count(Invitation.id)).where(Invitation.conference_id == conference.id))
    attending, persons = db.session.execute(
        select(func.count(distinct(Registration.institution_id)), func.count(Registration.id)).where(
            Registration.conference_id == conference.id
        )
    ).one()
    return Participation(invited, attending, persons)


def _by_indicator(all_indicators, areas: list[Area], by_area: dict[int, list[Figure]]) -> list[Figure]:
    """Figures indicator by indicator; within one, the conference's own area before its parts."""
    return [by_area[area.id][place] for place in range(len(all_indicators)) for area in areas]
