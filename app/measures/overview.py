"""The overview of all published recommendations, read in a bounded number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.accounts.models import Municipality
from app.areas.models import Area
from app.consolidation.evidence_queries import areas_of
from app.consolidation.models import Recommendation
from app.consolidation.queries import list_recommendations
from app.core.clock import local_date
from app.core.collation import sort_key
from app.institutions.models import Institution
from app.measures import queries, rules
from app.measures.models import StatusReport


@dataclass(frozen=True)
class Line:
    """One recommendation with the report that counts and whether it waits for word."""

    recommendation: Recommendation
    report: StatusReport | None
    waiting: bool


@dataclass(frozen=True)
class Overview:
    """The lines that pass the filters, and what can be filtered by."""

    chosen: rules.OverviewFilter
    lines: Sequence[Line]
    total: int
    waiting: int
    areas: Sequence[Area]
    leads: Sequence[Institution]


def read(municipality: Municipality, chosen: rules.OverviewFilter, now: datetime) -> Overview:
    """All recommendations of published conferences, latest conference first, with the filters applied."""
    published = queries.publications(municipality)
    rows = sorted(
        list_recommendations(published.keys()),
        key=lambda row: (-row.conference.starts_at.timestamp(), row.conference_id, row.number),
    )
    reports = queries.latest_reports([row.id for row in rows])
    every = [_line(row, reports.get(row.id), published[row.conference_id], now) for row in rows]
    areas = {area.id: area for row in rows for area in areas_of(row)}
    leads = {row.lead.id: row.lead for row in rows if row.lead}
    return Overview(
        chosen=chosen,
        lines=[line for line in every if _passes(chosen, line)],
        total=len(every),
        waiting=sum(line.waiting for line in every),
        areas=sorted(areas.values(), key=lambda area: (area.code, area.id)),
        leads=sorted(leads.values(), key=lambda lead: (sort_key(lead.name), lead.id)),
    )


def _line(row: Recommendation, report: StatusReport | None, published: datetime, now: datetime) -> Line:
    waiting = rules.is_waiting(
        status=report.status if report else None,
        last_heard=report.as_of if report else local_date(published),
        today=local_date(now),
    )
    return Line(row, report, waiting)


def _passes(chosen: rules.OverviewFilter, line: Line) -> bool:
    return rules.fits(
        chosen,
        status=line.report.status if line.report else None,
        area_ids=[area.id for area in areas_of(line.recommendation)],
        lead_id=line.recommendation.lead_id,
        waiting=line.waiting,
    )
