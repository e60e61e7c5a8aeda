"""Acts around the wish to be invited next time: ask, take into the directory, decline, think again."""

from datetime import datetime

from flask_babel import gettext as _

from app.accounts.models import Municipality
from app.areas.models import Area
from app.core.errors import RuleBroken
from app.core.german import day
from app.core.letters import one_line, plain_text
from app.core.mail import valid_address
from app.core.turns import take_turn
from app.extensions import db
from app.institutions import request_queries, rules, services
from app.institutions.enums import InstitutionType, LegalBasis, RequestState
from app.institutions.models import Institution, InviteRequest
from app.institutions.services import ContactDetails

MOST_WAITING = 500  # a form open to the world must not fill the database


def ask_to_be_invited(
    *,
    municipality: Municipality,
    institution_name: str,
    email: str,
    person_name: str = "",
    area: Area | None = None,
    topics: str = "",
    message: str = "",
    now: datetime,
) -> InviteRequest:
    """Keep a request; the same institution from the same address again only brings the earlier one up to date.

    Raises RuleBroken for an empty name, a bad address, and when very many wait already.
    """
    name, email = one_line(institution_name)[:160], email.strip()
    if not name:
        raise RuleBroken(_("Geben Sie den Namen Ihrer Einrichtung ein."))
    if not valid_address(email):
        raise RuleBroken(_("Das ist keine E-Mail-Adresse. Sie sieht so aus: name@verband.de"))
    take_turn(Municipality, municipality.id)
    row = request_queries.find_same_waiting(municipality, name, email)
    if row is None:
        if request_queries.count_new_requests(municipality) >= MOST_WAITING:
            raise RuleBroken(
                _("Zurzeit liegen sehr viele Anfragen vor. Versuchen Sie es bitte in einigen Tagen noch einmal.")
            )
        row = InviteRequest(municipality_id=municipality.id, institution_name=name, email=email, created_at=now)
        db.session.add(row)
    row.person_name = one_line(person_name)[:160]
    row.area_id = area.id if area else None
    row.topics = one_line(topics)[:300]
    row.message = plain_text(message).strip()[:2000]
    db.session.flush()
    return row


def take_as_new(
    *,
    municipality: Municipality,
    request: InviteRequest,
    name: str,
    type: InstitutionType,  # noqa: A002 -- the field's word, as on the model
    contact: ContactDetails,
    now: datetime,
) -> Institution:
    """Put a new institution into the directory (area loaded). Raises NameTaken, or RuleBroken."""
    _require_new(request)
    topics = [topic for topic in rules.topics_of(request.topics) if len(topic) <= rules.LONGEST_TOPIC]
    institution = services.create_institution(
        municipality=municipality,
        name=name,
        type=type,
        areas=[request.area] if request.area else [],
        topics=topics[: rules.MOST_TOPICS],
        contacts=[contact],
    )
    _decide(request, RequestState.TAKEN, now, institution)
    return institution


def take_as_contact(
    *, request: InviteRequest, institution: Institution, contact: ContactDetails, now: datetime
) -> bool:
    """Add the person to an institution (contacts loaded); False when its address is known there already."""
    _require_new(request)
    known = {one.email.casefold() for one in institution.contacts}
    is_new = contact.email.casefold() not in known
    if is_new:
        services.add_contact(institution=institution, details=contact)
    _decide(request, RequestState.TAKEN, now, institution)
    return is_new


def decline(*, request: InviteRequest, now: datetime) -> None:
    """Do not take it over; it is deleted later."""
    _require_new(request)
    _decide(request, RequestState.DECLINED, now, None)


def think_again(*, request: InviteRequest) -> None:
    """Let a request wait again; what was put into the directory stays there."""
    request.state, request.decided_at, request.institution_id = RequestState.NEW, None, None
    db.session.flush()


def person_of(request: InviteRequest) -> ContactDetails:
    """Who asked, as the directory keeps it: the last word is taken for the last name; they asked, so they consent."""
    first, _space, last = request.person_name.rpartition(" ")
    return ContactDetails(
        last_name=last[:80],
        first_name=first[:80],
        email=request.email,
        legal_basis=LegalBasis.CONSENT,
        legal_basis_note=_("Anfrage über das Portal am %(day)s", day=day(request.created_at)),
    )


def _require_new(request: InviteRequest) -> None:
    take_turn(InviteRequest, request.id)
    db.session.refresh(request, ["state"])
    if request.state is not RequestState.NEW:
        raise RuleBroken(_("Über diese Anfrage ist schon entschieden. Laden Sie die Seite neu."))


def _decide(request: InviteRequest, state: RequestState, now: datetime, institution: Institution | None) -> None:
    request.state, request.decided_at = state, now
    request.institution_id = institution.id if institution else None
    db.session.flush()
