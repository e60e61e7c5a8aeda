"""Acts of the areas floor."""

from datetime import date

from app.accounts.models import Municipality
from app.areas import queries, rules
from app.areas.models import Area, AreaLevel, AreaScheme
from app.core.errors import RuleBroken
from app.core.turns import take_turn
from app.extensions import db


def create_scheme(
    *,
    municipality: Municipality,
    name: str,
    valid_from: date | None = None,
    valid_to: date | None = None,
    note: str = "",
) -> AreaScheme:
    """Add a scheme. Raises RuleBroken for a taken name or a validity that ends before it begins."""
    _check_scheme(municipality.id, name, valid_from, valid_to)
    return _added(
        AreaScheme(municipality_id=municipality.id, name=name, valid_from=valid_from, valid_to=valid_to, note=note)
    )


def update_scheme(
    *, scheme: AreaScheme, name: str, valid_from: date | None = None, valid_to: date | None = None, note: str = ""
) -> None:
    """Change name, validity and note; areas and values stay as they are. Raises RuleBroken as `create_scheme` does."""
    _check_scheme(scheme.municipality_id, name, valid_from, valid_to, except_for=scheme)
    scheme.name, scheme.valid_from, scheme.valid_to, scheme.note = name, valid_from, valid_to, note
    db.session.flush()


def _check_scheme(
    municipality_id: int,
    name: str,
    valid_from: date | None,
    valid_to: date | None,
    except_for: AreaScheme | None = None,
) -> None:
    if not name or len(name) > 120:
        raise RuleBroken("Die Gebietsgliederung braucht einen Namen mit höchstens 120 Zeichen.")
    take_turn(Municipality, municipality_id)
    other = queries.find_scheme_named(municipality_id, name)
    if other is not None and other is not except_for:
        raise RuleBroken(f"Eine Gebietsgliederung „{name}“ gibt es schon.")
    if valid_from and valid_to and valid_to < valid_from:
        raise RuleBroken("Die Gültigkeit kann nicht enden, bevor sie beginnt.")


def create_level(*, scheme: AreaScheme, name: str) -> AreaLevel:
    """Add a level below the existing ones: the coarsest level comes first."""
    if not name or len(name) > 80:
        raise RuleBroken("Die Gebietsebene braucht einen Namen mit höchstens 80 Zeichen.")
    take_turn(AreaScheme, scheme.id)
    levels = queries.list_levels(scheme)
    if name in {level.name for level in levels}:
        raise RuleBroken(f"Die Gebietsebene „{name}“ gibt es in „{scheme.name}“ schon.")
    return _added(AreaLevel(scheme_id=scheme.id, name=name, rank=levels[-1].rank + 1 if levels else 0))


def create_area(
    *, level: AreaLevel, code: str, name: str, parent: Area | None = None, geometry: str | None = None
) -> Area:
    """Add an area; `geometry` is GeoJSON in WGS84 as text. Raises RuleBroken for an unusable or taken code."""
    _check(level, code, name, parent)
    if code in {area.code for area in queries.list_areas(level)}:
        raise RuleBroken(f"Den Schlüssel „{code}“ gibt es auf der Ebene „{level.name}“ schon.")
    return _added(
        Area(
            scheme_id=level.scheme_id,
            level_id=level.id,
            code=code,
            name=name,
            parent_id=parent.id if parent else None,
            geometry=geometry,
        )
    )


def update_area(*, area: Area, name: str, parent: Area | None) -> None:
    """Rename an area or let it lie elsewhere; its code stays, because values are told apart by it.

    `area` and `parent` come with their levels. Raises RuleBroken for an unusable name or a parent that is not coarser.
    """
    _check(area.level, area.code, name, parent)
    area.name, area.parent = name, parent
    db.session.flush()


def _check(level: AreaLevel, code: str, name: str, parent: Area | None) -> None:
    if problem := rules.code_problem(code) or rules.name_problem(name):
        raise RuleBroken(problem)
    if parent is None:
        return
    if parent.scheme_id != level.scheme_id:
        raise RuleBroken("Das übergeordnete Gebiet gehört zu einer anderen Gebietsgliederung.")
    if parent.level.rank >= level.rank:
        raise RuleBroken("Das übergeordnete Gebiet muss auf einer gröberen Ebene liegen.")


def _added(row):
    db.session.add(row)
    db.session.flush()
    return row
