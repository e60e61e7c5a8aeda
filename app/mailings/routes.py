"""Mails to groups of people of a conference: written for the outbox, or planned for a moment."""

from flask import Blueprint, abort, current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.enums import Role
from app.conferences.models import Conference
from app.conferences.queries import get_conference
from app.core import clock, german
from app.core.access import office
from app.core.errors import RuleBroken
from app.core.hypermedia import redirect, render, say
from app.extensions import db
from app.invitations.delivery import delivery_of
from app.invitations.enums import MailKind
from app.invitations.letter_texts import GROUP_KINDS, REPLIES, WORDINGS
from app.invitations.models import Mailing
from app.mailings import queries, services
from app.mailings.audience import Audience, audience_for
from app.mailings.forms import MailingForm
from app.mailings.page import obstacle_to, preview, sample_of
from app.mailings.planned import reach_of

bp = Blueprint("mailings", __name__)


@bp.get("/konferenzen/<int:conference_id>/mailings/")
@office(Role.ORGANISER, Role.DEPARTMENT)
def index(conference_id: int):
    """What was written, what is planned, what was stopped, and what can be written."""
    conference = get_conference(current_user.municipality, conference_id)
    now = clock.now()
    rows = queries.list_mailings(conference, now)
    return render(
        "mailings/index.html",
        conference=conference,
        planned=[
            row for row in rows if row.mailing.send_at and not row.mailing.written_at and not row.mailing.stopped_at
        ],
        written=[row for row in rows if row.mailing.written_at],
        stopped=[row for row in rows if row.mailing.stopped_at],
        kinds=[(kind, obstacle_to(kind, conference, now)) for kind in GROUP_KINDS],
    )


@bp.get("/konferenzen/<int:conference_id>/mailings/antworten")
@office(Role.ORGANISER)
def replies(conference_id: int):
    """The words of mails that leave by themselves because somebody did something."""
    conference = get_conference(current_user.municipality, conference_id)
    texts = [(kind, sample_of(kind, conference, current_user.municipality, clock.now())) for kind in REPLIES]
    return render("mailings/replies.html", conference=conference, texts=texts)


@bp.get("/konferenzen/<int:conference_id>/mailings/neu")
@office(Role.ORGANISER)
def create(conference_id: int):
    """The usual words and the group of a kind of mailing."""
    conference, kind = _conference_and_kind(conference_id)
    audience = audience_for(kind, conference)
    wording = WORDINGS[kind]
    given = {"subject": wording.subject, "body": wording.body, "only": audience.keys}
    return _form_page(conference, kind, MailingForm(kind, audience.reachable, data=given), audience)


@bp.post("/konferenzen/<int:conference_id>/mailings/neu")
@office(Role.ORGANISER)
def create_post(conference_id: int):
    """Show how it reads, put the mails into the outbox, or plan them after one more question."""
    conference, kind = _conference_and_kind(conference_id)
    audience = audience_for(kind, conference)
    form = MailingForm(kind, audience.reachable)
    unfinished = _unfinished(conference, kind, form, audience)
    if unfinished is not None:
        return unfinished
    now = clock.now()
    try:
        if "plan" in request.form:
            services.plan_mailing(
                conference=conference, kind=kind, text=form.text, send_at=form.send_at, user=current_user.user, now=now
            )
        else:
            count = services.draft_mailing(
                conference=conference,
                municipality=current_user.municipality,
                kind=kind,
                text=form.text,
                reach=reach_of(current_user.municipality),
                user=current_user.user,
                now=now,
            )[1]
    except RuleBroken as error:
        return _form_page(conference, kind, form, audience, status=422, problem=str(error))
    db.session.commit()
    if "plan" in request.form:
        return _planned(conference_id, form)
    say(ngettext("Eine Mail liegt zum Prüfen bereit.", "%(num)s Mails liegen zum Prüfen bereit.", count))
    return redirect(url_for("invitations.letters.outbox", conference_id=conference_id, art=kind.value))


@bp.get("/konferenzen/<int:conference_id>/mailings/<int:mailing_id>")
@office(Role.ORGANISER)
def detail(conference_id: int, mailing_id: int):
    """One mailing: its words, to whom it went or will go."""
    conference = get_conference(current_user.municipality, conference_id)
    mailing = queries.get_mailing(conference, mailing_id)
    now = clock.now()
    mails = [(row.mail, delivery_of(row.mail, now)) for row in queries.list_mails(mailing)]
    audience = audience_for(mailing.kind, conference) if _is_planned(mailing) else None
    return render(
        "mailings/detail.html",
        conference=conference,
        mailing=mailing,
        mails=mails,
        audience=audience,
        recipients=audience.only(mailing.only) if audience else [],
        is_planned=_is_planned(mailing),
    )


@bp.get("/konferenzen/<int:conference_id>/mailings/<int:mailing_id>/aendern")
@office(Role.ORGANISER)
def edit(conference_id: int, mailing_id: int):
    """The form of a planned mailing."""
    conference = get_conference(current_user.municipality, conference_id)
    mailing = queries.get_mailing(conference, mailing_id)
    if not _is_planned(mailing):
        return redirect(url_for("mailings.detail", conference_id=conference_id, mailing_id=mailing_id))
    audience = audience_for(mailing.kind, conference)
    local = mailing.send_at.astimezone(clock.BERLIN)
    given = {
        "subject": mailing.subject,
        "body": mailing.body,
        "only": audience.keys if mailing.only is None else mailing.only,
        "day": local.date(),
        "time": local.time(),
    }
    form = MailingForm(mailing.kind, audience.reachable, data=given)
    return _form_page(conference, mailing.kind, form, audience, mailing=mailing)


@bp.post("/konferenzen/<int:conference_id>/mailings/<int:mailing_id>/aendern")
@office(Role.ORGANISER)
def edit_post(conference_id: int, mailing_id: int):
    """Change a planned mailing, after one more question."""
    conference = get_conference(current_user.municipality, conference_id)
    mailing = queries.get_mailing(conference, mailing_id, lock=True)
    audience = audience_for(mailing.kind, conference)
    form = MailingForm(mailing.kind, audience.reachable)
    unfinished = _unfinished(conference, mailing.kind, form, audience, mailing)
    if unfinished is not None:
        return unfinished
    try:
        services.change_mailing(
            conference=conference,
            mailing=mailing,
            text=form.text,
            send_at=form.send_at,
            user=current_user.user,
            now=clock.now(),
        )
    except RuleBroken as error:
        return _form_page(conference, mailing.kind, form, audience, mailing, status=422, problem=str(error))
    db.session.commit()
    return _planned(conference_id, form)


@bp.post("/konferenzen/<int:conference_id>/mailings/<int:mailing_id>/stoppen")
@office(Role.ORGANISER)
def stop(conference_id: int, mailing_id: int):
    """Keep a planned mailing from leaving."""
    conference = get_conference(current_user.municipality, conference_id)
    mailing = queries.get_mailing(conference, mailing_id, lock=True)
    services.stop_mailing(conference=conference, mailing=mailing, user=current_user.user, now=clock.now())
    db.session.commit()
    say(_("Die geplante Mail ist gestoppt. Es geht nichts hinaus."), "info")
    return redirect(url_for("mailings.index", conference_id=conference_id))


def _conference_and_kind(conference_id: int) -> tuple[Conference, MailKind]:
    conference = get_conference(current_user.municipality, conference_id)
    kind = next((kind for kind in GROUP_KINDS if kind.value == request.args.get("art", MailKind.REMINDER.value)), None)
    if kind is None:
        abort(404)
    return conference, kind


def _unfinished(
    conference: Conference, kind: MailKind, form: MailingForm, audience: Audience, mailing: Mailing | None = None
):
    """The page to show while nothing is to be written yet, or None: errors, a preview, the question before planning."""
    plans = mailing is not None or bool({"ask", "plan"} & request.form.keys())
    if not form.validate() or (plans and form.moment_missing()):
        return _form_page(conference, kind, form, audience, mailing, status=422)
    if "preview" in request.form:
        return _form_page(conference, kind, form, audience, mailing)
    if "ask" not in request.form:
        return None
    try:
        services.check_plan(conference=conference, kind=kind, text=form.text, send_at=form.send_at, now=clock.now())
    except RuleBroken as error:
        return _form_page(conference, kind, form, audience, mailing, status=422, problem=str(error))
    return render(
        "mailings/confirm.html",
        conference=conference,
        kind=kind,
        form=form,
        mailing=mailing,
        send_at=form.send_at,
        recipients=audience.only(form.text.only),
        unreachable=audience.unreachable,
        without_public_url=not current_app.config["PUBLIC_URL"],
    )


def _form_page(
    conference: Conference,
    kind: MailKind,
    form: MailingForm,
    audience: Audience,
    mailing: Mailing | None = None,
    status: int = 200,
    problem: str | None = None,
):
    return render(
        "mailings/form.html",
        status=status,
        conference=conference,
        kind=kind,
        form=form,
        audience=audience,
        mailing=mailing,
        problem=problem,
        obstacle=obstacle_to(kind, conference, clock.now()),
        placeholders=WORDINGS[kind].placeholders,
        shown=preview(kind, conference, current_user.municipality, form, audience, request.values.get("recipient"))
        if status == 200
        else None,
    )


def _planned(conference_id: int, form: MailingForm):
    say(_("Geplant für %(when)s. Bis dahin können Sie die Mail ändern oder stoppen.", when=german.moment(form.send_at)))
    return redirect(url_for("mailings.index", conference_id=conference_id))


def _is_planned(mailing: Mailing) -> bool:
    return mailing.send_at is not None and mailing.written_at is None and mailing.stopped_at is None
