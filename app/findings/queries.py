"""Reads of the findings floor."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Municipality
from app.core.collation import sort_key
from app.core.errors import NotFound
from app.extensions import db
from app.findings.models import FindingLimits, NeedLink


def _links(municipality: Municipality):
    return (
        select(NeedLink)
        .where(NeedLink.municipality_id == municipality.id)
        .options(joinedload(NeedLink.indicator), joinedload(NeedLink.population))
    )


def list_need_links(municipality: Municipality) -> list[NeedLink]:
    """The need links with their indicators, by category and target group."""
    found = db.session.scalars(_links(municipality))
    return sorted(found, key=lambda link: (sort_key(link.category), link.target_group, link.id))


def get_need_link(municipality: Municipality, need_link_id: int) -> NeedLink:
    """A need link of the municipality with its indicators; raises NotFound."""
    link = db.session.scalar(_links(municipality).where(NeedLink.id == need_link_id))
    if link is None:
        raise NotFound(need_link_id)
    return link


def find_need_link(municipality: Municipality, category: str, target_group: str) -> NeedLink | None:
    """The need link of a category and target group."""
    return db.session.scalar(
        _links(municipality).where(NeedLink.category == category, NeedLink.target_group == target_group)
    )


def find_limits(municipality: Municipality) -> FindingLimits | None:
    """The limits a municipality set for itself."""
    return db.session.scalar(select(FindingLimits).where(FindingLimits.municipality_id == municipality.id))
