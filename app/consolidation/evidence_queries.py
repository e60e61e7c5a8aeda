"""Evidence of recommendations, read for all of them at once: voices in one statement, figures in three."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select

from app.areas.models import Area
from app.consolidation.evidence import Evidence, PointEvidence, Voice, by_strength
from app.consolidation.models import ConsolidatedPoint, Recommendation, point_contribution
from app.consolidation.queries import COUNTS
from app.contributions.models import Contribution
from app.extensions import db
from app.indicators.figures import Figure
from app.indicators.models import Indicator
from app.indicators.reading import figures_for_areas
from app.tables.models import TopicTable

Figures = dict[tuple[int, int], Figure]


def evidence_for(recommendations: Sequence[Recommendation]) -> dict[int, Evidence]:
    """What recommendations rest on, by recommendation id.

    They must come from `queries.list_recommendations` or `get_recommendation`: links and conference loaded. Figures are
    those of a recommendation's areas, or of the conference's area when it names none, and only of indicators that may
    be printed. At most 4 statements as long as all areas are of one scheme.
    """
    voices = _voices(point.id for row in recommendations for point in row.points)
    areas = {area.id: area for row in recommendations for area in areas_of(row)}
    chosen = {row.id: [one for one in row.indicators if one.leaves_office] for row in recommendations}
    indicators = {indicator.id: indicator for row in chosen.values() for indicator in row}
    figures = _figures(areas.values(), list(indicators.values()))
    return {row.id: _evidence(row.points, areas_of(row), chosen[row.id], voices, figures) for row in recommendations}


def evidence_of(
    *, points: Sequence[ConsolidatedPoint], areas: Sequence[Area], indicators: Sequence[Indicator]
) -> Evidence:
    """The evidence a recommendation would have, for the preview beside the form."""
    return _evidence(points, areas, indicators, _voices(point.id for point in points), _figures(areas, indicators))


def areas_of(recommendation: Recommendation) -> list[Area]:
    """Where a recommendation applies: its areas, else the whole area of its conference."""
    return recommendation.areas or [recommendation.conference.area]


def _evidence(
    points: Iterable[ConsolidatedPoint],
    areas: Iterable[Area],
    indicators: Collection[Indicator],
    voices: dict[int, list[Voice]],
    figures: Figures,
) -> Evidence:
    return Evidence(
        points=tuple(
            PointEvidence(
                id=point.id,
                number=point.number,
                title=point.title,
                summary=point.summary,
                minority=point.minority,
                voices=by_strength(voices.get(point.id, [])),
            )
            for point in points
        ),
        figures=tuple(figures[area.id, indicator.id] for area in areas for indicator in indicators),
    )


def _voices(point_ids: Iterable[int]) -> dict[int, list[Voice]]:
    """The voices of points, by point id; hidden contributions never become one."""
    wanted = set(point_ids)
    found: dict[int, list[Voice]] = {point_id: [] for point_id in wanted}
    if not wanted:
        return found
    rows = db.session.execute(
        select(
            point_contribution.c.point_id,
            Contribution.id,
            Contribution.text,
            Contribution.kind,
            Contribution.language,
            Contribution.dots,
            Contribution.state,
            Contribution.target_group,
            TopicTable.number,
            TopicTable.title,
        )
        .join(Contribution, Contribution.id == point_contribution.c.contribution_id)
        .join(Contribution.table)
        .where(point_contribution.c.point_id.in_(wanted), COUNTS)
        .order_by(point_contribution.c.point_id, Contribution.id)
    )
    for point_id, *values in rows:
        found[point_id].append(Voice(*values))
    return found


def _figures(areas: Iterable[Area], indicators: Sequence[Indicator]) -> Figures:
    """Figures by area id and indicator id; each scheme is read for itself."""
    by_scheme: dict[int, list[Area]] = {}
    for area in areas:
        by_scheme.setdefault(area.scheme_id, []).append(area)
    return {
        (area_id, figure.indicator.id): figure
        for some in by_scheme.values()
        for area_id, figures in figures_for_areas(some, indicators).items()
        for figure in figures
    }
