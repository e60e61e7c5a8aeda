"""The page of the limits from which on something counts as a finding."""

from dataclasses import asdict

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.core.access import office
from app.core.hypermedia import redirect, render, say
from app.extensions import db
from app.findings import queries, services
from app.findings.blueprint import bp
from app.findings.forms import LIMIT_TEXTS, LimitsForm, limit_text, shown_limits
from app.findings.limits import USUAL, limits_of


@bp.get("/befunde/grenzen")
@office(Role.ORGANISER)
def limits():
    """Every limit with its sentence, the usual and the own value."""
    own = queries.find_limits(current_user.municipality)
    return _page(LimitsForm(data=shown_limits(limits_of(own.limits if own else {}))))


@bp.post("/befunde/grenzen")
@office(Role.ORGANISER)
def limits_post():
    """Store the limits, or go back to the usual ones."""
    if "reset" in request.form:
        services.set_limits(municipality=current_user.municipality, given=asdict(USUAL))
        note("finding_limits.reset", _("Die Grenzwerte der Befunde auf die üblichen Werte zurückgesetzt."))
        db.session.commit()
        say(_("Es gelten wieder die üblichen Grenzwerte."))
        return redirect(url_for("findings.limits"))
    form = LimitsForm()
    if not form.validate():
        return _page(form, status=422)
    services.set_limits(municipality=current_user.municipality, given=form.given)
    note("finding_limits.changed", _("Die Grenzwerte der Befunde geändert."))
    db.session.commit()
    say(_("Die Grenzwerte sind gespeichert. Die Befunde sind neu berechnet."))
    return redirect(url_for("findings.matrix"))


def _page(form: LimitsForm, status: int = 200):
    usual = {name: limit_text(name, value) for name, value in asdict(USUAL).items()}
    own = queries.find_limits(current_user.municipality)
    return render(
        "findings/limits.html", status=status, form=form, usual=usual, texts=LIMIT_TEXTS, own=own.limits if own else {}
    )
