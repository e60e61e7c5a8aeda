"""The page of areas of need: deviations read from cleared values, and the sentence that gives the reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from app.areas import queries as areas
from app.areas.models import Area
from app.core import german
from app.core.errors import NotFound
from app.indicators import rules
from app.indicators.enums import Centre, Orientation, Polarity
from app.indicators.index_forms import NeedFilter
from app.indicators.index_page import Choices
from app.indicators.need import Need, find_needs
from app.indicators.reading import read_scheme
from app.indicators.social_index import AreaValues, Part


@dataclass(frozen=True)
class NeedPage:
    """The areas that stand out, most deviations first, and what they were measured by."""

    day: date
    centre: Centre
    limit: float
    least: int
    indicators: list
    looked_at: int
    rows: list[tuple[Area, Need]]
    without_town_value: list[str]

    def reason_for(self, chosen: Sequence[str]) -> str:
        """The deviations of the chosen areas in words, to be edited."""
        middle = {Centre.AREA_MEAN: _("vom Mittel der Gebiete"), Centre.TOWN_VALUE: _("vom Wert der Kommune")}
        lines = [
            _(
                "Auffällige Abweichungen (mindestens %(limit)s Standardabweichungen %(centre)s), Stichtag %(day)s:",
                limit=german.number(self.limit, 1),
                centre=middle[self.centre],
                day=german.day(self.day),
            )
        ]
        for area, need in self.rows:
            if str(area.id) in chosen:
                listed = ", ".join(f"{part.name} ({german.signed(size, 2)})" for part, size in need.deviations)
                lines.append(f"{area.name} ({area.code}): {need.count} – {listed}")
        return "\n".join(lines)


def find_page(form: NeedFilter, choices: Choices) -> NeedPage | None:
    """The list for what was chosen, defaults set in the form; None while a number is wrong. Raises NotFound."""
    level = next((one for one in choices.levels if str(one.id) == form.ebene.data), choices.levels[-1])
    form.ebene.data = form.ebene.data or str(level.id)
    form.stichtag.data = form.stichtag.data or choices.days[0].isoformat()
    form.mitte.data = form.mitte.data or Centre.TOWN_VALUE.value
    if not form.indikator.data:
        usual = [one for one in choices.indicators if one.polarity is not Polarity.CONTEXT]
        form.indikator.data = [str(one.id) for one in usual or choices.indicators]
    if not form.validate():
        if any(form[name].errors for name in ("ebene", "stichtag", "mitte", "indikator")):
            raise NotFound("choice")
        return None
    form.schwelle.data = form.schwelle.data or 1.0
    form.mindestens.data = form.mindestens.data or 2
    chosen = [one for one in choices.indicators if str(one.id) in form.indikator.data]
    day, centre = date.fromisoformat(form.stichtag.data), Centre(form.mitte.data)
    readings = read_scheme(level.scheme_id, areas.area_tree(level.scheme_id), chosen, {one.id: [day] for one in chosen})
    everywhere = areas.list_areas(level)
    values = [
        AreaValues(str(area.id), {one.key: readings[one.id, day].by_area[area.id].value for one in chosen})
        for area in everywhere
    ]
    parts = [
        Part(
            one.key,
            one.short_name,
            rules.sign_of(one.polarity, Orientation.HIGHER_IS_BURDEN),
            town_value=readings[one.id, day].town.value,
        )
        for one in chosen
    ]
    needs = find_needs(values, parts, centre=centre, limit=form.schwelle.data, least=form.mindestens.data)
    by_id = {str(area.id): area for area in everywhere}
    return NeedPage(
        day=day,
        centre=centre,
        limit=form.schwelle.data,
        least=form.mindestens.data,
        indicators=chosen,
        looked_at=len(everywhere),
        rows=[(by_id[need.code], need) for need in needs],
        without_town_value=[part.name for part in parts if part.town_value is None and centre is Centre.TOWN_VALUE],
    )
