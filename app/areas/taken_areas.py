"""Writing the areas of a preview, and putting back what was there."""

from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Municipality
from app.areas import queries, services
from app.areas.models import Area, AreaLevel, AreaScheme
from app.core.errors import RuleBroken
from app.extensions import db

CHANGED_SINCE_PREVIEW = (
    "Seit der Vorschau hat jemand diese Gebiete geändert. Prüfen Sie die Datei noch einmal, dann sehen Sie den neuen "
    "Stand."
)
CHANGED_SINCE_TAKING = "Das lässt sich nicht mehr zurücknehmen: Gebiete dieser Datei wurden seither geändert."
IN_USE = "Das lässt sich nicht mehr zurücknehmen: Zu Gebieten dieser Datei gibt es inzwischen Werte oder Einträge."


def write_areas(changes: list, choices: dict, municipality: Municipality) -> dict:
    """Create scheme and level if they are missing, then exactly the changes; returns what `put_back` needs.

    Raises RuleBroken when an area no longer is what it was during the check.
    """
    scheme = queries.find_scheme(municipality, choices["scheme"])
    new_scheme = scheme is None
    scheme = scheme or services.create_scheme(municipality=municipality, name=choices["scheme"])
    level = next((one for one in queries.list_levels(scheme) if one.name == choices["level"]), None)
    new_level = level is None
    level = level or services.create_level(scheme=scheme, name=choices["level"])
    present = _expect(level, changes, "before", CHANGED_SINCE_PREVIEW)
    new = [change for change in changes if change["before"] is None]
    if new:
        place = {"scheme_id": level.scheme_id, "level_id": level.id}
        db.session.execute(insert(Area), [{**place, "code": one["code"], **one["after"]} for one in new])
    _update(present, changes, "after")
    return {"level": level.id, "new_level": new_level, "new_scheme": new_scheme}


def put_back(changes: list, kept: dict, municipality: Municipality) -> None:
    """Take away what was created and restore what was changed; a level or scheme that came along goes if it is empty.

    Raises RuleBroken when an area was changed since or something refers to it by now.
    """
    level = next(
        (one for scheme in queries.list_schemes(municipality) for one in queries.list_levels(scheme)
         if one.id == kept["level"]),
        None,
    )  # fmt: skip
    if level is None:
        raise RuleBroken(CHANGED_SINCE_TAKING)
    present = _expect(level, changes, "after", CHANGED_SINCE_TAKING)
    created = [present[change["code"]].id for change in changes if change["before"] is None]
    _update(present, changes, "before")
    for some in (created[start : start + 5_000] for start in range(0, len(created), 5_000)):
        if not _removed(Area, some):
            raise RuleBroken(IN_USE)
    if kept["new_level"] and _removed(AreaLevel, [level.id]) and kept["new_scheme"]:
        _removed(AreaScheme, [level.scheme_id])
    db.session.expire_all()


def _expect(level: AreaLevel, changes: list, side: str, complaint: str) -> dict[str, Area]:
    """The level's areas by code, if they are what that side of the changes says."""
    present = {area.code: area for area in queries.list_areas(level, with_geometry=True)}
    for change in changes:
        area = present.get(change["code"])
        held = area and {"name": area.name, "parent_id": area.parent_id, "geometry": area.geometry}
        if held != change[side]:
            raise RuleBroken(complaint)
    return present


def _update(present: dict[str, Area], changes: list, side: str) -> None:
    rows = [
        {"id": present[change["code"]].id, **change[side]} for change in changes if change["before"] and change["after"]
    ]
    if rows:
        db.session.execute(update(Area), rows)


def _removed(model: type, ids: list[int]) -> bool:
    """Delete rows unless something refers to them: the database knows best."""
    try:
        with db.session.begin_nested():
            db.session.execute(delete(model).where(model.id.in_(ids)))
    except IntegrityError:
        return False
    return True
