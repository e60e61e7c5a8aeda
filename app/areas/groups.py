"""Acts on areas taken together: action areas of 1..n areas, and groupings such as Stadtbezirke across other borders."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _

from app.areas import queries, rules
from app.areas.enums import GroupKind
from app.areas.models import Area, AreaGroup, AreaScheme
from app.core.errors import RuleBroken
from app.core.turns import take_turn
from app.extensions import db


def create_group(
    *,
    scheme: AreaScheme,
    kind: GroupKind,
    name: str,
    areas: Sequence[Area],
    reason: str = "",
    family: str = "",
    confirmed_on: date | None = None,
) -> AreaGroup:
    """Take areas of one scheme together.

    An action area needs a name and areas; a grouping also its family („Stadtbezirke“), while reason and day of
    confirmation are an action area's alone and dropped from a grouping. Raises RuleBroken for a taken or missing
    name, no areas, areas of another scheme, and areas of which one lies in another: they would count twice.
    """
    group = AreaGroup(scheme_id=scheme.id, kind=kind, areas=[])
    _fill(group, name, areas, reason, family, confirmed_on)
    db.session.add(group)
    db.session.flush()
    return group


def update_group(
    *,
    group: AreaGroup,
    name: str,
    areas: Sequence[Area],
    reason: str = "",
    family: str = "",
    confirmed_on: date | None = None,
) -> None:
    """Change a group whose areas are loaded; its kind stays. Raises RuleBroken as `create_group` does."""
    _fill(group, name, areas, reason, family, confirmed_on)
    db.session.flush()


def delete_group(*, group: AreaGroup) -> None:
    """Take the group away; its areas stay."""
    db.session.delete(group)
    db.session.flush()


def _fill(
    group: AreaGroup, name: str, areas: Sequence[Area], reason: str, family: str, confirmed_on: date | None
) -> None:
    name, family = " ".join(name.split()), " ".join(family.split())
    is_grouping = group.kind is GroupKind.GROUPING
    _check_words(name, family, is_grouping)
    take_turn(AreaScheme, group.scheme_id)
    family = family if is_grouping else ""
    other = queries.find_group_named(group.scheme_id, group.kind, family, name)
    if other is not None and other is not group:
        raise RuleBroken(_("„%(name)s“ gibt es schon. Wählen Sie einen anderen Namen.", name=name))
    _check_areas(group.scheme_id, areas)
    group.name, group.family = name, family
    group.reason = "" if is_grouping else reason.strip()
    group.confirmed_on = None if is_grouping else confirmed_on
    group.areas = sorted(areas, key=lambda area: (area.code, area.id))


def _check_words(name: str, family: str, is_grouping: bool) -> None:
    if problem := rules.name_problem(name):
        raise RuleBroken(problem)
    if is_grouping and not family:
        raise RuleBroken(_("Nennen Sie, was zusammengefasst wird, zum Beispiel „Stadtbezirke“."))
    if len(family) > 80:
        raise RuleBroken(_("Die Art der Zusammenfassung ist länger als 80 Zeichen. Kürzen Sie sie."))


def _check_areas(scheme_id: int, areas: Sequence[Area]) -> None:
    if not areas:
        raise RuleBroken(_("Wählen Sie mindestens ein Gebiet."))
    if any(area.scheme_id != scheme_id for area in areas):
        raise RuleBroken(_("Alle Gebiete müssen zur selben Gebietsgliederung gehören."))
    chosen = {area.id: area for area in areas}
    tree = queries.area_tree(scheme_id)
    for area in areas:
        around = next((chosen[one] for one in tree.above(area.id) if one in chosen), None)
        if around is not None:
            raise RuleBroken(
                _(
                    "„%(inner)s“ liegt in „%(outer)s“ und zählte doppelt. Wählen Sie eines von beiden.",
                    inner=area.name,
                    outer=around.name,
                )
            )
