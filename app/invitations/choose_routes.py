"""Choosing whom to invite: lists by what institutions are, where they work and what happened before."""

from flask import request, url_for
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.enums import Role
from app.areas import queries as area_queries
from app.conferences.enums import Participation
from app.conferences.models import Conference
from app.conferences.queries import get_conference
from app.core import clock
from app.core.access import office
from app.core.base_url import public_base_url
from app.core.hypermedia import redirect, render, say
from app.extensions import db
from app.institutions.enums import InstitutionType
from app.institutions.queries import list_institutions, list_known_words
from app.invitations import services
from app.invitations.choosing import ChoiceFilter, History, list_choice
from app.invitations.forms import ChoiceForm
from app.invitations.letter_routes import bp

KEPT = ("art", "gebiet", "thema", "verband", "verlauf")


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
    form = ChoiceForm([row.id for row in directory.values() if _may_be_invited(row, conference)])
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


def _may_be_invited(row, conference: Conference) -> bool:
    """A conference of the administration invites departments only."""
    return conference.participation is not Participation.ADMINISTRATION or row.type is InstitutionType.DEPARTMENT


def _choice_page(conference: Conference, form: ChoiceForm, status: int = 200):
    municipality = current_user.municipality
    areas = area_queries.list_area_choices(municipality)
    topics, umbrellas = list_known_words(municipality)
    only = _filter(areas)
    return render(
        "invitations/choose.html",
        status=status,
        conference=conference,
        form=form,
        choice=list_choice(municipality, conference, only),
        only=only,
        kept={name: request.args[name] for name in KEPT if request.args.get(name)},
        ticked=set(form.institutions.data or []),
        tick_all="alle" in request.args,
        types=list(InstitutionType),
        areas=areas,
        topics=topics,
        umbrellas=umbrellas,
        histories=list(History),
        for_administration=conference.participation is Participation.ADMINISTRATION,
        takes_registrations=conference.participation.takes_registrations,
    )


def _filter(areas: list[tuple[int, str]]) -> ChoiceFilter:
    given = request.args
    area_id = next((id_ for id_, _label in areas if str(id_) == given.get("gebiet")), None)
    return ChoiceFilter(
        type=next((member for member in InstitutionType if member.value == given.get("art")), None),
        area=area_queries.get_area(current_user.municipality, area_id) if area_id else None,
        topic=given.get("thema", "")[:80],
        umbrella=given.get("verband", "")[:80],
        history=next((member for member in History if member.value == given.get("verlauf")), None),
    )
