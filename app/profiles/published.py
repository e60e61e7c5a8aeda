"""Published papers and their recommendations, read from the frozen documents alone: later edits never show here."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.accounts.models import Municipality
from app.measures.enums import ImplementationStatus
from app.measures.models import StatusReport
from app.papers.queries import list_published_papers
from app.profiles import queries
from app.profiles.rules import concerns


@dataclass(frozen=True)
class Recommended:
    """A recommendation as it was published, with the latest report on it, if any."""

    paper: "Published"
    number: int
    title: str
    text: str
    lead: str | None
    areas: list[dict]
    report: StatusReport | None

    @property
    def status(self) -> ImplementationStatus | None:
        """Where it stands, or None without a report."""
        return self.report.status if self.report else None


@dataclass(frozen=True)
class Published:
    """The newest published version of a paper; every word comes from its frozen document."""

    conference_id: int
    slug: str
    title: str
    version: int
    published_at: datetime
    area: dict
    conference: dict
    recommendations: list[Recommended]


def list_published(municipality: Municipality) -> list[Published]:
    """All published papers with their recommendations and states, the latest published first. Two statements."""
    versions = list_published_papers(municipality, with_documents=True)
    reports = queries.reports_by_number([version.paper.conference_id for version in versions])
    return [
        _read(version.paper.conference_id, version.paper.slug, version.published_at, version.document, reports)
        for version in versions
    ]


def _read(conference_id: int, slug: str, published_at: datetime, stored: str, reports: dict) -> Published:
    document = json.loads(stored)
    paper = Published(
        conference_id=conference_id,
        slug=slug,
        title=document["title"],
        version=document["version"],
        published_at=published_at,
        area=document["area"],
        conference=document["conference"],
        recommendations=[],
    )
    paper.recommendations.extend(
        Recommended(
            paper=paper,
            number=row["number"],
            title=row["title"],
            text=row["text"],
            lead=row["lead"],
            areas=row["areas"],
            report=reports.get((conference_id, row["number"])),
        )
        for row in document["recommendations"]
    )
    return paper


def concerning(papers: Iterable[Published], related: set[tuple[str, str]]) -> list[Recommended]:
    """The recommendations that concern an area; see `rules.concerns` for `related`."""
    return [row for paper in papers for row in paper.recommendations if concerns(row.areas, paper.area, related)]
