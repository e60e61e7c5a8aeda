"""What the departments prepare for a conference until when."""

from datetime import date, datetime, timedelta

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.conferences import preparation, preparation_queries, queries, reminding
from app.conferences import tasks as acts
from app.conferences.blueprint import bp
from app.conferences.models import Conference, PreparationTask
from app.conferences.preparation_forms import DAYS_BEFORE, NO_REMINDER, NOBODY, TaskForm
from app.conferences.removed import remember, remembered, take_back
from app.core import clock
from app.core.access import office
from app.core.hypermedia import redirect, render, say, wants_partial
from app.core.ids import typed_id
from app.extensions import db
from app.institutions import queries as institution_queries

TASK_LEAD_TIME = timedelta(days=14)


@bp.get("/konferenzen/<int:conference_id>/aufgaben")
@office(Role.ORGANISER, Role.DEPARTMENT)
def tasks(conference_id: int):
    """What the departments prepare; the address remembers department and person looked at."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    return _tasks_page(conference, _prepared(TaskForm(data=_proposal(conference)), conference))


@bp.post("/konferenzen/<int:conference_id>/aufgaben")
@office(Role.ORGANISER)
def add_task(conference_id: int):
    """Give a department a task."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    form = _prepared(TaskForm(), conference)
    if not form.validate():
        return _tasks_page(conference, form, status=422)
    task = acts.add_task(conference=conference, **_given(form))
    note("task.added", _("Aufgabe für %(department)s eingetragen.", department=task.department.label))
    db.session.commit()
    say(_("Die Aufgabe ist eingetragen.") + _about_reminder(form, task))
    return redirect(_address(conference))


@bp.get("/konferenzen/<int:conference_id>/aufgaben/<int:task_id>")
@office(Role.ORGANISER)
def edit_task(conference_id: int, task_id: int):
    """The form with what is set."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    task = preparation_queries.get_task(conference, task_id)
    return _task_page(conference, task, _prepared(TaskForm(data=_typed(task)), conference, task))


@bp.post("/konferenzen/<int:conference_id>/aufgaben/<int:task_id>")
@office(Role.ORGANISER)
def edit_task_post(conference_id: int, task_id: int):
    """Save changes."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    task = preparation_queries.get_task(conference, task_id)
    form = _prepared(TaskForm(), conference, task)
    if not form.validate():
        return _task_page(conference, task, form, status=422)
    acts.update_task(task=task, **_given(form, task))
    note("task.changed", _("Aufgabe für %(department)s geändert.", department=task.department.label))
    db.session.commit()
    say(_("Die Aufgabe ist gespeichert.") + _about_reminder(form, task))
    return redirect(_address(conference))


@bp.post("/konferenzen/<int:conference_id>/aufgaben/<int:task_id>/erledigt")
@office(Role.ORGANISER, Role.DEPARTMENT)
def complete_task(conference_id: int, task_id: int):
    """Tick a task off."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    acts.complete_task(task=preparation_queries.get_task(conference, task_id), now=clock.now())
    return _ticked(conference)


@bp.post("/konferenzen/<int:conference_id>/aufgaben/<int:task_id>/offen")
@office(Role.ORGANISER, Role.DEPARTMENT)
def reopen_task(conference_id: int, task_id: int):
    """Take the tick back."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    acts.reopen_task(task=preparation_queries.get_task(conference, task_id))
    return _ticked(conference)


@bp.post("/konferenzen/<int:conference_id>/aufgaben/<int:task_id>/entfernen")
@office(Role.ORGANISER)
def remove_task(conference_id: int, task_id: int):
    """Take a task off the list; it can be brought back."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    task = preparation_queries.get_task(conference, task_id)
    remember("task", conference, _kept(task))
    acts.remove_task(task=task)
    note("task.removed", _("Aufgabe für %(department)s entfernt.", department=task.department.label))
    db.session.commit()
    say(_("Die Aufgabe „%(task)s“ ist entfernt. Unten können Sie sie zurückholen.", task=task.title), "info")
    return redirect(_address(conference))


@bp.post("/konferenzen/<int:conference_id>/aufgaben/zurueckholen")
@office(Role.ORGANISER)
def restore_task(conference_id: int):
    """Put the task back that was removed last."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    if kept := take_back("task", conference):
        _bring_back(conference, kept)
        db.session.commit()
        say(_("Die Aufgabe „%(task)s“ ist wieder da.", task=kept["title"]))
    return redirect(_address(conference))


def _proposal(conference: Conference) -> dict:
    return {
        "department": typed_id(request.args.get("fachbereich")),
        "owner": typed_id(request.args.get("wer")) or NOBODY,
        "due": clock.local_date(conference.starts_at) - TASK_LEAD_TIME,
        "remind": reminding.USUAL_DAYS_BEFORE,
    }


def _prepared(form: TaskForm, conference: Conference, task: PreparationTask | None = None) -> TaskForm:
    """Offer departments, team and reminders, and the task's own department and day if the lists lack them."""
    form.department_rows = {row.id: row for row in institution_queries.list_departments(current_user.municipality)}
    if task:
        form.department_rows.setdefault(task.department_id, task.department)
    form.member_rows = {row.id: row for row in preparation_queries.list_team(conference)}
    form.department.choices = [(row.id, row.label) for row in form.department_rows.values()]
    form.owner.choices = [(NOBODY, _("noch niemand"))] + [
        (row.id, _("%(name)s, %(department)s", name=row.name, department=row.department.label))
        for row in form.member_rows.values()
    ]
    days = sorted({*DAYS_BEFORE, *([_days_before(task)] if task and task.remind_on else [])})
    form.remind.choices = [(NO_REMINDER, _("keine Erinnerung")), *((day, _days_word(day)) for day in days)]
    return form


def _days_before(task: PreparationTask) -> int:
    return (task.due - task.remind_on).days


def _days_word(days: int) -> str:
    if days == 0:
        return _("am selben Tag")
    return ngettext("%(num)s Tag vorher", "%(num)s Tage vorher", days)


def _typed(task: PreparationTask) -> dict:
    return {
        "department": task.department_id,
        "title": task.title,
        "owner": task.owner_id or NOBODY,
        "due": task.due,
        "remind": _days_before(task) if task.remind_on else NO_REMINDER,
        "note": task.note,
    }


def _given(form: TaskForm, task: PreparationTask | None = None) -> dict:
    """What the form says, as the acts take it; a reminder that stays as it was is kept even when its day is over."""
    remind_on = reminding.reminder_day(form.due.data, form.days_before, clock.local_date(clock.now()))
    if task and task.remind_on and form.days_before is not None:
        day = form.due.data - timedelta(days=form.days_before)
        remind_on = day if day == task.remind_on else remind_on
    return {
        "department": form.department_rows[form.department.data],
        "title": form.title.data,
        "owner": form.member_rows.get(form.owner.data),
        "due": form.due.data,
        "note": form.note.data,
        "remind_on": remind_on,
    }


def _about_reminder(form: TaskForm, task: PreparationTask) -> str:
    if form.days_before is None or task.remind_on:
        return ""
    return " " + _("Der Tag der Erinnerung ist schon vorbei, deshalb geht keine hinaus.")


def _kept(task: PreparationTask) -> dict:
    return {
        **_typed(task),
        "due": task.due.isoformat(),
        "remind_on": task.remind_on.isoformat() if task.remind_on else None,
        "reminded_at": task.reminded_at.isoformat() if task.reminded_at else None,
        "done_at": task.done_at.isoformat() if task.done_at else None,
    }


def _bring_back(conference: Conference, kept: dict) -> None:
    team = {row.id: row for row in preparation_queries.list_team(conference)}
    task = acts.add_task(
        conference=conference,
        department=institution_queries.get_institution(current_user.municipality, kept["department"]),
        title=kept["title"],
        owner=team.get(kept["owner"]),
        note=kept["note"],
        due=date.fromisoformat(kept["due"]),
        remind_on=date.fromisoformat(kept["remind_on"]) if kept["remind_on"] else None,
    )
    task.reminded_at = datetime.fromisoformat(kept["reminded_at"]) if kept["reminded_at"] else None
    task.done_at = datetime.fromisoformat(kept["done_at"]) if kept["done_at"] else None


def _looked_at() -> dict[str, int]:
    """The filter, from the address or from a form that carries it on."""
    chosen = {name: typed_id(request.values.get(name)) for name in ("fachbereich", "wer")}
    return {name: value for name, value in chosen.items() if value}


def _address(conference: Conference) -> str:
    return url_for("conferences.tasks", conference_id=conference.id, **_looked_at())


def _ticked(conference: Conference):
    db.session.commit()
    return _tasks_page(conference, None) if wants_partial() else redirect(_address(conference))


def _tasks_page(conference: Conference, form: TaskForm | None, status: int = 200):
    chosen = _looked_at()
    today = clock.local_date(clock.now())
    every_task = preparation_queries.list_tasks(conference)
    seen = [
        task
        for task in every_task
        if chosen.get("fachbereich") in (None, task.department_id) and chosen.get("wer") in (None, task.owner_id)
    ]
    return render(
        "conferences/tasks.html",
        "conferences/_tasks.html",
        status=status,
        conference=conference,
        shares=preparation.shares(seen),
        progress=preparation.progress(seen, today),
        any_task=bool(every_task),
        departments=_unique(task.department for task in every_task),
        owners=_unique(task.owner for task in every_task if task.owner),
        chosen=chosen,
        form=form,
        removed=remembered("task", conference),
        today=today,
        is_late=preparation.is_late,
    )


def _unique(rows) -> list:
    return list({row.id: row for row in rows}.values())


def _task_page(conference: Conference, task: PreparationTask, form: TaskForm, status: int = 200):
    return render("conferences/task_form.html", status=status, conference=conference, task=task, form=form)
