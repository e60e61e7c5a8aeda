"""The page of chained events: district × Handlungsfeld, and handing it to the tables."""

from flask import Response, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.trail import note
from app.conferences.queries import get_conference, list_action_fields, list_feeding, list_topics
from app.consolidation import chain, chain_acts, chain_queries
from app.consolidation.blueprint import bp
from app.core import clock
from app.core.access import office
from app.core.errors import RuleBroken
from app.core.exports import to_csv
from app.core.german import day
from app.core.hypermedia import redirect, render, say
from app.extensions import db

ADDRESS = "/konferenzen/<int:conference_id>/vorstufen"


@bp.get(ADDRESS, endpoint="chain")
@office(Role.ORGANISER, Role.DEPARTMENT)
def chain_page(conference_id: int):
    """What the feeding conferences said, what lies on the tables, and whether that is still the same."""
    conference = get_conference(current_user.municipality, conference_id)
    feeding = list_feeding(conference)
    topics = list_topics(conference)
    lying = chain_queries.list_lying(conference)
    said = chain_queries.list_said([one.id for one in feeding])
    names = chain_acts.names_of(feeding)
    would_lie = chain.inputs_for([(topic.id, topic.action_field_id) for topic in topics], names, said)
    return render(
        "consolidation/chain.html",
        conference=conference,
        matrix=chain.matrix(feeding, names, list_action_fields(current_user.municipality), said),
        topics=topics,
        ready=len(would_lie),
        lying=len(lying),
        taken_at=chain_queries.taken_at(conference),
        drift=chain.drift(lying, would_lie),
    )


@bp.get(ADDRESS + ".csv")
@office(Role.ORGANISER, Role.DEPARTMENT)
def chain_csv(conference_id: int):
    """The matrix as a list: one line per point."""
    conference = get_conference(current_user.municipality, conference_id)
    feeding = {one.id: one for one in list_feeding(conference)}
    fields = {one.id: one.name for one in list_action_fields(current_user.municipality)}
    header = [_("Gebiet"), _("Konferenz"), _("Tag"), _("Handlungsfeld"), _("Punkt"), _("Titel"), _("Stimmen")]
    rows = [
        (
            feeding[one.conference_id].area.name,
            feeding[one.conference_id].title,
            day(feeding[one.conference_id].starts_at),
            fields.get(one.field_id, _("ohne Handlungsfeld")),
            one.number,
            one.title,
            one.voices,
        )
        for one in chain_queries.list_said(list(feeding))
    ]
    response = Response(to_csv(header, rows), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="vorstufen-{conference.id}.csv"'
    return response


@bp.post(ADDRESS + "/uebernehmen")
@office(Role.ORGANISER)
def hand_over(conference_id: int):
    """Lay what was said on the tables, as it stands now."""
    conference = get_conference(current_user.municipality, conference_id)
    try:
        lying, gone = chain_acts.hand_over(conference=conference, now=clock.now())
    except RuleBroken as error:
        say(str(error), "warning")
        return redirect(url_for("consolidation.chain", conference_id=conference_id))
    note(
        "chain.handed_over", _("Ergebnisse früherer Konferenzen an die Tische von „%(t)s“ gegeben.", t=conference.title)
    )
    db.session.commit()
    done = ngettext("%(num)s Punkt liegt jetzt auf den Tischen.", "%(num)s Punkte liegen jetzt auf den Tischen.", lying)
    if gone:
        done += " " + ngettext("%(num)s früherer ist ersetzt.", "%(num)s frühere sind ersetzt.", gone)
    say(done)
    return redirect(url_for("consolidation.chain", conference_id=conference_id))


@bp.post(ADDRESS + "/wegnehmen")
@office(Role.ORGANISER)
def take_away(conference_id: int):
    """Clear the tables of it."""
    conference = get_conference(current_user.municipality, conference_id)
    gone = chain_acts.take_away(conference=conference)
    if gone:
        note("chain.taken_away", _("Ergebnisse früherer Konferenzen von „%(t)s“ weggenommen.", t=conference.title))
        db.session.commit()
    say(
        ngettext("%(num)s Punkt ist weggenommen.", "%(num)s Punkte sind weggenommen.", gone)
        if gone
        else _("Auf den Tischen lag nichts."),
        "info",
    )
    return redirect(url_for("consolidation.chain", conference_id=conference_id))
