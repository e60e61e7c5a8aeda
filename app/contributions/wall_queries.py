"""Reads for the wall: only what a host has shown."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.conferences.models import Conference
from app.contributions import rules
from app.contributions.enums import ContributionState
from app.contributions.models import Contribution
from app.extensions import db
from app.tables.enums import Phase
from app.tables.models import TopicTable


@dataclass(frozen=True)
class Ranked:
    """A contribution and the rank its dots give it; equal dots share one."""

    rank: int
    contribution: Contribution


@dataclass(frozen=True)
class Wall:
    """What the wall shows besides its tables."""

    newest: list[Contribution]
    strongest: list[Ranked]


def read_wall(conference: Conference, table: TopicTable | None = None) -> Wall:
    """The newest and the strongest shown contributions of a conference or of one of its tables.

    Dots of tables that still vote stay secret: their contributions are not among the strongest.
    """
    shown = [Contribution.state == ContributionState.SHOWN, TopicTable.conference_id == conference.id]
    if table is not None:
        shown.append(TopicTable.id == table.id)
    found = (
        select(Contribution)
        .join(Contribution.table)
        .where(*shown)
        .options(joinedload(Contribution.table), joinedload(Contribution.area))
    )
    newest = db.session.scalars(
        found.order_by(Contribution.shown_at.desc(), Contribution.id.desc()).limit(rules.WALL_NEWEST)
    )
    strongest = list(
        db.session.scalars(
            found.where(TopicTable.phase != Phase.VOTING, Contribution.dots > 0)
            .order_by(Contribution.dots.desc(), Contribution.id)
            .limit(rules.WALL_STRONGEST)
        )
    )
    ranks = rules.shared_ranks(one.dots for one in strongest)
    return Wall(list(newest), [Ranked(*pair) for pair in zip(ranks, strongest, strict=True)])
