"""What the pages of area schemes show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from app.accounts.models import Municipality
from app.areas import queries, rules
from app.areas.choices import tree_of_areas
from app.areas.enums import GroupKind
from app.areas.map_svg import MapArea, choropleth
from app.areas.models import Area, AreaGroup, AreaScheme
from app.areas.queries import LevelCount
from app.areas.tree import AreaTree


@dataclass(frozen=True)
class SchemeCard:
    """A scheme with its levels and groups. `current`: pages show this one when nobody asks for another."""

    scheme: AreaScheme
    levels: list[LevelCount]
    groups: list[AreaGroup]
    current: bool

    @property
    def action_areas(self) -> list[AreaGroup]:
        """The action areas by name."""
        return [group for group in self.groups if group.kind is GroupKind.ACTION_AREA]

    @property
    def families(self) -> dict[str, list[AreaGroup]]:
        """The groupings by family."""
        found: dict[str, list[AreaGroup]] = {}
        for group in self.groups:
            if group.kind is GroupKind.GROUPING:
                found.setdefault(group.family, []).append(group)
        return found


@dataclass(frozen=True)
class SchemePage:
    """A scheme with the tree of its areas, what is missing, and a map of one level."""

    card: SchemeCard
    areas: dict[int, Area]
    tree: AreaTree
    without_parent: list[Area]
    without_outline: list[Area]
    map: Markup
    map_title: str


def list_cards(municipality: Municipality) -> list[SchemeCard]:
    """Every scheme, those that began last first, in three statements."""
    schemes = queries.list_schemes(municipality)
    current = rules.current_scheme(schemes)
    counted, groups = queries.count_levels(municipality), queries.list_all_groups(municipality)
    return [
        SchemeCard(
            scheme,
            counted.get(scheme.id, []),
            [group for group in groups if group.scheme_id == scheme.id],
            scheme is current,
        )
        for scheme in schemes
    ]


def build_scheme_page(municipality: Municipality, scheme: AreaScheme, href) -> SchemePage:
    """One scheme; `href` gives the address of an area."""
    card = next(card for card in list_cards(municipality) if card.scheme is scheme)
    areas = queries.list_areas_of_scheme(scheme)
    tree, outlines = tree_of_areas(areas), queries.list_outlines(scheme.id)
    title, drawn = _map(card.levels, areas, outlines, href)
    lowest = min((one.level.rank for one in card.levels), default=0)
    return SchemePage(
        card=card,
        areas={area.id: area for area in areas},
        tree=tree,
        without_parent=[area for area in areas if area.parent_id is None and area.level.rank > lowest],
        without_outline=[area for area in areas if not any(one in outlines for one in tree.below(area.id))],
        map=drawn,
        map_title=title,
    )


def _map(levels: Sequence[LevelCount], areas: Sequence[Area], outlines: Mapping[int, str], href) -> tuple[str, Markup]:
    """The finest level that has outlines of its own."""
    drawn = next((one.level for one in reversed(levels) if one.outlined), None)
    if drawn is None:
        return "", Markup("")
    shown = [
        MapArea(area.code, area.name, outlines.get(area.id), step=1, href=href(area))
        for area in areas
        if area.level_id == drawn.id
    ]
    title = _("Karte der Ebene %(level)s", level=drawn.name)
    description = _("Jede Fläche führt zum Gebiet. Alle Gebiete stehen auch in der Liste.")
    return title, choropleth(shown, key="gebietskarte", title=title, description=description)
