"""The station „Vorbereiten“: tables of a conference and what happens at them."""

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.conferences import queries as conference_queries
from app.conferences import topics as topic_services
from app.conferences.models import Conference
from app.conferences.preparation_queries import list_rooms
from app.core import clock
from app.core.access import office
from app.core.errors import RuleBroken
from app.core.hypermedia import redirect, render, say
from app.extensions import db
from app.tables import (
    copying,  # noqa: F401 -- follows when a conference is copied
    headcount,  # noqa: F401 -- answers the preparation
    print_routes,  # noqa: F401 -- adds the print kit to the blueprint
    queries,
    rules,
    services,
)
from app.tables.announcements import table_changed
from app.tables.blueprint import bp
from app.tables.enums import Phase
from app.tables.forms import OpenTopicForm, TableForm
from app.tables.models import TopicTable

__all__ = ["bp"]


@bp.get("/konferenzen/<int:conference_id>/tische/")
@office(Role.ORGANISER, Role.DEPARTMENT)
def index(conference_id: int):
    """Tables with their phases and codes, and how many people sit there."""
    conference = conference_queries.get_conference(current_user.municipality, conference_id)
    topics = conference_queries.list_topics(conference)
    tables = queries.list_tables(conference)
    return render(
        "tables/index.html",
        conference=conference,
        topics=topics,
        tables=tables,
        seated=queries.count_seated(conference),
        topics_without_table=[topic for topic in topics if topic.id not in {table.topic_id for table in tables}],
        waiting_tables=[table for table in tables if table.phase is Phase.PREPARING],
        next_phases=rules.NEXT_PHASES,
        grouped_code=rules.grouped_code,
    )


@bp.post("/konferenzen/<int:conference_id>/tische/alle")
@office(Role.ORGANISER)
def create_all(conference_id: int):
    """A table for every topic that has none."""
    conference = conference_queries.get_conference(current_user.municipality, conference_id)
    added = services.add_missing_tables(conference=conference, topics=conference_queries.list_topics(conference))
    if added:
        note("tables.added", _("%(n)s Tische in „%(title)s“ angelegt.", n=len(added), title=conference.title))
    db.session.commit()
    say(
        ngettext("Ein Tisch ist angelegt.", "%(num)s Tische sind angelegt.", len(added))
        if added
        else _("Jedes Thema hat schon einen Tisch.")
    )
    return _back(conference)


@bp.post("/konferenzen/<int:conference_id>/themen/<int:topic_id>/tische")
@office(Role.ORGANISER)
def add(conference_id: int, topic_id: int):
    """One more table for a topic."""
    conference = conference_queries.get_conference(current_user.municipality, conference_id)
    topic = conference_queries.get_topic(conference, topic_id)
    table = services.add_table(topic=topic)
    note("table.added", _("Tisch %(n)s in „%(title)s“ angelegt.", n=table.number, title=conference.title))
    db.session.commit()
    say(_("Tisch %(n)s „%(table)s“ ist angelegt.", n=table.number, table=table.title))
    return _back(conference, table)


@bp.get("/konferenzen/<int:conference_id>/tische/<int:table_id>")
@office(Role.ORGANISER)
def edit(conference_id: int, table_id: int):
    """Room, host and seats of one table."""
    conference, table = _load(conference_id, table_id)
    form = TableForm(
        data={"room": table.room, "host": table.host, "capacity": table.capacity, "accessible": table.accessible}
    )
    return _table_page(conference, table, form)


@bp.post("/konferenzen/<int:conference_id>/tische/<int:table_id>")
@office(Role.ORGANISER)
def edit_post(conference_id: int, table_id: int):
    """Save changes."""
    conference, table = _load(conference_id, table_id)
    form = TableForm()
    if not form.validate():
        return _table_page(conference, table, form, status=422)
    services.update_table(
        table=table,
        room=form.room.data,
        host=form.host.data,
        capacity=form.capacity.data,
        accessible=form.accessible.data,
    )
    db.session.commit()
    say(_("Tisch %(n)s ist gespeichert.", n=table.number))
    return _back(conference, table)


@bp.post("/konferenzen/<int:conference_id>/tische/<int:table_id>/entfernen")
@office(Role.ORGANISER)
def remove(conference_id: int, table_id: int):
    """Take away a table that was never opened."""
    conference, table = _load(conference_id, table_id)
    number = table.number
    try:
        services.remove_table(table=table)
    except RuleBroken as error:
        say(str(error), "warning")
        return _back(conference, table)
    note("table.removed", _("Tisch %(n)s aus „%(title)s“ entfernt.", n=number, title=conference.title))
    db.session.commit()
    say(_("Tisch %(n)s ist entfernt. Wer dort saß, hat jetzt keinen Platz.", n=number), "info")
    return _back(conference)


@bp.post("/konferenzen/<int:conference_id>/tische/<int:table_id>/phase")
@office(Role.ORGANISER)
def change_phase(conference_id: int, table_id: int):
    """Open, vote, close, reopen."""
    conference, table = _load(conference_id, table_id)
    phase = next((phase for phase in Phase if phase == request.form.get("phase")), None)
    try:
        if phase is None:
            raise RuleBroken(_("Wählen Sie, wie es an diesem Tisch weitergeht."))
        services.enter_phase(table=table, phase=phase, now=clock.now())
    except RuleBroken as error:
        say(str(error), "warning")
        return _back(conference, table)
    note("table.moved_on", _("Tisch %(n)s: %(phase)s.", n=table.number, phase=table.phase.label))
    db.session.commit()
    table_changed.send(table.id)
    say(_("Tisch %(n)s: %(phase)s.", n=table.number, phase=table.phase.label))
    return _back(conference, table)


@bp.post("/konferenzen/<int:conference_id>/tische/oeffnen")
@office(Role.ORGANISER)
def open_all(conference_id: int):
    """Open every table that waits."""
    conference = conference_queries.get_conference(current_user.municipality, conference_id)
    opened = services.open_waiting_tables(tables=queries.list_tables(conference), now=clock.now())
    if opened:
        note("tables.opened", _("%(n)s Tische in „%(title)s“ eröffnet.", n=len(opened), title=conference.title))
    db.session.commit()
    for table in opened:
        table_changed.send(table.id)
    say(
        ngettext("Ein Tisch ist eröffnet.", "%(num)s Tische sind eröffnet.", len(opened))
        if opened
        else _("Alle Tische waren schon eröffnet.")
    )
    return _back(conference)


@bp.get("/konferenzen/<int:conference_id>/themen/<int:topic_id>/festlegen")
@office(Role.ORGANISER)
def open_topic(conference_id: int, topic_id: int):
    """On the day: what the people in the room want to talk about."""
    conference = conference_queries.get_conference(current_user.municipality, conference_id)
    topic = conference_queries.get_topic(conference, topic_id)
    return render("tables/open_topic.html", conference=conference, topic=topic, form=OpenTopicForm())


@bp.post("/konferenzen/<int:conference_id>/themen/<int:topic_id>/festlegen")
@office(Role.ORGANISER)
def open_topic_post(conference_id: int, topic_id: int):
    """Set the open topic's title; its tables follow."""
    conference = conference_queries.get_conference(current_user.municipality, conference_id)
    topic = conference_queries.get_topic(conference, topic_id)
    form = OpenTopicForm()
    if form.validate():
        try:
            topic_services.set_open_topic(topic=topic, title=form.title.data, question=form.question.data)
        except RuleBroken as error:
            form.title.errors = [str(error)]
        else:
            note("topic.set", _("Freies Thema festgelegt: „%(topic)s“.", topic=topic.title))
            db.session.commit()
            for table in queries.list_tables_of_topic(topic):
                table_changed.send(table.id)
            say(_("Das freie Thema heißt jetzt „%(topic)s“.", topic=topic.title))
            return _back(conference)
    return render("tables/open_topic.html", status=422, conference=conference, topic=topic, form=form)


def _table_page(conference: Conference, table: TopicTable, form: TableForm, status: int = 200):
    rooms = list_rooms(conference)
    return render("tables/form.html", status=status, conference=conference, table=table, form=form, rooms=rooms)


def _load(conference_id: int, table_id: int) -> tuple[Conference, TopicTable]:
    conference = conference_queries.get_conference(current_user.municipality, conference_id)
    return conference, queries.get_table_of(conference, table_id)


def _back(conference: Conference, table: TopicTable | None = None):
    anchor = f"tisch-{table.number}" if table else None
    return redirect(url_for("tables.index", conference_id=conference.id, _anchor=anchor))
