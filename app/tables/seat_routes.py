"""Who sits where."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.conferences import queries as conference_queries
from app.core.access import office
from app.core.hypermedia import redirect, say
from app.extensions import db
from app.invitations.queries import list_registrations
from app.tables import queries, services
from app.tables.blueprint import bp
from app.tables.forms import MoveForm


@bp.post("/konferenzen/<int:conference_id>/plaetze")
@office(Role.ORGANISER)
def move(conference_id: int):
    """Seat the chosen people at a table, or take their seats away."""
    conference = conference_queries.get_conference(current_user.municipality, conference_id)
    people = {person.id: person for person in list_registrations(conference)}
    tables = {table.id: table for table in queries.list_tables(conference)}
    form = MoveForm()
    form.people.choices = [(person_id, "") for person_id in people]
    form.table.choices = [(0, ""), *((table_id, "") for table_id in tables)]
    back = redirect(url_for("tables.index", conference_id=conference.id))
    if not form.validate() or not form.people.data:
        say(_("Haken Sie zuerst an, wer umgesetzt werden soll, und wählen Sie dann den Tisch."), "warning")
        return back
    chosen = [people[person_id] for person_id in dict.fromkeys(form.people.data)]
    table = tables.get(form.table.data)
    overfull = 0
    for person in chosen:
        if table is None:
            services.unseat_registration(registration=person)
        else:
            overfull = services.seat_registration(table=table, registration=person)
    db.session.commit()
    _tell(chosen, table, overfull)
    return back


@bp.post("/konferenzen/<int:conference_id>/plaetze/wuensche")
@office(Role.ORGANISER)
def seat_by_wishes(conference_id: int):
    """Give everybody without a seat one that fits their wishes."""
    conference = conference_queries.get_conference(current_user.municipality, conference_id)
    seated, left = services.seat_by_wishes(conference=conference)
    note("people.seated", _("%(n)s Personen nach Wünschen gesetzt.", n=seated))
    db.session.commit()
    if seated:
        say(ngettext("Eine Person hat jetzt einen Platz.", "%(num)s Personen haben jetzt einen Platz.", seated))
    if left:
        say(
            ngettext(
                "Für eine Person ist kein Platz mehr frei.",
                "Für %(num)s Personen fehlt noch ein Platz: mehr Plätze vorsehen oder einen weiteren Tisch anlegen.",
                left,
            ),
            "warning",
        )
    return redirect(url_for("tables.index", conference_id=conference.id))


def _tell(chosen: list, table, overfull: int) -> None:
    if table is None:
        say(
            ngettext("Eine Person hat keinen Platz mehr.", "%(num)s Personen haben keinen Platz mehr.", len(chosen)),
            "info",
        )
        return
    say(
        ngettext(
            "Eine Person sitzt jetzt an Tisch %(n)s.",
            "%(num)s Personen sitzen jetzt an Tisch %(n)s.",
            len(chosen),
            n=table.number,
        )
    )
    if overfull:
        say(
            ngettext(
                "An Tisch %(n)s sitzt damit eine Person mehr als vorgesehen.",
                "An Tisch %(n)s sitzen damit %(num)s Personen mehr als vorgesehen.",
                overfull,
                n=table.number,
            ),
            "warning",
        )
