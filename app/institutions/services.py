"""Acts of the directory."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.accounts.models import Municipality
from app.areas.models import Area
from app.core.errors import RuleBroken
from app.core.mail import valid_address
from app.core.turns import take_turn
from app.extensions import db
from app.institutions import queries
from app.institutions.enums import InstitutionType
from app.institutions.models import Contact, Institution


class NameTaken(RuleBroken):
    """Another institution of the municipality has this name."""


@dataclass(frozen=True)
class ContactDetails:
    """What is known of a contact person; `id` is None for somebody new."""

    last_name: str
    first_name: str = ""
    salutation: str = ""
    role: str = ""
    email: str = ""
    id: int | None = None


def create_institution(
    *,
    municipality: Municipality,
    name: str,
    type: InstitutionType,  # noqa: A002 -- the field's word, as on the model
    short_name: str = "",
    umbrella: str = "",
    note: str = "",
    areas: Sequence[Area] = (),
    contacts: Sequence[ContactDetails] = (),
) -> Institution:
    """Add an institution; without areas it works town-wide. Raises NameTaken, or RuleBroken for a bad address."""
    row = Institution(
        municipality_id=municipality.id,
        name=_free_name(municipality, name),
        short_name=short_name,
        type=type,
        umbrella=umbrella,
        note=note,
        areas=list(areas),
        contacts=[],
    )
    _set_contacts(row, contacts)
    db.session.add(row)
    db.session.flush()
    return row


def update_institution(
    *,
    municipality: Municipality,
    institution: Institution,
    name: str,
    type: InstitutionType,  # noqa: A002 -- the field's word, as on the model
    short_name: str = "",
    umbrella: str = "",
    note: str = "",
    areas: Sequence[Area] = (),
    contacts: Sequence[ContactDetails] = (),
) -> None:
    """Change an institution; contacts not in `contacts` are removed.

    The institution comes with areas and contacts loaded. Raises NameTaken, or RuleBroken for a bad address.
    """
    institution.name = _free_name(municipality, name, except_for=institution)
    institution.type = type
    institution.short_name = short_name
    institution.umbrella = umbrella
    institution.note = note
    institution.areas = list(areas)
    _set_contacts(institution, contacts)
    db.session.flush()


def add_contact(*, institution: Institution, details: ContactDetails) -> Contact:
    """Add a person at the end of the institution's contacts (loaded). Raises RuleBroken for a bad address."""
    contact = Contact(position=len(institution.contacts))
    _fill(contact, details)
    institution.contacts.append(contact)
    db.session.flush()
    return contact


def _free_name(municipality: Municipality, name: str, except_for: Institution | None = None) -> str:
    name = " ".join(name.split())
    if not name:
        raise RuleBroken(_("Geben Sie den Namen der Institution ein."))
    take_turn(Municipality, municipality.id)
    other = queries.find_institution_named(municipality, name)
    if other is not None and other is not except_for:
        raise NameTaken(
            _(
                "„%(name)s“ steht schon im Verzeichnis. Ergänzen Sie den Namen oder bearbeiten Sie den Eintrag.",
                name=name,
            )
        )
    return name


def _set_contacts(institution: Institution, contacts: Sequence[ContactDetails]) -> None:
    known = {contact.id: contact for contact in institution.contacts}
    kept = []
    for position, details in enumerate(contacts):
        contact = known.get(details.id) or Contact()
        contact.position = position
        _fill(contact, details)
        kept.append(contact)
    institution.contacts = kept


def _fill(contact: Contact, details: ContactDetails) -> None:
    email = details.email.strip()
    if not details.last_name.strip():
        raise RuleBroken(_("Geben Sie den Nachnamen der Kontaktperson ein."))
    if email and not valid_address(email):
        raise RuleBroken(_("„%(email)s“ ist keine E-Mail-Adresse.", email=email))
    contact.salutation = details.salutation
    contact.first_name = details.first_name.strip()
    contact.last_name = details.last_name.strip()
    contact.role = details.role.strip()
    contact.email = email
