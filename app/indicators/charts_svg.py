"""Small charts as SVG text: pure, no script, colours by class name, secret and missing figures as signs.

The table of the same figures is the chart's alternative; a chart never carries a figure that the table does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import isfinite

from markupsafe import Markup, escape

WIDTH, HEIGHT = 200, 56
MARGIN = 6
BASE = HEIGHT - 14  # below it stand the signs of figures nobody may see or has
BAR_WIDTH, BAR_HEIGHT = 120, 12


@dataclass(frozen=True)
class Dot:
    """A figure at a moment (`at` in any unit, ascending) beside the town's; without a value `sign` says why."""

    at: float
    value: float | None
    town: float | None = None
    sign: str = ""


def line_chart(dots: Sequence[Dot], *, key: str, title: str, description: str) -> Markup:
    """The area as a line with dots, the town as a dashed line; a gap breaks the line. Nothing without any figure.

    The scale runs from the lowest to the highest figure shown, not from zero. `key` makes ids unique on the page.
    """
    usable = [Dot(dot.at, _finite(dot.value), _finite(dot.town), dot.sign) for dot in dots]
    shown = [value for dot in usable for value in (dot.value, dot.town) if value is not None]
    if not shown:
        return Markup("")
    frame = _Frame(usable[0].at, usable[-1].at, min(shown), max(shown))
    own = [(frame.x(dot.at), frame.y(dot.value)) for dot in usable if dot.value is not None]
    parts = [
        f'<svg class="tt-chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="{key}-title"'
        f' aria-describedby="{key}-desc"><title id="{key}-title">{escape(title)}</title>'
        f'<desc id="{key}-desc">{escape(description)}</desc>',
        _path([(dot.at, dot.town) for dot in usable], frame, "tt-chart__town"),
        _path([(dot.at, dot.value) for dot in usable], frame, "tt-chart__line"),
        *(f'<circle class="tt-chart__dot" cx="{x}" cy="{y}" r="3"/>' for x, y in own),
        *(
            f'<text class="tt-chart__sign" x="{frame.x(dot.at)}" y="{HEIGHT - 3}">{escape(dot.sign)}</text>'
            for dot in usable
            if dot.value is None
        ),
    ]
    return Markup("".join(parts) + "</svg>")  # noqa: S704 -- numbers, our own key and escaped texts


def bar(value: float, most: float) -> Markup:
    """A bar from the middle to the left or right, for a table cell that says the same as a number.

    `most` is the largest size any bar of the table has.
    """
    middle = BAR_WIDTH // 2
    share = min(abs(value) / most, 1) if most and isfinite(value) else 0
    length = round(share * (middle - 2))
    start = middle if value >= 0 else middle - length
    return Markup(  # noqa: S704 -- numbers only
        f'<svg class="tt-bar" viewBox="0 0 {BAR_WIDTH} {BAR_HEIGHT}" aria-hidden="true" focusable="false">'
        f'<rect class="tt-bar__size" x="{start}" y="1" width="{length}" height="{BAR_HEIGHT - 2}"/>'
        f'<path class="tt-bar__middle" d="M{middle} 0V{BAR_HEIGHT}"/></svg>'
    )


@dataclass(frozen=True)
class _Frame:
    """Where moments and values lie in the picture; a single moment or value lies in the middle."""

    first: float
    last: float
    low: float
    high: float

    def x(self, at: float) -> int:
        share = (at - self.first) / (self.last - self.first) if self.last > self.first else 0.5
        return round(MARGIN + share * (WIDTH - 2 * MARGIN))

    def y(self, value: float) -> int:
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return round(BASE - share * (BASE - MARGIN))


def _path(points: Sequence[tuple[float, float | None]], frame: _Frame, css: str) -> str:
    """One line per run of figures; a gap is never bridged."""
    runs = (list(run) for known, run in groupby(points, key=lambda point: point[1] is not None) if known)
    drawn = "".join(
        "M" + "L".join(f"{frame.x(at)} {frame.y(value)}" for at, value in run) for run in runs if len(run) > 1
    )
    return f'<path class="{css}" d="{drawn}"/>' if drawn else ""


def _finite(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) else None
