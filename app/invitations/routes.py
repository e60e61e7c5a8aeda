"""The station „Einladen“: the letter tray, and answers by phone."""

from flask import Blueprint, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.conferences.queries import get_conference, list_topics
from app.core import clock
from app.core.access import office
from app.core.hypermedia import redirect, render, say
from app.extensions import db
from app.institutions.enums import InstitutionType
from app.invitations import (
    answering,
    assistance,
    audience,  # noqa: F401 -- answers when the conferences ask who must know
    choose_routes,  # noqa: F401 -- more views of the blueprint below
    copying,  # noqa: F401 -- follows when a conference is copied
    queries,
    retention,
    services,
)
from app.invitations.answer_forms import AnswerForm, answer_so_far, mark_noted_needs
from app.invitations.delivery import delivery_of
from app.invitations.enums import Answer, Channel, Delivery
from app.invitations.link_routes import bp as links_bp
from app.invitations.models import Invitation
from app.invitations.outbox_routes import bp as letters_bp
from app.invitations.queries import TrayFilter

bp = Blueprint("invitations", __name__)
bp.register_blueprint(letters_bp)
bp.register_blueprint(links_bp)


@bp.get("/konferenzen/<int:conference_id>/einladungen/")
@office(Role.ORGANISER, Role.DEPARTMENT)
def index(conference_id: int):
    """The letter tray: who is invited, what left, who answered."""
    conference = get_conference(current_user.municipality, conference_id)
    now = clock.now()
    only = TrayFilter(
        answer=_member(Answer, "antwort"), delivery=_member(Delivery, "mail"), type=_member(InstitutionType, "art")
    )
    invitations = [(row, delivery_of(row.mail, now)) for row in queries.list_invitations(conference, now, only=only)]
    deliveries = queries.count_deliveries(conference, now)
    return render(
        "invitations/index.html",
        conference=conference,
        counts=queries.invitation_counts(conference),
        by_type=queries.answers_by_type(conference),
        waiting=deliveries[Delivery.DRAFT],
        trouble=deliveries[Delivery.REFUSED] + deliveries[Delivery.UNCLEAR] + deliveries[Delivery.BOUNCED],
        invitations=invitations,
        only=only,
        answers=list(Answer),
        delivery_states=list(Delivery),
        types=list(InstitutionType),
    )


@bp.get("/konferenzen/<int:conference_id>/einladungen/<int:invitation_id>/antwort")
@office(Role.ORGANISER)
def answer(conference_id: int, invitation_id: int):
    """The same form the link opens, for an answer given by phone."""
    conference = get_conference(current_user.municipality, conference_id)
    invitation = queries.get_invitation(conference, invitation_id)
    return _answer_page(invitation, _answer_form(invitation, answer_so_far(invitation)))


@bp.post("/konferenzen/<int:conference_id>/einladungen/<int:invitation_id>/antwort")
@office(Role.ORGANISER)
def answer_post(conference_id: int, invitation_id: int):
    """Keep an answer given by phone."""
    conference = get_conference(current_user.municipality, conference_id)
    invitation = queries.get_invitation(conference, invitation_id, lock=True)
    form = _answer_form(invitation)
    if not form.validate():
        return _answer_page(invitation, form, status=422)
    name = invitation.institution.name
    answering.answer_invitation(
        invitation=invitation,
        answer=form.chosen,
        people=form.named,
        wishes=form.topic_ids,
        channel=Channel.PHONE,
        message=form.message.data,
        now=clock.now(),
        user=current_user.user,
    )
    db.session.commit()
    say(_("Antwort von %(name)s eingetragen.", name=name))
    return redirect(url_for("invitations.index", conference_id=conference_id))


@bp.post("/konferenzen/<int:conference_id>/einladungen/<int:invitation_id>/zuruecknehmen")
@office(Role.ORGANISER)
def withdraw(conference_id: int, invitation_id: int):
    """Take back an invitation nobody has heard of."""
    conference = get_conference(current_user.municipality, conference_id)
    invitation = queries.get_invitation(conference, invitation_id, lock=True)
    name = invitation.institution.name
    services.withdraw_invitation(conference=conference, invitation=invitation, user=current_user.user, now=clock.now())
    db.session.commit()
    say(_("%(name)s ist nicht mehr eingeladen.", name=name), "info")
    return redirect(url_for("invitations.index", conference_id=conference_id))


@bp.get("/konferenzen/<int:conference_id>/einladungen/bedarfe")
@office(Role.ORGANISER)
def needs(conference_id: int):
    """What people need to take part; nobody but the organiser sees it, and it stands nowhere else."""
    conference = get_conference(current_user.municipality, conference_id)
    return render(
        "invitations/needs.html",
        conference=conference,
        needs=assistance.list_needs(conference),
        kept_for_days=retention.NEEDS_KEPT_FOR.days,
    )


def _member(kind, name: str):
    """The member of a closed list that a GET parameter names, or None."""
    return next((member for member in kind if member.value == request.args.get(name)), None)


def _answer_form(invitation: Invitation, so_far: dict | None = None) -> AnswerForm:
    form = AnswerForm(data=so_far)
    form.offer(list_topics(invitation.conference))
    return form


def _answer_page(invitation: Invitation, form: AnswerForm, status: int = 200):
    return render(
        "invitations/phone_answer.html",
        status=status,
        conference=invitation.conference,
        invitation=invitation,
        form=form,
        noted=mark_noted_needs(form, invitation, assistance.ids_with_need(invitation.registrations)),
    )
