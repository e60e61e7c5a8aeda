"""Reads of follow-up."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Municipality
from app.conferences.models import Conference
from app.extensions import db
from app.measures.models import StatusReport
from app.papers.models import PaperVersion, StrategyPaper

NEWEST_FIRST = (StatusReport.as_of.desc(), StatusReport.reported_at.desc(), StatusReport.id.desc())


def latest_reports(recommendation_ids: Collection[int]) -> dict[int, StatusReport]:
    """The report that counts for each recommendation, with who reported; one statement. None reported: not in it."""
    if not recommendation_ids:
        return {}
    place = func.row_number().over(partition_by=StatusReport.recommendation_id, order_by=NEWEST_FIRST).label("place")
    ranked = (
        select(StatusReport.id, place).where(StatusReport.recommendation_id.in_(recommendation_ids)).subquery("ranked")
    )
    rows = db.session.scalars(
        select(StatusReport)
        .join(ranked, ranked.c.id == StatusReport.id)
        .where(ranked.c.place == 1)
        .options(joinedload(StatusReport.reported_by))
    )
    return {row.recommendation_id: row for row in rows}


def list_reports(recommendation_ids: Collection[int]) -> dict[int, list[StatusReport]]:
    """All reports of recommendations, the one that counts first; one statement."""
    rows = db.session.scalars(
        select(StatusReport)
        .where(StatusReport.recommendation_id.in_(recommendation_ids))
        .options(joinedload(StatusReport.reported_by))
        .order_by(StatusReport.recommendation_id, *NEWEST_FIRST)
    )
    return _by_recommendation(rows)


def _by_recommendation(rows: Iterable[StatusReport]) -> dict[int, list[StatusReport]]:
    found: dict[int, list[StatusReport]] = {}
    for row in rows:
        found.setdefault(row.recommendation_id, []).append(row)
    return found


def publications(municipality: Municipality) -> dict[int, datetime]:
    """When each published conference of a municipality first published its paper, by conference id."""
    rows = db.session.execute(
        select(Conference.id, func.min(PaperVersion.published_at))
        .join(StrategyPaper, StrategyPaper.conference_id == Conference.id)
        .join(PaperVersion, PaperVersion.paper_id == StrategyPaper.id)
        .where(Conference.municipality_id == municipality.id, PaperVersion.published_at.is_not(None))
        .group_by(Conference.id)
        .order_by(Conference.id)
    )
    return dict(rows.all())
