"""Acts of the desk: sort voices into points, and make recommendations of them.

Every act first takes the conference's desk (a row lock where the database has one), so that two people who move the
same contribution end in one clear state. Nothing here deletes a contribution.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm.attributes import set_committed_value

from app.conferences.models import ActionField, Conference
from app.consolidation.models import (
    ConsolidatedPoint,
    Recommendation,
    SetAside,
    point_contribution,
    recommendation_point,
)
from app.contributions.enums import ContributionState
from app.contributions.models import Contribution
from app.core.errors import RuleBroken
from app.core.vocabulary import TargetGroup
from app.extensions import db
from app.tables.models import TopicTable

LINKED = ("points", "areas", "indicators")
WORDS = frozenset({"text", "goal", "partners"})
FIELDS = frozenset(
    {*WORDS, *LINKED, "strength", "competence", "time_horizon", "priority", "action_field", "lead", "target_groups"}
)


def create_point(
    *,
    conference: Conference,
    title: str,
    contributions: Sequence[Contribution] = (),
    summary: str = "",
    action_field: ActionField | None = None,
    minority: bool = False,
) -> ConsolidatedPoint:
    """Make a point, at once with the contributions it holds. Raises RuleBroken without a title."""
    _take_desk(conference.id)
    point = _added(
        ConsolidatedPoint(
            conference_id=conference.id,
            number=_next_number(ConsolidatedPoint, conference.id),
            title=_title(title),
            summary=summary.strip(),
            action_field_id=_id(action_field),
            minority=minority,
        )
    )
    if contributions:
        assign_contributions(point=point, contributions=contributions)
    return point


def update_point(
    *, point: ConsolidatedPoint, title: str, summary: str, action_field: ActionField | None, minority: bool
) -> None:
    """Change a point's words; its contributions stay. Raises RuleBroken without a title."""
    point.title = _title(title)
    point.summary = summary.strip()
    point.action_field_id = _id(action_field)
    point.minority = minority
    db.session.flush()


def delete_point(*, point: ConsolidatedPoint) -> None:
    """Remove an empty point. Raises RuleBroken while voices, recommendations or merged points hang on it."""
    _take_desk(point.conference_id)
    if db.session.scalar(_count_links(point_contribution, point)):
        raise RuleBroken("Dieser Punkt hält noch Beiträge. Nehmen Sie sie zuerst heraus.")
    if db.session.scalar(_count_links(recommendation_point, point)):
        raise RuleBroken("Auf diesem Punkt ruht eine Empfehlung. Lösen Sie ihn zuerst von ihr.")
    if db.session.scalar(select(func.count()).where(ConsolidatedPoint.merged_into_id == point.id)):
        raise RuleBroken("In diesem Punkt ist ein anderer aufgegangen. Er bleibt deshalb erhalten.")
    db.session.delete(point)
    db.session.flush()


def assign_contributions(*, point: ConsolidatedPoint, contributions: Sequence[Contribution]) -> None:
    """Let contributions support a point, beside other points; who was set aside comes back by this."""
    ids = _take_contributions(point.conference_id, contributions)
    held = select(point_contribution.c.contribution_id).where(point_contribution.c.point_id == point.id)
    missing = sorted(ids - set(db.session.scalars(held)))
    if missing:
        rows = [{"point_id": point.id, "contribution_id": contribution_id} for contribution_id in missing]
        db.session.execute(insert(point_contribution), rows)
    db.session.execute(delete(SetAside).where(SetAside.contribution_id.in_(ids)))
    db.session.flush()


def remove_contributions(*, point: ConsolidatedPoint, contributions: Sequence[Contribution]) -> None:
    """Take contributions out of a point; without another point they are open again."""
    ids = _take_contributions(point.conference_id, contributions, hidden_too=True)
    _unlink(point.id, ids)


def set_aside(*, contributions: Sequence[Contribution], reason: str, now: datetime) -> None:
    """Put contributions aside with the reason that is printed.

    Raises RuleBroken without a reason and for contributions that support a point.
    """
    reason = reason.strip()
    if not reason:
        raise RuleBroken("Nennen Sie den Grund. Er steht später im Anhang des Papiers.")
    if len(reason) > 255:
        raise RuleBroken("Der Grund darf höchstens 255 Zeichen haben.")
    ids = _take_contributions(_conference_of(contributions), contributions)
    if db.session.scalar(select(func.count()).where(point_contribution.c.contribution_id.in_(ids))):
        raise RuleBroken("Mindestens ein Beitrag steht in einem Punkt. Nehmen Sie ihn dort zuerst heraus.")
    db.session.execute(delete(SetAside).where(SetAside.contribution_id.in_(ids)))
    db.session.add_all(SetAside(contribution_id=key, reason=reason, at=now) for key in sorted(ids))
    db.session.flush()


def bring_back(*, contributions: Sequence[Contribution]) -> None:
    """Make set aside contributions open again."""
    ids = _take_contributions(_conference_of(contributions), contributions)
    db.session.execute(delete(SetAside).where(SetAside.contribution_id.in_(ids)))
    db.session.flush()


def merge_points(*, into: ConsolidatedPoint, merged: ConsolidatedPoint) -> None:
    """Let `merged` go into another point of the conference: voices and recommendations move, its words are kept."""
    if into.id == merged.id or into.conference_id != merged.conference_id:
        raise RuleBroken("Wählen Sie einen anderen Punkt derselben Konferenz.")
    if into.merged_into_id or merged.merged_into_id:
        raise RuleBroken("Einer der Punkte ist inzwischen in einem anderen aufgegangen.")
    _take_desk(into.conference_id)
    _move_links(point_contribution, "contribution_id", merged, into)
    _move_links(recommendation_point, "recommendation_id", merged, into)
    merged.merged_into_id = into.id
    db.session.flush()


def split_point(*, point: ConsolidatedPoint, contributions: Sequence[Contribution], title: str) -> ConsolidatedPoint:
    """Move some of a point's contributions into a new point of the same field. Raises RuleBroken for foreign ones."""
    ids = {contribution.id for contribution in contributions}
    held = select(point_contribution.c.contribution_id).where(point_contribution.c.point_id == point.id)
    if not ids or ids - set(db.session.scalars(held)):
        raise RuleBroken("Wählen Sie Beiträge aus diesem Punkt aus.")
    conference = db.session.get_one(Conference, point.conference_id)
    new = create_point(conference=conference, title=title, contributions=contributions)
    new.action_field_id = point.action_field_id
    _unlink(point.id, ids)
    return new


def create_recommendation(*, conference: Conference, title: str, **fields) -> Recommendation:
    """Add a recommendation under the next number, which it keeps for ever. See `update_recommendation` for fields."""
    _take_desk(conference.id)
    row = Recommendation(
        conference_id=conference.id, number=_next_number(Recommendation, conference.id), title=_title(title)
    )
    for name in LINKED:
        setattr(row, name, [])
    _fill(row, fields)
    return _added(row)


def update_recommendation(*, recommendation: Recommendation, title: str, **fields) -> None:
    """Change a recommendation whose links are loaded; the number stays.

    Fields: text, goal, partners, strength, competence, time_horizon, priority, action_field, lead, target_groups
    (TargetGroup values), points, areas, indicators. What is not given stays as it is.
    """
    recommendation.title = _title(title)
    _fill(recommendation, fields)
    db.session.flush()


def _fill(row: Recommendation, fields: dict) -> None:
    if unknown := fields.keys() - FIELDS:
        raise TypeError(f"Recommendation has no {sorted(unknown)}")
    if any(point.conference_id != row.conference_id for point in fields.get("points", ())):
        raise RuleBroken("Eine Empfehlung kann nur auf Punkten ihrer eigenen Konferenz ruhen.")
    for name, value in fields.items():
        if name in {"action_field", "lead"}:
            setattr(row, f"{name}_id", _id(value))
            set_committed_value(row, name, value)
        elif name == "target_groups":
            row.target_groups = [TargetGroup(group).value for group in value]
        elif name in LINKED:
            setattr(row, name, list(value))
        else:
            setattr(row, name, value.strip() if name in WORDS else value)


def _take_desk(conference_id: int) -> None:
    """One act at a time on one desk; SQLite's write lock does the same."""
    db.session.execute(select(Conference.id).where(Conference.id == conference_id).with_for_update())


def _take_contributions(
    conference_id: int, contributions: Sequence[Contribution], hidden_too: bool = False
) -> set[int]:
    """The ids, after making sure that they are of this conference and still count."""
    _take_desk(conference_id)
    ids = {contribution.id for contribution in contributions}
    if not ids:
        raise RuleBroken("Wählen Sie mindestens einen Beitrag aus.")
    found = db.session.execute(
        select(Contribution.id, Contribution.state)
        .join(Contribution.table)
        .where(TopicTable.conference_id == conference_id, Contribution.id.in_(ids))
    ).all()
    if len(found) != len(ids):
        raise RuleBroken("Die Beiträge gehören nicht alle zu dieser Konferenz.")
    if not hidden_too and any(state is ContributionState.HIDDEN for _, state in found):
        raise RuleBroken("Ein Beitrag wurde ausgeblendet und zählt nicht mehr. Laden Sie die Seite neu.")
    return ids


def _conference_of(contributions: Sequence[Contribution]) -> int:
    if not contributions:
        raise RuleBroken("Wählen Sie mindestens einen Beitrag aus.")
    return db.session.scalar(select(TopicTable.conference_id).where(TopicTable.id == contributions[0].table_id))


def _unlink(point_id: int, ids: Collection[int]) -> None:
    db.session.execute(
        delete(point_contribution).where(
            point_contribution.c.point_id == point_id, point_contribution.c.contribution_id.in_(ids)
        )
    )
    db.session.flush()


def _move_links(links, other: str, source: ConsolidatedPoint, target: ConsolidatedPoint) -> None:
    """What hangs on `source` hangs on `target` afterwards, once."""
    here = set(db.session.scalars(select(links.c[other]).where(links.c.point_id == source.id)))
    there = set(db.session.scalars(select(links.c[other]).where(links.c.point_id == target.id)))
    db.session.execute(delete(links).where(links.c.point_id == source.id))
    if here - there:
        db.session.execute(insert(links), [{"point_id": target.id, other: key} for key in sorted(here - there)])


def _count_links(links, point: ConsolidatedPoint):
    return select(func.count()).select_from(links).where(links.c.point_id == point.id)


def _next_number(model, conference_id: int) -> int:
    """One more than the highest number ever given: rows with a number are not deleted, except empty points."""
    highest = select(func.max(model.number)).where(model.conference_id == conference_id)
    return (db.session.scalar(highest) or 0) + 1


def _title(text: str) -> str:
    text = text.strip()
    if not text:
        raise RuleBroken("Geben Sie einen Titel ein.")
    if len(text) > 160:
        raise RuleBroken("Der Titel darf höchstens 160 Zeichen haben.")
    return text


def _id(row) -> int | None:
    return row.id if row else None


def _added(row):
    db.session.add(row)
    db.session.flush()
    return row
