"""The answer page behind a personal link: no account, no script, nothing changes by looking."""

from flask import Blueprint, Response, url_for
from flask_babel import gettext as _

from app.conferences.queries import list_topics
from app.core import clock
from app.core.access import by_token
from app.core.errors import NotFound
from app.core.hypermedia import redirect, render, say
from app.extensions import db
from app.invitations import answering, queries, retention, rules
from app.invitations.answer_forms import AnswerForm, answer_so_far
from app.invitations.enums import Channel
from app.invitations.models import Invitation

bp = Blueprint("invitations_public", __name__)


@bp.after_request
def keep_out_of_caches(response: Response) -> Response:
    """Names of guests belong in no cache."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("/e/<token>")
@by_token
def answer(token: str):
    """Who invites, when and where, and the form to answer; mail scanners may open it as often as they like."""
    try:
        invitation = queries.get_invitation_by_token(token)
    except NotFound:
        return _unknown_link()
    return _page(token, invitation, _form(invitation, answer_so_far(invitation)))


@bp.post("/e/<token>")
@by_token
def answer_post(token: str):
    """Keep the answer."""
    try:
        invitation = queries.get_invitation_by_token(token, lock=True)
    except NotFound:
        return _unknown_link()
    form = _form(invitation)
    now = clock.now()
    if not rules.answers_open(now, invitation.conference.starts_at):
        return _page(token, invitation, form, status=409)
    if not form.validate():
        return _page(token, invitation, form, status=422)
    answering.answer_invitation(
        invitation=invitation,
        answer=form.chosen,
        people=form.named,
        wishes=form.topic_ids,
        channel=Channel.LINK,
        message=form.message.data,
        now=now,
    )
    db.session.commit()
    say(_("Vielen Dank! Ihre Antwort ist gespeichert."))
    return redirect(url_for("invitations_public.answer", token=token))


def _form(invitation: Invitation, so_far: dict | None = None) -> AnswerForm:
    form = AnswerForm(data=so_far)
    form.speak_to_guest()
    form.offer(list_topics(invitation.conference))
    return form


def _page(token: str, invitation: Invitation, form: AnswerForm, status: int = 200):
    return render(
        "invitations/answer.html",
        status=status,
        token=token,
        invitation=invitation,
        conference=invitation.conference,
        municipality=queries.get_inviting_municipality(invitation),
        form=form,
        open=rules.answers_open(clock.now(), invitation.conference.starts_at),
        kept_for_days=retention.KEPT_FOR.days,
    )


def _unknown_link():
    return render("invitations/unknown_link.html", status=404)
