"""Who is signed in: one query per request, idle and absolute limits, gone with the account."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Flask, session
from flask_login import UserMixin, login_user, logout_user

from app.accounts import queries
from app.accounts.enums import Role
from app.accounts.models import Membership, Municipality, User
from app.core import clock
from app.extensions import login

IDLE_LIMIT = timedelta(hours=3)
ABSOLUTE_LIMIT = timedelta(hours=12)


@dataclass(frozen=True, eq=False)
class SignedIn(UserMixin):
    """What pages need to know of the signed-in person: `current_user.municipality`, `.role`, `.user`."""

    user: User
    municipality: Municipality
    role: Role
    membership_id: int

    def get_id(self) -> str:
        """What Flask-Login keeps in the session: the membership, hence person and municipality."""
        return str(self.membership_id)


def init_app(app: Flask) -> None:
    """Let Flask-Login find people here."""
    login.session_protection = None  # it would hash the address
    login.user_loader(_load)
    app.jinja_env.globals["Role"] = Role


def begin(membership: Membership, now: datetime) -> None:
    """Start a fresh session for a membership whose user and municipality are loaded."""
    session.clear()
    session["began"] = session["seen"] = int(now.timestamp())
    login_user(_signed_in(membership))


def end() -> None:
    """Sign out and forget everything."""
    logout_user()
    session.clear()


def _load(membership_id: str) -> SignedIn | None:
    now = clock.now()
    if not membership_id.isdecimal() or _is_over(now):
        return None
    membership = queries.find_active_membership(int(membership_id))
    if membership is None:
        return None
    if now.timestamp() - session["seen"] > 60:
        session["seen"] = int(now.timestamp())
    return _signed_in(membership)


def _is_over(now: datetime) -> bool:
    try:
        began = datetime.fromtimestamp(session["began"], UTC)
        seen = datetime.fromtimestamp(session["seen"], UTC)
    except KeyError:
        return True
    return now - began > ABSOLUTE_LIMIT or now - seen > IDLE_LIMIT


def _signed_in(membership: Membership) -> SignedIn:
    return SignedIn(membership.user, membership.municipality, membership.role, membership.id)
