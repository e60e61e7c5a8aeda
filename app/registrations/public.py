"""Registering without an invitation: the form, and what to do where there is none."""

from flask import current_app, request, url_for

from app.accounts.models import Municipality
from app.accounts.queries import get_municipality
from app.conferences.models import Conference
from app.conferences.queries import get_conference, list_topics
from app.core import clock, tokens
from app.core.access import public
from app.core.base_url import public_base_url
from app.core.hypermedia import redirect, render
from app.extensions import db, limiter
from app.invitations import places, retention
from app.registrations import own_routes as own_routes
from app.registrations import reactions as reactions
from app.registrations.blueprint import bp as bp
from app.registrations.enums import Opening
from app.registrations.guest_forms import OpenForm
from app.registrations.opening import opening_of, register_openly
from app.registrations.rules import same_address

PER_EVENT = "300 per minute; 3000 per hour"
PER_MUNICIPALITY = "600 per minute"
PER_ADDRESS = "6 per hour"
ASK_NEXT_TIME = "institutions_public.ask"


def _event() -> str:
    """Everything sent for one event together: a hall behind one connection is not told apart, and need not be."""
    return "registrations of event {slug} {conference_id}".format(**request.view_args)


def _municipality() -> str:
    return "registrations in {slug}".format(**request.view_args)


def _mailbox() -> str:
    """Who would be written to, as a digest: nobody's mailbox is filled by others."""
    return "registrations of " + tokens.digest(same_address(request.form.get("email", "")))


@bp.get("/k/<slug>/termine/<int:conference_id>/anmeldung")
@public
def open_form(slug: str, conference_id: int):
    """The form, or why there is none and what to do."""
    municipality = get_municipality(slug)
    conference = get_conference(municipality, conference_id)
    return _page(municipality, conference, _offered(OpenForm(), conference))


@bp.post("/k/<slug>/termine/<int:conference_id>/anmeldung")
@public
@limiter.limit(PER_MUNICIPALITY, key_func=_municipality)
@limiter.limit(PER_EVENT, key_func=_event)
@limiter.limit(PER_ADDRESS, key_func=_mailbox)
def open_post(slug: str, conference_id: int):
    """Register; the answer is the same whether the address is known or not."""
    municipality = get_municipality(slug)
    conference = get_conference(municipality, conference_id)
    form = _offered(OpenForm(), conference)
    now = clock.now()
    if opening_of(conference, now) is not Opening.OPEN:
        return _page(municipality, conference, form, status=409)
    if not form.is_trapped:
        if not form.validate():
            return _page(municipality, conference, form, status=422)
        register_openly(
            conference=conference, municipality=municipality, entry=form.entry, base_url=public_base_url(), now=now
        )
        db.session.commit()
    return redirect(url_for("registrations_public.open_done", slug=slug, conference_id=conference_id))


@bp.get("/k/<slug>/termine/<int:conference_id>/anmeldung/danke")
@public
def open_done(slug: str, conference_id: int):
    """Look into your mailbox: the rest is in the mail."""
    municipality = get_municipality(slug)
    conference = get_conference(municipality, conference_id)
    if opening_of(conference, clock.now()) is Opening.INVITED_ONLY:
        return _page(municipality, conference, OpenForm())
    return render("registrations/open_done.html", municipality=municipality, conference=conference)


def _offered(form: OpenForm, conference: Conference) -> OpenForm:
    form.offer(list_topics(conference))
    return form


def _page(municipality: Municipality, conference: Conference, form: OpenForm, status: int = 200):
    opening = opening_of(conference, clock.now())
    if opening is not Opening.OPEN:
        ask = ASK_NEXT_TIME in current_app.view_functions
        return render(
            "registrations/not_open.html",
            status=status,
            municipality=municipality,
            conference=conference,
            opening=opening,
            ask_next_time=url_for(ASK_NEXT_TIME, slug=municipality.slug) if ask else None,
        )
    return render(
        "registrations/open.html",
        status=status,
        municipality=municipality,
        conference=conference,
        form=form,
        free=places.free_places(conference),
        waiting=places.count_waiting(conference),
        kept_for_days=retention.KEPT_FOR.days,
        needs_kept_for_days=retention.NEEDS_KEPT_FOR.days,
    )
