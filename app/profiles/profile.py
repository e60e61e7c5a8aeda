"""The profile of one area: what the figures say, what is offered, what was said and what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from app.accounts.models import Municipality
from app.areas.models import Area
from app.conferences.models import Conference
from app.indicators import queries as indicators
from app.indicators.charts_svg import Dot, bar, line_chart
from app.indicators.comparison_over_schemes import EarlierReading, earlier_readings
from app.indicators.figures import SIGNS, Figure, shown
from app.indicators.index_reading import IndexResult
from app.indicators.index_words import IndexWords, index_words, shown_index
from app.indicators.models import Indicator
from app.indicators.reading import Point, figures_from, read_newest, series_from
from app.indicators.social_index import AreaVerdict
from app.offers.models import Offer
from app.offers.queries import list_offers_for_area
from app.profiles import queries, wording
from app.profiles.atlas import Atlas
from app.profiles.models import Assessment
from app.profiles.published import Published, Recommended, concerning, list_published
from app.profiles.rules import Compared, Rank, StandOut, burden_order, rank, stand_outs

MOST_DATES = 12  # a quarterly series of three years


@dataclass(frozen=True)
class Line:
    """One indicator of an area: its figure, its rank on the level, its series as points and as a chart."""

    figure: Figure
    rank: Rank | None
    points: list[Point]
    chart: Markup

    @property
    def series(self) -> list[tuple[date, str, str, str]]:
        """The table beside the chart: date, area, town, and why the area has no figure (empty where it has)."""
        one = self.figure.indicator
        return [
            (point.day, shown(point.area, one), shown(point.town, one), wording.why_none(point.area))
            for point in self.points
        ]


@dataclass(frozen=True)
class IndexOf:
    """An index and the verdict on the area."""

    result: IndexResult
    verdict: AreaVerdict

    @property
    def order(self) -> list[str]:
        """The names of the classes from the least to the most burdened."""
        return burden_order(self.result.index.class_breaks, self.result.index.orientation)

    @property
    def words(self) -> IndexWords:
        """How the index is to be read."""
        return index_words(self.result.index)

    @property
    def shown(self) -> str:
        """The area's value as the method is printed."""
        return shown_index(self.verdict.index, self.result.index.method)

    @property
    def parts(self) -> list[tuple[Indicator, float, Markup]]:
        """What each indicator contributes to the index, as number and bar."""
        sizes = [(part.indicator, self.verdict.contributions[part.indicator.key]) for part in self.result.index.parts]
        most = max((abs(size) for _indicator, size in sizes), default=0)
        return [(indicator, size, bar(size, most)) for indicator, size in sizes]


@dataclass(frozen=True)
class Profile:
    """One area beside the town. Readers' profiles hold only what is open to everybody."""

    area: Area
    lines: list[Line]
    stand_outs: list[tuple[Figure, StandOut]]
    earlier: list[EarlierReading]
    indexes: list[IndexOf]
    clearances: list[tuple[str, date, bool]]
    offers: list[Offer]
    town_wide: int
    assessments: list[Assessment]
    conferences: list[Conference]
    papers: dict[int, Published]
    recommendations: list[Recommended]

    @property
    def as_of(self) -> date | None:
        """The newest reference date of its figures."""
        return max((line.figure.reference_date for line in self.lines if line.figure.reference_date), default=None)


def build_profile(
    municipality: Municipality, atlas: Atlas, area: Area, *, now: datetime, internal: bool = False
) -> Profile:
    """Everything about an area of an open atlas, whose figures are read once. `internal` is for the office only."""
    lines, found = _figures(municipality, atlas, area, internal=internal)
    catalogue = [line.figure.indicator for line in lines]
    cells = [(line.figure.indicator.id, line.figure.reference_date) for line in lines if line.figure.reference_date]
    below, related = atlas.tree.below(area.id), atlas.related(area.id)
    offers, papers = list_offers_for_area(area, tree=atlas.tree), list_published(municipality)
    return Profile(
        area=area,
        lines=lines,
        stand_outs=found,
        earlier=earlier_readings(area, catalogue, tree=atlas.tree),
        indexes=_indexes(atlas, area),
        clearances=queries.list_clearances(below, cells),
        offers=[offer for offer in offers if offer.areas],
        town_wide=sum(not offer.areas for offer in offers),
        assessments=queries.list_assessments(below, public_only=not internal),
        conferences=queries.list_past_conferences(
            municipality, [one.id for one in related], now, known_only=not internal
        ),
        papers={paper.conference_id: paper for paper in papers},
        recommendations=concerning(papers, {(one.level.name, one.code) for one in related}),
    )


def _figures(
    municipality: Municipality, atlas: Atlas, area: Area, *, internal: bool
) -> tuple[list[Line], list[tuple[Figure, StandOut]]]:
    listed = indicators.list_indicators if internal else indicators.list_public_indicators
    catalogue = listed(municipality)
    readings, days = read_newest(area.scheme_id, atlas.tree, catalogue, MOST_DATES)
    by_area = figures_from(readings, atlas.on_level(area.level_id), catalogue, days)
    columns = list(zip(*by_area.values(), strict=True))
    compared = [_compared(figure, column) for figure, column in zip(by_area[area.id], columns, strict=True)]
    lines = [
        Line(
            figure=figure,
            rank=rank(one.value, one.level_values, one.polarity) if figure.is_rate else None,
            points=(points := series_from(readings, area, figure.indicator, days[figure.indicator.id])),
            chart=_chart(figure, points),
        )
        for figure, one in zip(by_area[area.id], compared, strict=True)
    ]
    figures = {line.figure.indicator.key: line.figure for line in lines}
    found = stand_outs([one for one in compared if figures[one.key].is_rate])
    return lines, [(figures[one.key], one) for one in found]


def _compared(figure: Figure, column: Sequence[Figure]) -> Compared:
    same_day = [other.value if other.reference_date == figure.reference_date else None for other in column]
    return Compared(figure.indicator.key, figure.value, figure.town_value, same_day, figure.indicator.polarity)


def _chart(figure: Figure, points: Sequence[Point]) -> Markup:
    """The series as a line; the town's line only where its figure is a fair comparison."""
    if len(points) < 2:
        return Markup("")
    dots = [
        Dot(
            point.day.toordinal(),
            point.area.value,
            point.town.value if figure.is_rate else None,
            SIGNS.get(point.area.state, ""),
        )
        for point in points
    ]
    return line_chart(
        dots,
        key=f"verlauf-{figure.indicator.id}",
        title=wording.course_title(figure),
        description=wording.course(figure, points),
    )


def _indexes(atlas: Atlas, area: Area) -> list[IndexOf]:
    results = (found.get(area.level_id) for found in (atlas.indexes, atlas.dynamics))
    return [IndexOf(result, result.verdicts[area.id]) for result in results if result]
