"""The portal: what a municipality shows to everybody. Only published things ever appear here."""

from flask import Blueprint, Response, jsonify, url_for
from flask_babel import gettext as _

from app.accounts.queries import get_municipality
from app.areas.models import Area
from app.core import clock
from app.core.access import public
from app.core.hypermedia import render
from app.indicators.map_svg import MapArea, choropleth
from app.indicators.maps import DrawnMap, index_map
from app.indicators.queries import list_indicators
from app.offers.queries import list_offers_for_area
from app.portal import open_data, queries, wording
from app.portal.profile import Atlas, draw_profile, open_atlas
from app.portal.published import concerning, list_published
from app.portal.rules import burden_order, count_outcomes

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
        map=_map(slug, atlas),
        papers=papers,
        outcomes=count_outcomes(row.status for paper in papers for row in paper.recommendations),
        dates=queries.list_dates_ahead(municipality, clock.now()),
        wording=wording,
    )


@bp.get("/k/<slug>/raeume/")
@public
def areas(slug: str):
    """All areas, on the map and as a list."""
    municipality = get_municipality(slug)
    atlas = open_atlas(municipality)
    return render("portal/areas.html", municipality=municipality, atlas=atlas, map=_map(slug, atlas))


@bp.get("/k/<slug>/raeume/<code>")
@public
def area(slug: str, code: str):
    """The profile of one area."""
    municipality = get_municipality(slug)
    atlas = open_atlas(municipality)
    place = atlas.get_area(code)
    related = atlas.related(place.id)
    ids = [area.id for area in related]
    papers, offers = list_published(municipality), list_offers_for_area(place, tree=atlas.tree)
    return render(
        "portal/area.html",
        municipality=municipality,
        atlas=atlas,
        area=place,
        profile=draw_profile(municipality, atlas, place),
        map=_map(slug, atlas, place),
        offers=[offer for offer in offers if offer.areas],
        town_wide=sum(not offer.areas for offer in offers),
        conferences=queries.list_past_conferences(municipality, ids, clock.now()),
        papers={paper.conference_id: paper for paper in papers},
        burden_order=burden_order,
        recommendations=concerning(papers, {(area.level.name, area.code) for area in related}),
        wording=wording,
    )


def _map(slug: str, atlas: Atlas, here: Area | None = None) -> DrawnMap | None:
    """The areas with the classes of their index where there is one; each leads to its profile."""
    level = atlas.level_to_draw(here)
    if level is None:
        return None
    marked = set(atlas.tree.below(here.id)) if here else set()

    def address(area: Area) -> str:
        return url_for("portal.area", slug=slug, code=area.code)

    if level.id in atlas.indexes:
        outlines = {area.id: area.geometry for area in atlas.on_level(level.id)}
        return index_map(atlas.indexes[level.id], outlines, href=address, marked=marked)
    drawn = [
        MapArea(area.code, area.name, area.geometry, href=address(area), marked=area.id in marked)
        for area in atlas.on_level(level.id)
    ]
    title = _("Die Räume: %(level)s", level=level.name)
    return DrawnMap(
        title, choropleth(drawn, key="karte", title=title, description=_("Jede Fläche führt zum Profil.")), []
    )


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
        catalogue=list_indicators(municipality),
        licence=open_data.LICENCE,
        licence_url=open_data.LICENCE_URL,
    )


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
