"""Reads of the accounts floor."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import AuditEntry, Membership, Municipality, User
from app.core.errors import NotFound
from app.extensions import db


def get_municipality(slug: str) -> Municipality:
    """The municipality with a slug; raises NotFound."""
    municipality = find_municipality(slug)
    if municipality is None:
        raise NotFound(slug)
    return municipality


def find_municipality(slug: str) -> Municipality | None:
    """The municipality with a slug, or None."""
    return db.session.scalar(select(Municipality).where(Municipality.slug == slug))


def list_municipalities() -> list[Municipality]:
    """All municipalities by name."""
    return list(db.session.scalars(select(Municipality).order_by(Municipality.name, Municipality.id)))


def find_user(email: str) -> User | None:
    """The person with an e-mail address, whatever its case."""
    return db.session.scalar(select(User).where(User.email == email.strip().lower()))


def list_memberships(user: User) -> list[Membership]:
    """A person's memberships with their municipalities, by name."""
    return list(
        db.session.scalars(
            select(Membership)
            .where(Membership.user_id == user.id)
            .join(Membership.municipality)
            .options(joinedload(Membership.user), joinedload(Membership.municipality))
            .order_by(Municipality.name, Membership.id)
        )
    )


def find_active_membership(membership_id: int) -> Membership | None:
    """A membership whose person may still sign in, with person and municipality."""
    return db.session.scalar(
        select(Membership)
        .join(Membership.user)
        .where(Membership.id == membership_id, User.active)
        .options(joinedload(Membership.user), joinedload(Membership.municipality))
    )


def list_audit_entries(municipality: Municipality, limit: int = 200) -> list[AuditEntry]:
    """The latest acts in a municipality, newest first."""
    return list(
        db.session.scalars(
            select(AuditEntry)
            .where(AuditEntry.municipality_id == municipality.id)
            .options(joinedload(AuditEntry.user))
            .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
            .limit(limit)
        )
    )
