"""Reads of the papers floor. Readers get published versions only."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from app.accounts.models import Municipality
from app.areas.models import Area
from app.conferences.models import Conference
from app.core.errors import NotFound
from app.extensions import db
from app.papers.models import PaperSection, PaperVersion, StrategyPaper

WITH_AREA = joinedload(StrategyPaper.conference).joinedload(Conference.area)


WITH_SECTIONS = (
    WITH_AREA.options(joinedload(Area.level), joinedload(Area.scheme)),
    selectinload(StrategyPaper.sections).joinedload(PaperSection.saved_by),
)


def paper_of_conference(conference: Conference) -> StrategyPaper | None:
    """The paper of a conference with conference, area and sections in order, or None before it was begun."""
    return db.session.scalar(
        select(StrategyPaper).where(StrategyPaper.conference_id == conference.id).options(*WITH_SECTIONS)
    )


def get_paper(paper_id: int) -> StrategyPaper:
    """A paper with conference, area and sections in order; raises NotFound."""
    paper = db.session.scalar(select(StrategyPaper).where(StrategyPaper.id == paper_id).options(*WITH_SECTIONS))
    if paper is None:
        raise NotFound(paper_id)
    return paper


def get_paper_of_conference(conference: Conference) -> StrategyPaper:
    """The paper of a conference as `paper_of_conference` loads it; raises NotFound."""
    paper = paper_of_conference(conference)
    if paper is None:
        raise NotFound("paper")
    return paper


def get_section(paper: StrategyPaper, key: str) -> PaperSection:
    """One section of a loaded paper; raises NotFound."""
    section = next((section for section in paper.sections if section.key == key), None)
    if section is None:
        raise NotFound(key)
    return section


def get_section_as_saved(section: PaperSection) -> PaperSection:
    """The same section as it is stored now, with who saved it."""
    return db.session.scalars(
        select(PaperSection)
        .where(PaperSection.id == section.id)
        .options(joinedload(PaperSection.saved_by))
        .execution_options(populate_existing=True)
    ).one()


def taken_slugs(municipality: Municipality) -> set[str]:
    """The addresses of all papers of the municipality."""
    return set(db.session.scalars(select(StrategyPaper.slug).where(StrategyPaper.municipality_id == municipality.id)))


def list_versions(paper: StrategyPaper) -> list[PaperVersion]:
    """All versions of a paper without their documents, newest first, with who froze them."""
    return list(
        db.session.scalars(
            select(PaperVersion)
            .where(PaperVersion.paper_id == paper.id)
            .options(joinedload(PaperVersion.frozen_by))
            .order_by(PaperVersion.number.desc())
        )
    )


def get_version(paper: StrategyPaper, number: int) -> PaperVersion:
    """One version of a paper with its document, published or not; raises NotFound."""
    version = _find_version(PaperVersion.paper_id == paper.id, number=number)
    if version is None:
        raise NotFound(number)
    return version


def find_newest_version(paper_id: int) -> PaperVersion | None:
    """The newest version of a paper with its document, published or not."""
    return _find_version(PaperVersion.paper_id == paper_id)


def find_replaced(paper_id: int) -> PaperVersion | None:
    """The newest published version of a paper: what the next version replaces."""
    return _find_version(PaperVersion.paper_id == paper_id, PaperVersion.published_at.is_not(None))


def list_published_papers(municipality: Municipality, *, with_documents: bool = False) -> list[PaperVersion]:
    """The newest published version of each paper with paper, conference and area, the latest published first.

    Documents are large: say so when they are needed.
    """
    loading = [undefer(PaperVersion.document)] if with_documents else []
    newest = (
        select(PaperVersion.paper_id, func.max(PaperVersion.number).label("number"))
        .where(PaperVersion.published_at.is_not(None))
        .group_by(PaperVersion.paper_id)
        .subquery()
    )
    return list(
        db.session.scalars(
            select(PaperVersion)
            .join(newest, (newest.c.paper_id == PaperVersion.paper_id) & (newest.c.number == PaperVersion.number))
            .join(PaperVersion.paper)
            .where(StrategyPaper.municipality_id == municipality.id)
            .options(joinedload(PaperVersion.paper).options(WITH_AREA), *loading)
            .order_by(PaperVersion.published_at.desc(), PaperVersion.id.desc())
        )
    )


def find_published_version(
    municipality: Municipality, paper_slug: str, number: int | None = None
) -> PaperVersion | None:
    """A published version with its document and paper: the one asked for, or the newest."""
    return _find_version(
        PaperVersion.paper.has(municipality_id=municipality.id, slug=paper_slug),
        PaperVersion.published_at.is_not(None),
        number=number,
    )


def find_any_version(municipality: Municipality, paper_slug: str, number: int) -> PaperVersion | None:
    """A version with its document and paper even when it is not published: for the office only."""
    return _find_version(PaperVersion.paper.has(municipality_id=municipality.id, slug=paper_slug), number=number)


def list_published_versions(paper: StrategyPaper) -> list[tuple[int, datetime]]:
    """Number and moment of publication of a paper's published versions, newest first."""
    return [
        tuple(row)
        for row in db.session.execute(
            select(PaperVersion.number, PaperVersion.published_at)
            .where(PaperVersion.paper_id == paper.id, PaperVersion.published_at.is_not(None))
            .order_by(PaperVersion.number.desc())
        )
    ]


def _find_version(*conditions, number: int | None = None) -> PaperVersion | None:
    if number is not None:
        conditions = (*conditions, PaperVersion.number == number)
    return db.session.scalar(
        select(PaperVersion)
        .where(*conditions)
        .options(undefer(PaperVersion.document), joinedload(PaperVersion.paper), joinedload(PaperVersion.frozen_by))
        .order_by(PaperVersion.number.desc())
        .limit(1)
    )
