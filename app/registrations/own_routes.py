"""Everybody's own page behind a personal link: what, when, where, my place, and what I can do about it.

The link in the mail moves its secret into a cookie; looking changes nothing, so mail scanners may look.
"""

from dataclasses import dataclass

from flask import Response, current_app, url_for
from flask_babel import gettext as _

from app.accounts.models import Municipality
from app.conferences.models import Conference
from app.conferences.queries import list_topics
from app.core import clock, personal_links
from app.core.access import by_token
from app.core.base_url import public_base_url
from app.core.errors import NotFound, RuleBroken
from app.core.hypermedia import redirect, render, say
from app.core.qr import qr_svg
from app.extensions import db
from app.invitations import calendar_file, places, retention
from app.invitations.enums import Place
from app.invitations.models import Registration
from app.invitations.rules import answers_open
from app.registrations import own_place, queries
from app.registrations.blueprint import bp
from app.registrations.guest_forms import DetailsForm, details_so_far

COOKIE = "platz"
FEEDBACK = "attendance_public.feedback"


class LinkGone(NotFound):
    """The secret opens nobody's page: mistyped, revoked, too old, or never brought along."""


class OtherLink(RuleBroken):
    """The form was shown for another person's link than the one this browser holds now."""


@dataclass(frozen=True)
class Own:
    """Whose page it is."""

    registration: Registration
    conference: Conference
    municipality: Municipality


@bp.errorhandler(LinkGone)
def gone(error: LinkGone):  # noqa: ARG001 -- Flask's signature
    """One page for every reason, so that trying out secrets teaches nothing."""
    return render("invitations/unknown_link.html", status=404)


@bp.errorhandler(OtherLink)
def other_link(error: OtherLink):  # noqa: ARG001 -- Flask's signature
    """Nothing was done: it would have been done for somebody else."""
    return render("registrations/other_link.html", status=409)


@bp.get("/p/<token>")
@by_token
def enter(token: str):
    """The link of a mail: remember it and show the page under an address without secret."""
    _opened_by(token)
    return personal_links.exchange(COOKIE, token, url_for("registrations_public.own"))


@bp.get("/p/")
@by_token
def own():
    """My place."""
    mine = _mine()
    return _page(mine, DetailsForm(data=details_so_far(mine.registration, queries.find_need(mine.registration))))


@bp.get("/p/termin.ics")
@by_token
def calendar():
    """The date for a calendar."""
    written = calendar_file.publication(_mine().conference, now=clock.now())
    response = Response(written, mimetype="text/calendar")
    response.headers["Content-Disposition"] = 'attachment; filename="termin.ics"'
    return response


@bp.post("/p/bestaetigen")
@by_token
def confirm():
    """The address is mine."""
    mine = _mine_to_change()
    own_place.confirm_address(
        conference=mine.conference,
        municipality=mine.municipality,
        registration=mine.registration,
        base_url=public_base_url(),
        now=clock.now(),
    )
    db.session.commit()
    say(_("Vielen Dank! Ihre Anmeldung ist bestätigt."))
    return _back()


@bp.post("/p/angaben")
@by_token
def change():
    """Other wishes, other needs."""
    mine = _mine_to_change()
    form = DetailsForm()
    form.offer(list_topics(mine.conference))
    if not form.validate():
        return _page(mine, form, status=422)
    own_place.change_details(
        conference=mine.conference,
        registration=mine.registration,
        wishes=form.topic_ids,
        needs=form.needs.data,
        accessible_place=form.accessible_place.data,
        now=clock.now(),
    )
    db.session.commit()
    say(_("Ihre Wünsche und Angaben sind gespeichert."))
    return _back()


@bp.post("/p/absagen")
@by_token
def cancel():
    """I do not come after all."""
    mine = _mine_to_change()
    own_place.cancel(conference=mine.conference, registration=mine.registration, now=clock.now())
    db.session.commit()
    say(_("Schade! Ihre Absage ist gespeichert. Danke, dass Sie Bescheid geben."), "info")
    return _back()


@bp.post("/p/zurueck")
@by_token
def come_back():
    """I come after all."""
    mine = _mine_to_change()
    place = own_place.come_after_all(conference=mine.conference, registration=mine.registration, now=clock.now())
    db.session.commit()
    if place is Place.WAITING:
        say(_("Inzwischen sind alle Plätze vergeben. Sie stehen jetzt am Ende der Warteliste."), "info")
    else:
        say(_("Schön, dass Sie doch kommen. Sie haben wieder einen Platz."))
    return _back()


def _opened_by(token: str) -> Own:
    try:
        registration, conference = queries.get_person_by_token(token, clock.now())
    except NotFound:
        raise LinkGone("link") from None
    return Own(registration, conference, queries.get_municipality_of(conference))


def _mine() -> Own:
    """What the cookie opens; raises LinkGone."""
    return _opened_by(personal_links.secret(COOKIE))


def _mine_to_change() -> Own:
    """The same for a form that was sent; raises OtherLink when it was shown for another link."""
    mine = _mine()
    if not personal_links.belongs_together(COOKIE):
        raise OtherLink
    return mine


def _page(mine: Own, form: DetailsForm, status: int = 200):
    now = clock.now()
    form.offer(list_topics(mine.conference))
    has_feedback = FEEDBACK in current_app.view_functions and now >= mine.conference.ends_at
    return render(
        "registrations/own.html",
        status=status,
        link=personal_links.fingerprint(COOKIE),
        registration=mine.registration,
        conference=mine.conference,
        municipality=mine.municipality,
        form=form,
        number=places.place_in_line(mine.conference, mine.registration),
        ahead=answers_open(now, mine.conference.starts_at),
        over=now >= mine.conference.ends_at,
        code=mine.registration.badge_code,
        qr=qr_svg(mine.registration.badge_code),
        feedback=url_for(FEEDBACK) if has_feedback else None,
        kept_for_days=retention.KEPT_FOR.days,
        needs_kept_for_days=retention.NEEDS_KEPT_FOR.days,
    )


def _back() -> Response:
    return redirect(url_for("registrations_public.own"))
