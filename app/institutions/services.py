"""Acts of the directory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from flask_babel import gettext as _

from app.accounts.models import Municipality
from app.areas.models import Area
from app.core.errors import RuleBroken
from app.core.letters import one_line, plain_text
from app.core.mail import valid_address
from app.core.turns import take_turn
from app.extensions import db
from app.institutions import queries, rules
from app.institutions.enums import InstitutionType, LegalBasis
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
    phone: str = ""
    legal_basis: LegalBasis | None = None
    legal_basis_note: str = ""
    id: int | None = None

    @property
    def values(self) -> dict:
        """Everything but the id, by column."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "id"}


def create_institution(
    *,
    municipality: Municipality,
    name: str,
    type: InstitutionType,  # noqa: A002 -- the field's word, as on the model
    contacts: Sequence[ContactDetails] = (),
    areas: Sequence[Area] = (),
    **details,
) -> Institution:
    """Add an institution; without areas it works town-wide.

    `details` are further columns: `short_name`, `umbrella`, `note`, `topics`, `confirmed_on`. Raises NameTaken, or
    RuleBroken for a value that cannot be meant.
    """
    values = _tidied({"name": name, "type": type, "areas": areas, **details})
    values["name"] = _free_name(municipality, values["name"])
    row = Institution(municipality_id=municipality.id, contacts=[], **{"topics": [], **values})
    _set_contacts(row, contacts)
    db.session.add(row)
    db.session.flush()
    return row


def update_institution(
    *,
    municipality: Municipality,
    institution: Institution,
    contacts: Sequence[ContactDetails] = (),
    **values,
) -> None:
    """Change an institution (areas and contacts loaded); columns not named stay, contacts not in `contacts` go.

    Raises NameTaken, or RuleBroken for a value that cannot be meant.
    """
    change_institution(municipality=municipality, institution=institution, changes=values)
    _set_contacts(institution, contacts)
    db.session.flush()


def change_institution(*, municipality: Municipality, institution: Institution, changes: Mapping) -> None:
    """Set the columns named in `changes` (areas loaded). Raises NameTaken, or RuleBroken."""
    values = _tidied(changes)
    if "name" in values:
        values["name"] = _free_name(municipality, values["name"], except_for=institution)
    for name, value in values.items():
        setattr(institution, name, value)
    db.session.flush()


def confirm_institution(*, institution: Institution, today: date) -> None:
    """Note that the entry is right as it stands, as somebody there said."""
    institution.confirmed_on = today
    db.session.flush()


def add_contact(*, institution: Institution, details: ContactDetails) -> Contact:
    """Add a person at the end of the institution's contacts (loaded).

    Raises RuleBroken for a bad address and for one person too many.
    """
    if len(institution.contacts) >= rules.MOST_CONTACTS:
        raise RuleBroken(_("Mehr Kontaktpersonen kann eine Institution nicht haben. Entfernen Sie zuerst eine."))
    contact = Contact(position=1 + max((one.position for one in institution.contacts), default=-1))
    change_contact(contact=contact, changes=details.values)
    institution.contacts.append(contact)
    db.session.flush()
    return contact


def change_contact(*, contact: Contact, changes: Mapping) -> None:
    """Set the columns named in `changes`. Raises RuleBroken for a person without name or with a bad address."""
    values = {name: one_line(value) if isinstance(value, str) else value for name, value in changes.items()}
    values |= {"legal_basis": LegalBasis(values["legal_basis"])} if values.get("legal_basis") else {}
    if not values.get("last_name", contact.last_name):
        raise RuleBroken(_("Geben Sie den Nachnamen der Kontaktperson ein."))
    if values.get("email") and not valid_address(values["email"]):
        raise RuleBroken(_("„%(email)s“ ist keine E-Mail-Adresse.", email=values["email"][:254]))
    if problems := rules.too_long(values):
        raise RuleBroken(" ".join(problems.values()))
    for name, value in values.items():
        setattr(contact, name, value or (None if name == "legal_basis" else ""))


def _free_name(municipality: Municipality, name: str, except_for: Institution | None = None) -> str:
    take_turn(Municipality, municipality.id)
    with db.session.no_autoflush:
        other = queries.find_institution_named(municipality, name)
    if other is None or other is except_for:
        return name
    if other.merged_into_id is not None:
        raise NameTaken(
            _(
                "„%(name)s“ ist mit einem anderen Eintrag zusammengeführt. Trennen Sie beide wieder oder wählen Sie "
                "einen anderen Namen.",
                name=name,
            )
        )
    raise NameTaken(
        _("„%(name)s“ steht schon im Verzeichnis. Ergänzen Sie den Namen oder bearbeiten Sie den Eintrag.", name=name)
    )


def _tidied(given: Mapping) -> dict:
    """Values as the columns keep them. Raises RuleBroken with everything that is wrong."""
    values = dict(given)
    for name in {"name", "short_name", "umbrella"} & values.keys():
        values[name] = one_line(values[name] or "")
    if "note" in values:
        values["note"] = plain_text(values["note"] or "").strip()
    if "type" in values:
        values["type"] = InstitutionType(values["type"])
    if "areas" in values:
        values["areas"] = list(values["areas"])
    if "name" in values and not values["name"]:
        raise RuleBroken(_("Geben Sie den Namen der Institution ein."))
    problems = [*rules.too_long(values).values(), rules.problems_with_topics(values.get("topics") or [])]
    if values.get("confirmed_on") and not rules.is_plausible(values["confirmed_on"]):
        problems.append(_("Prüfen Sie das Jahr, in dem der Eintrag bestätigt wurde."))
    if any(problems):
        raise RuleBroken(" ".join(filter(None, problems)))
    return values


def _set_contacts(institution: Institution, contacts: Sequence[ContactDetails]) -> None:
    known = {contact.id: contact for contact in institution.contacts}
    kept = []
    for position, details in enumerate(contacts):
        contact = known.get(details.id) or Contact()
        contact.position = position
        change_contact(contact=contact, changes=details.values)
        kept.append(contact)
    institution.contacts = kept
