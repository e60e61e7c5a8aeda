"""What the page of a crosswalk shows: links there are or that are proposed, and what they allow."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts.models import Municipality
from app.areas import queries
from app.areas.crosswalk import Links, Verdict, verdict_on
from app.areas.crosswalk_acts import propose_crosswalk
from app.areas.forms import CrosswalkChoice
from app.areas.models import Area, AreaLevel, AreaScheme
from app.core.errors import NotFound


@dataclass(frozen=True)
class LinkRow:
    """One link with its areas; `value` is what the form sends for it."""

    older: Area
    newer: Area
    share: float

    @property
    def value(self) -> str:
        """„12:34:0.5“."""
        return f"{self.older.id}:{self.newer.id}:{self.share:g}"


@dataclass(frozen=True)
class CrosswalkPage:
    """Two schemes beside each other. `proposed`: nothing of it is stored yet."""

    older: AreaScheme
    older_level: AreaLevel
    newer_level: AreaLevel
    rows: list[LinkRow]
    proposed: bool
    comparable: list[tuple[Area, list[Area]]]
    not_comparable: list[Area]
    lost: list[Area]


def offer_choices(form: CrosswalkChoice, newer: AreaScheme, municipality: Municipality) -> AreaScheme | None:
    """Fill the selects; returns the scheme to compare with: the chosen one, else the next. Raises NotFound."""
    others = [one for one in queries.list_schemes(municipality) if one.id != newer.id]
    form.aelter.choices = [(str(one.id), one.name) for one in others]
    if form.aelter.data and form.aelter.data not in dict(form.aelter.choices):
        raise NotFound(form.aelter.data)
    linked = {one.id for one in queries.list_older_schemes(newer.id)}
    usual = sorted(others, key=lambda one: one.id not in linked)
    older = next((one for one in usual if not form.aelter.data or str(one.id) == form.aelter.data), None)
    if older is not None:
        form.aelter.data = str(older.id)
        _offer_levels(form.von, older)
        _offer_levels(form.nach, newer)
    return older


def _offer_levels(field, scheme: AreaScheme) -> None:
    levels = queries.list_levels(scheme)
    field.choices = [(str(level.id), level.name) for level in levels]
    if field.data and field.data not in dict(field.choices):
        raise NotFound(field.data)
    field.data = field.data or (str(levels[-1].id) if levels else "")


def build_page(form: CrosswalkChoice, older: AreaScheme, newer: AreaScheme, *, propose: bool) -> CrosswalkPage | None:
    """The links stored between the schemes, or a proposal for the chosen levels; None without levels."""
    if not form.von.data or not form.nach.data:
        return None
    old_areas, new_areas = queries.list_areas_of_scheme(older), queries.list_areas_of_scheme(newer)
    from_level = [area for area in old_areas if str(area.level_id) == form.von.data]
    to_level = [area for area in new_areas if str(area.level_id) == form.nach.data]
    stored = queries.links_between(older.id, newer.id)
    proposed = propose or not stored
    links = propose_crosswalk(older=from_level, newer=to_level) if proposed else stored
    by_id = {area.id: area for area in [*old_areas, *new_areas]}
    return _page(older, links, by_id, (from_level, to_level), proposed=proposed)


def _page(
    older: AreaScheme,
    links: Links,
    by_id: dict[int, Area],
    levels: tuple[Sequence[Area], Sequence[Area]],
    *,
    proposed: bool,
) -> CrosswalkPage:
    verdict: Verdict = verdict_on(links)
    from_level, to_level = levels
    rows = [LinkRow(by_id[pair[0]], by_id[pair[1]], share) for pair, share in links.items()]
    return CrosswalkPage(
        older=older,
        older_level=next((area.level for area in from_level), None),
        newer_level=next((area.level for area in to_level), None),
        rows=sorted(rows, key=lambda row: (row.older.code, row.newer.code, row.older.id, row.newer.id)),
        proposed=proposed,
        comparable=[
            (area, [by_id[one] for one in verdict.parts[area.id]]) for area in to_level if area.id in verdict.parts
        ],
        not_comparable=[area for area in to_level if area.id not in verdict.parts],
        lost=[area for area in from_level if area.id not in verdict.passes],
    )


def links_typed(values: Sequence[str]) -> Links | None:
    """The links a form sent as „older:newer:share“, or None when one of them cannot be read."""
    links: Links = {}
    for value in values:
        parts = value.split(":")
        try:
            older, newer, share = int(parts[0]), int(parts[1]), float(parts[2])
        except (ValueError, IndexError):
            return None
        links[older, newer] = share
    return links
