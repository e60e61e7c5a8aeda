"""Acts of the accounts floor."""

import re
from datetime import datetime

from app.accounts import passwords, queries
from app.accounts.enums import Role
from app.accounts.models import AuditEntry, Membership, Municipality, User
from app.core.errors import RuleBroken
from app.core.mail import valid_address
from app.extensions import db


def create_municipality(*, slug: str, name: str, **settings) -> Municipality:
    """Add a municipality. Raises RuleBroken for a taken or unusable slug."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise RuleBroken("Das Kürzel darf nur Kleinbuchstaben, Ziffern und einzelne Bindestriche enthalten.")
    if queries.find_municipality(slug):
        raise RuleBroken(f"Das Kürzel „{slug}“ ist schon vergeben.")
    municipality = Municipality(slug=slug, name=name, **settings)
    db.session.add(municipality)
    db.session.flush()
    return municipality


def create_user(*, email: str, name: str, password: str, municipality: Municipality, role: Role, now: datetime) -> User:
    """Add a person with a role. Raises RuleBroken for an unusable address or password."""
    email = email.strip().lower()
    if not valid_address(email):
        raise RuleBroken(f"„{email}“ ist keine E-Mail-Adresse.")
    if queries.find_user(email):
        raise RuleBroken(f"{email} hat schon einen Zugang.")
    if reason := passwords.refusal(password):
        raise RuleBroken(reason)
    user = User(email=email, name=name, password_hash=passwords.hash_password(password), created_at=now)
    db.session.add(user)
    db.session.flush()
    db.session.add(Membership(user_id=user.id, municipality_id=municipality.id, role=role))
    db.session.flush()
    return user


def check_sign_in(*, email: str, password: str) -> Membership | None:
    """The first membership of the person whose address and password fit, or None."""
    user = queries.find_user(email)
    if not passwords.matches(password, user.password_hash if user and user.active else None):
        return None
    memberships = queries.list_memberships(user)
    return memberships[0] if memberships else None


def note_act(*, municipality_id: int, user: User | None, action: str, sentence: str, now: datetime) -> None:
    """Write one line into the trail of acts; `sentence` names things, never people outside the administration."""
    db.session.add(
        AuditEntry(
            municipality_id=municipality_id,
            user_id=user.id if user else None,
            at=now,
            action=action,
            sentence=sentence,
        )
    )
