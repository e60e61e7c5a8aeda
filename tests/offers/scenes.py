"""What happens before the tests of the Sozialatlas: offers, and a provider who was asked."""

import re
from datetime import timedelta

from app.accounts.models import Membership, Municipality, User
from app.areas import queries as areas
from app.core import clock, tokens
from app.extensions import db
from app.institutions.queries import get_institution
from app.offers import link_services, queries
from app.offers.models import Offer, ProviderLink
from tests import factories


def home_of(town) -> Municipality:
    """The town's municipality in the current session."""
    return areas.get_municipality_meant(town.slug)


def offer(app, town, name: str = "Elterncafé", **fields) -> int:
    """An offer of the town's institution; returns its id."""
    with app.app_context():
        provider = get_institution(home_of(town), fields.pop("institution_id", town.institution))
        made = factories.offer(provider, name, **fields).id
        db.session.commit()
    return made


def asked(app, town, now=None, institution_id=None) -> str:
    """A link for the town's institution, asked just now; returns its secret."""
    with app.app_context():
        home = home_of(town)
        member = db.session.get(Membership, town.organiser)
        (link,) = link_services.ask_providers(
            municipality=home,
            institutions=[get_institution(home, institution_id or town.institution)],
            reply_by=(now or clock.now()).date() + timedelta(days=20),
            note="",
            user=db.session.get(User, member.user_id),
            base_url="https://stadt.example",
            now=now or clock.now(),
        )
        token = re.search(r"/a/(\S+)", link.mail.body)[1]
        db.session.commit()
    return token


def look(client, token: str, path: str = "/"):
    """What a provider sees behind a link: the page itself, or that the link is dead."""
    entered = client.get(f"/a/{token}")
    return client.get(f"/a{path}") if entered.status_code == 303 else entered


def send(client, token: str, path: str, data: dict | None = None):
    """Post a form of the provider's pages as a browser that followed the link does."""
    client.get(f"/a/{token}")
    return client.submit(f"/a{path}", {"link": tokens.digest(token)[:16], **(data or {})})


def read(offer_id: int) -> Offer:
    """An offer as the database holds it."""
    return db.session.get(Offer, offer_id)


def links() -> list[ProviderLink]:
    """All links, oldest first."""
    return list(db.session.scalars(db.select(ProviderLink).order_by(ProviderLink.id)))


def rows() -> dict[str, list]:
    """Every row of every table."""
    return {
        table.name: [tuple(row) for row in db.session.execute(table.select())] for table in db.metadata.sorted_tables
    }


__all__ = ["asked", "get_institution", "home_of", "links", "look", "offer", "queries", "read", "rows", "send"]
