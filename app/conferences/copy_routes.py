"""Copying a conference."""

from datetime import timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user
from wtforms.fields.choices import SelectChoice

from app.accounts.enums import Role
from app.accounts.trail import note
from app.areas import queries as area_queries
from app.conferences import editing, queries, rules
from app.conferences.blueprint import bp
from app.conferences.copying import CopyPlan, copy_conference
from app.conferences.models import Conference
from app.conferences.series_forms import CopyForm
from app.core import clock
from app.core.access import office
from app.core.hypermedia import redirect, render, say
from app.extensions import db


@bp.get("/konferenzen/<int:conference_id>/kopieren")
@office(Role.ORGANISER)
def copy(conference_id: int):
    """What the copy is to be called, and when and where it is; one year later to begin with."""
    row = queries.get_conference(current_user.municipality, conference_id)
    held = clock.local_date(row.starts_at)
    day = held + timedelta(weeks=rules.WEEKS_OF_A_YEAR)
    form = CopyForm(
        data={
            "title": rules.title_in_year(row.title, held.year, day.year),
            "area": row.area_id,
            "day": day,
            "series": row.series_id,
            "series_round": row.series_round + 1 if row.series_round else None,
        }
    )
    return _form_page(_prepared(form, row), row)


@bp.post("/konferenzen/<int:conference_id>/kopieren")
@office(Role.ORGANISER)
def copy_post(conference_id: int):
    """Make the copy and go on to its key data."""
    row = queries.get_conference(current_user.municipality, conference_id)
    form = _prepared(CopyForm(), row)
    if not form.validate():
        return _form_page(form, row, status=422)
    series = queries.get_series(current_user.municipality, form.series.data) if form.series.data else None
    plan = CopyPlan(
        title=form.title.data,
        area=area_queries.get_area(current_user.municipality, form.area.data),
        day=form.day.data,
        series=series,
        series_round=form.series_round.data or 1,
    )
    made = copy_conference(original=row, plan=plan)
    note("conference.copied", _("„%(title)s“ kopiert als „%(copy)s“.", title=row.title, copy=made.title))
    db.session.commit()
    say(_("„%(title)s“ ist angelegt. Prüfen Sie Termin und Ort.", title=made.title))
    return redirect(url_for("conferences.edit", conference_id=made.id))


def _prepared(form: CopyForm, conference: Conference) -> CopyForm:
    form.area.choices = editing.area_choices(current_user.municipality, conference)
    series = [(row.id, row.title) for row in queries.list_series(current_user.municipality)]
    form.series.choices = [SelectChoice("", _("– keine –")), *series]
    return form


def _form_page(form: CopyForm, conference: Conference, status: int = 200):
    return render("conferences/copy.html", status=status, form=form, conference=conference)
