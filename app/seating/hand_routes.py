"""Seating by hand: moving, swapping and fixing the people that are ticked."""

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.conferences import queries as conference_queries
from app.conferences.models import Conference
from app.core.access import office
from app.core.errors import RuleBroken
from app.core.hypermedia import say
from app.extensions import db
from app.invitations.models import Registration
from app.invitations.queries import list_registrations
from app.seating import services
from app.seating.blueprint import bp
from app.seating.forms import PeopleForm
from app.seating.steps import back, chosen_round
from app.tables.models import TopicTable
from app.tables.queries import list_tables


@bp.post("/konferenzen/<int:conference_id>/plaetze/setzen")
@office(Role.ORGANISER)
def move(conference_id: int):
    """Seat the ticked people at a table for good, or take their seats away."""
    conference = conference_queries.get_conference(current_user.municipality, conference_id)
    number = chosen_round(conference)
    tables = {table.id: table for table in list_tables(conference)}
    people, table_id = _ticked(conference, tables)
    if not people or table_id is None:
        say(_("Haken Sie zuerst an, wer umgesetzt werden soll, und wählen Sie dann den Tisch."), "warning")
        return back(conference, number)
    table = tables.get(table_id)
    try:
        too_many = _move(people, table, number)
    except RuleBroken as error:
        say(str(error), "warning")
        return back(conference, number)
    note("seats.moved", _("Plätze in „%(title)s“ von Hand geändert.", title=conference.title))
    db.session.commit()
    _tell(people, table, too_many)
    return back(conference, number, f"tisch-{table.number}" if table else "personen")


@bp.post("/konferenzen/<int:conference_id>/plaetze/festsetzen")
@office(Role.ORGANISER)
def fix(conference_id: int):
    """Keep the ticked people where they sit, or let the next proposal move them again."""
    conference = conference_queries.get_conference(current_user.municipality, conference_id)
    number, fixed = chosen_round(conference), request.form.get("fest") != "0"
    people, _table = _ticked(conference, {})
    if not people:
        say(_("Haken Sie zuerst an, wen Sie meinen."), "warning")
        return back(conference, number)
    count = services.fix_seats(people=people, round_=number, fixed=fixed)
    note("seats.fixed", _("Plätze in „%(title)s“ festgesetzt oder gelöst.", title=conference.title))
    db.session.commit()
    say(
        ngettext("Eine Person bleibt beim nächsten Vorschlag sitzen.", "%(num)s Personen bleiben sitzen.", count)
        if fixed
        else ngettext("Ein Platz ist wieder frei für Vorschläge.", "%(num)s Plätze sind wieder gelöst.", count)
    )
    return back(conference, number)


@bp.post("/konferenzen/<int:conference_id>/plaetze/tauschen")
@office(Role.ORGANISER)
def swap(conference_id: int):
    """Let the two ticked people change places."""
    conference = conference_queries.get_conference(current_user.municipality, conference_id)
    number = chosen_round(conference)
    people, _table = _ticked(conference, {})
    try:
        if len(people) != 2:
            raise RuleBroken(_("Zum Tauschen haken Sie zwei Personen an, die an verschiedenen Tischen sitzen."))
        services.swap_seats(first=people[0], second=people[1], round_=number)
    except RuleBroken as error:
        say(str(error), "warning")
        return back(conference, number)
    note("seats.swapped", _("Zwei Plätze in „%(title)s“ getauscht.", title=conference.title))
    db.session.commit()
    say(_("%(first)s und %(second)s haben die Plätze getauscht.", first=people[0].name, second=people[1].name))
    return back(conference, number)


def _ticked(conference: Conference, tables: dict[int, TopicTable]) -> tuple[list[Registration], int | None]:
    """The ticked people and the chosen table (0: none); nobody when the form names strangers."""
    people = {person.id: person for person in list_registrations(conference)}
    form = PeopleForm()
    form.people.choices = [(person_id, "") for person_id in people]
    form.table.choices = [(0, ""), *((table_id, "") for table_id in tables)]
    form.table.validate_choice = bool(tables)
    if not form.validate():
        return [], None
    return [people[person_id] for person_id in dict.fromkeys(form.people.data or [])], form.table.data


def _move(people: list[Registration], table: TopicTable | None, number: int) -> int:
    too_many = 0
    for person in people:
        if table is None:
            services.unseat_registration(registration=person, round_=number)
        else:
            too_many = services.seat_registration(table=table, registration=person, round_=number, fixed=True)
    return too_many


def _tell(people: list[Registration], table: TopicTable | None, too_many: int) -> None:
    who = people[0].name if len(people) == 1 else _("%(n)s Personen", n=len(people))
    if table is None:
        say(_("Jetzt ohne Platz: %(who)s.", who=who), "info")
        return
    say(_("Jetzt fest an Tisch %(n)s „%(table)s“: %(who)s.", n=table.number, table=table.title, who=who))
    if too_many:
        say(
            ngettext(
                "An Tisch %(n)s sitzt damit eine Person mehr als vorgesehen.",
                "An Tisch %(n)s sitzen damit %(num)s Personen mehr als vorgesehen.",
                too_many,
                n=table.number,
            ),
            "warning",
        )
