"""Mails of a conference apart from the invitations: written to one invitation or one registered person at a time.

Replies to what somebody did themselves leave at once, with words everybody can read beforehand; all others are
drafts until a person released them.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Municipality
from app.conferences.models import Conference
from app.core import german, mail
from app.core.bounces import paused_among
from app.core.errors import RuleBroken
from app.core.mail import MailMessage, valid_address
from app.extensions import db
from app.invitations import calendar_file, correspondence, links
from app.invitations import letter as letters
from app.invitations.enums import MailKind
from app.invitations.letter_texts import REPLIES, WORDINGS
from app.invitations.models import ConferenceMail, Invitation, Registration

WITH_CALENDAR = frozenset(
    {MailKind.CHANGE, MailKind.CANCELLATION, MailKind.BEFORE, MailKind.REGISTERED, MailKind.MOVED_UP}
)
NO_TABLE_YET = "erfahren Sie am Eingang"


@dataclass(frozen=True)
class Occasion:
    """What the mails of one act have in common. `link` stands in for the personal one, `deadline` is the {frist}."""

    kind: MailKind
    conference: Conference
    municipality: Municipality
    base_url: str
    now: datetime
    sender: str = ""
    deadline: date | None = None
    link: str = ""
    mailing_id: int | None = None

    def by(self, mailing_id: int) -> "Occasion":
        """The same for the mails of one mailing."""
        return replace(self, mailing_id=mailing_id)

    @property
    def organiser(self) -> tuple[str, str]:
        """Name and address for calendars."""
        return self.municipality.name, self.municipality.contact_email


@dataclass(frozen=True)
class Addressee:
    """Whom one mail goes to; the institution (and for invitations its contacts) has been loaded."""

    owner: Invitation | Registration
    email: str
    first_name: str
    last_name: str
    salutation: str
    institution: str
    table: str = ""

    @property
    def key(self) -> str:
        """„i12“ or „r5“."""
        return f"{'i' if isinstance(self.owner, Invitation) else 'r'}{self.owner.id}"

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


def to_person(registration: Registration, table: str = "") -> Addressee:
    """A registered person; the institution has been loaded."""
    return Addressee(
        registration,
        registration.email if valid_address(registration.email) else "",
        registration.first_name,
        registration.last_name,
        "",
        registration.comes_from,
        table,
    )


def to_institution(invitation: Invitation) -> Addressee:
    """The contact of an invited institution; institution with contacts has been loaded."""
    contact = correspondence.recipient(invitation.institution.contacts)
    if contact is None:
        return Addressee(invitation, "", "", "", "", invitation.institution.name)
    names = contact.first_name, contact.last_name, contact.salutation
    return Addressee(invitation, contact.email, *names, invitation.institution.name)


def check_text(kind: MailKind, subject: str, body: str) -> None:
    """Raises RuleBroken for a text that cannot be sent: unknown placeholders, a missing link, an empty subject."""
    wording = WORDINGS[kind]
    problems = letters.subject_problems(subject, wording.placeholders)
    problems += letters.body_problems(body, wording.placeholders, needs_link=wording.needs_link)
    if not subject.strip():
        problems.append("Der Betreff ist leer.")
    if problems:
        raise RuleBroken(" ".join(problems))


def words(occasion: Occasion, addressee: Addressee, subject: str, body: str, link: str) -> tuple[str, str]:
    """Subject and body as one person gets them."""
    conference = occasion.conference
    values = {
        "anrede": letters.salutation(addressee.salutation, addressee.last_name, addressee.name),
        "vorname": addressee.first_name,
        "nachname": addressee.last_name,
        "institution": addressee.institution,
        "konferenz": conference.title,
        "datum": german.long_day(conference.starts_at),
        "uhrzeit": correspondence.times(conference),
        "ort": correspondence.place(conference),
        "absender": occasion.sender or correspondence.default_sender(occasion.municipality),
        "link": link,
        "tisch": addressee.table or NO_TABLE_YET,
        "frist": _deadline(occasion),
    }
    return letters.fill(subject, body, values)


def _deadline(occasion: Occasion) -> str:
    """To the minute where a place hangs on it, a day otherwise."""
    if occasion.deadline is None:
        return "zum Beginn der Veranstaltung"
    return (german.moment if isinstance(occasion.deadline, datetime) else german.long_day)(occasion.deadline)


def write_conference_mail(
    *, occasion: Occasion, addressee: Addressee, subject: str, body: str, release: bool = False
) -> ConferenceMail:
    """Write one mail with a link of its own, for review or released. The text has been checked.

    One to a paused address stays a draft even when it is to be released. Raises RuleBroken without an address.
    """
    if not addressee.email:
        raise RuleBroken(f"Für {addressee.name or addressee.institution} gibt es keine gültige E-Mail-Adresse.")
    link = occasion.link or (personal_link(occasion, addressee.owner) if "{link}" in body else "")
    written_subject, text = words(occasion, addressee, subject, body, link)
    message = mail.write_mail(
        recipient=addressee.email,
        subject=written_subject,
        body=text,
        now=occasion.now,
        calendar=_calendar(occasion, addressee),
    )
    if release and not paused_among([addressee.email]):
        mail.release(message)
    invited = isinstance(addressee.owner, Invitation)
    row = ConferenceMail(
        conference_id=occasion.conference.id,
        mailing_id=occasion.mailing_id,
        kind=occasion.kind,
        mail=message,
        invitation_id=addressee.owner.id if invited else None,
        registration_id=None if invited else addressee.owner.id,
        addressee=addressee.key,
    )
    db.session.add(row)
    db.session.flush()
    return row


def personal_link(occasion: Occasion, owner: Invitation | Registration) -> str:
    """A new link: invitations are answered at /e/, registered people have their page at /p/."""
    token = links.new_link(owner, occasion.now)
    return shown_link(occasion.base_url, owner, token)


def shown_link(base_url: str, owner: Invitation | Registration, token: str) -> str:
    """The address of a link's page."""
    return f"{base_url.rstrip('/')}/{'e' if isinstance(owner, Invitation) else 'p'}/{token}"


def _calendar(occasion: Occasion, addressee: Addressee) -> str | None:
    if occasion.kind not in WITH_CALENDAR:
        return None
    return calendar_file.invitation(
        occasion.conference,
        organiser=occasion.organiser,
        attendee=(addressee.name, addressee.email),
        now=occasion.now,
    )


def reply(
    *,
    kind: MailKind,
    conference: Conference,
    municipality: Municipality,
    registration: Registration,
    base_url: str,
    now: datetime,
) -> ConferenceMail | None:
    """Answer what somebody just did (REGISTERED, CONFIRM, WAITING, MOVED_UP); the mail leaves with the next delivery.

    None without a usable address: then somebody has to call.
    """
    if kind not in REPLIES:
        raise ValueError(f"{kind} is no reply")
    addressee = to_person(_with_institution(registration))
    if not addressee.email:
        return None
    occasion = Occasion(kind, conference, municipality, base_url, now, deadline=registration.confirm_by)
    wording = WORDINGS[kind]
    return write_conference_mail(
        occasion=occasion, addressee=addressee, subject=wording.subject, body=wording.body, release=True
    )


def draft_for_substitute(
    *,
    invitation: Invitation,
    registration: Registration,
    municipality: Municipality,
    base_url: str,
    now: datetime,
) -> ConferenceMail | None:
    """Write to a colleague who was named, for review; None without a usable address or when it is written already."""
    addressee = to_person(_with_institution(registration))
    if not addressee.email or _is_written(MailKind.SUBSTITUTE, addressee):
        return None
    wording = WORDINGS[MailKind.SUBSTITUTE]
    return write_conference_mail(
        occasion=Occasion(MailKind.SUBSTITUTE, invitation.conference, municipality, base_url, now),
        addressee=addressee,
        subject=wording.subject,
        body=wording.body,
    )


def _is_written(kind: MailKind, addressee: Addressee) -> bool:
    before = exists().where(
        ConferenceMail.kind == kind,
        ConferenceMail.addressee == addressee.key,
        ConferenceMail.mail_id == MailMessage.id,
        MailMessage.recipient == addressee.email,
    )
    return db.session.scalar(select(before))


def _with_institution(registration: Registration) -> Registration:
    """The row with what a mail says about it, whatever its caller had loaded."""
    return db.session.scalar(
        select(Registration)
        .where(Registration.id == registration.id)
        .options(joinedload(Registration.institution))
        .execution_options(populate_existing=False)
    )
