"""Everything the desk shows, read in a bounded number of statements and handed over as one value."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from app.accounts.models import Municipality
from app.conferences.models import ActionField, Conference
from app.conferences.queries import list_action_fields
from app.consolidation import queries
from app.consolidation.forms import PointForm
from app.consolidation.models import ConsolidatedPoint, Recommendation
from app.consolidation.rules import DeskView, Tally, Weight, pages
from app.contributions.models import Contribution
from app.indicators.figures import Figure
from app.indicators.queries import list_indicators
from app.indicators.reading import figures_for
from app.tables.models import TopicTable
from app.tables.queries import list_tables

NO_WEIGHT = Weight()


@dataclass(frozen=True)
class OpenedPoint:
    """The point on the right with what it holds and what rests on it."""

    row: ConsolidatedPoint
    voices: Sequence[Contribution]
    absorbed: Sequence[ConsolidatedPoint]
    recommendations: Sequence[Recommendation]


@dataclass(frozen=True)
class DeskPage:
    """The desk in one state."""

    view: DeskView
    tally: Tally
    tables: Sequence[TopicTable]
    found: int
    contributions: Sequence[tuple[Contribution, str | None]]
    fields: Sequence[ActionField]
    points: Sequence[ConsolidatedPoint]
    weights: dict[int, Weight]
    opened: OpenedPoint | None
    figures: Sequence[Figure]

    @property
    def point(self) -> ConsolidatedPoint | None:
        """The opened point."""
        return self.opened.row if self.opened else None

    @property
    def pages(self) -> int:
        """How many pages the list on the left has."""
        return pages(self.found)

    @property
    def groups(self) -> list[tuple[ActionField | None, list[ConsolidatedPoint]]]:
        """Points under their Handlungsfelder, those without one last; fields without points are left out."""
        return grouped(self.fields, self.points)

    def weight(self, point: ConsolidatedPoint) -> Weight:
        """What stands behind a point."""
        return self.weights.get(point.id, NO_WEIGHT)


def read(municipality: Municipality, conference: Conference, view: DeskView, opened: int | None = None) -> DeskPage:
    """The desk as `view` asks for it; `opened` overrides the opened point. Pages beyond the last show the last."""
    tally = queries.tally(conference)
    found = (
        queries.count_on_the_left(conference, view) if view.is_filtered else tally.aside if view.aside else tally.open
    )
    every_point = queries.list_points(conference, with_merged=True)
    points = [point for point in every_point if point.merged_into_id is None]
    chosen = next((point for point in points if point.id == (opened or view.point)), None)
    view = replace(view, page=min(view.page, pages(found)), point=chosen.id if chosen else None)
    return DeskPage(
        view=view,
        tally=tally,
        tables=list_tables(conference),
        found=found,
        contributions=queries.list_on_the_left(conference, view),
        fields=list_action_fields(municipality),
        points=points,
        weights=queries.weights(conference),
        opened=_opened(chosen, every_point) if chosen else None,
        figures=figures_for(conference.area, list_indicators(municipality)) if chosen else [],
    )


def _opened(point: ConsolidatedPoint, every_point: Sequence[ConsolidatedPoint]) -> OpenedPoint:
    return OpenedPoint(
        row=point,
        voices=queries.list_voices(point),
        absorbed=absorbed_by(point, every_point),
        recommendations=queries.list_recommendations_resting_on(point),
    )


def absorbed_by(point: ConsolidatedPoint, every_point: Sequence[ConsolidatedPoint]) -> list[ConsolidatedPoint]:
    """The points that went into a point, and those that had gone into them, by number."""
    found: list[ConsolidatedPoint] = []
    into = {point.id}
    while into:
        news = [other for other in every_point if other.merged_into_id in into]
        found += news
        into = {other.id for other in news}
    return sorted(found, key=lambda other: other.number)


def grouped(fields: Sequence[ActionField], rows: Sequence) -> list[tuple[ActionField | None, list]]:
    """Points or recommendations under their Handlungsfelder, those without one last; empty fields are left out."""
    groups = [(field, [row for row in rows if row.action_field_id == field.id]) for field in fields]
    loose = [row for row in rows if row.action_field_id is None]
    return [group for group in [*groups, (None, loose)] if group[1]]


def field_choices(fields: Sequence[ActionField]) -> list[SelectChoice]:
    """Handlungsfelder for a select field, none first."""
    return [SelectChoice("", _("– noch keines –")), *(SelectChoice(str(field.id), field.name) for field in fields)]


def point_form(fields: Sequence[ActionField], point: ConsolidatedPoint | None = None) -> PointForm:
    """The form for a point's words, filled with those of `point` unless something was posted."""
    shown = None
    if point is not None:
        shown = {
            "title": point.title,
            "summary": point.summary,
            "action_field": point.action_field_id,
            "minority": point.minority,
        }
    form = PointForm(data=shown)
    form.action_field.choices = field_choices(fields)
    return form
