"""Reads about duplicates: proposals, pairs told apart, what was merged."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.accounts.models import Municipality, User
from app.core.collation import sort_key
from app.core.errors import NotFound
from app.extensions import db
from app.institutions.duplicates import Lookup, Profile, propose
from app.institutions.models import Institution, InstitutionMerge, KeptApart
from app.institutions.queries import list_institutions


@dataclass(frozen=True)
class Pair:
    """Two institutions that might be one, with the reasons in words."""

    lower: Institution
    higher: Institution
    reasons: tuple[str, ...]


def profile_of(row: Institution) -> Profile:
    """What the search for duplicates looks at (areas and contacts loaded)."""
    return Profile(
        row.id,
        row.name,
        row.short_name,
        row.umbrella,
        frozenset(area.id for area in row.areas),
        frozenset(contact.email.casefold() for contact in row.contacts if contact.email),
    )


def list_proposals(municipality: Municipality) -> list[Pair]:
    """Pairs worth a look that nobody told apart, most alike first."""
    rows = {row.id: row for row in list_institutions(municipality)}
    apart = {(one.lower_id, one.higher_id) for one in _kept_apart(municipality)}
    found = propose([profile_of(row) for row in rows.values()], apart)
    return [Pair(rows[one.lower], rows[one.higher], one.reasons) for one in found]


def list_resembling(municipality: Municipality, name: str, email: str = "") -> list[Institution]:
    """Institutions somebody new might be, most alike first."""
    rows = {row.id: row for row in list_institutions(municipality)}
    emails = frozenset({email.casefold()} if email else ())
    lookup = Lookup([profile_of(row) for row in rows.values()])
    return [rows[one.id] for one in lookup.resembling(Profile(0, name, emails=emails), most=5)]


def _kept_apart(municipality: Municipality) -> list[KeptApart]:
    statement = select(KeptApart).join(Institution, Institution.id == KeptApart.lower_id)
    return list(db.session.scalars(statement.where(Institution.municipality_id == municipality.id)))


def list_kept_apart(municipality: Municipality) -> list[tuple[Institution, Institution]]:
    """Pairs a person told apart, in German order; those of merged institutions are left out."""
    lower, higher = aliased(Institution), aliased(Institution)
    rows = db.session.execute(
        select(lower, higher)
        .join(KeptApart, KeptApart.lower_id == lower.id)
        .join(higher, higher.id == KeptApart.higher_id)
        .where(
            lower.municipality_id == municipality.id, lower.merged_into_id.is_(None), higher.merged_into_id.is_(None)
        )
    )
    return sorted((tuple(row) for row in rows), key=lambda pair: (sort_key(pair[0].name, pair[1].name), pair[0].id))


def pair_of(one: Institution, other: Institution) -> tuple[int, int]:
    """The ids, the lower one first."""
    return (one.id, other.id) if one.id < other.id else (other.id, one.id)


def find_kept_apart(lower_id: int, higher_id: int) -> KeptApart | None:
    """The note that two were told apart, or None."""
    return db.session.get(KeptApart, (lower_id, higher_id))


def find_other_named(institution: Institution, name: str) -> Institution | None:
    """Another institution of the same municipality with a name, or None."""
    return db.session.scalar(
        select(Institution)
        .where(
            Institution.municipality_id == institution.municipality_id,
            Institution.name == name,
            Institution.id != institution.id,
        )
        .limit(1)
    )


def list_merges(municipality: Municipality) -> list[tuple[InstitutionMerge, User | None]]:
    """What was merged, with both institutions and who did it, the latest first."""
    rows = db.session.execute(
        select(InstitutionMerge, User)
        .outerjoin(User, User.id == InstitutionMerge.merged_by_id)
        .where(InstitutionMerge.municipality_id == municipality.id)
        .options(joinedload(InstitutionMerge.kept), joinedload(InstitutionMerge.merged))
        .order_by(InstitutionMerge.merged_at.desc(), InstitutionMerge.id.desc())
    )
    return [tuple(row) for row in rows]


def get_merge(municipality: Municipality, merge_id: int) -> InstitutionMerge:
    """A merge with areas and contacts of both institutions; raises NotFound."""
    loaded = [
        joinedload(side).options(selectinload(Institution.areas), selectinload(Institution.contacts))
        for side in (InstitutionMerge.kept, InstitutionMerge.merged)
    ]
    merge = db.session.scalar(
        select(InstitutionMerge)
        .where(InstitutionMerge.municipality_id == municipality.id, InstitutionMerge.id == merge_id)
        .options(*loaded)
    )
    if merge is None:
        raise NotFound(merge_id)
    return merge


def list_merged_into(institution: Institution) -> list[Institution]:
    """What was merged into an institution directly, in German order."""
    found = db.session.scalars(select(Institution).where(Institution.merged_into_id == institution.id))
    return sorted(found, key=lambda row: (sort_key(row.name), row.id))
