"""Writing the letter of a conference's invitations."""

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.conferences.models import Conference
from app.conferences.queries import get_conference
from app.core import clock
from app.core.access import office
from app.core.base_url import public_base_url
from app.core.hypermedia import redirect, render, say
from app.extensions import db
from app.institutions.models import Institution
from app.institutions.queries import list_institutions
from app.invitations import correspondence, services
from app.invitations.forms import LetterForm
from app.invitations.letter import PLACEHOLDERS

bp = Blueprint("letters", __name__)


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
