"""The portal: what a municipality shows to everybody. Only published things ever appear here."""

from flask import Blueprint, Response, jsonify, request, url_for
from flask_babel import gettext as _

from app.accounts.queries import get_municipality
from app.core import clock
from app.core.access import public
from app.core.base_url import public_base_url
from app.core.hypermedia import redirect, render
from app.indicators.maps import Address
from app.portal import data_sets, open_data, queries
from app.portal.dcat import to_rdf
from app.portal.rules import count_outcomes
from app.profiles import wording
from app.profiles.atlas import draw_map, open_atlas
from app.profiles.pdf import profile_pdf
from app.profiles.profile import build_profile
from app.profiles.published import list_published

bp = Blueprint("portal", __name__)


@bp.get("/k/<slug>/")
@public
def home(slug: str):
    """The shop window."""
    municipality = get_municipality(slug)
    atlas, papers = open_atlas(municipality), list_published(municipality)
    return render(
        "portal/home.html",
        municipality=municipality,
        atlas=atlas,
        map=draw_map(atlas, href=_addresses(slug)),
        papers=papers,
        outcomes=count_outcomes(row.status for paper in papers for row in paper.recommendations),
        dates=queries.list_dates_ahead(municipality, clock.now()),
        wording=wording,
    )


@bp.get("/k/<slug>/raeume/")
@public
def areas(slug: str):
    """All areas, on the map and as a list; with `raum` in the address on to the one chosen from a list."""
    municipality = get_municipality(slug)
    atlas = open_atlas(municipality)
    chosen = request.args.get("raum", "")
    if any(area.code == chosen for area in atlas.areas):
        return redirect(url_for("portal.area", slug=slug, code=chosen))
    problem = _("Diesen Raum gibt es nicht. Wählen Sie einen aus der Liste.") if chosen else None
    return render(
        "portal/areas.html",
        status=422 if problem else 200,
        municipality=municipality,
        atlas=atlas,
        map=draw_map(atlas, href=_addresses(slug)),
        problem=problem,
    )


@bp.get("/k/<slug>/raeume/<code>")
@public
def area(slug: str, code: str):
    """The profile of one area."""
    municipality = get_municipality(slug)
    atlas = open_atlas(municipality)
    place = atlas.get_area(code)
    return render(
        "portal/area.html",
        municipality=municipality,
        atlas=atlas,
        area=place,
        profile=build_profile(municipality, atlas, place, now=clock.now()),
        map=draw_map(atlas, place, href=_addresses(slug)),
        area_url=_addresses(slug),
        wording=wording,
    )


@bp.get("/k/<slug>/raeume/<code>.pdf")
@public
def area_pdf(slug: str, code: str):
    """The profile on one page, to print or to show."""
    municipality = get_municipality(slug)
    atlas = open_atlas(municipality)
    place = atlas.get_area(code)
    profile = build_profile(municipality, atlas, place, now=clock.now())
    address = public_base_url() + _addresses(slug)(place)
    content = profile_pdf(municipality, profile, draw_map(atlas, place), address=address, now=clock.now())
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="profil.pdf"'
    return response


def _addresses(slug: str) -> Address:
    """Where the profile of an area stands for readers."""
    return lambda area: url_for("portal.area", slug=slug, code=area.code)


@bp.get("/k/<slug>/papiere/")
@public
def papers(slug: str):
    """All published papers."""
    municipality = get_municipality(slug)
    return render(
        "portal/papers.html",
        municipality=municipality,
        papers=list_published(municipality),
        count_outcomes=count_outcomes,
        wording=wording,
    )


@bp.get("/k/<slug>/daten/")
@public
def data(slug: str):
    """What can be downloaded, and how to read it."""
    municipality = get_municipality(slug)
    return render(
        "portal/data.html",
        municipality=municipality,
        holdings=data_sets.holdings_of(municipality),
        licence=open_data.LICENCE,
        licence_url=open_data.LICENCE_URL,
    )


@bp.get("/k/<slug>/daten/katalog.rdf")
@public
def catalogue_rdf(slug: str):
    """The catalogue for data portals, DCAT-AP.de."""
    municipality = get_municipality(slug)

    def address(endpoint: str) -> str:
        return public_base_url() + url_for(f"portal.{endpoint}", slug=slug)

    names = ("home", "data", "catalogue_rdf", "indicators_csv", "indicators_json", "areas_geojson")
    addresses = data_sets.Addresses(*(address(name) for name in names))
    catalogue = data_sets.describe(municipality, data_sets.holdings_of(municipality), addresses)
    return Response(to_rdf(catalogue), mimetype="application/rdf+xml")


@bp.get("/k/<slug>/daten/gebiete.geojson")
@public
def areas_geojson(slug: str):
    """The areas for maps."""
    response = jsonify(open_data.areas_as_geojson(get_municipality(slug)))
    response.mimetype = "application/geo+json"
    return response


@bp.get("/k/<slug>/daten/indikatoren.csv")
@public
def indicators_csv(slug: str):
    """The figures for spreadsheets."""
    municipality = get_municipality(slug)
    response = Response(open_data.as_csv(municipality), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="indikatoren-{municipality.slug}.csv"'
    return response


@bp.get("/k/<slug>/daten/indikatoren.json")
@public
def indicators_json(slug: str):
    """The figures for programs."""
    return jsonify(open_data.as_json(get_municipality(slug)))


@bp.get("/k/<slug>/ueber")
@public
def about(slug: str):
    """Imprint, privacy, accessibility."""
    return render("portal/about.html", municipality=get_municipality(slug))
