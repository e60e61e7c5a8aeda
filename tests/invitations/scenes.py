"""What several tests of this floor start from: a conference ahead, somebody invited, the link in the mail."""

import re
from datetime import timedelta

from sqlalchemy import select

from app.accounts.models import Membership, Municipality, User
from app.conferences.models import Conference
from app.core import clock, tokens
from app.extensions import db
from app.institutions.models import Institution
from app.institutions.queries import list_institutions
from app.invitations import services
from app.invitations.models import Invitation

BASE_URL = "https://dialog.stadt.example"


def conference_ahead(town) -> Conference:
    """The town's conference, moved to 30 days from now."""
    row = db.session.get(Conference, town.conference)
    row.starts_at = clock.now() + timedelta(days=30)
    row.ends_at = row.starts_at + timedelta(hours=4)
    db.session.flush()
    return row


def organiser_of(town) -> User:
    """The organiser as the person who acts."""
    return db.session.get(User, db.session.get(Membership, town.organiser).user_id)


def home_of(town) -> Municipality:
    """The town's municipality."""
    return db.session.get(Municipality, town.municipality)


def invite(town, *names: str) -> list[Invitation]:
    """Invite the named institutions (all without names); flushes."""
    found = list_institutions(home_of(town))
    return services.invite_institutions(
        conference=conference_ahead(town),
        municipality=home_of(town),
        institutions=[row for row in found if not names or row.name in names],
        user=organiser_of(town),
        base_url=BASE_URL,
        now=clock.now(),
    )


def invited_with_link(app, town) -> str:
    """Invite everybody and commit; the token of the first invitation."""
    with app.app_context():
        token = token_of(invite(town)[0])
        db.session.commit()
    return token


def token_of(invitation: Invitation) -> str:
    """The secret in an invitation's mail."""
    return re.search(r"/e/([\w-]+)", invitation.mail.body)[1]


def follow(client, token: str, query: str = ""):
    """Open a link as people do; the page under the clean address, in the language asked for."""
    client.get(f"/e/{token}")
    return client.get(f"/e/{query}")


def send(client, token: str, data: dict):
    """Answer by link as the page's form does."""
    client.get(f"/e/{token}")
    return client.submit("/e/", {"link": tokens.digest(token)[:16], **data})


def only_invitation() -> Invitation:
    """The single invitation in the database."""
    return db.session.scalars(select(Invitation)).one()


def institution_without_address(town, name: str) -> Institution:
    """One nobody can write to."""
    from tests import factories

    row = factories.institution(home_of(town), name)
    db.session.refresh(row, ["contacts"])
    row.contacts[0].email = ""
    db.session.flush()
    return row
