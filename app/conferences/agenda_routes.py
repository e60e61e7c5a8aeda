"""The agenda of a conference."""

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.conferences import preparation_queries, queries, rules
from app.conferences.agenda import AgendaLine, save_agenda
from app.conferences.blueprint import bp
from app.conferences.models import AgendaItem, Conference
from app.conferences.preparation import with_ends
from app.conferences.preparation_forms import AgendaForm
from app.core import clock
from app.core.access import office
from app.core.hypermedia import redirect, render, say
from app.core.ids import typed_id
from app.extensions import db


@bp.get("/konferenzen/<int:conference_id>/ablauf")
@office(Role.ORGANISER, Role.DEPARTMENT)
def agenda(conference_id: int):
    """The agenda: to type in for the organiser, where an empty one begins with a proposal; to read for departments."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    items = preparation_queries.list_agenda(conference)
    if current_user.role != Role.ORGANISER:
        return render("conferences/agenda_read.html", conference=conference, times=_times(items, conference))
    lines = [_typed(item) for item in items] or _proposal(conference)
    form = AgendaForm(data={"lines": lines})
    form.offer_lines()
    return _agenda_page(conference, form, items, is_proposal=not items)


@bp.post("/konferenzen/<int:conference_id>/ablauf")
@office(Role.ORGANISER)
def agenda_post(conference_id: int):
    """Save the agenda as typed, or offer more lines."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    form = AgendaForm()
    more = "more" in request.form
    if more or not form.validate():
        form.offer_lines()
        items = preparation_queries.list_agenda(conference)
        return _agenda_page(conference, form, items, status=200 if more else 422)
    save_agenda(conference=conference, lines=_lines(form, conference))
    note("agenda.saved", _("Ablauf von „%(title)s“ gespeichert.", title=conference.title))
    db.session.commit()
    say(_("Der Ablauf ist gespeichert."))
    return redirect(url_for("conferences.agenda", conference_id=conference.id))


@bp.get("/konferenzen/<int:conference_id>/ablauf/druck")
@office(Role.ORGANISER, Role.DEPARTMENT)
def print_agenda(conference_id: int):
    """The agenda on one sheet, to be pinned up."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    items = preparation_queries.list_agenda(conference)
    return render("conferences/agenda_print.html", conference=conference, times=_times(items, conference))


def _times(items: list[AgendaItem], conference: Conference) -> list[tuple]:
    return with_ends(items, conference.ends_at)


def _typed(item: AgendaItem) -> dict:
    return {
        "item_id": item.id,
        "at": item.starts_at.astimezone(clock.BERLIN).time(),
        "title": item.title,
        "room": item.room,
        "note": item.note,
    }


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
            room=line.room.data,
            note=line.note.data,
        )
        for line in (entry.form for entry in form.lines)
        if line.is_used
    ]


def _agenda_page(
    conference: Conference, form: AgendaForm, items: list[AgendaItem], status: int = 200, is_proposal: bool = False
):
    return render(
        "conferences/agenda.html",
        status=status,
        conference=conference,
        form=form,
        ends={str(item.id): end for item, end in _times(items, conference) if end},
        rooms=preparation_queries.list_rooms(conference),
        is_proposal=is_proposal,
        has_items=bool(items),
    )
