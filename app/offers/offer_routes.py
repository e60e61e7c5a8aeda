"""Offers in the office: the list, one offer, entering, changing, ending."""

from flask import Response, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.areas import queries as areas
from app.areas.choices import area_choices, tree_of_areas
from app.core import clock
from app.core.access import office
from app.core.errors import RuleBroken
from app.core.hypermedia import redirect, render, say
from app.core.ids import typed_id
from app.core.vocabulary import TargetGroup
from app.extensions import db
from app.institutions.queries import get_institution
from app.offers import categories, exchange, listing, queries, services
from app.offers.blueprint import bp
from app.offers.enums import Standing
from app.offers.forms import AtlasFilter
from app.offers.models import Offer
from app.offers.offer_forms import EndForm, OfferForm, older_areas, values_of


@bp.get("/angebote/")
@office(Role.ORGANISER, Role.DEPARTMENT)
def index():
    """All offers with search, counts of what needs a look, and pages."""
    offers = queries.list_all_offers(current_user.municipality)
    places = areas.list_areas_of_municipality(current_user.municipality)
    form = AtlasFilter(request.args)
    form.offer(listing.categories_of(offers), area_choices(places))
    form.offer_providers(_providers(offers))
    valid = form.validate()
    today = clock.local_date(clock.now())
    found = listing.find_in_office(offers, form, tree_of_areas(places), today) if valid else []
    return render(
        "offers/atlas.html",
        "offers/_atlas_list.html",
        status=200 if valid else 422,
        form=form,
        counts=listing.count_standings(offers, today),
        total=len(offers),
        listed=listing.page_of(found, form.page if valid else 1),
        today=today,
    )


@bp.get("/angebote/angebote.csv")
@office(Role.ORGANISER, Role.DEPARTMENT)
def table_csv():
    """All current offers with the internal columns, as the import takes them."""
    response = Response(exchange.office_csv(queries.list_offers(current_user.municipality)), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="angebote-intern.csv"'
    return response


@bp.get("/angebote/neu")
@office(Role.ORGANISER)
def create():
    """The empty form; the address may name the provider."""
    return _form_page(_prepared(OfferForm(institution=request.args.get("traeger", "")[:10])))


@bp.post("/angebote/neu")
@office(Role.ORGANISER)
def create_post():
    """Enter an offer."""
    form = _prepared(OfferForm())
    if not form.validate():
        return _form_page(form, status=422)
    try:
        offer = services.create_offer(municipality=current_user.municipality, **_given(form))
    except RuleBroken as error:
        return _refused(form, error)
    note("offer.created", _("Angebot „%(name)s“ eingetragen.", name=offer.name))
    db.session.commit()
    say(_("„%(name)s“ steht jetzt im Sozialatlas.", name=offer.name))
    return redirect(url_for("atlas.detail", offer_id=offer.id))


@bp.get("/angebote/<int:offer_id>")
@office(Role.ORGANISER, Role.DEPARTMENT)
def detail(offer_id: int):
    """One offer with everything known of it."""
    offer = queries.get_offer(current_user.municipality, offer_id)
    return _detail_page(offer, EndForm(ended_on=clock.local_date(clock.now())))


@bp.get("/angebote/<int:offer_id>/bearbeiten")
@office(Role.ORGANISER)
def edit(offer_id: int):
    """The form with what is known."""
    offer = queries.get_offer(current_user.municipality, offer_id)
    return _form_page(_prepared(OfferForm(data=values_of(offer)), offer), offer)


@bp.post("/angebote/<int:offer_id>/bearbeiten")
@office(Role.ORGANISER)
def edit_post(offer_id: int):
    """Save changes."""
    offer = queries.get_offer(current_user.municipality, offer_id)
    form = _prepared(OfferForm(), offer)
    if not form.validate():
        return _form_page(form, offer, status=422)
    try:
        services.change_offer(offer=offer, changes=_given(form))
    except RuleBroken as error:
        return _refused(form, error, offer)
    note("offer.changed", _("Angebot „%(name)s“ geändert.", name=offer.name))
    db.session.commit()
    say(_("Die Änderungen sind gespeichert."))
    return redirect(url_for("atlas.detail", offer_id=offer.id))


@bp.post("/angebote/<int:offer_id>/bestaetigen")
@office(Role.ORGANISER)
def confirm(offer_id: int):
    """Note that the provider confirmed the entry, by phone for example."""
    offer = queries.get_offer(current_user.municipality, offer_id)
    services.confirm_offers(offers=[offer], today=clock.local_date(clock.now()))
    note("offer.confirmed", _("Angebot „%(name)s“ als bestätigt vermerkt.", name=offer.name))
    db.session.commit()
    say(_("Der Eintrag gilt als heute vom Träger bestätigt."))
    return redirect(url_for("atlas.detail", offer_id=offer.id))


@bp.post("/angebote/<int:offer_id>/beenden")
@office(Role.ORGANISER)
def end(offer_id: int):
    """Take an offer out of lists and searches."""
    offer = queries.get_offer(current_user.municipality, offer_id)
    form = EndForm()
    form.today = clock.local_date(clock.now())
    if not form.validate():
        return _detail_page(offer, form, status=422)
    services.end_offer(offer=offer, on=form.ended_on.data, today=form.today)
    note("offer.ended", _("Angebot „%(name)s“ beendet.", name=offer.name))
    db.session.commit()
    say(_("„%(name)s“ ist beendet. Auf dieser Seite können Sie es zurücknehmen.", name=offer.name))
    return redirect(url_for("atlas.detail", offer_id=offer.id))


@bp.post("/angebote/<int:offer_id>/weiterfuehren")
@office(Role.ORGANISER)
def resume(offer_id: int):
    """Take back the end of an offer."""
    offer = queries.get_offer(current_user.municipality, offer_id)
    services.resume_offer(offer=offer)
    note("offer.resumed", _("Angebot „%(name)s“ läuft weiter.", name=offer.name))
    db.session.commit()
    say(_("„%(name)s“ steht wieder im Sozialatlas.", name=offer.name))
    return redirect(url_for("atlas.detail", offer_id=offer.id))


def _providers(offers: list[Offer]) -> list[tuple[int, str]]:
    """Who has offers, and whom the directory's page asks about though there are none."""
    known = listing.providers_of(offers)
    asked = typed_id(request.args.get("traeger"))
    if asked is not None and asked not in dict(known):
        known += [row for row in queries.list_provider_choices(current_user.municipality) if row[0] == asked]
    return known


def _prepared(form: OfferForm, offer: Offer | None = None) -> OfferForm:
    """Offer providers, categories and areas; those of an older scheme the offer still has stay."""
    municipality = current_user.municipality
    choices = areas.list_area_choices(municipality)
    choices += older_areas(offer, choices)
    form.offer(categories.suggestions(queries.list_categories(municipality)), choices)
    form.offer_places(queries.list_provider_choices(municipality), choices)
    return form


def _given(form: OfferForm) -> dict:
    """What the form says, as the services take it; ids only count through the municipality."""
    municipality = current_user.municipality
    wanted = [int(form.place.data or 0), *(form.areas.data or [])]
    found = {area.id: area for area in areas.list_areas_with_ids(municipality, wanted)}
    return {
        **form.changes,
        "institution": get_institution(municipality, int(form.institution.data)),
        "place": found.get(int(form.place.data or 0)),
        "areas": [found[area_id] for area_id in form.areas.data or [] if area_id in found],
    }


def _form_page(form: OfferForm, offer: Offer | None = None, status: int = 200):
    return render("offers/form.html", status=status, form=form, offer=offer)


def _refused(form: OfferForm, error: RuleBroken, offer: Offer | None = None):
    form.name.errors = [str(error)]
    return _form_page(form, offer, status=422)


def _detail_page(offer: Offer, form: EndForm, status: int = 200):
    today = clock.local_date(clock.now())
    return render(
        "offers/office_detail.html",
        status=status,
        offer=offer,
        form=form,
        standing=[one for one in Standing if one in queries.standing_of(offer, today)],
        groups=dict(TargetGroup.choices()),
    )
