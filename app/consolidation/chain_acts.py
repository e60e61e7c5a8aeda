"""Hand what the feeding conferences said to the tables of the next one, and take it away again."""

from datetime import datetime

from flask_babel import gettext as _

from app.conferences.models import Conference, TopicInput
from app.conferences.queries import list_feeding
from app.consolidation import chain, chain_queries
from app.core.errors import RuleBroken
from app.core.turns import take_turn
from app.extensions import db


def hand_over(*, conference: Conference, now: datetime) -> tuple[int, int]:
    """Lay the points of the feeding conferences on the topics with the same Handlungsfeld, as they stand now.

    What lay there before goes; returns how many points lie there now and how many were taken away. The rows are
    copies: whatever happens at this conference leaves the earlier ones alone. Raises RuleBroken when nothing fits.
    """
    take_turn(Conference, conference.id)
    feeding = list_feeding(conference)
    found = inputs_of(conference, feeding)
    if not feeding:
        raise RuleBroken(
            _("Noch führt keine Konferenz hierher. Stellen Sie in deren Eckdaten „Ergebnisse gehen in“ ein.")
        )
    if not found:
        raise RuleBroken(_("Kein Punkt passt zu einem Thema. Geben Sie Themen und Punkten ihre Handlungsfelder."))
    gone = _clear(conference)
    for one in found:
        db.session.add(
            TopicInput(
                topic_id=one.topic_id,
                from_conference_id=one.conference_id,
                position=one.position,
                source=one.source,
                point_number=one.point_number,
                text=one.text,
                voices=one.voices,
                taken_at=now,
            )
        )
    db.session.flush()
    return len(found), gone


def take_away(*, conference: Conference) -> int:
    """Clear the tables of what earlier conferences said; returns how many points that were."""
    take_turn(Conference, conference.id)
    return _clear(conference)


def inputs_of(conference: Conference, feeding: list[Conference]) -> list[chain.Input]:
    """What would go to the tables now; the feeding conferences come with their areas."""
    return chain.inputs_for(
        chain_queries.list_topics_by_field(conference),
        names_of(feeding),
        chain_queries.list_said([one.id for one in feeding]),
    )


def names_of(feeding: list[Conference]) -> dict[int, str]:
    """What people call each feeding conference."""
    return chain.source_names((one.id, one.area.name, one.title) for one in feeding)


def _clear(conference: Conference) -> int:
    rows = chain_queries.list_rows(conference)
    for row in rows:
        db.session.delete(row)
    db.session.flush()
    return len(rows)
