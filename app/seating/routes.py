"""The room plan: proposals, and changing them by hand."""

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.conferences import queries as conference_queries
from app.conferences.rules import MOST_ROUNDS
from app.core import clock
from app.core.access import office
from app.core.errors import RuleBroken
from app.core.hypermedia import render, say
from app.core.ids import typed_id
from app.extensions import db
from app.seating import (
    hand_routes,  # noqa: F401 -- adds seating by hand to the blueprint
    queries,
    services,
    wording,
)
from app.seating.blueprint import bp
from app.seating.forms import RoundsForm
from app.seating.room_plan import Show, room_plan
from app.seating.steps import back, chosen_round

__all__ = ["bp"]


@bp.get("/konferenzen/<int:conference_id>/plaetze/")
@office(Role.ORGANISER, Role.DEPARTMENT, Role.HOST)
def plan(conference_id: int):
    """One round of the room plan, with unmet wishes and why."""
    conference = conference_queries.get_conference(current_user.municipality, conference_id)
    seating = queries.load_seating(conference)
    seen = room_plan(seating, chosen_round(conference), discreet=not _organises())
    show, institution_id = _filter()
    return render(
        "seating/plan.html",
        conference=conference,
        seating=seating,
        plan=seen,
        gave_way=wording.gave_way(seen.summary.breaches),
        shown=seen.shown(show, institution_id),
        show=show,
        Show=Show,
        institution_id=institution_id,
        can_take_back=_organises() and services.can_take_back(conference=conference),
        most_rounds=MOST_ROUNDS,
    )


@bp.get("/konferenzen/<int:conference_id>/plaetze/liste")
@office(Role.ORGANISER, Role.DEPARTMENT, Role.HOST)
def lists(conference_id: int):
    """Who sits at each table of a round, for hosts and for the wall, to be printed."""
    conference = conference_queries.get_conference(current_user.municipality, conference_id)
    seating = queries.load_seating(conference)
    return render(
        "seating/lists.html",
        conference=conference,
        plan=room_plan(seating, chosen_round(conference), discreet=True),
    )


@bp.post("/konferenzen/<int:conference_id>/plaetze/vorschlag")
@office(Role.ORGANISER)
def propose(conference_id: int):
    """Seat everybody who is not fixed."""
    conference = conference_queries.get_conference(current_user.municipality, conference_id)
    number = chosen_round(conference)
    only = number if request.form.get("umfang") == "runde" else None
    try:
        given = services.propose_seats(conference=conference, now=clock.now(), round_=only)
    except RuleBroken as error:
        say(str(error), "warning")
        return back(conference, number)
    note("seats.proposed", _("Sitzplan für „%(title)s“ vorgeschlagen.", title=conference.title))
    db.session.commit()
    say(ngettext("Ein Platz ist vergeben.", "%(num)s Plätze sind vergeben.", given))
    return back(conference, number)


@bp.post("/konferenzen/<int:conference_id>/plaetze/leeren")
@office(Role.ORGANISER)
def clear(conference_id: int):
    """Take away the seats of a round that are not fixed."""
    conference = conference_queries.get_conference(current_user.municipality, conference_id)
    number = chosen_round(conference)
    gone = services.clear_round(conference=conference, round_=number, now=clock.now())
    note("seats.cleared", _("Runde %(n)s des Sitzplans für „%(title)s“ geleert.", n=number, title=conference.title))
    db.session.commit()
    say(ngettext("Eine Person hat keinen Platz mehr.", "%(num)s Personen haben keinen Platz mehr.", gone), "info")
    return back(conference, number)


@bp.post("/konferenzen/<int:conference_id>/plaetze/zurueck")
@office(Role.ORGANISER)
def take_back(conference_id: int):
    """Undo the last proposal or clearing."""
    conference = conference_queries.get_conference(current_user.municipality, conference_id)
    try:
        services.take_back(conference=conference)
    except RuleBroken as error:
        say(str(error), "warning")
        return back(conference, chosen_round(conference))
    note("seats.taken_back", _("Letzten Schritt am Sitzplan für „%(title)s“ zurückgenommen.", title=conference.title))
    db.session.commit()
    say(_("Die Plätze sind wieder wie vorher."), "info")
    return back(conference, chosen_round(conference))


@bp.post("/konferenzen/<int:conference_id>/plaetze/runden")
@office(Role.ORGANISER)
def set_rounds(conference_id: int):
    """How many rounds of tables there are."""
    conference = conference_queries.get_conference(current_user.municipality, conference_id)
    form = RoundsForm()
    if not form.validate():
        say(" ".join(map(str, form.rounds.errors)) or _("Laden Sie die Seite neu."), "warning")
        return back(conference, 1)
    services.set_rounds(conference=conference, rounds=form.rounds.data)
    note("seats.rounds", _("„%(title)s“ hat jetzt %(n)s Tischrunden.", title=conference.title, n=form.rounds.data))
    db.session.commit()
    say(ngettext("Alle bleiben an einem Tisch.", "Es gibt %(num)s Tischrunden.", form.rounds.data))
    return back(conference, 1)


def _organises() -> bool:
    return current_user.role == Role.ORGANISER


def _filter() -> tuple[Show, int | None]:
    """Whom to list: by default those without a seat. Only organisers may ask who needs an accessible place."""
    institution_id = typed_id(request.args.get("institution"))
    if institution_id:
        return Show.INSTITUTION, institution_id
    show = next((show for show in Show if show == request.args.get("zeigen")), Show.UNSEATED)
    if show is Show.INSTITUTION or (show is Show.ACCESSIBLE and not _organises()):
        show = Show.UNSEATED
    return show, None
