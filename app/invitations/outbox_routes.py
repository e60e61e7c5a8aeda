"""The outbox of a conference: every mail as it will read, what needs a decision, what left, what came back."""

from flask import current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.enums import Role
from app.conferences.models import Conference
from app.conferences.queries import get_conference
from app.core import clock
from app.core.access import office
from app.core.base_url import public_base_url
from app.core.delivery import deliver_released
from app.core.hypermedia import redirect, render, say
from app.core.jobs import jobs
from app.extensions import db
from app.institutions.queries import get_institution
from app.invitations import mail_follow_ups as mail_follow_ups  # connects what must be written to what happens
from app.invitations import outbox as queries
from app.invitations import posting, services
from app.invitations.enums import Delivery, MailKind
from app.invitations.forms import ReleaseForm
from app.invitations.letter_routes import bp
from app.invitations.outbox import Item
from app.invitations.queries import get_invitation

INVITATION = "invitation"


@bp.get("/konferenzen/<int:conference_id>/einladungen/postausgang")
@office(Role.ORGANISER)
def outbox(conference_id: int):
    """All mails by state; `art` shows one kind of mail only."""
    conference = get_conference(current_user.municipality, conference_id)
    items = queries.list_outbox(conference, clock.now())
    kinds = [kind for kind in (None, *MailKind) if any(item.kind is kind for item in items)]
    shown = [item for item in items if _wanted(item)]
    return render(
        "invitations/outbox.html",
        conference=conference,
        anything=bool(items),
        kinds=kinds,
        chosen=request.args.get("art", ""),
        paused=[item for item in shown if item.paused],
        tray={
            state.value: [item for item in shown if item.delivery is state and not item.paused] for state in Delivery
        },
    )


@bp.get("/konferenzen/<int:conference_id>/einladungen/postausgang/freigabe")
@office(Role.ORGANISER)
def release(conference_id: int):
    """Asks once more: how many mails leave the house, and to whom; `mail` names one, `art` a kind."""
    conference = get_conference(current_user.municipality, conference_id)
    wanted = request.args.get("mail")
    chosen = [item for item in _drafts(conference) if _wanted(item) and wanted in {None, str(item.mail.id)}]
    return render("invitations/release.html", conference=conference, items=chosen)


@bp.post("/konferenzen/<int:conference_id>/einladungen/postausgang/freigabe")
@office(Role.ORGANISER)
def release_post(conference_id: int):
    """Let exactly the mails named on the confirmation page leave."""
    conference = get_conference(current_user.municipality, conference_id)
    drafts = {item.mail.id: item for item in _drafts(conference)}
    form = ReleaseForm(list(drafts))
    if not form.validate() or not form.mails.data:
        say(_("Der Postausgang hat sich geändert. Es ist nichts hinausgegangen; prüfen Sie noch einmal."), "warning")
        return _back(conference_id)
    count = posting.release_items(
        conference=conference,
        items=[drafts[id_] for id_ in form.mails.data],
        user=current_user.user,
        now=clock.now(),
    )
    db.session.commit()
    jobs.enqueue(current_app, deliver_released)
    say(ngettext("Eine Mail geht jetzt hinaus.", "%(num)s Mails gehen jetzt hinaus.", count))
    return _back(conference_id)


@bp.post("/konferenzen/<int:conference_id>/einladungen/postausgang/<int:mail_id>/erneut")
@office(Role.ORGANISER)
def release_again(conference_id: int, mail_id: int):
    """Send a refused or unclear mail once more."""
    conference, item = _locked(conference_id, mail_id)
    name = item.name
    posting.release_again(conference=conference, item=item, user=current_user.user, now=clock.now())
    db.session.commit()
    jobs.enqueue(current_app, deliver_released)
    say(_("Die Mail an %(name)s geht noch einmal hinaus.", name=name))
    return _back(conference_id)


@bp.post("/konferenzen/<int:conference_id>/einladungen/postausgang/<int:mail_id>/angekommen")
@office(Role.ORGANISER)
def confirm_arrival(conference_id: int, mail_id: int):
    """Note that an unclear mail arrived."""
    conference, item = _locked(conference_id, mail_id)
    name = item.name
    posting.confirm_arrival(conference=conference, item=item, user=current_user.user, now=clock.now())
    db.session.commit()
    say(_("Die Mail an %(name)s gilt als angekommen.", name=name))
    return _back(conference_id)


@bp.post("/konferenzen/<int:conference_id>/einladungen/postausgang/<int:mail_id>/zurueck")
@office(Role.ORGANISER)
def note_return(conference_id: int, mail_id: int):
    """Note that a mail that was sent came back."""
    conference, item = _locked(conference_id, mail_id)
    name = item.name
    posting.note_return(conference=conference, item=item, user=current_user.user, now=clock.now())
    db.session.commit()
    say(_("Vermerkt: Die Mail an %(name)s kam zurück.", name=name), "info")
    return _back(conference_id)


@bp.post("/konferenzen/<int:conference_id>/einladungen/postausgang/<int:mail_id>/verwerfen")
@office(Role.ORGANISER)
def discard(conference_id: int, mail_id: int):
    """Throw a draft away that is no invitation."""
    conference, item = _locked(conference_id, mail_id)
    name = item.name
    posting.discard(conference=conference, item=item, user=current_user.user, now=clock.now())
    db.session.commit()
    say(_("Die Mail an %(name)s ist verworfen.", name=name), "info")
    return _back(conference_id)


@bp.post("/konferenzen/<int:conference_id>/einladungen/<int:invitation_id>/neu-schreiben")
@office(Role.ORGANISER)
def rewrite(conference_id: int, invitation_id: int):
    """Write an invitation that has not left, or came back, with today's letter and contact."""
    conference = get_conference(current_user.municipality, conference_id)
    invitation = get_invitation(conference, invitation_id, lock=True)
    name = invitation.institution.name
    services.rewrite_mail(
        conference=conference,
        municipality=current_user.municipality,
        invitation=invitation,
        institution=get_institution(current_user.municipality, invitation.institution_id),
        base_url=public_base_url(),
        now=clock.now(),
    )
    db.session.commit()
    say(_("Die Mail an %(name)s ist neu geschrieben.", name=name))
    return _back(conference_id)


@bp.get("/konferenzen/<int:conference_id>/einladungen/postausgang/adressen")
@office(Role.ORGANISER)
def addresses(conference_id: int):
    """Addresses that nothing is sent to any more, and why."""
    conference = get_conference(current_user.municipality, conference_id)
    return render(
        "invitations/addresses.html", conference=conference, addresses=queries.list_paused(current_user.municipality)
    )


@bp.post("/konferenzen/<int:conference_id>/einladungen/postausgang/adressen")
@office(Role.ORGANISER)
def use_again(conference_id: int):
    """Send to an address again."""
    conference = get_conference(current_user.municipality, conference_id)
    address = queries.get_paused(current_user.municipality, request.form.get("address", "")).address
    posting.use_address_again(conference=conference, address=address, user=current_user.user, now=clock.now())
    db.session.commit()
    say(_("An %(address)s wird wieder gesendet.", address=address))
    return redirect(url_for("invitations.letters.addresses", conference_id=conference_id))


def _locked(conference_id: int, mail_id: int) -> tuple[Conference, Item]:
    conference = get_conference(current_user.municipality, conference_id)
    return conference, queries.get_item(conference, mail_id, clock.now())


def _drafts(conference: Conference) -> list[Item]:
    items = queries.list_outbox(conference, clock.now())
    return [item for item in items if item.delivery is Delivery.DRAFT and not item.paused]


def _wanted(item: Item) -> bool:
    """Whether the page's filter lets a mail through; a kind nobody knows filters nothing."""
    wanted = request.args.get("art", "")
    if wanted == INVITATION:
        return item.kind is None
    return wanted not in set(MailKind) or item.kind == wanted


def _back(conference_id: int):
    return redirect(url_for("invitations.letters.outbox", conference_id=conference_id))
