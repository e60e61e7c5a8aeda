"""The answer page behind a personal link: no account, no script, nothing changes by looking."""

from flask import Blueprint, Response, url_for
from flask_babel import gettext as _

from app.conferences.preparation_queries import list_agenda
from app.conferences.queries import list_topics
from app.core import clock, personal_links
from app.core.access import by_token
from app.core.errors import NotFound
from app.core.hypermedia import redirect, render, say
from app.core.languages import speak_to_guests
from app.extensions import db
from app.invitations import answering, assistance, calendar_file, places, queries, retention, rules
from app.invitations.answer_forms import AnswerForm, answer_so_far, mark_noted_needs
from app.invitations.enums import Channel
from app.invitations.models import Invitation

bp = Blueprint("invitations_public", __name__)
personal_links.keep_private(bp)
speak_to_guests(bp)
COOKIE = "einladung"


class LinkGone(NotFound):
    """The secret opens no invitation: mistyped, revoked, too old, or never brought along."""


@bp.errorhandler(LinkGone)
def gone(error: LinkGone):  # noqa: ARG001 -- Flask's signature
    """One page for every reason, so that trying out secrets teaches nothing."""
    return render("invitations/unknown_link.html", status=404)


@bp.get("/e/<token>")
@by_token
def enter(token: str):
    """The link of a mail: remember it and go on under an address without secret."""
    _invitation(token)
    return personal_links.exchange(COOKIE, token, url_for("invitations_public.answer"))


@bp.get("/e/")
@by_token
def answer():
    """Who invites, when and where, and the form to answer; mail scanners may open it as often as they like."""
    invitation = _invitation(personal_links.secret(COOKIE))
    return _page(invitation, _form(invitation, answer_so_far(invitation)))


@bp.post("/e/")
@by_token
def answer_post():
    """Keep the answer."""
    invitation = _invitation(personal_links.secret(COOKIE), lock=True)
    if not personal_links.belongs_together(COOKIE):
        return render("invitations/other_link.html", status=409)
    form = _form(invitation)
    if not _is_open(invitation):
        return _page(invitation, form, status=409)
    if not form.validate():
        return _page(invitation, form, status=422)
    answering.answer_invitation(
        invitation=invitation,
        answer=form.chosen,
        people=form.named,
        wishes=form.topic_ids,
        channel=Channel.LINK,
        message=form.message.data,
        now=clock.now(),
    )
    db.session.commit()
    say(_("Vielen Dank! Ihre Antwort ist gespeichert."))
    return redirect(url_for("invitations_public.answer"))


@bp.get("/e/termin.ics")
@by_token
def calendar():
    """The date for a calendar."""
    invitation = _invitation(personal_links.secret(COOKIE))
    response = Response(calendar_file.publication(invitation.conference, now=clock.now()), mimetype="text/calendar")
    response.headers["Content-Disposition"] = 'attachment; filename="termin.ics"'
    return response


def _invitation(token: str, lock: bool = False) -> Invitation:
    try:
        return queries.get_invitation_by_token(token, clock.now(), lock=lock)
    except NotFound:
        raise LinkGone("link") from None


def _is_open(invitation: Invitation) -> bool:
    conference = invitation.conference
    return rules.answers_open(clock.now(), conference.starts_at, conference.cancelled_at)


def _form(invitation: Invitation, so_far: dict | None = None) -> AnswerForm:
    form = AnswerForm(data=so_far)
    form.speak_to_guest()
    form.offer(list_topics(invitation.conference))
    return form


def _page(invitation: Invitation, form: AnswerForm, status: int = 200):
    return render(
        "invitations/answer.html",
        status=status,
        link=personal_links.fingerprint(COOKIE),
        invitation=invitation,
        conference=invitation.conference,
        municipality=queries.get_inviting_municipality(invitation),
        topics=form.topics,
        agenda=list_agenda(invitation.conference),
        form=form,
        noted=mark_noted_needs(form, invitation, assistance.ids_with_need(invitation.registrations)),
        open=_is_open(invitation),
        free=places.free_places(invitation.conference),
        kept_for_days=retention.KEPT_FOR.days,
        needs_kept_for_days=retention.NEEDS_KEPT_FOR.days,
    )
