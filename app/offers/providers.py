"""What providers see by link: confirm or correct their offers without an account."""

from flask import Blueprint, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.models import Municipality
from app.areas import queries as areas
from app.core import clock, personal_links
from app.core.access import by_token
from app.core.errors import NotFound, RuleBroken
from app.core.hypermedia import redirect, render, say
from app.core.vocabulary import TargetGroup
from app.extensions import db
from app.offers import categories, link_queries, link_services, queries
from app.offers.models import Offer, ProviderLink
from app.offers.offer_forms import DetailsForm, NewOfferForm, values_of

bp = Blueprint("providers", __name__)
personal_links.keep_private(bp)
COOKIE = "angebote"


class LinkGone(NotFound):
    """The secret of the address opens nothing: mistyped, expired, revoked or replaced."""


class OtherLink(LinkGone):
    """The form was shown for another link than the one this browser holds now."""


@bp.errorhandler(LinkGone)
def gone(error: LinkGone):  # noqa: ARG001 -- Flask's signature
    """A page that says what to do."""
    return render("offers/unknown_link.html", status=404)


@bp.errorhandler(OtherLink)
def other(error: OtherLink):  # noqa: ARG001 -- Flask's signature
    """Nothing is kept under a link it was not meant for."""
    return render("offers/other_link.html", status=409)


@bp.get("/a/<token>")
@by_token
def enter(token: str):
    """The link of a mail: remember it and go on under an address without secret."""
    _open(token)
    return personal_links.exchange(COOKIE, token, url_for("providers.offers"))


@bp.get("/a/")
@by_token
def offers():
    """The provider's offers; mail scanners may open it as often as they like."""
    link = _link()
    return _page(
        "offers/provider.html",
        link,
        offers=queries.list_offers_of_provider(link.institution),
        today=clock.local_date(clock.now()),
        groups=dict(TargetGroup.choices()),
    )


@bp.post("/a/stimmt")
@by_token
def confirm_all():
    """Everything is right as it stands."""
    link = _link(lock=True)
    return _confirm(link, queries.list_offers_of_provider(link.institution))


@bp.post("/a/angebote/<int:offer_id>/stimmt")
@by_token
def confirm(offer_id: int):
    """One offer is right as it stands."""
    link = _link(lock=True)
    return _confirm(link, [queries.get_offer_of_provider(link.institution, offer_id)])


@bp.get("/a/angebote/<int:offer_id>")
@by_token
def correct(offer_id: int):
    """The form with what is known."""
    link = _link()
    offer = queries.get_offer_of_provider(link.institution, offer_id)
    return _page("offers/provider_form.html", link, form=DetailsForm(data=values_of(offer)), offer=offer)


@bp.post("/a/angebote/<int:offer_id>")
@by_token
def correct_post(offer_id: int):
    """Corrections count at once."""
    link = _link(lock=True)
    offer = queries.get_offer_of_provider(link.institution, offer_id)
    form = DetailsForm()
    if not form.validate():
        return _page("offers/provider_form.html", link, status=422, form=form, offer=offer)
    link_services.correct_by_link(link=link, offer=offer, changes=form.changes, now=clock.now())
    return _done(_("Danke! „%(name)s“ ist auf dem neuen Stand.", name=offer.name))


@bp.post("/a/angebote/<int:offer_id>/beenden")
@by_token
def end(offer_id: int):
    """The offer is no longer there."""
    link = _link(lock=True)
    offer = queries.get_offer_of_provider(link.institution, offer_id)
    link_services.end_by_link(link=link, offer=offer, now=clock.now())
    return _done(_("„%(name)s“ ist als beendet vermerkt. Unten können Sie das zurücknehmen.", name=offer.name))


@bp.post("/a/angebote/<int:offer_id>/weiterfuehren")
@by_token
def resume(offer_id: int):
    """It is still there after all."""
    link = _link(lock=True)
    offer = queries.get_offer_of_provider(link.institution, offer_id)
    link_services.resume_by_link(link=link, offer=offer, now=clock.now())
    return _done(_("„%(name)s“ steht wieder im Sozialatlas.", name=offer.name))


@bp.get("/a/neu")
@by_token
def propose():
    """The empty form for an offer that is missing."""
    link = _link()
    return _proposal_page(link, _proposal(link))


@bp.post("/a/neu")
@by_token
def propose_post():
    """Add an offer that was missing."""
    link = _link(lock=True)
    form = _proposal(link)
    if not form.validate():
        return _proposal_page(link, form, status=422)
    municipality = _municipality(link)
    details = {**form.changes, "areas": areas.list_areas_with_ids(municipality, form.areas.data or [])}
    try:
        link_services.propose_by_link(municipality=municipality, link=link, details=details, now=clock.now())
    except RuleBroken as error:
        form.name.errors = [str(error)]
        return _proposal_page(link, form, status=422)
    return _done(_("Danke! „%(name)s“ steht jetzt im Sozialatlas.", name=form.name.data))


def _open(token: str, *, lock: bool = False) -> ProviderLink:
    try:
        return link_queries.get_link_by_token(token, clock.now(), lock=lock)
    except NotFound:
        raise LinkGone("link") from None


def _link(*, lock: bool = False) -> ProviderLink:
    """The link this browser holds; `lock` is for acts, which must have been meant for this link."""
    link = _open(personal_links.secret(COOKIE), lock=lock)
    if lock and not personal_links.belongs_together(COOKIE):
        raise OtherLink("link")
    return link


def _municipality(link: ProviderLink) -> Municipality:
    return link_queries.get_municipality_of(link)


def _confirm(link: ProviderLink, chosen: list[Offer]):
    count = link_services.confirm_by_link(link=link, offers=chosen, now=clock.now())
    return _done(ngettext("Danke! Ein Angebot ist bestätigt.", "Danke! %(num)s Angebote sind bestätigt.", count))


def _done(message: str):
    db.session.commit()
    say(message)
    return redirect(url_for("providers.offers"))


def _proposal(link: ProviderLink) -> NewOfferForm:
    municipality = _municipality(link)
    form = NewOfferForm()
    known = categories.suggestions(queries.list_categories(municipality))
    form.offer(known, areas.list_area_choices(municipality))
    return form


def _proposal_page(link: ProviderLink, form: NewOfferForm, status: int = 200):
    return _page("offers/provider_form.html", link, status=status, form=form, offer=None)


def _page(template: str, link: ProviderLink, status: int = 200, **context):
    return render(
        template,
        status=status,
        link=link,
        mark=personal_links.fingerprint(COOKIE),
        municipality=_municipality(link),
        **context,
    )
