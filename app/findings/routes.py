"""Pages of the findings floor: the matrix, what a cell rests on, the sheet of an area, and the matrix as a file."""

from flask import Response, request
from flask_login import current_user

from app.accounts.enums import Role
from app.areas.choices import area_choices
from app.core import clock
from app.core.access import office
from app.core.errors import NotFound
from app.core.hypermedia import render
from app.core.ids import typed_id
from app.core.vocabulary import TargetGroup
from app.findings import limit_routes, link_routes, models, renames, wording  # noqa: F401 -- they register themselves
from app.findings.blueprint import bp
from app.findings.enums import LOUD, FindingKind
from app.findings.export import matrix_csv
from app.findings.forms import MatrixFilter
from app.findings.matrix import Cell, Matrix, build_cell, build_matrix, cells_of_area, loud_cells
from app.findings.sentences import rules_in_words
from app.findings.stock import Stock, find_stock


@bp.get("/befunde/")
@office(Role.ORGANISER, Role.DEPARTMENT)
def matrix():
    """The matrix topic × area."""
    stock = find_stock(current_user.municipality, _today())
    if stock is None:
        return render("findings/empty.html")
    form = _filter(stock)
    number = typed_id(request.args.get("seite")) or 1
    view = _matrix(form, stock)
    return render(
        "findings/matrix.html",
        form=form,
        stock=stock,
        view=view,
        shown=view.page(number),
        number=min(max(number, 1), view.pages),
        chosen={name: value for name, value in form.data.items() if value},
        kinds=LOUD,
        all_kinds=list(FindingKind),
        legend=rules_in_words(stock.limits),
        wording=wording,
    )


@bp.get("/befunde/matrix.csv")
@office(Role.ORGANISER, Role.DEPARTMENT)
def export():
    """The matrix as chosen, for spreadsheets."""
    stock = _stock()
    data = matrix_csv(_matrix(_filter(stock), stock))
    return Response(data, mimetype="text/csv", headers={"Content-Disposition": 'attachment; filename="befunde.csv"'})


@bp.get("/befunde/zelle")
@office(Role.ORGANISER, Role.DEPARTMENT)
def cell():
    """What one cell rests on: rule, figures, offers, what is not known, and a question for a table."""
    stock = _stock()
    group = next((one for one in TargetGroup if one == request.args.get("zielgruppe", "all")), None)
    area = _area(stock)
    if group is None:
        raise NotFound("zielgruppe")
    found = build_cell(stock, area, request.args.get("kategorie", ""), group, _today())
    return render(
        "findings/cell.html",
        cell=found,
        explained=wording.explain(found, stock.limits),
        rows=_offer_rows(found),
        wording=wording,
    )


@bp.get("/befunde/blatt")
@office(Role.ORGANISER, Role.DEPARTMENT)
def sheet():
    """One page to print: what there is to talk about in an area."""
    stock = _stock()
    area = _area(stock)
    cells = cells_of_area(stock, area, _today())
    return render(
        "findings/sheet.html",
        area=area,
        cells=[(one, wording.explain(one, stock.limits)) for one in loud_cells(cells)],
        quiet=[one for one in cells if one.verdict.kinds[0].quiet],
        today=_today(),
        wording=wording,
    )


def _today():
    return clock.local_date(clock.now())


def _stock() -> Stock:
    stock = find_stock(current_user.municipality, _today())
    if stock is None:
        raise NotFound("areas")
    return stock


def _area(stock: Stock):
    area_id = typed_id(request.args.get("gebiet"))
    area = next((one for one in stock.areas if one.id == area_id), None)
    if area is None:
        raise NotFound(area_id)
    return area


def _filter(stock: Stock) -> MatrixFilter:
    """The filter as typed; what cannot be chosen is a page that does not exist."""
    form = MatrixFilter(request.args)
    upper = [area for area in stock.areas if area.id in stock.tree.children]
    form.offer([(level.id, level.name) for level in stock.levels], area_choices(upper))
    if not form.validate():
        raise NotFound("choice")
    return form


def _matrix(form: MatrixFilter, stock: Stock) -> Matrix:
    return build_matrix(
        stock,
        _today(),
        level=next((one for one in stock.levels if str(one.id) == form.ebene.data), None),
        within=next((one for one in stock.areas if str(one.id) == form.gebiet.data), None),
        target_group=TargetGroup(form.zielgruppe.data) if form.zielgruppe.data else None,
        kind=FindingKind(form.befund.data) if form.befund.data else None,
    )


def _offer_rows(found: Cell) -> list:
    offers = {offer.id: offer for offer in found.judged.line.offers}
    return [(one, offers[one.offer.id]) for one in found.verdict.served]
