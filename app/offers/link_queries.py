"""Reads of the requests to providers."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Municipality
from app.core import tokens
from app.core.collation import sort_key
from app.core.errors import NotFound
from app.core.mail import MailMessage, MailState, is_unclear, valid_address
from app.extensions import db
from app.institutions.models import Contact, Institution
from app.offers import link_rules, rules
from app.offers.enums import LinkState
from app.offers.models import Offer, ProviderLink

MAIL_STATES = {
    MailState.DRAFT: LinkState.DRAFT,
    MailState.RELEASED: LinkState.WAITING,
    MailState.CLAIMED: LinkState.WAITING,
    MailState.SENT: LinkState.SENT,
    MailState.REFUSED: LinkState.REFUSED,
}
LOADED = (joinedload(ProviderLink.institution), joinedload(ProviderLink.mail))


@dataclass(frozen=True)
class Provider:
    """An institution with current offers, how many, and how many of them were not confirmed within a year."""

    institution: Institution
    offers: int
    stale: int
    open_link: ProviderLink | None

    @property
    def contact(self) -> Contact | None:
        """The first contact one can write to."""
        return recipient(self.institution)


def recipient(institution: Institution) -> Contact | None:
    """The first contact (loaded) one can write to, or None."""
    return next((contact for contact in institution.contacts if valid_address(contact.email)), None)


def state_of(link: ProviderLink, now: datetime) -> LinkState:
    """Where a request (mail loaded) stands."""
    return link_rules.state_of(
        now=now,
        expires_at=link.expires_at,
        answered_at=link.answered_at,
        revoked_at=link.revoked_at,
        mail_state=_mail_state(link.mail, now),
    )


def _mail_state(mail: MailMessage | None, now: datetime) -> LinkState:
    if mail is None:
        return LinkState.SENT
    return LinkState.UNCLEAR if is_unclear(mail, now) else MAIL_STATES[mail.state]


def list_links(municipality: Municipality) -> list[ProviderLink]:
    """All requests with institution and mail, in German order of the providers, newest first for each."""
    found = db.session.scalars(
        select(ProviderLink)
        .join(ProviderLink.institution)
        .where(Institution.municipality_id == municipality.id)
        .options(*LOADED)
    )
    return sorted(found, key=lambda link: (sort_key(link.institution.name), -link.id))


def get_link(municipality: Municipality, link_id: int) -> ProviderLink:
    """One request with its mail and the institution's contacts; raises NotFound."""
    link = db.session.scalar(
        select(ProviderLink)
        .join(ProviderLink.institution)
        .where(ProviderLink.id == link_id, Institution.municipality_id == municipality.id)
        .options(joinedload(ProviderLink.institution).selectinload(Institution.contacts), joinedload(ProviderLink.mail))
    )
    if link is None:
        raise NotFound(link_id)
    return link


def get_link_by_token(token: str, now: datetime, *, lock: bool = False) -> ProviderLink:
    """The link a secret belongs to, while it opens; raises NotFound. `lock` lets a second answer wait."""
    statement = (
        select(ProviderLink)
        .where(ProviderLink.token_hash == tokens.digest(token))
        .options(joinedload(ProviderLink.institution))
    )
    if lock:
        statement = statement.with_for_update(of=ProviderLink)
    link = db.session.scalar(statement)
    if link is None or not link_rules.opens(now=now, expires_at=link.expires_at, revoked_at=link.revoked_at):
        raise NotFound("token")
    return link


def get_municipality_of(link: ProviderLink) -> Municipality:
    """Whose Sozialatlas it is; raises NotFound."""
    row = db.session.get(Municipality, link.institution.municipality_id)
    if row is None:
        raise NotFound(link.id)
    return row


def list_open_links(institution_ids: list[int], now: datetime) -> list[ProviderLink]:
    """Links of some institutions that still open, with their mails, oldest first."""
    return list(
        db.session.scalars(
            select(ProviderLink)
            .where(
                ProviderLink.institution_id.in_(institution_ids),
                ProviderLink.revoked_at.is_(None),
                ProviderLink.expires_at > now,
            )
            .options(joinedload(ProviderLink.mail))
            .order_by(ProviderLink.id)
        )
    )


def list_providers(municipality: Municipality, now: datetime, today: date) -> list[Provider]:
    """Institutions with current offers, contacts loaded, in German order; 4 statements."""
    confirmed: dict[int, list[date | None]] = {}
    for institution_id, day in db.session.execute(
        select(Offer.institution_id, Offer.confirmed_on)
        .where(Offer.municipality_id == municipality.id, Offer.ended_on.is_(None))
        .order_by(Offer.id)
    ):
        confirmed.setdefault(institution_id, []).append(day)
    institutions = db.session.scalars(
        select(Institution)
        .where(
            Institution.municipality_id == municipality.id,
            Institution.id.in_(select(Offer.institution_id).where(Offer.ended_on.is_(None))),
        )
        .options(selectinload(Institution.contacts))
    )
    open_links = {
        link.institution_id: link
        for link in list_open_links(list(confirmed), now)
        if state_of(link, now) is not LinkState.ANSWERED
    }
    found = [
        Provider(
            row,
            len(confirmed[row.id]),
            sum(not rules.is_fresh(day, today) for day in confirmed[row.id]),
            open_links.get(row.id),
        )
        for row in institutions
    ]
    return sorted(found, key=lambda one: (sort_key(one.institution.name), one.institution.id))
