"""Choosing institutions and writing the letter: everything before mails lie in the outbox."""

from flask import Blueprint, request, url_for
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
from app.core.hypermedia import redirect, render, say
from app.extensions import db
from app.institutions.enums import InstitutionType
from app.institutions.models import Institution
from app.institutions.queries import list_institutions
from app.invitations import correspondence, queries, services
from app.invitations.forms import ChoiceForm, LetterForm
from app.invitations.letter import PLACEHOLDERS

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
