"""The room of a conference on the day: every table at a glance."""

from flask import render_template, request, url_for
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.enums import Role
from app.conferences import queries as conferences
from app.contributions import addresses, broadcast, queries, steps
from app.core import clock
from app.core.access import office
from app.core.hypermedia import redirect, say
from app.core.qr import qr_svg
from app.extensions import db
from app.tables.enums import Phase


@office(Role.ORGANISER, Role.HOST, Role.DEPARTMENT)
def room(conference_id: int):
    """All tables with their step, contributions and links."""
    conference = conferences.get_conference(current_user.municipality, conference_id)
    tables = queries.list_tables(conference)
    return render_template(
        "contributions/room.html",
        conference=conference,
        tables=tables,
        counts=queries.count_by_state(table.id for table in tables),
        wall_url=addresses.wall_url(conference),
        wall_qr=qr_svg(addresses.wall_url(conference)),
    )


@office(Role.ORGANISER)
def step(conference_id: int):
    """Open all tables, or close all."""
    conference = conferences.get_conference(current_user.municipality, conference_id)
    phase = Phase.CLOSED if request.form.get("phase") == Phase.CLOSED else Phase.COLLECTING
    tables = [
        table for table in queries.list_tables(conference) if phase is Phase.CLOSED or table.phase is Phase.PREPARING
    ]
    moved = steps.enter_step_everywhere(tables=tables, phase=phase, user=current_user.user, now=clock.now())
    ids = [table.id for table in moved]
    whole = [queries.get_table_of(current_user.municipality, table_id) for table_id in ids]
    news = [one for table in whole for one in broadcast.of_table(table)]
    news += broadcast.of_wall(conference, whole)
    count = len(moved)
    db.session.commit()
    broadcast.send(news)
    if phase is Phase.CLOSED:
        say(ngettext("%(num)s Tisch ist jetzt geschlossen.", "%(num)s Tische sind jetzt geschlossen.", count))
    else:
        say(ngettext("%(num)s Tisch ist jetzt eröffnet.", "%(num)s Tische sind jetzt eröffnet.", count))
    return redirect(url_for("contributions.room", conference_id=conference_id))
