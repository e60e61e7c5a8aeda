"""Acts around the links of providers: write requests, release, revoke, reissue, and what providers answer."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from app.accounts.models import Municipality, User
from app.accounts.services import note_act
from app.core import clock, mail, tokens
from app.core.errors import RuleBroken
from app.core.letters import salutation
from app.core.mail import NOT_OUT, MailMessage, MailState
from app.core.turns import take_turn
from app.extensions import db
from app.institutions.models import Institution
from app.offers import letter as letters
from app.offers import link_queries, link_rules, queries, services
from app.offers.exchange import BY_FIELD
from app.offers.letter import Request
from app.offers.models import Offer, ProviderLink


def ask_providers(
    *,
    municipality: Municipality,
    institutions: Sequence[Institution],
    reply_by: date,
    note: str,
    user: User,
    base_url: str,
    now: datetime,
) -> list[ProviderLink]:
    """Make a link for each institution (contacts loaded) and write its mail for review.

    An earlier link of the same institution stops working. Those without a usable address or without current offers
    are left out. Raises RuleBroken for a day to answer by that is past or beyond the life of the link.
    """
    expires_at = now + link_rules.VALID_FOR
    if not clock.local_date(now) <= reply_by <= clock.local_date(expires_at):
        raise RuleBroken("Der Tag liegt in der Vergangenheit oder nach dem Ablauf des Links. Wählen Sie einen anderen.")
    request = Request(municipality.name, reply_by, clock.local_date(expires_at), note)
    asked = []
    for institution in institutions:
        count = sum(offer.ended_on is None for offer in queries.list_offers_of_provider(institution))
        if count and link_queries.recipient(institution) is not None:
            asked.append(_new_link(institution, request, count, base_url, now))
    if asked:
        count = "Einen Träger" if len(asked) == 1 else f"{len(asked)} Träger"
        _note(
            municipality.id, user, "provider.asked", f"{count} um Prüfung der Angebote gebeten (Mails verfasst).", now
        )
    db.session.flush()
    return asked


def reissue_link(
    *, municipality: Municipality, link: ProviderLink, user: User, base_url: str, now: datetime
) -> ProviderLink:
    """Write to a provider again with a new link; the old one dies. Raises RuleBroken without address or offers."""
    name = link.institution.name
    again = ask_providers(
        municipality=municipality,
        institutions=[link.institution],
        reply_by=clock.local_date(now + link_rules.REPLY_WITHIN),
        note="",
        user=user,
        base_url=base_url,
        now=now,
    )
    if not again:
        raise RuleBroken(f"{name} hat keine laufenden Angebote oder keine gültige E-Mail-Adresse im Verzeichnis.")
    return again[0]


def release_requests(*, municipality: Municipality, links: Iterable[ProviderLink], user: User, now: datetime) -> int:
    """Let reviewed mails leave with the next delivery; returns how many. Others than drafts are left alone."""
    drafts = [
        link.mail
        for link in links
        if link.revoked_at is None and link.mail is not None and link.mail.state is MailState.DRAFT
    ]
    for message in drafts:
        mail.release(message)
    if drafts:
        count = "Eine Mail" if len(drafts) == 1 else f"{len(drafts)} Mails"
        _note(municipality.id, user, "mail.released", f"{count} an Träger von Angeboten freigegeben.", now)
    db.session.flush()
    return len(drafts)


def revoke_link(*, municipality: Municipality, link: ProviderLink, user: User, now: datetime) -> None:
    """Make a link useless; its mail goes when it has not left. Raises RuleBroken when it is revoked already."""
    if link.revoked_at is not None:
        raise RuleBroken("Dieser Link ist schon widerrufen.")
    _retire(link, now)
    _note(municipality.id, user, "link.revoked", f"Link für {link.institution.name} widerrufen.", now)
    db.session.flush()


def confirm_by_link(*, link: ProviderLink, offers: Iterable[Offer], now: datetime) -> int:
    """The provider says that entries are right; returns how many."""
    count = services.confirm_offers(offers=_own(link, offers), today=clock.local_date(now))
    what = "ein Angebot" if count == 1 else f"{count} Angebote"
    _answered(link, "offer.confirmed", f"{link.institution.name} hat {what} bestätigt.", now)
    return count


def correct_by_link(*, link: ProviderLink, offer: Offer, changes: Mapping, now: datetime) -> list[str]:
    """The provider corrects an entry, which thereby is confirmed; returns the columns that changed.

    The trail names the columns, never their content. Raises RuleBroken for a value nobody can mean.
    """
    (offer,) = _own(link, [offer])
    if offer.ended_on is not None:
        raise RuleBroken("Dieses Angebot ist beendet. Nehmen Sie das zuerst zurück.")
    changed = services.change_offer(offer=offer, changes=changes)
    services.confirm_offers(offers=[offer], today=clock.local_date(now))
    named = ", ".join(BY_FIELD[name].title for name in sorted(changed)) or "nichts geändert"
    _answered(link, "offer.corrected", f"Angebot „{offer.name}“ vom Träger geprüft: {named}.", now)
    return changed


def end_by_link(*, link: ProviderLink, offer: Offer, now: datetime) -> None:
    """The provider says that an offer is no longer there."""
    (offer,) = _own(link, [offer])
    today = clock.local_date(now)
    if offer.ended_on is None:
        services.end_offer(offer=offer, on=today, today=today)
    _answered(link, "offer.ended", f"Angebot „{offer.name}“ vom Träger beendet.", now)


def resume_by_link(*, link: ProviderLink, offer: Offer, now: datetime) -> None:
    """The provider takes back that an offer ended. Raises NameTaken when another one has its name by now."""
    (offer,) = _own(link, [offer])
    services.resume_offer(offer=offer)
    _answered(link, "offer.resumed", f"Angebot „{offer.name}“ läuft laut Träger weiter.", now)


def propose_by_link(*, municipality: Municipality, link: ProviderLink, details: Mapping, now: datetime) -> Offer:
    """The provider adds an offer that was missing; it counts as confirmed today.

    Raises NameTaken, or RuleBroken for a value nobody can mean and beyond the most offers one provider may have.
    """
    take_turn(Institution, link.institution_id)
    if queries.count_offers_of_provider(link.institution) >= link_rules.MOST_OFFERS:
        raise RuleBroken(f"Mehr als {link_rules.MOST_OFFERS} Angebote nehmen wir nur direkt an. Schreiben Sie uns.")
    offer = services.create_offer(
        municipality=municipality,
        institution=link.institution,
        confirmed_on=clock.local_date(now),
        **details,
    )
    _answered(link, "offer.added", f"{link.institution.name} hat „{offer.name}“ ergänzt.", now)
    return offer


def _new_link(institution: Institution, request: Request, count: int, base_url: str, now: datetime) -> ProviderLink:
    take_turn(Institution, institution.id)
    for earlier in link_queries.list_open_links([institution.id], now):
        _retire(earlier, now)
    token = tokens.new_link_token()
    contact = link_queries.recipient(institution)
    subject, body = letters.write(
        request,
        provider=institution.name,
        greeting=salutation(contact.salutation, contact.last_name, contact.name),
        offers=count,
        link=f"{base_url.rstrip('/')}/a/{token}",
    )
    link = ProviderLink(
        institution=institution,
        token_hash=tokens.digest(token),
        mail=mail.write_mail(recipient=contact.email, subject=subject, body=body, now=now),
        created_at=now,
        expires_at=now + link_rules.VALID_FOR,
    )
    db.session.add(link)
    return link


def _retire(link: ProviderLink, now: datetime) -> None:
    """A link that no longer opens keeps no mail that could still go out with it."""
    link.revoked_at = now
    message: MailMessage | None = link.mail
    if message is not None and message.state in NOT_OUT | {MailState.RELEASED}:
        link.mail = None
        db.session.flush()
        db.session.delete(message)


def _own(link: ProviderLink, offers: Iterable[Offer]) -> list[Offer]:
    offers = list(offers)
    if any(offer.institution_id != link.institution_id for offer in offers):
        raise RuleBroken("Dieses Angebot gehört einem anderen Träger.")
    return offers


def _answered(link: ProviderLink, action: str, sentence: str, now: datetime) -> None:
    link.answered_at = now
    _note(link.institution.municipality_id, None, action, sentence, now)
    db.session.flush()


def _note(municipality_id: int, user: User | None, action: str, sentence: str, now: datetime) -> None:
    note_act(municipality_id=municipality_id, user=user, action=action, sentence=sentence, now=now)
