"""Pages of the crosswalk between an older scheme and a newer one."""

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.trail import note
from app.areas import queries
from app.areas.blueprint import MAY_ARRANGE, bp
from app.areas.crosswalk_acts import import_crosswalk, save_crosswalk
from app.areas.crosswalk_page import build_page, links_typed, offer_choices
from app.areas.forms import CrosswalkChoice, CrosswalkFile
from app.areas.models import AreaScheme
from app.core.access import office
from app.core.errors import RuleBroken
from app.core.hypermedia import redirect, render, say
from app.core.ids import typed_id
from app.extensions import db
from app.imports.reading import read_table

MOST_NAMED = 5


@bp.get("/gebiete/<int:scheme_id>/uebergang")
@office(*MAY_ARRANGE)
def crosswalk(scheme_id: int):
    """How an older scheme passes into this one: what is stored, or a proposal."""
    return _page(queries.get_scheme(current_user.municipality, scheme_id), CrosswalkFile())


@bp.post("/gebiete/<int:scheme_id>/uebergang")
@office(*MAY_ARRANGE)
def crosswalk_post(scheme_id: int):
    """Store the links that were confirmed, in place of those there were."""
    newer = queries.get_scheme(current_user.municipality, scheme_id)
    older, links = _older(), links_typed(request.form.getlist("links"))
    if links is None:
        raise RuleBroken(_("Die Auswahl ließ sich nicht lesen. Laden Sie die Seite neu."))
    save_crosswalk(older=older, newer=newer, links=links)
    note("area_crosswalk.saved", _("Übergang von „%(old)s“ zu „%(new)s“ gespeichert.", old=older.name, new=newer.name))
    db.session.commit()
    say(_("Der Übergang ist gespeichert."))
    return redirect(url_for("areas.crosswalk", scheme_id=newer.id, aelter=older.id))


@bp.post("/gebiete/<int:scheme_id>/uebergang/datei")
@office(*MAY_ARRANGE)
def crosswalk_file(scheme_id: int):
    """Take a table over as the crosswalk."""
    newer, form = queries.get_scheme(current_user.municipality, scheme_id), CrosswalkFile()
    older = _older()
    if not form.validate():
        return _page(newer, form, status=422)
    try:
        report = import_crosswalk(older=older, newer=newer, sheet=read_table(form.file.data.read()))
    except RuleBroken as error:
        form.file.errors = [str(error)]
        return _page(newer, form, status=422)
    note(
        "area_crosswalk.imported", _("Übergang von „%(old)s“ zu „%(new)s“ importiert.", old=older.name, new=newer.name)
    )
    db.session.commit()
    say(ngettext("%(num)d Zeile übernommen.", "%(num)d Zeilen übernommen.", report.created))
    for refusal in report.refused[:MOST_NAMED]:
        say(_("Zeile %(number)d nicht übernommen: %(why)s", number=refusal.number, why=refusal.reason), "warning")
    if len(report.refused) > MOST_NAMED:
        say(_("%(n)d weitere Zeilen nicht übernommen.", n=len(report.refused) - MOST_NAMED), "warning")
    return redirect(url_for("areas.crosswalk", scheme_id=newer.id, aelter=older.id))


def _older() -> AreaScheme:
    """The older scheme a form names; raises NotFound."""
    return queries.get_scheme(current_user.municipality, typed_id(request.form.get("aelter")) or 0)


def _page(newer: AreaScheme, file_form: CrosswalkFile, status: int = 200):
    form = CrosswalkChoice(request.values)
    older = offer_choices(form, newer, current_user.municipality)
    page = build_page(form, older, newer, propose="vorschlag" in request.args) if older else None
    return render(
        "areas/crosswalk.html", status=status, scheme=newer, older=older, form=form, view=page, file_form=file_form
    )
