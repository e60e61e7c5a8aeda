"""Pages of the indicators floor: raw values and their clearance."""

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.core import clock
from app.core.access import office
from app.core.errors import RuleBroken
from app.core.hypermedia import redirect, render, say
from app.extensions import db
from app.indicators import clearance_page, clearance_queries
from app.indicators.blueprint import bp
from app.indicators.clearance_forms import ClearingForm
from app.indicators.clearing import clear_values
from app.indicators.clearing import undo_clearance as take_back


@bp.get("/daten/freigaben/")
@office(Role.ORGANISER, Role.STATISTICS)
def clearances():
    """Who cleared which values, and when."""
    return render("indicators/clearances.html", clearances=clearance_queries.list_clearances(current_user.municipality))


@bp.get("/daten/freigaben/<int:clearance_id>")
@office(Role.ORGANISER, Role.STATISTICS)
def clearance(clearance_id):
    """One clearance with its counts."""
    row = clearance_queries.get_clearance(current_user.municipality, clearance_id)
    return render("indicators/clearance.html", clearance=row)


@bp.post("/daten/freigaben/<int:clearance_id>/zuruecknehmen")
@office(Role.STATISTICS)
def clearance_undo(clearance_id):
    """Put the published values back as they were before."""
    row = clearance_queries.get_clearance(current_user.municipality, clearance_id)
    try:
        take_back(municipality=current_user.municipality, clearance=row, user=current_user.user, now=clock.now())
    except RuleBroken as error:
        say(str(error), "danger")
        return redirect(url_for("indicators.clearance", clearance_id=clearance_id))
    db.session.commit()
    say(_("Die Freigabe ist zurückgenommen. Es steht wieder da, was vorher veröffentlicht war."))
    return redirect(url_for("indicators.clearance", clearance_id=clearance_id))


@bp.get("/daten/rohwerte/")
@office(Role.STATISTICS)
def raw_values():
    """What lies in the protected table, and what of it is not cleared yet."""
    stock = clearance_page.by_scheme(clearance_queries.list_raw_stock(current_user.municipality))
    return render("indicators/raw_values.html", stock=stock, choice_of=clearance_page.choice_of)


@bp.get("/daten/rohwerte/freigeben")
@office(Role.STATISTICS)
def raw_clearing():
    """What would be shown and what would stay secret, before anything is published."""
    form = ClearingForm()
    form.suggest(_("Statistikstelle %(town)s", town=current_user.municipality.name), clock.now().date())
    return _clearing_page(form)


@bp.post("/daten/rohwerte/freigeben")
@office(Role.STATISTICS)
def raw_clearing_post():
    """Publish what was chosen."""
    form = ClearingForm()
    selection = _selection()
    if selection is None or not form.validate():
        return _clearing_page(form, 422)
    try:
        done = clear_values(
            municipality=current_user.municipality,
            scheme=selection.scheme,
            pairs=selection.pairs,
            cleared_by=form.cleared_by.data,
            cleared_on=form.cleared_on.data,
            user=current_user.user,
            now=clock.now(),
        )
    except RuleBroken as error:
        form.cleared_by.errors = [str(error)]
        return _clearing_page(form, 422)
    db.session.commit()
    say(_("Freigegeben: %(shown)s Werte. Geheim bleiben %(secret)s.", **_counts(done.summary)))
    return redirect(url_for("indicators.clearance", clearance_id=done.id))


def _counts(summary: dict) -> dict:
    return {"shown": summary["shown"], "secret": summary["secret"]}


def _selection() -> clearance_page.Selection | None:
    return clearance_page.find_selection(current_user.municipality, request.args.getlist("wert"))


def _clearing_page(form: ClearingForm, status: int = 200):
    selection = _selection()
    if selection is None:
        say(_("Wählen Sie aus, welche Werte freigegeben werden sollen."), "danger")
        return redirect(url_for("indicators.raw_values"))
    shown = clearance_page.preview(current_user.municipality, selection)
    chosen = [clearance_page.choice_of(one) for one in selection.stock]
    return render("indicators/raw_clearing.html", status=status, form=form, view=shown, chosen=chosen)
