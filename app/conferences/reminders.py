"""Mails that remind colleagues of what they prepare, each exactly once."""

from collections.abc import Callable
from datetime import datetime

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import update

from app.conferences import preparation_queries as queries
from app.conferences.models import Conference, PreparationTask
from app.conferences.reminding import is_due, oldest_useful_due
from app.core import clock
from app.core.german import day
from app.core.jobs import jobs
from app.core.mail import release, valid_address, write_mail
from app.extensions import db

LONGEST_SUBJECT = 200


@jobs.every_minute
def remind_of_tasks() -> None:
    """Send what is due now. Without PUBLIC_URL the mails carry no link: a job has no request to read it from."""
    remind(now=clock.now(), tasks_url=_tasks_url)
    db.session.commit()


def remind(*, now: datetime, tasks_url: Callable[[Conference], str | None]) -> int:
    """Write a mail for every reminder that is due, to the owner or the department's main contact; returns how many.

    A reminder without a usable address waits until there is one. `reminded_at` is claimed by a conditional UPDATE in
    the mail's own transaction: whoever comes second claims nothing and writes nothing.
    """
    today = clock.local_date(now)
    tasks = [
        task for task in queries.list_tasks_to_remind(today, oldest_useful_due(today)) if is_due(task.remind_on, now)
    ]
    conferences = queries.conferences_by_id({task.conference_id for task in tasks})
    sent = 0
    for task in tasks:
        address = address_of(task)
        if address and _claim(task, now):
            conference = conferences[task.conference_id]
            _write(task, conference, address, tasks_url(conference), now)
            sent += 1
    return sent


def address_of(task: PreparationTask) -> str | None:
    """Whom to remind of a task that comes with owner and the department's contacts; None without a usable address."""
    candidates = [task.owner.email] if task.owner else []
    candidates += [contact.email for contact in task.department.contacts[:1]]
    return next((address for address in candidates if valid_address(address)), None)


def _claim(task: PreparationTask, now: datetime) -> bool:
    claimed = db.session.execute(
        update(PreparationTask)
        .where(
            PreparationTask.id == task.id,
            PreparationTask.reminded_at.is_(None),
            PreparationTask.done_at.is_(None),
            PreparationTask.remind_on == task.remind_on,
        )
        .values(reminded_at=now)
    )
    return claimed.rowcount == 1


def _write(task: PreparationTask, conference: Conference, address: str, url: str | None, now: datetime) -> None:
    subject = _("Erinnerung: bis %(day)s „%(task)s“", day=day(task.due), task=task.title)
    message = write_mail(
        recipient=address, subject=subject[:LONGEST_SUBJECT], body=_body(task, conference, url), now=now
    )
    release(message)


def _body(task: PreparationTask, conference: Conference, url: str | None) -> str:
    parts = [
        _("Guten Tag"),
        _(
            "für „%(conference)s“ am %(day)s ist noch offen:",
            conference=conference.title,
            day=day(conference.starts_at),
        ),
        "\n".join(
            [
                task.title,
                _("Fachbereich: %(department)s", department=task.department.label),
                _("Zuständig: %(name)s", name=task.owner.name if task.owner else _("noch niemand")),
                _("Fällig am %(day)s", day=day(task.due)),
            ]
        ),
        _("Ist es erledigt? Dann haken Sie die Aufgabe bitte ab: %(url)s", url=url)
        if url
        else _("Ist es erledigt? Dann haken Sie die Aufgabe bitte in Thementisch ab."),
    ]
    return "\n\n".join(parts) + "\n"


def _tasks_url(conference: Conference) -> str | None:
    base = current_app.config["PUBLIC_URL"]
    path = current_app.url_map.bind("").build("conferences.tasks", {"conference_id": conference.id})
    return base + path if base else None
