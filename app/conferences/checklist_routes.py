"""From the check list of a conference's format to tasks: looked at first, then taken over."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.conferences import preparation, preparation_queries, queries
from app.conferences.blueprint import bp
from app.conferences.models import Conference, FormatStep
from app.conferences.preparation_forms import NOBODY, ChecklistForm
from app.conferences.tasks import Assignment, take_over_checklist
from app.core import clock
from app.core.access import office
from app.core.hypermedia import redirect, render, say
from app.core.ids import typed_id
from app.extensions import db
from app.institutions import queries as institution_queries


@bp.get("/konferenzen/<int:conference_id>/aufgaben/pruefliste")
@office(Role.ORGANISER)
def checklist(conference_id: int):
    """The steps that are not on the list of tasks yet, with the day they would be due."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    steps = _missing(conference)
    form = _prepared(ChecklistForm(data={"lines": [{"step_id": step.id, "take": True} for step in steps]}))
    return _page(conference, form, steps)


@bp.post("/konferenzen/<int:conference_id>/aufgaben/pruefliste")
@office(Role.ORGANISER)
def checklist_post(conference_id: int):
    """Make tasks of the chosen steps."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    steps = _missing(conference)
    form = _prepared(ChecklistForm())
    if not form.validate():
        return _page(conference, form, steps, status=422)
    today = clock.local_date(clock.now())
    added = take_over_checklist(conference=conference, assignments=_assignments(form, steps), today=today)
    if added:
        note("tasks.added", _("Prüfliste in „%(title)s“ übernommen.", title=conference.title))
    db.session.commit()
    say(
        ngettext("Eine Aufgabe ist eingetragen.", "%(num)s Aufgaben sind eingetragen.", len(added))
        if added
        else _("Es ist nichts Neues dazugekommen."),
        "success" if added else "info",
    )
    return redirect(url_for("conferences.tasks", conference_id=conference.id))


def _missing(conference: Conference) -> list[FormatStep]:
    titles = [task.title for task in preparation_queries.list_tasks(conference)]
    return preparation.missing_steps(preparation_queries.list_format_steps(conference), titles)


def _prepared(form: ChecklistForm) -> ChecklistForm:
    form.department_rows = {row.id: row for row in institution_queries.list_departments(current_user.municipality)}
    choices = [(row.id, row.label) for row in form.department_rows.values()]
    form.department.choices = choices
    for entry in form.lines:
        entry.form.department.choices = [(NOBODY, _("wie für alle")), *choices]
    return form


def _assignments(form: ChecklistForm, steps: list[FormatStep]) -> list[Assignment]:
    missing = {step.id: step for step in steps}
    chosen = [
        (missing.get(typed_id(line.step_id.data)), line.department.data or form.department.data)
        for line in (entry.form for entry in form.lines)
        if line.take.data
    ]
    return [Assignment(step, form.department_rows[department_id]) for step, department_id in chosen if step]


def _page(conference: Conference, form: ChecklistForm, steps: list[FormatStep], status: int = 200):
    day = clock.local_date(conference.starts_at)
    return render(
        "conferences/checklist.html",
        status=status,
        conference=conference,
        form=form,
        steps={str(step.id): (step, preparation.due_day(day, step.days_before)) for step in steps},
        has_steps=bool(preparation_queries.list_format_steps(conference)) if not steps else True,
        today=clock.local_date(clock.now()),
    )
