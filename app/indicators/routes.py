"""Pages of the indicators floor."""

from flask import request, url_for
from flask_login import current_user

from app.accounts.enums import Role
from app.core.access import office
from app.core.hypermedia import render
from app.indicators import catalogue_routes, clearance_routes, index_routes, need_routes, table_page  # noqa: F401 -- they register their pages
from app.indicators.blueprint import bp
from app.indicators.figures import measure_of, shown
from app.indicators.forms import TableFilter
from app.indicators.index_words import index_words, shown_index


@bp.get("/daten/")
@office(Role.ORGANISER, Role.DEPARTMENT, Role.STATISTICS)
def table():
    """Areas and their figures, the Sozialindex and a map."""
    stock = table_page.find_stock(current_user.municipality, request.args.get("gliederung", ""))
    if stock is None:
        return render("indicators/empty.html")
    form = TableFilter(request.args)
    table_page.offer_choices(form, stock)
    place = {} if stock.current else {"gliederung": stock.scheme.id}
    page = table_page.build_page(form, stock, lambda area: url_for("indicators.table", gebiet=area.id, **place))
    words = index_words(page.result.index) if page.result else None
    figures = {"shown": shown, "measure_of": measure_of, "shown_index": shown_index}
    return render("indicators/table.html", form=form, view=page, stock=stock, words=words, place=place, **figures)
