"""Take back the last act on the desk: where its contributions lay before, and what it made, merged or deleted.

A memory is a small plain structure that fits into the signed session cookie of the browser it was made in.
"""

import json
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, insert, select

from app.conferences.models import Conference
from app.consolidation.models import (
    ConsolidatedPoint,
    Recommendation,
    SetAside,
    point_contribution,
    recommendation_point,
)
from app.consolidation.services import delete_point
from app.contributions.models import Contribution
from app.core.errors import RuleBroken
from app.extensions import db
from app.tables.models import TopicTable

LARGEST_MEMORY = 2000


def remember(contribution_ids: Collection[int]) -> dict:
    """Where contributions lie now. Call it before the act."""
    points: dict[int, list[int]] = defaultdict(list)
    for point_id, contribution_id in db.session.execute(
        select(point_contribution)
        .where(point_contribution.c.contribution_id.in_(contribution_ids))
        .order_by(point_contribution.c.point_id)
    ):
        points[contribution_id].append(point_id)
    rows = db.session.scalars(select(SetAside).where(SetAside.contribution_id.in_(contribution_ids)))
    asides = {row.contribution_id: [row.reason, row.at.isoformat()] for row in rows}
    places: dict[str, list[int]] = defaultdict(list)
    for contribution_id in sorted(contribution_ids):
        place = json.dumps([points[contribution_id], asides.get(contribution_id)])
        places[place].append(contribution_id)
    return {"places": [[*json.loads(place), ids] for place, ids in places.items()]}


def remember_merge(*, into: ConsolidatedPoint, merged: ConsolidatedPoint) -> dict:
    """Like `remember` for the voices of a point about to be merged, with the recommendations that rest on it.

    `newly` are those that do not rest on the receiving point yet.
    """
    voices = select(point_contribution.c.contribution_id).where(point_contribution.c.point_id == merged.id)
    before = remember(db.session.scalars(voices).all())
    resting = _resting_on(merged)
    newly = sorted(resting - _resting_on(into))
    return {**before, "merged": merged.id, "into": into.id, "resting": sorted(resting), "newly": newly}


def _resting_on(point: ConsolidatedPoint) -> set[int]:
    rows = select(recommendation_point.c.recommendation_id).where(recommendation_point.c.point_id == point.id)
    return set(db.session.scalars(rows))


def remember_point(point: ConsolidatedPoint) -> dict:
    """The words of an empty point about to be deleted."""
    names = ("number", "title", "summary", "action_field_id", "minority")
    return {"places": [], "deleted": {name: getattr(point, name) for name in names}}


def fits(memory: dict) -> bool:
    """Whether a memory is small enough for the session; undo is offered only then."""
    return len(json.dumps(memory)) <= LARGEST_MEMORY


def undo_act(*, conference: Conference, memory: dict) -> None:
    """Put everything back as remembered; points that are gone meanwhile leave their contributions open."""
    db.session.execute(select(Conference.id).where(Conference.id == conference.id).with_for_update())
    if memory.get("merged"):
        _part(conference, memory)
    alive = set(db.session.scalars(_points(conference)))
    for point_ids, aside, ids in memory["places"]:
        _put_back(_still_there(conference, ids), [key for key in point_ids if key in alive], aside)
    if memory.get("created"):
        _drop(conference, memory["created"])
    if memory.get("deleted"):
        _recreate(conference, memory["deleted"])
    db.session.flush()


def _points(conference: Conference):
    return select(ConsolidatedPoint.id).where(
        ConsolidatedPoint.conference_id == conference.id, ConsolidatedPoint.merged_into_id.is_(None)
    )


def _still_there(conference: Conference, ids: list[int]) -> list[int]:
    query = select(Contribution.id).join(Contribution.table).where(TopicTable.conference_id == conference.id)
    return list(db.session.scalars(query.where(Contribution.id.in_(ids)).order_by(Contribution.id)))


def _put_back(ids: list[int], point_ids: list[int], aside: list | None) -> None:
    db.session.execute(delete(point_contribution).where(point_contribution.c.contribution_id.in_(ids)))
    db.session.execute(delete(SetAside).where(SetAside.contribution_id.in_(ids)))
    pairs = [{"point_id": point_id, "contribution_id": key} for point_id in point_ids for key in ids]
    if pairs:
        db.session.execute(insert(point_contribution), pairs)
    if aside and not point_ids:
        reason, at = aside
        db.session.add_all(SetAside(contribution_id=key, reason=reason, at=datetime.fromisoformat(at)) for key in ids)


def _part(conference: Conference, memory: dict) -> None:
    merged = db.session.scalar(
        select(ConsolidatedPoint).where(
            ConsolidatedPoint.id == memory["merged"], ConsolidatedPoint.conference_id == conference.id
        )
    )
    if merged is None or merged.merged_into_id is None:
        return
    merged.merged_into_id = None
    here = Recommendation.conference_id == conference.id
    resting = db.session.scalars(select(Recommendation.id).where(Recommendation.id.in_(memory["resting"]), here))
    links = [{"recommendation_id": key, "point_id": merged.id} for key in resting]
    if links:
        db.session.execute(insert(recommendation_point), links)
    db.session.execute(
        delete(recommendation_point).where(
            recommendation_point.c.point_id == memory["into"],
            recommendation_point.c.recommendation_id.in_(memory["newly"]),
        )
    )


def _drop(conference: Conference, point_id: int) -> None:
    point = db.session.scalar(
        select(ConsolidatedPoint).where(
            ConsolidatedPoint.id == point_id, ConsolidatedPoint.conference_id == conference.id
        )
    )
    if point is not None:
        try:
            delete_point(point=point)
        except RuleBroken:
            return  # somebody has built on it meanwhile: it stays


def _recreate(conference: Conference, words: dict) -> None:
    taken = select(ConsolidatedPoint.number).where(ConsolidatedPoint.conference_id == conference.id)
    numbers = set(db.session.scalars(taken))
    number = words["number"] if words["number"] not in numbers else max(numbers) + 1
    db.session.add(ConsolidatedPoint(conference_id=conference.id, **{**words, "number": number}))
