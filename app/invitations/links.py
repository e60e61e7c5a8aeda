"""Personal links of invitations and registered persons: made with every mail, revoked one by one or all together."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from app.core import tokens
from app.core.errors import NotFound
from app.extensions import db
from app.invitations.models import Invitation, PersonalLink, Registration

OPEN_AFTERWARDS = timedelta(days=90)
"""How long after the conference a link still opens its page: to look, and to say how it was."""


def new_link(owner: Invitation | Registration, now: datetime) -> str:
    """The secret of a new link (192 bit); only its SHA-256 is stored. The owner has been flushed."""
    token = tokens.new_link_token()
    column = "invitation_id" if isinstance(owner, Invitation) else "registration_id"
    db.session.add(PersonalLink(digest=tokens.digest(token), created_at=now, **{column: owner.id}))
    return token


def revoke_links(owner: Invitation | Registration, now: datetime) -> int:
    """Let every link of an invitation or person go dead; returns how many were alive."""
    mine = PersonalLink.invitation_id if isinstance(owner, Invitation) else PersonalLink.registration_id
    revoked = db.session.execute(
        update(PersonalLink).where(mine == owner.id, PersonalLink.revoked_at.is_(None)).values(revoked_at=now)
    )
    return revoked.rowcount


def get_link(token: str) -> PersonalLink:
    """The living link of a secret; raises NotFound. Whether it is too late is for whoever knows the conference."""
    row = db.session.scalar(
        select(PersonalLink).where(PersonalLink.digest == tokens.digest(token), PersonalLink.revoked_at.is_(None))
    )
    if row is None:
        raise NotFound("link")
    return row


def is_over(ends_at: datetime, now: datetime) -> bool:
    """Whether links to a conference that ended at a moment open nothing any more."""
    return now > ends_at + OPEN_AFTERWARDS
