"""Whom one could invite: the directory, narrowed down by what institutions are and by what happened before."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.accounts.models import Municipality
from app.areas.models import Area
from app.conferences.enums import Participation
from app.conferences.models import Conference
from app.core.bounces import paused_among
from app.core.columns import LabelledEnum
from app.core.mail import normal_address
from app.extensions import db
from app.institutions.enums import InstitutionType
from app.institutions.models import Institution
from app.institutions.queries import kept_ids, list_institutions
from app.invitations import correspondence, queries
from app.invitations.enums import Answer, Place
from app.invitations.models import Invitation, Registration


class History(LabelledEnum):
    """What happened with an institution at earlier conferences."""

    NEVER = "nie", _l("noch nie eingeladen")
    SILENT = "ohne-antwort", _l("war eingeladen, hat nie geantwortet")
    CAME = "dabei", _l("war beim letzten Mal angemeldet")


@dataclass(frozen=True)
class ChoiceFilter:
    """What the page shows; None or an empty text shows all."""

    type: InstitutionType | None = None
    area: Area | None = None
    topic: str = ""
    umbrella: str = ""
    history: History | None = None


@dataclass(frozen=True)
class Past:
    """An institution's earlier conferences: where it was invited, answered, and was registered."""

    invited: frozenset[datetime] = frozenset()
    answered: frozenset[datetime] = frozenset()
    registered: frozenset[datetime] = frozenset()

    def is_like(self, history: History) -> bool:
        """„Last time“ is the last conference the institution was invited to or registered for."""
        if history is History.NEVER:
            return not self.invited
        if history is History.SILENT:
            return bool(self.invited) and not self.answered
        return bool(self.registered) and max(self.registered) >= max(self.invited | self.registered)


@dataclass(frozen=True)
class Choice:
    """The institutions shown, with contacts and areas, and what is known of writing to them (ids)."""

    institutions: list[Institution]
    invited: set[int]
    reachable: set[int]
    paused: set[int]

    @property
    def open(self) -> list[Institution]:
        """Those not invited yet."""
        return [row for row in self.institutions if row.id not in self.invited]


def list_choice(municipality: Municipality, conference: Conference, only: ChoiceFilter) -> Choice:
    """The directory as it may be invited to a conference.

    Departments prepare and are shown only when asked for, unless the conference is for the administration alone.
    """
    found = list_institutions(municipality, type=only.type, area=only.area, topic=only.topic, umbrella=only.umbrella)
    shown = [row for row in found if _may_come(row, conference, only)]
    if only.history is not None:
        pasts = list_pasts(municipality, conference)
        shown = [row for row in shown if pasts.get(row.id, Past()).is_like(only.history)]
    addresses = {row.id: contact.email for row in shown if (contact := correspondence.recipient(row.contacts))}
    paused = paused_among(addresses.values())
    return Choice(
        institutions=shown,
        invited=queries.invited_institution_ids(conference),
        reachable=set(addresses),
        paused={id_ for id_, address in addresses.items() if normal_address(address) in paused},
    )


def list_pasts(municipality: Municipality, conference: Conference) -> dict[int, Past]:
    """Earlier conferences of every institution that stands for itself or for others merged into it; 3 statements."""
    kept = kept_ids(municipality)
    earlier = (
        Conference.municipality_id == municipality.id,
        Conference.id != conference.id,
        Conference.starts_at < conference.starts_at,
        Conference.cancelled_at.is_(None),
    )
    invited: dict[int, set[datetime]] = {}
    answered: dict[int, set[datetime]] = {}
    registered: dict[int, set[datetime]] = {}
    for id_, answer, begun in db.session.execute(
        select(Invitation.institution_id, Invitation.answer, Conference.starts_at)
        .join(Conference, Conference.id == Invitation.conference_id)
        .where(*earlier)
    ):
        invited.setdefault(kept.get(id_, id_), set()).add(begun)
        if answer is not Answer.NONE:
            answered.setdefault(kept.get(id_, id_), set()).add(begun)
    for id_, begun in db.session.execute(
        select(Registration.institution_id, Conference.starts_at)
        .join(Conference, Conference.id == Registration.conference_id)
        .where(*earlier, Registration.institution_id.is_not(None), Registration.place == Place.CONFIRMED)
        .distinct()
    ):
        registered.setdefault(kept.get(id_, id_), set()).add(begun)
    return {
        id_: Past(*(frozenset(dates.get(id_, ())) for dates in (invited, answered, registered)))
        for id_ in invited.keys() | registered.keys()
    }


def _may_come(row: Institution, conference: Conference, only: ChoiceFilter) -> bool:
    is_department = row.type is InstitutionType.DEPARTMENT
    if conference.participation is Participation.ADMINISTRATION:
        return is_department
    return not is_department or only.type is InstitutionType.DEPARTMENT
