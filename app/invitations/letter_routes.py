"""From choosing institutions through the letter to the outbox: everything before a mail leaves the house."""

from flask import Blueprint, current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.enums import Role
from app.areas import queries as area_queries
from app.conferences.models import Conference
from app.conferences.queries import get_conference
from app.core import clock
from app.core.access import office
from app.core.base_url import public_base_url
from app.core.delivery import deliver_released
from app.core.hypermedia import redirect, render, say
from app.core.jobs import jobs
from app.extensions import db
from app.institutions.enums import InstitutionType
from app.institutions.models import Institution
from app.institutions.queries import get_institution, list_institutions
from app.invitations import correspondence, queries, services
from app.invitations.delivery import delivery_of
from app.invitations.enums import Delivery
from app.invitations.forms import ChoiceForm, LetterForm, ReleaseForm
from app.invitations.letter import PLACEHOLDERS
from app.invitations.models import Invitation

bp = Blueprint("letters", __name__)


@bp.get("/konferenzen/<int:conference_id>/einladungen/auswahl")
@office(Role.ORGANISER)
def choose(conference_id: int):
    """The directory with those who are invited already marked."""
    conference = get_conference(current_user.municipality, conference_id)
    return _choice_page(conference, ChoiceForm([]))


@bp.post("/konferenzen/<int:conference_id>/einladungen/auswahl")
@office(Role.ORGANISER)
def choose_post(conference_id: int):
    """Invite the institutions ticked and write their mails for review."""
    conference = get_conference(current_user.municipality, conference_id)
    directory = {row.id: row for row in list_institutions(current_user.municipality)}
    form = ChoiceForm(list(directory))
    if not form.validate():
        return _choice_page(conference, form, status=422)
    invited = services.invite_institutions(
        conference=conference,
        municipality=current_user.municipality,
        institutions=[directory[id_] for id_ in form.institutions.data],
        user=current_user.user,
        base_url=public_base_url(),
        now=clock.now(),
    )
    written = sum(row.mail is not None for row in invited)
    db.session.commit()
    say(
        ngettext("Eine Institution ist eingeladen. ", "%(num)s Institutionen sind eingeladen. ", len(invited))
        + ngettext("Eine Mail liegt zum Prüfen bereit.", "%(num)s Mails liegen zum Prüfen bereit.", written)
    )
    return redirect(url_for("invitations.letters.outbox", conference_id=conference_id))


@bp.get("/konferenzen/<int:conference_id>/einladungen/brief")
@office(Role.ORGANISER)
def letter(conference_id: int):
    """The letter of this conference with a preview for a real recipient."""
    conference = get_conference(current_user.municipality, conference_id)
    current = services.current_letter(conference=conference, municipality=current_user.municipality, now=clock.now())
    return _letter_page(conference, LetterForm(clock.local_date(conference.starts_at), obj=current))


@bp.post("/konferenzen/<int:conference_id>/einladungen/brief")
@office(Role.ORGANISER)
def letter_post(conference_id: int):
    """Keep the letter, or only show how it would read."""
    conference = get_conference(current_user.municipality, conference_id)
    form = LetterForm(clock.local_date(conference.starts_at))
    if not form.validate():
        return _letter_page(conference, form, status=422)
    if "preview" in request.form:
        return _letter_page(conference, form)
    services.save_letter(conference=conference, letter=form.letter, user=current_user.user, now=clock.now())
    db.session.commit()
    say(_("Der Brief ist gespeichert. Er gilt für Einladungen, die Sie ab jetzt schreiben."))
    return redirect(url_for("invitations.letters.letter", conference_id=conference_id))


@bp.get("/konferenzen/<int:conference_id>/einladungen/postausgang")
@office(Role.ORGANISER)
def outbox(conference_id: int):
    """Mails as they will read: what waits for review, what needs a decision, what left."""
    conference = get_conference(current_user.municipality, conference_id)
    return render("invitations/outbox.html", conference=conference, tray=_by_delivery(conference))


@bp.get("/konferenzen/<int:conference_id>/einladungen/postausgang/freigabe")
@office(Role.ORGANISER)
def release(conference_id: int):
    """Asks once more: how many mails leave the house, and to whom."""
    conference = get_conference(current_user.municipality, conference_id)
    drafts = _drafts(conference)
    chosen = [row for row in drafts if request.args.get("einladung") in {None, str(row.id)}]
    return render("invitations/release.html", conference=conference, invitations=chosen)


@bp.post("/konferenzen/<int:conference_id>/einladungen/postausgang/freigabe")
@office(Role.ORGANISER)
def release_post(conference_id: int):
    """Let exactly the mails named on the confirmation page leave."""
    conference = get_conference(current_user.municipality, conference_id)
    drafts = {row.id: row for row in _drafts(conference)}
    form = ReleaseForm(list(drafts))
    if not form.validate() or not form.invitations.data:
        say(_("Der Postausgang hat sich geändert. Es ist nichts hinausgegangen; prüfen Sie noch einmal."), "warning")
        return redirect(url_for("invitations.letters.outbox", conference_id=conference_id))
    count = services.release_mails(
        conference=conference,
        invitations=[drafts[id_] for id_ in form.invitations.data],
        user=current_user.user,
        now=clock.now(),
    )
    db.session.commit()
    jobs.enqueue(current_app, deliver_released)
    say(ngettext("Eine Mail geht jetzt hinaus.", "%(num)s Mails gehen jetzt hinaus.", count))
    return redirect(url_for("invitations.letters.outbox", conference_id=conference_id))


@bp.post("/konferenzen/<int:conference_id>/einladungen/<int:invitation_id>/erneut")
@office(Role.ORGANISER)
def release_again(conference_id: int, invitation_id: int):
    """Send a refused or unclear mail once more."""
    conference, invitation = _locked(conference_id, invitation_id)
    name = invitation.institution.name
    services.release_mail_again(conference=conference, invitation=invitation, user=current_user.user, now=clock.now())
    db.session.commit()
    jobs.enqueue(current_app, deliver_released)
    say(_("Die Mail an %(name)s geht noch einmal hinaus.", name=name))
    return redirect(url_for("invitations.letters.outbox", conference_id=conference_id))


@bp.post("/konferenzen/<int:conference_id>/einladungen/<int:invitation_id>/angekommen")
@office(Role.ORGANISER)
def confirm_arrival(conference_id: int, invitation_id: int):
    """Note that an unclear mail arrived."""
    conference, invitation = _locked(conference_id, invitation_id)
    name = invitation.institution.name
    services.confirm_mail_arrival(conference=conference, invitation=invitation, user=current_user.user, now=clock.now())
    db.session.commit()
    say(_("Die Mail an %(name)s gilt als angekommen.", name=name))
    return redirect(url_for("invitations.letters.outbox", conference_id=conference_id))


@bp.post("/konferenzen/<int:conference_id>/einladungen/<int:invitation_id>/neu-schreiben")
@office(Role.ORGANISER)
def rewrite(conference_id: int, invitation_id: int):
    """Write a mail that has not left with today's letter and contact."""
    conference, invitation = _locked(conference_id, invitation_id)
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
    return redirect(url_for("invitations.letters.outbox", conference_id=conference_id))


def _locked(conference_id: int, invitation_id: int) -> tuple[Conference, Invitation]:
    conference = get_conference(current_user.municipality, conference_id)
    return conference, queries.get_invitation(conference, invitation_id, lock=True)


def _by_delivery(conference: Conference) -> dict[Delivery, list[Invitation]]:
    now = clock.now()
    tray: dict[Delivery, list[Invitation]] = {state: [] for state in Delivery}
    for row in queries.list_invitations(conference, now):
        tray[delivery_of(row.mail, now)].append(row)
    return tray


def _drafts(conference: Conference) -> list[Invitation]:
    return _by_delivery(conference)[Delivery.DRAFT]


def _choice_page(conference: Conference, form: ChoiceForm, status: int = 200):
    """Shows the directory by type and area; departments only where asked for, they prepare and need no invitation."""
    municipality = current_user.municipality
    areas = area_queries.list_area_choices(municipality)
    kind = next((member for member in InstitutionType if member.value == request.args.get("art")), None)
    area_id = next((id_ for id_, _label in areas if str(id_) == request.args.get("gebiet")), None)
    area = area_queries.get_area(municipality, area_id) if area_id else None
    shown = [
        row
        for row in list_institutions(municipality, type=kind, area=area)
        if kind is not None or row.type is not InstitutionType.DEPARTMENT
    ]
    return render(
        "invitations/choose.html",
        status=status,
        conference=conference,
        form=form,
        institutions=shown,
        reachable={row.id for row in shown if correspondence.recipient(row.contacts)},
        invited=queries.invited_institution_ids(conference),
        ticked=set(form.institutions.data or []),
        tick_all="alle" in request.args,
        types=list(InstitutionType),
        areas=areas,
        chosen={"type": kind, "area_id": area_id},
    )


def _letter_page(conference: Conference, form: LetterForm, status: int = 200):
    directory = [row for row in list_institutions(current_user.municipality) if correspondence.recipient(row.contacts)]
    wanted = request.values.get("recipient")
    chosen = next((row for row in directory if str(row.id) == wanted), directory[0] if directory else None)
    return render(
        "invitations/letter.html",
        status=status,
        conference=conference,
        form=form,
        placeholders=PLACEHOLDERS,
        directory=directory,
        recipient=chosen,
        preview=_preview(conference, form, chosen) if status == 200 and chosen else None,
    )


def _preview(conference: Conference, form: LetterForm, institution: Institution) -> tuple[str, str, str]:
    return correspondence.preview(
        letter=form.letter, conference=conference, institution=institution, base_url=public_base_url()
    )
