"""How the invitation to one institution reads: its recipient, the values of the placeholders, the finished mail."""

from collections.abc import Sequence

from app.accounts.models import Municipality
from app.conferences.models import Conference
from app.core import german
from app.core.mail import valid_address
from app.institutions.models import Contact, Institution
from app.invitations import letter as letters
from app.invitations.letter import Letter

HIDDEN_SECRET = "persönlicher-link"  # noqa: S105 -- shown in previews in place of a secret


def recipient(contacts: Sequence[Contact]) -> Contact | None:
    """The first contact one can write to, or None."""
    return next((contact for contact in contacts if valid_address(contact.email)), None)


def answer_link(base_url: str, token: str) -> str:
    """The address of the public answer page."""
    return f"{base_url.rstrip('/')}/e/{token}"


def place(conference: Conference) -> str:
    """Venue with address in one line."""
    return ", ".join(filter(None, [conference.venue, conference.venue_address])) or "Ort wird noch mitgeteilt"


def times(conference: Conference) -> str:
    """„14:00 bis 17:45 Uhr“."""
    return f"{german.clock_time(conference.starts_at)} bis {german.clock_time(conference.ends_at)} Uhr"


def default_sender(municipality: Municipality) -> str:
    """Who invites while nobody has written something better."""
    return f"Sozialplanung {municipality.name}"


def write(
    *, letter: Letter, conference: Conference, institution: Institution, contact: Contact, link: str
) -> tuple[str, str]:
    """Subject and body of the mail to one contact."""
    values = {
        "anrede": letters.salutation(contact.salutation, contact.last_name, contact.name),
        "institution": institution.name,
        "konferenz": conference.title,
        "datum": german.long_day(conference.starts_at),
        "uhrzeit": times(conference),
        "ort": place(conference),
        "link": link,
        "frist": german.long_day(letter.reply_by),
        "absender": letter.sender,
    }
    return letters.write(letter, values)


def preview(*, letter: Letter, conference: Conference, institution: Institution, base_url: str) -> tuple[str, str, str]:
    """Recipient, subject and body as this institution would get them, without a working link."""
    contact = recipient(institution.contacts) or Contact(salutation="", first_name="", last_name="", email="")
    link = answer_link(base_url, HIDDEN_SECRET)
    return contact.email, *write(
        letter=letter, conference=conference, institution=institution, contact=contact, link=link
    )
