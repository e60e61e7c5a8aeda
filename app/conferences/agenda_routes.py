"""The agenda of a conference."""

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.conferences import preparation_queries, queries, rules
from app.conferences.agenda import AgendaLine, save_agenda
from app.conferences.blueprint import bp
from app.conferences.models import Conference
from app.conferences.preparation_forms import AgendaForm
from app.core import clock
from app.core.access import office
from app.core.hypermedia import redirect, render, say
from app.core.ids import typed_id
from app.extensions import db


@bp.get("/konferenzen/<int:conference_id>/ablauf")
@office(Role.ORGANISER)
def agenda(conference_id: int):
    """The agenda as a list to type in; an empty one begins with a proposal."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    items = preparation_queries.list_agenda(conference)
    lines = [
        {
            "item_id": item.id,
            "at": item.starts_at.astimezone(clock.BERLIN).time(),
            "title": item.title,
            "note": item.note,
        }
        for item in items
    ] or _proposal(conference)
    form = AgendaForm(data={"lines": lines})
    form.offer_lines()
    return render("conferences/agenda.html", conference=conference, form=form, is_proposal=not items)


@bp.post("/konferenzen/<int:conference_id>/ablauf")
@office(Role.ORGANISER)
def agenda_post(conference_id: int):
    """Save the agenda as typed, or offer more lines."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    form = AgendaForm()
    more = "more" in request.form
    if more or not form.validate():
        form.offer_lines()
        return render(
            "conferences/agenda.html", status=200 if more else 422, conference=conference, form=form, is_proposal=False
        )
    save_agenda(conference=conference, lines=_lines(form, conference))
    note("agenda.saved", _("Ablauf von „%(title)s“ gespeichert.", title=conference.title))
    db.session.commit()
    say(_("Der Ablauf ist gespeichert."))
    return redirect(url_for("conferences.agenda", conference_id=conference.id))


def _proposal(conference: Conference) -> list[dict]:
    start, end = (moment.astimezone(clock.BERLIN).time() for moment in (conference.starts_at, conference.ends_at))
    return [{"at": at, "title": title} for at, title in rules.proposed_agenda(start, end)]


def _lines(form: AgendaForm, conference: Conference) -> list[AgendaLine]:
    day = clock.local_date(conference.starts_at)
    return [
        AgendaLine(
            id=typed_id(line.item_id.data),
            starts_at=clock.from_local(day, line.at.data.hour, line.at.data.minute),
            title=line.title.data,
            note=line.note.data,
        )
        for line in (entry.form for entry in form.lines)
        if line.is_used
    ]
