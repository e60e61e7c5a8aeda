"""Reads of the directory."""

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from app.accounts.models import Municipality
from app.areas.models import Area
from app.areas.queries import area_tree
from app.core.collation import contains, sort_key
from app.core.errors import NotFound
from app.extensions import db
from app.institutions.enums import InstitutionType
from app.institutions.models import Institution

LOADED = (selectinload(Institution.areas), selectinload(Institution.contacts))


def list_institutions(
    municipality: Municipality,
    search: str = "",
    type: InstitutionType | None = None,  # noqa: A002 -- the field's word, as on the model
    area: Area | None = None,
) -> list[Institution]:
    """Institutions with areas and contacts in German order.

    `search` looks into name, short name, umbrella and contact names. `area` also finds those who work in an area
    around it, within it, or town-wide.
    """
    statement = select(Institution).where(Institution.municipality_id == municipality.id).options(*LOADED)
    if type is not None:
        statement = statement.where(Institution.type == type)
    if area is not None:
        related = area_tree(area.scheme_id).related(area.id)
        statement = statement.where(or_(Institution.areas.any(Area.id.in_(related)), ~Institution.areas.any()))
    found = [row for row in db.session.scalars(statement) if contains(_searchable(row), search)]
    return sorted(found, key=lambda row: (sort_key(row.name), row.id))


def list_departments(municipality: Municipality) -> list[Institution]:
    """The departments of the administration in German order."""
    return list_institutions(municipality, type=InstitutionType.DEPARTMENT)


def count_institutions(municipality: Municipality) -> int:
    """How many institutions the directory holds."""
    return db.session.scalar(select(func.count(Institution.id)).where(Institution.municipality_id == municipality.id))


def get_institution(municipality: Municipality, institution_id: int) -> Institution:
    """One institution with areas and contacts; raises NotFound."""
    row = db.session.scalar(
        select(Institution)
        .where(Institution.municipality_id == municipality.id, Institution.id == institution_id)
        .options(*LOADED)
    )
    if row is None:
        raise NotFound(institution_id)
    return row


def find_institution_named(municipality: Municipality, name: str) -> Institution | None:
    """The institution with a name, whatever its case, or None."""
    return db.session.scalar(
        select(Institution)
        .where(
            Institution.municipality_id == municipality.id,
            or_(Institution.name == name, func.lower(Institution.name) == name.lower()),
        )
        .order_by(Institution.id)
        .limit(1)
    )


def _searchable(row: Institution) -> str:
    return " ".join([row.name, row.short_name, row.umbrella, *(contact.name for contact in row.contacts)])
