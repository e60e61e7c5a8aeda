"""Maps of an index or an indicator with their legends, for office and readers alike."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from app.areas.map_svg import STEPS, MapArea, choropleth, swatch
from app.areas.models import Area
from app.core import german
from app.indicators import rules
from app.indicators.enums import IndexKind, Orientation
from app.indicators.figures import digits_of, shown
from app.indicators.index_reading import IndexResult
from app.indicators.index_words import shown_index
from app.indicators.models import Indicator
from app.indicators.rates import Reading

Address = Callable[[Area], str]


@dataclass(frozen=True)
class DrawnMap:
    """A map to print: `svg` is empty when no area has an outline; `legend` are samples with their words."""

    title: str
    svg: Markup
    legend: list[tuple[Markup, str]]


def index_map(
    result: IndexResult,
    outlines: Mapping[int, str],
    *,
    key: str = "karte",
    href: Address | None = None,
    marked: Collection[int] = (),
) -> DrawnMap:
    """The classes of an index; dark means burdened whatever its orientation.

    `outlines` from `areas.outlines.outlines_of`; `marked` areas get a strong border.
    """
    names = [name for _limit, name in result.index.class_breaks]
    ordered = names if result.index.orientation is Orientation.HIGHER_IS_BURDEN else list(reversed(names))
    steps = {name: min(number, STEPS) for number, name in enumerate(ordered, start=1)}

    def drawn(area: Area) -> MapArea:
        verdict = result.verdicts[area.id]
        said = verdict.reason
        if verdict.included:
            said = f"{verdict.class_name} ({shown_index(verdict.index, result.index.method)})"
        return MapArea(
            code=area.code,
            name=area.name,
            geometry=outlines.get(area.id),
            step=steps.get(verdict.class_name),
            says=said or "",
            href=href(area) if href else None,
            marked=area.id in marked,
        )

    title = _(
        "%(name)s nach %(level)s, Stichtag %(day)s",
        name=result.index.name,
        level=result.index.level.name,
        day=german.day(result.index.reference_date),
    )
    description = f"{result.index.orientation.label} " + _("Alle Werte stehen auch in der Tabelle.")
    svg = choropleth([drawn(area) for area in result.areas], key=key, title=title, description=description)
    least, most = rules.class_ends(result.index.class_breaks, result.index.orientation)
    notes = {least: _("am wenigsten belastet"), most: _("am stärksten belastet")}
    if result.index.kind is IndexKind.DYNAMICS:
        notes = {least: _("am günstigsten"), most: _("am ungünstigsten")}
    legend = [(swatch(steps[name], key), f"{name} ({notes[name]})" if name in notes else name) for name in names]
    if any(not verdict.included for verdict in result.verdicts.values()):
        legend.append((swatch(None, key), _("ohne Index")))
    return DrawnMap(title, svg, legend)


def indicator_map(
    indicator: Indicator,
    areas: Sequence[Area],
    readings: Mapping[int, Reading],
    outlines: Mapping[int, str],
    *,
    subtitle: str = "",
    key: str = "karte",
    href: Address | None = None,
    marked: Collection[int] = (),
) -> DrawnMap:
    """One indicator in four steps of equal width; darker is higher. Secret and missing areas have no step."""
    limits = rules.equal_steps([readings[area.id].value for area in areas if readings[area.id].known])

    def drawn(area: Area) -> MapArea:
        reading = readings[area.id]
        return MapArea(
            code=area.code,
            name=area.name,
            geometry=outlines.get(area.id),
            step=rules.step_of(reading.value, limits) if reading.known else None,
            says=f"{shown(reading, indicator)} {indicator.unit}" if reading.known else str(reading.state.label),
            href=href(area) if href else None,
            marked=area.id in marked,
        )

    title = ", ".join(filter(None, [indicator.name, subtitle]))
    description = f"{indicator.polarity.label}. " + _("Alle Werte stehen auch in der Tabelle.")
    svg = choropleth([drawn(area) for area in areas], key=key, title=title, description=description)
    return DrawnMap(title, svg, _steps_legend(indicator, areas, readings, limits, key))


def _steps_legend(
    indicator: Indicator, areas: Sequence[Area], readings: Mapping[int, Reading], limits: list[float], key: str
) -> list[tuple[Markup, str]]:
    known = [readings[area.id].value for area in areas if readings[area.id].known]
    digits = digits_of(indicator)
    lower = [min(known, default=0.0), *limits[:-1]]
    legend = [
        (
            swatch(number, key),
            _(
                "%(low)s bis %(high)s %(unit)s",
                low=german.number(low, digits),
                high=german.number(high, digits),
                unit=indicator.unit,
            ),
        )
        for number, (low, high) in enumerate(zip(lower, limits, strict=False), start=1)
    ]
    if known and not limits:
        legend.append((swatch(1, key), f"{german.number(known[0], digits)} {indicator.unit}"))
    if len(known) < len(areas):
        legend.append((swatch(None, key), _("geheim oder nicht vorhanden")))
    return legend
