"""The Sozialatlas as readers see it."""

from flask import Blueprint, request

from app.accounts.queries import get_municipality
from app.areas import queries as areas
from app.core.access import public
from app.core.hypermedia import render
from app.core.vocabulary import TargetGroup
from app.offers import queries
from app.offers.forms import OfferFilter

bp = Blueprint("offers", __name__)


@bp.get("/k/<slug>/angebote/")
@public
def index(slug: str):
    """What is offered, by whom, for whom, where."""
    municipality = get_municipality(slug)
    form = OfferFilter(request.args)
    form.offer(queries.list_categories(municipality), areas.list_area_choices(municipality))
    valid = form.validate()
    offers = []
    if valid:
        offers = queries.list_offers(
            municipality,
            category=form.kategorie.data,
            target_group=TargetGroup(form.zielgruppe.data) if form.zielgruppe.data else None,
            area=areas.get_area(municipality, int(form.gebiet.data)) if form.gebiet.data else None,
        )
    return render(
        "offers/index.html",
        "offers/_list.html",
        status=200 if valid else 422,
        municipality=municipality,
        form=form,
        offers=offers,
        narrowed=any(request.args.get(field.name) for field in form),
        groups=dict(TargetGroup.choices()),
    )
