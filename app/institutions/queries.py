"""Reads of the directory. An institution that was merged into another is in no list and cannot be got."""

from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import selectinload

from app.accounts.models import Municipality
from app.areas.models import Area
from app.areas.queries import area_tree
from app.core.collation import contains, sort_key
from app.core.errors import NotFound
from app.extensions import db
from app.institutions import rules
from app.institutions.enums import InstitutionType
from app.institutions.models import Institution

LOADED = (selectinload(Institution.areas), selectinload(Institution.contacts))
LIVING = Institution.merged_into_id.is_(None)


def list_institutions(
    municipality: Municipality,
    search: str = "",
    type: InstitutionType | None = None,  # noqa: A002 -- the field's word, as on the model
    area: Area | None = None,
    *,
    topic: str = "",
    umbrella: str = "",
    unconfirmed_on: date | None = None,
) -> list[Institution]:
    """Institutions with areas and contacts in German order.

    `search` looks into names, umbrella, topics and contact names. `area` also finds those who work in an area around
    it, within it, or town-wide. `unconfirmed_on`: only those not confirmed within the twelve months before that day.
    """
    statement = select(Institution).where(Institution.municipality_id == municipality.id, LIVING).options(*LOADED)
    if type is not None:
        statement = statement.where(Institution.type == type)
    if area is not None:
        statement = statement.where(_works_in(area))
    found = [
        row
        for row in db.session.scalars(statement)
        if contains(_searchable(row), search)
        and (not topic or rules.plain(topic) in map(rules.plain, row.topics))
        and (not umbrella or rules.plain(umbrella) == rules.plain(row.umbrella))
        and (unconfirmed_on is None or not rules.is_confirmed(row.confirmed_on, unconfirmed_on))
    ]
    return sorted(found, key=lambda row: (sort_key(row.name), row.id))


def list_names_in(municipality: Municipality, area: Area) -> list[Institution]:
    """Who works in an area, around it, within it or town-wide, in German order; without areas and contacts."""
    found = db.session.scalars(
        select(Institution).where(Institution.municipality_id == municipality.id, LIVING, _works_in(area))
    )
    return sorted(found, key=lambda row: (sort_key(row.name), row.id))


def _works_in(area: Area) -> ColumnElement[bool]:
    related = area_tree(area.scheme_id).related(area.id)
    return or_(Institution.areas.any(Area.id.in_(related)), ~Institution.areas.any())


def list_departments(municipality: Municipality) -> list[Institution]:
    """The departments of the administration in German order."""
    return list_institutions(municipality, type=InstitutionType.DEPARTMENT)


def list_choices(municipality: Municipality) -> list[tuple[int, str]]:
    """Id and name of every institution, for a select field, in German order."""
    rows = db.session.execute(
        select(Institution.id, Institution.name).where(Institution.municipality_id == municipality.id, LIVING)
    )
    return sorted(((row.id, row.name) for row in rows), key=lambda row: (sort_key(row[1]), row[0]))


def list_known_words(municipality: Municipality) -> tuple[list[str], list[str]]:
    """The topics and the umbrella associations in use, both in German order; 1 statement."""
    rows = db.session.execute(
        select(Institution.topics, Institution.umbrella)
        .where(Institution.municipality_id == municipality.id, LIVING)
        .order_by(Institution.id)
    ).all()
    topics = {rules.plain(word): word for row in reversed(rows) for word in row.topics}
    umbrellas = {rules.plain(row.umbrella): row.umbrella for row in reversed(rows) if row.umbrella}
    return sorted(topics.values(), key=sort_key), sorted(umbrellas.values(), key=sort_key)


def count_institutions(municipality: Municipality) -> int:
    """How many institutions the directory holds."""
    return db.session.scalar(
        select(func.count(Institution.id)).where(Institution.municipality_id == municipality.id, LIVING)
    )


def get_institution(municipality: Municipality, institution_id: int) -> Institution:
    """One institution with areas and contacts; raises NotFound, also for one that was merged into another."""
    row = db.session.scalar(
        select(Institution)
        .where(Institution.municipality_id == municipality.id, Institution.id == institution_id, LIVING)
        .options(*LOADED)
    )
    if row is None:
        raise NotFound(institution_id)
    return row


def find_institution_named(municipality: Municipality, name: str) -> Institution | None:
    """The institution with a name, whatever its case, or None; one that was merged still has its name."""
    return db.session.scalar(
        select(Institution)
        .where(
            Institution.municipality_id == municipality.id,
            or_(Institution.name == name, func.lower(Institution.name) == name.lower()),
        )
        .order_by(Institution.merged_into_id.is_not(None), Institution.id)
        .limit(1)
    )


def find_kept_instead(municipality: Municipality, institution_id: int) -> int | None:
    """The id of the institution that one was merged into, however many times, or None when it was not merged."""
    kept = kept_ids(municipality).get(institution_id)
    return kept if kept != institution_id else None


def kept_ids(municipality: Municipality) -> dict[int, int]:
    """For every institution that was merged, the id of the one that stands for it now; 1 statement.

    For whoever shows history: what once happened to a merged one belongs to the kept one.
    """
    rows = db.session.execute(
        select(Institution.id, Institution.merged_into_id).where(
            Institution.municipality_id == municipality.id, ~LIVING
        )
    )
    steps = {row.id: row.merged_into_id for row in rows}
    return {start: _end_of(start, steps) for start in steps}


def _end_of(start: int, steps: dict[int, int]) -> int:
    seen = {start}
    at = steps[start]
    while at in steps and at not in seen:
        seen.add(at)
        at = steps[at]
    return at


def list_former_names(municipality: Municipality) -> list[tuple[int, str]]:
    """The names of merged institutions, each with the id of the one that stands for it now; 2 statements."""
    kept = kept_ids(municipality)
    rows = db.session.execute(
        select(Institution.id, Institution.name)
        .where(Institution.municipality_id == municipality.id, ~LIVING)
        .order_by(Institution.id)
    )
    return [(kept[row.id], row.name) for row in rows]


def identities(institution: Institution) -> list[int]:
    """The ids of an institution and of everything merged into it, directly or by way of another, ascending.

    History is read by these: invitations and registrations stay with the entry they were made for.
    """
    rows = db.session.execute(
        select(Institution.id, Institution.merged_into_id).where(
            Institution.municipality_id == institution.municipality_id, ~LIVING
        )
    )
    steps = {row.id: row.merged_into_id for row in rows}
    return sorted({institution.id, *(start for start in steps if _end_of(start, steps) == institution.id)})


def _searchable(row: Institution) -> str:
    people = [contact.name for contact in row.contacts]
    return " ".join([row.name, row.short_name, row.umbrella, *row.topics, *people])
