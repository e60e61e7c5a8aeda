"""Reads of the areas floor."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload, selectinload, undefer

from app.accounts import queries as accounts
from app.accounts.models import Municipality
from app.areas import rules
from app.areas.choices import area_choices
from app.areas.enums import GroupKind
from app.areas.models import Area, AreaCrosswalk, AreaGroup, AreaLevel, AreaScheme
from app.areas.outlines import extent_of
from app.areas.tree import AreaTree, tree_of
from app.core.errors import NotFound, RuleBroken
from app.extensions import db


def get_municipality_meant(slug: str | None) -> Municipality:
    """The municipality a command is for: the named one or the only one. Raises RuleBroken otherwise."""
    if slug:
        municipality = accounts.find_municipality(slug)
        if municipality is None:
            raise RuleBroken(f"Es gibt keine Kommune mit dem Kürzel „{slug}“.")
        return municipality
    everyone = accounts.list_municipalities()
    if len(everyone) == 1:
        return everyone[0]
    if not everyone:
        raise RuleBroken("Es gibt noch keine Kommune. Legen Sie zuerst eine an: flask municipality create KÜRZEL NAME.")
    slugs = ", ".join(one.slug for one in everyone)
    raise RuleBroken(f"Es gibt mehrere Kommunen. Nennen Sie eine mit --municipality: {slugs}.")


def list_schemes(municipality: Municipality) -> list[AreaScheme]:
    """All schemes, those that began last first."""
    schemes = db.session.scalars(
        select(AreaScheme).where(AreaScheme.municipality_id == municipality.id).order_by(AreaScheme.id.desc())
    )
    return sorted(schemes, key=lambda scheme: scheme.valid_from or date.min, reverse=True)


def find_scheme(municipality: Municipality, name: str) -> AreaScheme | None:
    """The scheme with a name."""
    return find_scheme_named(municipality.id, name)


def find_scheme_named(municipality_id: int, name: str) -> AreaScheme | None:
    """The scheme with a name in the municipality with an id."""
    return db.session.scalar(
        select(AreaScheme).where(AreaScheme.municipality_id == municipality_id, AreaScheme.name == name)
    )


def find_current_scheme(municipality: Municipality, on: date | None = None) -> AreaScheme | None:
    """The scheme valid now or on a day; see `rules.current_scheme`."""
    return rules.current_scheme(list_schemes(municipality), on)


def get_scheme(municipality: Municipality, scheme_id: int) -> AreaScheme:
    """A scheme of the municipality; raises NotFound."""
    scheme = db.session.scalar(
        select(AreaScheme).where(AreaScheme.municipality_id == municipality.id, AreaScheme.id == scheme_id)
    )
    if scheme is None:
        raise NotFound(scheme_id)
    return scheme


def list_levels(scheme: AreaScheme) -> list[AreaLevel]:
    """The levels of a scheme, coarsest first."""
    return list(
        db.session.scalars(
            select(AreaLevel).where(AreaLevel.scheme_id == scheme.id).order_by(AreaLevel.rank, AreaLevel.id)
        )
    )


def _areas(*, with_geometry: bool = False):
    loading = [joinedload(Area.level), joinedload(Area.parent)]
    if with_geometry:
        loading.append(undefer(Area.geometry))
    return select(Area).join(Area.level).options(*loading).order_by(AreaLevel.rank, Area.code, Area.id)


def list_areas(level: AreaLevel, *, with_geometry: bool = False) -> list[Area]:
    """The areas of a level by code, with level and parent."""
    return list(db.session.scalars(_areas(with_geometry=with_geometry).where(Area.level_id == level.id)))


def list_areas_of_scheme(scheme: AreaScheme, *, with_geometry: bool = False) -> list[Area]:
    """All areas of a scheme with level and parent, coarsest level first, by code."""
    return list(db.session.scalars(_areas(with_geometry=with_geometry).where(Area.scheme_id == scheme.id)))


def list_areas_of_municipality(municipality: Municipality) -> list[Area]:
    """All areas of the current scheme with level and parent; none without a scheme."""
    scheme = find_current_scheme(municipality)
    return list_areas_of_scheme(scheme) if scheme else []


def list_area_choices(municipality: Municipality) -> list[tuple[int, str]]:
    """Id and label of every area of the current scheme, for a select field: children follow their parent."""
    return area_choices(list_areas_of_municipality(municipality))


def get_area(municipality: Municipality, area_id: int, *, with_geometry: bool = False) -> Area:
    """An area of the municipality with level and parent; raises NotFound."""
    area = db.session.scalar(
        _areas(with_geometry=with_geometry)
        .join(Area.scheme)
        .where(Area.id == area_id, AreaScheme.municipality_id == municipality.id)
    )
    if area is None:
        raise NotFound(area_id)
    return area


def list_areas_with_ids(municipality: Municipality, area_ids: list[int]) -> list[Area]:
    """The municipality's areas among some ids, with level and parent; strangers are left out."""
    return list(
        db.session.scalars(
            _areas().join(Area.scheme).where(Area.id.in_(area_ids), AreaScheme.municipality_id == municipality.id)
        )
    )


def get_area_by_code(municipality: Municipality, code: str, *, with_geometry: bool = False) -> Area:
    """The area with a code in the current scheme, whatever its level; raises NotFound.

    Where several levels use the same code, the finest level wins: a code is unique within a level.
    """
    scheme = find_current_scheme(municipality)
    if scheme is None:
        raise NotFound(code)
    areas = list(
        db.session.scalars(_areas(with_geometry=with_geometry).where(Area.scheme_id == scheme.id, Area.code == code))
    )
    if not areas:
        raise NotFound(code)
    return areas[-1]


def list_children(area: Area, *, with_geometry: bool = False) -> list[Area]:
    """The areas directly under an area, by code."""
    return list(db.session.scalars(_areas(with_geometry=with_geometry).where(Area.parent_id == area.id)))


def list_outlines(scheme_id: int) -> dict[int, str]:
    """The stored outlines of a scheme as GeoJSON text by area id, in one statement; see `outlines.outlines_of`."""
    rows = db.session.execute(
        select(Area.id, Area.geometry).where(Area.scheme_id == scheme_id, Area.geometry.is_not(None))
    )
    return {row.id: row.geometry for row in rows}


def area_tree(scheme_id: int) -> AreaTree:
    """Which area lies in which, for a whole scheme, in one statement."""
    rows = db.session.execute(
        select(Area.id, Area.parent_id, AreaLevel.rank)
        .join(Area.level)
        .where(Area.scheme_id == scheme_id)
        .order_by(AreaLevel.rank, Area.code, Area.id)
    )
    return tree_of(tuple(row) for row in rows)


def _groups():
    return (
        select(AreaGroup)
        .options(joinedload(AreaGroup.scheme), selectinload(AreaGroup.areas).joinedload(Area.level))
        .order_by(AreaGroup.kind, AreaGroup.family, AreaGroup.name, AreaGroup.id)
    )


def list_groups(scheme: AreaScheme, kind: GroupKind | None = None) -> list[AreaGroup]:
    """The groups of a scheme (of one kind) by family and name, with their areas and the areas' levels."""
    statement = _groups().where(AreaGroup.scheme_id == scheme.id)
    return list(db.session.scalars(statement.where(AreaGroup.kind == kind) if kind else statement))


def get_group(municipality: Municipality, group_id: int) -> AreaGroup:
    """A group of the municipality with scheme, areas and the areas' levels; raises NotFound."""
    group = db.session.scalar(
        _groups().join(AreaGroup.scheme).where(AreaGroup.id == group_id, AreaScheme.municipality_id == municipality.id)
    )
    if group is None:
        raise NotFound(group_id)
    return group


def find_group_named(scheme_id: int, kind: GroupKind, family: str, name: str) -> AreaGroup | None:
    """The group with a name in its family, or None."""
    return db.session.scalar(
        select(AreaGroup).where(
            AreaGroup.scheme_id == scheme_id,
            AreaGroup.kind == kind,
            AreaGroup.family == family,
            AreaGroup.name == name,
        )
    )


def links_between(older_id: int, newer_id: int) -> dict[tuple[int, int], float]:
    """The crosswalk from one scheme to another: share by (older area id, newer area id), in one statement."""
    return {(row.from_area_id, row.to_area_id): row.share for row in list_crosswalk(older_id, newer_id)}


def list_crosswalk(older_id: int, newer_id: int) -> list[AreaCrosswalk]:
    """The rows of the crosswalk between two schemes, for changing them."""
    older, newer = aliased(Area), aliased(Area)
    return list(
        db.session.scalars(
            select(AreaCrosswalk)
            .join(older, older.id == AreaCrosswalk.from_area_id)
            .join(newer, newer.id == AreaCrosswalk.to_area_id)
            .where(older.scheme_id == older_id, newer.scheme_id == newer_id)
            .order_by(AreaCrosswalk.from_area_id, AreaCrosswalk.to_area_id)
        )
    )


def list_older_schemes(scheme_id: int) -> list[AreaScheme]:
    """The schemes that have a crosswalk into one, those that began last first."""
    older, newer = aliased(Area), aliased(Area)
    ids = (
        select(older.scheme_id)
        .join(AreaCrosswalk, AreaCrosswalk.from_area_id == older.id)
        .join(newer, newer.id == AreaCrosswalk.to_area_id)
        .where(newer.scheme_id == scheme_id, older.scheme_id != scheme_id)
    )
    found = db.session.scalars(select(AreaScheme).where(AreaScheme.id.in_(ids)).order_by(AreaScheme.id.desc()))
    return sorted(found, key=lambda one: one.valid_from or date.min, reverse=True)


@dataclass(frozen=True)
class LevelCount:
    """A level with how many areas it has, and how many of them an outline and a parent."""

    level: AreaLevel
    areas: int
    outlined: int
    with_parent: int


def count_levels(municipality: Municipality) -> dict[int, list[LevelCount]]:
    """The levels of every scheme by scheme id, coarsest first, in one statement."""
    rows = db.session.execute(
        select(AreaLevel, func.count(Area.id), func.count(Area.geometry), func.count(Area.parent_id))
        .join(AreaLevel.scheme)
        .outerjoin(Area, Area.level_id == AreaLevel.id)
        .where(AreaScheme.municipality_id == municipality.id)
        .group_by(AreaLevel.id)
        .order_by(AreaLevel.scheme_id, AreaLevel.rank, AreaLevel.id)
    )
    found: dict[int, list[LevelCount]] = {}
    for level, *counts in rows:
        found.setdefault(level.scheme_id, []).append(LevelCount(level, *counts))
    return found


def list_all_groups(municipality: Municipality) -> list[AreaGroup]:
    """The groups of every scheme of the municipality, as `list_groups`."""
    return list(
        db.session.scalars(_groups().join(AreaGroup.scheme).where(AreaScheme.municipality_id == municipality.id))
    )


def find_extent(municipality: Municipality) -> tuple[float, float, float, float] | None:
    """West, south, east and north of the outlines the current scheme has, in degrees; None without any."""
    scheme = find_current_scheme(municipality)
    return extent_of(list_outlines(scheme.id).values()) if scheme else None
