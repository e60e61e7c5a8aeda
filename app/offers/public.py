"""The Sozialatlas as readers see it."""

from flask import Blueprint, Response, request

from app.accounts.queries import get_municipality
from app.areas import queries as areas
from app.areas.choices import area_choices, tree_of_areas
from app.core import clock
from app.core.access import public
from app.core.collation import sort_key
from app.core.hypermedia import render
from app.core.vocabulary import TargetGroup
from app.offers import listing, queries, rules
from app.offers.exchange import public_csv
from app.offers.forms import OfferFilter

bp = Blueprint("offers", __name__)


@bp.get("/k/<slug>/angebote/")
@public
def index(slug: str):
    """What is offered, by whom, for whom, where."""
    municipality = get_municipality(slug)
    offers = queries.list_offers(municipality)
    places = areas.list_areas_of_municipality(municipality)
    form = OfferFilter(request.args)
    form.offer(listing.categories_of(offers), area_choices(places))
    form.offer_languages(sorted({name for offer in offers for name in offer.languages}, key=sort_key))
    valid = form.validate()
    found = listing.find(offers, form, tree_of_areas(places), clock.local_date(clock.now())) if valid else []
    return render(
        "offers/index.html",
        "offers/_list.html",
        status=200 if valid else 422,
        municipality=municipality,
        form=form,
        total=len(offers),
        listed=listing.page_of(found, form.page if valid else 1),
        groups=dict(TargetGroup.choices()),
    )


@bp.get("/k/<slug>/angebote/<int:offer_id>")
@public
def detail(slug: str, offer_id: int):
    """All that readers may know of one offer."""
    municipality = get_municipality(slug)
    offer = queries.get_current_offer(municipality, offer_id)
    return render(
        "offers/detail.html",
        municipality=municipality,
        offer=offer,
        fresh=rules.is_fresh(offer.confirmed_on, clock.local_date(clock.now())),
        groups=dict(TargetGroup.choices()),
    )


@bp.get("/k/<slug>/daten/angebote.csv")
@public
def table_csv(slug: str):
    """The same as a table, for spreadsheets and for the next import."""
    municipality = get_municipality(slug)
    response = Response(public_csv(queries.list_offers(municipality)), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="angebote-{municipality.slug}.csv"'
    return response
