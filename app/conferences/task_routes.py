"""What the departments prepare for a conference until when."""

from datetime import date, timedelta

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.conferences import preparation_queries, queries
from app.conferences import tasks as acts
from app.conferences.blueprint import bp
from app.conferences.models import Conference
from app.conferences.preparation_forms import TaskForm
from app.core import clock
from app.core.access import office
from app.core.hypermedia import redirect, render, say, wants_partial
from app.extensions import db
from app.institutions import queries as institution_queries

TASK_LEAD_TIME = timedelta(days=14)


@bp.get("/konferenzen/<int:conference_id>/aufgaben")
@office(Role.ORGANISER, Role.DEPARTMENT)
def tasks(conference_id: int):
    """What the departments prepare."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    return _tasks_page(conference, _task_form(conference, request.args))


@bp.post("/konferenzen/<int:conference_id>/aufgaben")
@office(Role.ORGANISER)
def add_task(conference_id: int):
    """Give a department a task."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    form = _task_form(conference)
    if not form.validate():
        return _tasks_page(conference, form, status=422)
    department = institution_queries.get_institution(current_user.municipality, form.department.data)
    acts.add_task(conference=conference, department=department, title=form.title.data, due=form.due.data)
    note("task.added", _("Aufgabe für %(department)s eingetragen.", department=department.label))
    db.session.commit()
    say(_("Die Aufgabe ist eingetragen."))
    return redirect(url_for("conferences.tasks", conference_id=conference.id))


@bp.post("/konferenzen/<int:conference_id>/aufgaben/<int:task_id>/erledigt")
@office(Role.ORGANISER, Role.DEPARTMENT)
def complete_task(conference_id: int, task_id: int):
    """Tick a task off."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    acts.complete_task(task=preparation_queries.get_task(conference, task_id), now=clock.now())
    return _task_changed(conference)


@bp.post("/konferenzen/<int:conference_id>/aufgaben/<int:task_id>/offen")
@office(Role.ORGANISER, Role.DEPARTMENT)
def reopen_task(conference_id: int, task_id: int):
    """Take the tick back."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    acts.reopen_task(task=preparation_queries.get_task(conference, task_id))
    return _task_changed(conference)


@bp.post("/konferenzen/<int:conference_id>/aufgaben/<int:task_id>/entfernen")
@office(Role.ORGANISER)
def remove_task(conference_id: int, task_id: int):
    """Take a task off the list; the form below then holds it, so that it can be put back."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    task = preparation_queries.get_task(conference, task_id)
    typed = {"bereich": task.department_id, "aufgabe": task.title, "bis": task.due.isoformat()}
    acts.remove_task(task=task)
    note("task.removed", _("Aufgabe für %(department)s entfernt.", department=task.department.label))
    db.session.commit()
    say(_("Die Aufgabe ist entfernt. Sie steht noch im Formular unten: Eintragen holt sie zurück."), "info")
    return redirect(url_for("conferences.tasks", conference_id=conference.id, **typed))


def _task_form(conference: Conference, typed=None) -> TaskForm:
    """The form with departments to choose from; `typed` brings back a task just removed."""
    departments = institution_queries.list_departments(current_user.municipality)
    form = TaskForm(data=_initial_task(conference, typed) if typed is not None else None)
    form.department.choices = [(row.id, row.label) for row in departments]
    return form


def _initial_task(conference: Conference, typed) -> dict:
    try:
        due = date.fromisoformat(typed.get("bis", ""))
    except ValueError:
        due = clock.local_date(conference.starts_at) - TASK_LEAD_TIME
    return {"department": typed.get("bereich", type=int), "title": typed.get("aufgabe", "")[:200], "due": due}


def _task_changed(conference: Conference):
    db.session.commit()
    if wants_partial():
        return _tasks_page(conference, None)
    return redirect(url_for("conferences.tasks", conference_id=conference.id))


def _tasks_page(conference: Conference, form: TaskForm | None, status: int = 200):
    return render(
        "conferences/tasks.html",
        "conferences/_tasks.html",
        status=status,
        conference=conference,
        tasks=preparation_queries.list_tasks(conference),
        form=form,
        today=clock.local_date(clock.now()),
    )
