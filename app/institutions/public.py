"""„Wir möchten beim nächsten Mal eingeladen werden“: the form of the portal, for everybody."""

from flask import Blueprint, Response, request, url_for

from app.accounts.models import Municipality
from app.accounts.queries import get_municipality
from app.areas import queries as areas
from app.core import clock
from app.core.access import public
from app.core.errors import RuleBroken
from app.core.hypermedia import redirect, render
from app.extensions import db, limiter
from app.institutions import requests
from app.institutions.request_forms import AskForm

bp = Blueprint("institutions_public", __name__)
PER_MUNICIPALITY = "5 per minute"


@bp.after_request
def keep_out_of_caches(response: Response) -> Response:
    """What somebody typed belongs in no cache."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _whose() -> str:
    """Counted per municipality: a whole neighbourhood may sit behind one address."""
    return "invite request " + request.view_args["slug"]


@bp.get("/k/<slug>/mitmachen")
@public
def ask(slug: str):
    """The empty form."""
    municipality = get_municipality(slug)
    return _page(municipality, _prepared(municipality, AskForm()))


@bp.post("/k/<slug>/mitmachen")
@public
@limiter.limit(PER_MUNICIPALITY, key_func=_whose)
def ask_post(slug: str):
    """Keep a request; a program that fills in everything gets the same answer and leaves nothing."""
    municipality = get_municipality(slug)
    form = _prepared(municipality, AskForm())
    if form.is_from_a_program:
        return redirect(url_for("institutions_public.thanks", slug=slug))
    if not form.validate():
        return _page(municipality, form, status=422)
    chosen = areas.list_areas_with_ids(municipality, [form.area_id]) if form.area_id else []
    try:
        requests.ask_to_be_invited(
            municipality=municipality,
            institution_name=form.institution_name.data,
            person_name=form.person_name.data,
            email=form.email.data,
            area=chosen[0] if chosen else None,
            topics=form.topics.data,
            message=form.message.data,
            now=clock.now(),
        )
    except RuleBroken as error:
        form.institution_name.errors = [str(error)]
        return _page(municipality, form, status=422)
    db.session.commit()
    return redirect(url_for("institutions_public.thanks", slug=slug))


@bp.get("/k/<slug>/mitmachen/danke")
@public
def thanks(slug: str):
    """It has arrived, and what happens next."""
    return render("institutions/ask_thanks.html", municipality=get_municipality(slug))


def _prepared(municipality: Municipality, form: AskForm) -> AskForm:
    form.offer_areas(areas.list_area_choices(municipality))
    return form


def _page(municipality: Municipality, form: AskForm, status: int = 200):
    return render("institutions/ask.html", status=status, municipality=municipality, form=form)
