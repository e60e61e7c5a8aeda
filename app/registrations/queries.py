"""Reads of the registrations floor."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Municipality
from app.conferences.models import Conference
from app.core.collation import contains, sort_key
from app.core.errors import NotFound
from app.extensions import db
from app.institutions.models import Institution
from app.invitations import links
from app.invitations.enums import Origin, Place
from app.invitations.models import AssistanceNeed, Registration
from app.invitations.queries import WISHES
from app.registrations.rules import same_address, same_name


@dataclass(frozen=True)
class PeopleFilter:
    """What the list of people shows; None and an empty search show all."""

    search: str = ""
    place: Place | None = None
    origin: Origin | None = None
    private: bool | None = None

    @property
    def is_set(self) -> bool:
        """Whether anything is left out."""
        return bool(self.search) or (self.place, self.origin, self.private) != (None, None, None)

    def shows(self, row: Registration) -> bool:
        """Whether a person is shown."""
        return (
            self.place in {None, row.place}
            and self.origin in {None, row.origin}
            and self.private in {None, is_private(row)}
            and contains(f"{row.name} {row.comes_from} {row.email}", self.search)
        )


@dataclass(frozen=True)
class People:
    """Everybody of a conference by place: guests in German order, the line first come first."""

    coming: list[Registration]
    waiting: list[Registration]
    cancelled: list[Registration]

    @property
    def institutions(self) -> int:
        """How many institutions come: those of the directory and those typed, never private persons."""
        return len({row.institution_id or same_name(row.organisation) for row in self.coming if not is_private(row)})

    @property
    def private(self) -> int:
        """How many come for themselves."""
        return sum(is_private(row) for row in self.coming)

    @property
    def unconfirmed(self) -> int:
        """How many still have to confirm their address."""
        return sum(row.confirm_by is not None for row in self.coming + self.waiting)

    @property
    def everybody(self) -> list[Registration]:
        """All three one after the other."""
        return self.coming + self.waiting + self.cancelled

    def only(self, shown: PeopleFilter) -> "People":
        """The same, narrowed."""
        return People(
            *([row for row in rows if shown.shows(row)] for rows in (self.coming, self.waiting, self.cancelled))
        )


def is_private(row: Registration) -> bool:
    """Whether a registered person comes for themselves."""
    return row.institution_id is None and not row.organisation


def people_of(conference: Conference) -> People:
    """Everybody who comes, waits or cancelled, with institution and wishes."""
    found = db.session.scalars(
        select(Registration)
        .where(Registration.conference_id == conference.id)
        .options(joinedload(Registration.institution), WISHES)
    ).all()
    by_name = sorted(found, key=lambda row: (sort_key(row.last_name, row.first_name), row.id))
    in_line = sorted(found, key=lambda row: (row.registered_at, row.id))
    return People(
        coming=[row for row in by_name if row.place is Place.CONFIRMED],
        waiting=[row for row in in_line if row.place is Place.WAITING],
        cancelled=[row for row in by_name if row.place is Place.CANCELLED],
    )


def get_person(conference: Conference, registration_id: int) -> Registration:
    """One person of a conference with institution and wishes; raises NotFound."""
    return _one(Registration.conference_id == conference.id, Registration.id == registration_id, key=registration_id)


def get_person_by_token(token: str, now: datetime) -> tuple[Registration, Conference]:
    """Whose page a link opens, and the conference with its area; raises NotFound, also when it is over for long."""
    link = links.get_link(token)
    row = _one(Registration.id == link.registration_id, key="link")
    conference = db.session.scalar(
        select(Conference).where(Conference.id == row.conference_id).options(joinedload(Conference.area))
    )
    if links.is_over(conference.ends_at, now):
        raise NotFound("link")
    return row, conference


def _one(*conditions, key: object) -> Registration:
    row = db.session.scalar(
        select(Registration).where(*conditions).options(joinedload(Registration.institution), WISHES)
    )
    if row is None:
        raise NotFound(key)
    return row


def find_by_address(conference: Conference, email: str) -> Registration | None:
    """The registration of an address that is not cancelled, or None; with institution and wishes."""
    wanted = same_address(email)
    rows = db.session.execute(
        select(Registration.id, Registration.email)
        .where(
            Registration.conference_id == conference.id,
            Registration.place != Place.CANCELLED,
            func.length(Registration.email) == len(email.strip()),
        )
        .order_by(Registration.id)
    )
    found = next((id_ for id_, address in rows if same_address(address) == wanted), None)
    return None if found is None else _one(Registration.id == found, key=found)


def find_institution_typed(municipality: Municipality, name: str) -> Institution | None:
    """The institution of the directory whose name or short name was typed, whatever case and spaces, or None.

    One that was merged into another stands for the other. A short name two institutions share is nobody's.
    """
    wanted = same_name(name)
    if not wanted:
        return None
    rows = list(db.session.scalars(select(Institution).where(Institution.municipality_id == municipality.id)))
    named = [row for row in rows if same_name(row.name) == wanted]
    found = named or [row for row in rows if same_name(row.short_name) == wanted]
    kept = {row.merged_into_id or row.id for row in found}
    return next((row for row in rows if row.id in kept), None) if len(kept) == 1 else None


def find_need(registration: Registration) -> AssistanceNeed | None:
    """What a person said they need, or None; for the person's own page alone."""
    return db.session.get(AssistanceNeed, registration.id)


def get_municipality_of(conference: Conference) -> Municipality:
    """Who holds the conference."""
    return db.session.get_one(Municipality, conference.municipality_id)
