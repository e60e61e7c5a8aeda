"""What people thought of the event, behind their personal link."""

from flask import Blueprint, Response, url_for
from flask_babel import gettext as _

from app.attendance import queries, rules, services
from app.attendance.forms import FeedbackForm
from app.attendance.rules import FeedbackState
from app.core import clock
from app.core.access import by_token
from app.core.errors import NotFound, RuleBroken
from app.core.hypermedia import redirect, render, say
from app.core.languages import speak_to_guests
from app.core.personal_links import secret
from app.extensions import db
from app.invitations import links

bp = Blueprint("attendance_public", __name__)
speak_to_guests(bp)

COOKIE = "platz"


@bp.after_request
def keep_out_of_caches(response: Response) -> Response:
    """What is behind a personal link belongs in no cache."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("/r/")
@by_token
def feedback():
    """Three questions, or why there are none."""
    try:
        guest = _guest()
    except NotFound:
        return _unknown_link()
    return _page(guest, _form())


@bp.post("/r/")
@by_token
def feedback_post():
    """Keep the answers; nothing leads from them to the person."""
    try:
        guest = _guest()
    except NotFound:
        return _unknown_link()
    form = _form()
    if not form.validate():
        return _page(guest, form, status=422)
    registration, conference, *_rest = guest
    try:
        services.give_feedback(
            conference=conference,
            registration=registration,
            useful=form.useful.data,
            heard=form.heard.data,
            good=form.good.data,
            better=form.better.data,
            now=clock.now(),
        )
    except RuleBroken as error:
        db.session.rollback()
        say(str(error), "info")
        return redirect(url_for("attendance_public.feedback"))
    db.session.commit()
    say(_("Vielen Dank für Ihre Rückmeldung!"))
    return redirect(url_for("attendance_public.feedback"))


def _guest() -> tuple:
    """Registration, conference, municipality and attendance of the person whose link this browser brought."""
    guest = queries.get_guest_of_link(links.get_link(secret(COOKIE)).registration_id)
    if links.is_over(guest[1].ends_at, clock.now()):
        raise NotFound("link")
    return guest


def _form() -> FeedbackForm:
    form = FeedbackForm()
    form.offer(
        useful=[(1, _("1 – gar nicht")), (2, "2"), (3, "3"), (4, "4"), (5, _("5 – sehr"))],
        heard=[(1, _("1 – gar nicht")), (2, "2"), (3, "3"), (4, "4"), (5, _("5 – ja, ganz"))],
        missing=_("Wählen Sie eine Zahl von 1 bis 5."),
    )
    return form


def _page(guest: tuple, form: FeedbackForm, status: int = 200):
    _registration, conference, municipality, attendance = guest
    state = rules.feedback_state(
        ends_at=conference.ends_at,
        now=clock.now(),
        came=attendance is not None,
        given=attendance is not None and attendance.gave_feedback,
    )
    return render(
        "attendance/feedback.html",
        status=status,
        conference=conference,
        municipality=municipality,
        state=state,
        State=FeedbackState,
        form=form,
    )


def _unknown_link():
    return render("invitations/unknown_link.html", status=404)
