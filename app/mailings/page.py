"""What the pages of mailings show besides rows: how a mail will read, and why a kind cannot be written now."""

from datetime import datetime

from app.accounts.models import Municipality
from app.conferences.models import Conference
from app.core import clock
from app.core.base_url import public_base_url
from app.invitations import letter as letters
from app.invitations.conference_mails import Addressee, Occasion, shown_link, words
from app.invitations.correspondence import HIDDEN_SECRET
from app.invitations.enums import MailKind
from app.invitations.letter_texts import WORDINGS
from app.invitations.models import Registration
from app.mailings import rules, services
from app.mailings.audience import Audience
from app.mailings.forms import MailingForm
from app.mailings.planned import reach_of


def obstacle_to(kind: MailKind, conference: Conference, now: datetime) -> str | None:
    """Why a kind of mailing cannot leave at once, or None."""
    return rules.obstacle(kind, cancelled=conference.cancelled_at is not None, starts_at=conference.starts_at, now=now)


def preview(
    kind: MailKind,
    conference: Conference,
    municipality: Municipality,
    form: MailingForm,
    audience: Audience,
    wanted: str | None,
) -> tuple[Addressee, str, str] | None:
    """A recipient with subject and body as they would read, without a working link; None while nobody would get it."""
    one = next((one for one in audience.reachable if one.key == wanted), next(iter(audience.reachable), None))
    wording = WORDINGS[kind]
    problems = letters.subject_problems(form.subject.data or "", wording.placeholders)
    problems += letters.body_problems(form.body.data or "", wording.placeholders, needs_link=wording.needs_link)
    if one is None or problems:
        return None
    reach = reach_of(municipality)
    occasion = services.occasion_of(
        conference=conference, municipality=municipality, kind=kind, reach=reach, now=clock.now()
    )
    link = occasion.link or shown_link(reach.base_url, one.owner, HIDDEN_SECRET)
    return one, *words(occasion, one, form.subject.data, form.body.data, link)


def sample_of(kind: MailKind, conference: Conference, municipality: Municipality, now: datetime) -> tuple[str, str]:
    """Subject and body of a reply as somebody would get it."""
    somebody = Addressee(Registration(), "", "Kim", "Muster", "", "Privatperson")
    base_url = public_base_url()
    occasion = Occasion(kind, conference, municipality, base_url, now, deadline=now)
    wording = WORDINGS[kind]
    return words(occasion, somebody, wording.subject, wording.body, shown_link(base_url, Registration(), HIDDEN_SECRET))
