"""Writing the values of a preview, and putting back what stood there."""

from collections import Counter
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Municipality, User
from app.core.errors import RuleBroken
from app.extensions import db
from app.indicators import queries, services
from app.indicators.enums import Polarity
from app.indicators.models import Clearance, Indicator, IndicatorDecision, IndicatorValue
from app.indicators.value_changes import CellChange, Table, apply_changes, revert_changes


def write_values(
    table: Table,
    changes: list,
    plan: dict,
    choices: dict,
    municipality: Municipality,
    user: User | None,
    now: datetime,
) -> dict:
    """Create planned indicators, note a clearance where somebody cleared the values, write the cells.

    Returns what `put_back` needs. Raises RuleBroken when a cell or the catalogue changed since the preview.
    """
    ids = {one["id"]: _create(one, municipality).id for one in plan.get("indicators", [])}
    cells = [_placed(CellChange.from_json(change), ids) for change in changes]
    clearance_id = None
    if table is IndicatorValue and choices.get("cleared_by"):
        clearance_id = _note_clearance(cells, choices, municipality, user, now).id
    apply_changes(table, cells, clearance_id)
    return {"indicators": {str(planned): real for planned, real in ids.items()}, "clearance": clearance_id}


def put_back(table: Table, changes: list, kept: dict, municipality: Municipality, now: datetime) -> None:
    """Restore every cell; indicators that came with the file go unless something else uses them by now."""
    ids = {int(planned): real for planned, real in kept.get("indicators", {}).items()}
    revert_changes(table, [_placed(CellChange.from_json(change), ids) for change in changes])
    if kept.get("clearance"):
        clearance = db.session.get(Clearance, kept["clearance"])
        if clearance is not None and clearance.municipality_id == municipality.id:
            clearance.undone_at = now
    for indicator_id in ids.values():
        _remove_if_unused(indicator_id)


def _placed(change: CellChange, ids: dict[int, int]) -> CellChange:
    """The change with the id its indicator got when it was created."""
    if change.indicator_id >= 0:
        return change
    return CellChange(ids[change.indicator_id], change.area_id, change.reference_date, change.before, change.after)


def _create(planned: dict, municipality: Municipality) -> Indicator:
    if queries.find_indicator(municipality, planned["key"]):
        raise RuleBroken(
            f"Den Indikator „{planned['name']}“ gibt es inzwischen. Prüfen Sie die Datei noch einmal, dann sehen Sie "
            "den neuen Stand."
        )
    fields = {name: value for name, value in planned.items() if name not in ("id", "key", "name")}
    return services.create_indicator(
        municipality=municipality, key=planned["key"], name=planned["name"], polarity=Polarity.CONTEXT, **fields
    )


def _note_clearance(
    cells: list[CellChange], choices: dict, municipality: Municipality, user: User | None, now: datetime
) -> Clearance:
    clearance = Clearance(
        municipality_id=municipality.id,
        cleared_by=choices["cleared_by"][:160],
        cleared_on=date.fromisoformat(choices["cleared_on"]),
        controlled_here=False,
        summary=dict(Counter(cell.after[0].value for cell in cells if cell.after)),
        noted_at=now,
        noted_by_id=user.id if user else None,
    )
    db.session.add(clearance)
    db.session.flush()
    return clearance


def _remove_if_unused(indicator_id: int) -> None:
    """The database knows best who still refers to it; a decision about it counts as use, too."""
    if db.session.scalar(select(IndicatorDecision.id).where(IndicatorDecision.indicator_id == indicator_id).limit(1)):
        return
    try:
        with db.session.begin_nested():
            db.session.execute(delete(Indicator).where(Indicator.id == indicator_id))
    except IntegrityError:
        return
