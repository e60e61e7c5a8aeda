"""The municipality's formats: the list, one of them, the usual ones."""

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.conferences import formats as acts
from app.conferences import queries
from app.conferences.blueprint import bp
from app.conferences.enums import Participation
from app.conferences.format_forms import FormatForm
from app.conferences.models import ConferenceFormat
from app.conferences.usual_formats import USUAL_FORMATS
from app.core.access import office
from app.core.errors import RuleBroken
from app.core.hypermedia import redirect, render, say
from app.extensions import db


@bp.get("/konferenzen/formate/")
@office(Role.ORGANISER)
def formats():
    """All formats with their check lists."""
    return render(
        "conferences/formats.html",
        formats=queries.list_formats(current_user.municipality),
        used=queries.count_conferences_of_formats(current_user.municipality),
        usual=USUAL_FORMATS,
    )


@bp.post("/konferenzen/formate/uebliche")
@office(Role.ORGANISER)
def adopt_formats():
    """Take over the usual formats."""
    rows = acts.adopt_usual_formats(municipality=current_user.municipality)
    if rows:
        note("formats.adopted", _("Übliche Formate übernommen: %(names)s.", names=", ".join(row.name for row in rows)))
        db.session.commit()
    say(
        ngettext("%(num)s Format ist übernommen.", "%(num)s Formate sind übernommen.", len(rows))
        if rows
        else _("Alle üblichen Formate stehen schon in der Liste.")
    )
    return redirect(url_for("conferences.formats"))


@bp.get("/konferenzen/formate/neu")
@office(Role.ORGANISER)
def create_format():
    """The empty form."""
    return _form_page(FormatForm())


@bp.post("/konferenzen/formate/neu")
@office(Role.ORGANISER)
def create_format_post():
    """Add a format."""
    return _save(FormatForm())


@bp.get("/konferenzen/formate/<int:format_id>")
@office(Role.ORGANISER)
def edit_format(format_id: int):
    """The form with what is set."""
    row = queries.get_format(current_user.municipality, format_id)
    lines = [{"title": step.title, "days_before": step.days_before} for step in row.steps]
    form = FormatForm(data={"name": row.name, "participation": row.participation.value, "steps": lines})
    return _form_page(form, row)


@bp.post("/konferenzen/formate/<int:format_id>")
@office(Role.ORGANISER)
def edit_format_post(format_id: int):
    """Save changes."""
    return _save(FormatForm(), queries.get_format(current_user.municipality, format_id))


@bp.post("/konferenzen/formate/<int:format_id>/verschieben")
@office(Role.ORGANISER)
def move_format(format_id: int):
    """One place up or down."""
    row = queries.get_format(current_user.municipality, format_id)
    acts.move_format(municipality=current_user.municipality, row=row, up=request.form.get("richtung") != "ab")
    db.session.commit()
    return redirect(url_for("conferences.formats", _anchor=f"format-{format_id}"))


@bp.post("/konferenzen/formate/<int:format_id>/entfernen")
@office(Role.ORGANISER)
def remove_format(format_id: int):
    """Take a format off the list that nobody uses."""
    row = queries.get_format(current_user.municipality, format_id)
    name = row.name
    try:
        acts.remove_format(municipality=current_user.municipality, row=row)
    except RuleBroken as error:
        say(str(error), "warning")
        return redirect(url_for("conferences.formats"))
    note("format.removed", _("Format „%(name)s“ entfernt.", name=name))
    db.session.commit()
    say(_("Das Format „%(name)s“ ist entfernt.", name=name), "info")
    return redirect(url_for("conferences.formats"))


def _save(form: FormatForm, row: ConferenceFormat | None = None):
    more = "more" in request.form
    if more or not form.validate():
        return _form_page(form, row, status=200 if more else 422)
    values = {
        "municipality": current_user.municipality,
        "name": form.name.data,
        "participation": Participation(form.participation.data),
        "steps": form.typed_steps,
    }
    try:
        if row is None:
            acts.create_format(**values)
        else:
            acts.update_format(row=row, **values)
    except RuleBroken as error:
        form.name.errors = [str(error)]
        return _form_page(form, row, status=422)
    note("format.saved", _("Format „%(name)s“ gespeichert.", name=form.name.data))
    db.session.commit()
    say(_("Das Format „%(name)s“ ist gespeichert.", name=form.name.data))
    return redirect(url_for("conferences.formats"))


def _form_page(form: FormatForm, row: ConferenceFormat | None = None, status: int = 200):
    form.offer_steps()
    return render("conferences/format_form.html", status=status, form=form, format=row)
