"""Acts on a conference, its agenda and its preparation; those on topics are in `topics.py`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from app.accounts.models import Municipality
from app.areas.models import Area
from app.conferences import queries, rules
from app.conferences.enums import Moderation
from app.conferences.models import AgendaItem, Conference, PreparationTask
from app.core import clock, tokens
from app.core.errors import RuleBroken
from app.extensions import db
from app.institutions.models import Institution


@dataclass(frozen=True)
class AgendaLine:
    """One line as it is to be; `id` is None for a new one."""

    starts_at: datetime
    title: str
    note: str = ""
    id: int | None = None


def create_conference(
    *,
    municipality: Municipality,
    area: Area,
    starts_at: datetime,
    ends_at: datetime,
    title: str = "",
    venue: str = "",
    venue_address: str = "",
    moderation: Moderation = Moderation.BEFORE_WALL,
    dot_budget: int = 3,
) -> Conference:
    """Add a conference for an area; without title it is called after the municipality's label, area and year.

    Raises RuleBroken when it would end before it begins.
    """
    _check_times(starts_at, ends_at)
    row = Conference(
        municipality_id=municipality.id,
        area=area,
        title=title.strip() or rules.proposed_title(municipality.dialogue_label, area.name, starts_at.year),
        starts_at=starts_at,
        ends_at=ends_at,
        venue=venue,
        venue_address=venue_address,
        moderation=moderation,
        dot_budget=dot_budget,
        wall_token=tokens.new_link_token(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def update_conference(
    *,
    municipality: Municipality,
    conference: Conference,
    area: Area,
    starts_at: datetime,
    ends_at: datetime,
    title: str = "",
    venue: str = "",
    venue_address: str = "",
    moderation: Moderation = Moderation.BEFORE_WALL,
    dot_budget: int = 3,
) -> None:
    """Change a conference; on a new day the agenda moves along and keeps its clock times. Raises RuleBroken."""
    _check_times(starts_at, ends_at)
    day = clock.local_date(starts_at)
    if day != clock.local_date(conference.starts_at):
        for item in queries.list_agenda(conference):
            item.starts_at = rules.moved_to_day(item.starts_at, day)
    conference.area = area
    conference.title = title.strip() or rules.proposed_title(municipality.dialogue_label, area.name, day.year)
    conference.starts_at = starts_at
    conference.ends_at = ends_at
    conference.venue = venue
    conference.venue_address = venue_address
    conference.moderation = moderation
    conference.dot_budget = dot_budget
    db.session.flush()


def add_agenda_item(*, conference: Conference, starts_at: datetime, title: str, note: str = "") -> AgendaItem:
    """Add one line to the agenda."""
    item = AgendaItem(conference_id=conference.id, starts_at=starts_at, title=title, note=note)
    db.session.add(item)
    db.session.flush()
    return item


def save_agenda(*, conference: Conference, lines: Sequence[AgendaLine]) -> None:
    """Make the agenda these lines: known ones are changed, new ones added, missing ones removed."""
    known = {item.id: item for item in queries.list_agenda(conference)}
    for line in lines:
        item = known.pop(line.id, None)
        if item is None:
            add_agenda_item(conference=conference, starts_at=line.starts_at, title=line.title, note=line.note)
        else:
            item.starts_at, item.title, item.note = line.starts_at, line.title, line.note
    for item in known.values():
        db.session.delete(item)
    db.session.flush()


def add_task(*, conference: Conference, department: Institution, title: str, due: date) -> PreparationTask:
    """Give a department something to prepare."""
    task = PreparationTask(conference_id=conference.id, department=department, title=title.strip(), due=due)
    db.session.add(task)
    db.session.flush()
    return task


def complete_task(*, task: PreparationTask, now: datetime) -> None:
    """Tick a task off; doing it twice keeps the first moment."""
    task.done_at = task.done_at or now
    db.session.flush()


def reopen_task(*, task: PreparationTask) -> None:
    """Take the tick back."""
    task.done_at = None
    db.session.flush()


def remove_task(*, task: PreparationTask) -> None:
    """Take a task off the list."""
    db.session.delete(task)
    db.session.flush()


def _check_times(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise RuleBroken(_("Das Ende muss nach dem Beginn liegen."))
