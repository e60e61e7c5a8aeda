"""Dots: a few per person, at most one for a contribution, secret until the table stops voting."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select, update

from app.contributions import queries, rules
from app.contributions.models import Contribution, Dot
from app.core.errors import NotFound, RuleBroken
from app.extensions import db
from app.tables.enums import Phase
from app.tables.models import TopicTable


@dataclass(frozen=True)
class Ballot:
    """Where one participant's dots lie, and how many are left."""

    given: list[int]
    left: int


def ballot(table: TopicTable, participant: str | None) -> Ballot:
    """One participant's dots at a table."""
    given = queries.list_given_dots(table.id, participant)
    return Ballot(given, max(0, table.conference.dot_budget - len(given)))


def give_dot(*, table: TopicTable, contribution: Contribution, participant: str | None, now: datetime) -> None:
    """Give one dot; giving it again changes nothing. Raises RuleBroken when not voting or nothing is left."""
    _check(table, participant)
    if not rules.is_at_table(contribution.state, table.conference.moderation):
        raise NotFound(contribution.id)
    if queries.find_dot(contribution.id, participant):
        return
    if not ballot(table, participant).left:
        raise RuleBroken(_("Sie haben alle Punkte vergeben. Nehmen Sie zuerst einen zurück."))
    db.session.add(Dot(contribution_id=contribution.id, table_id=table.id, participant=participant, given_at=now))
    _count(contribution, +1)


def take_dot(*, table: TopicTable, contribution: Contribution, participant: str | None) -> None:
    """Take a dot back; without one nothing changes. Raises RuleBroken when the table does not vote."""
    _check(table, participant)
    dot = queries.find_dot(contribution.id, participant)
    if dot is None:
        return
    db.session.delete(dot)
    _count(contribution, -1)


def _check(table: TopicTable, participant: str | None) -> None:
    """Votes of one table queue at its row: the budget holds for simultaneous taps, and closing is final."""
    phase = db.session.scalar(select(TopicTable.phase).where(TopicTable.id == table.id).with_for_update())
    if phase is not Phase.VOTING:
        raise RuleBroken(_("Punkte gibt es nur, solange der Tisch abstimmt."))
    if participant is None:
        raise RuleBroken(_("Ihr Browser nimmt keine Cookies an; damit lassen sich keine Punkte vergeben."))


def _count(contribution: Contribution, change: int) -> None:
    db.session.flush()
    db.session.execute(
        update(Contribution).where(Contribution.id == contribution.id).values(dots=Contribution.dots + change)
    )
