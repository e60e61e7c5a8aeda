"""Small charts: gaps stay gaps, signs are signs, nothing hostile and no NaN gets into the picture."""

from math import inf, nan

import pytest
from lxml import etree

from app.indicators.charts_svg import Dot, bar, line_chart


def chart(*dots: Dot, title="Verlauf", description="38,2") -> etree._Element:
    return etree.fromstring(line_chart(dots, key="k", title=title, description=description))


def paths(svg: etree._Element, css: str) -> list[str]:
    return [path.get("d") for path in svg.iter("path") if path.get("class") == css]


def test_area_and_town_are_two_lines_between_lowest_and_highest():
    svg = chart(Dot(0, 10, 20), Dot(1, 30, 20))

    assert paths(svg, "tt-chart__line") == ["M6 42L194 6"]
    assert paths(svg, "tt-chart__town") == ["M6 24L194 24"]


def test_a_gap_breaks_the_line_and_leaves_its_sign():
    svg = chart(Dot(0, 1), Dot(1, 2), Dot(2, None, sign="•"), Dot(3, 2), Dot(4, 1), Dot(5, None, sign="–"))

    assert paths(svg, "tt-chart__line")[0].count("M") == 2
    assert [(sign.text, sign.get("x")) for sign in svg.iter("text")] == [("•", "81"), ("–", "194")]
    assert len(list(svg.iter("circle"))) == 4


def test_zero_is_a_figure():
    svg = chart(Dot(0, 0), Dot(1, 5))

    assert len(list(svg.iter("circle"))) == 2
    assert list(svg.iter("text")) == []


def test_one_figure_alone_is_a_dot_in_the_middle():
    svg = chart(Dot(7, 5))

    (dot,) = svg.iter("circle")
    assert (dot.get("cx"), dot.get("cy")) == ("100", "24")
    assert paths(svg, "tt-chart__line") == []


def test_a_constant_series_runs_through_the_middle():
    assert paths(chart(Dot(0, 5), Dot(1, 5)), "tt-chart__line") == ["M6 24L194 24"]


@pytest.mark.parametrize("odd", [nan, inf, -inf])
def test_what_is_no_number_is_never_drawn(odd):
    drawn = line_chart([Dot(0, 1, odd), Dot(1, odd, 2), Dot(2, 3, 4)], key="k", title="T", description="D")

    assert "nan" not in drawn.lower()
    assert "inf" not in drawn.lower()


def test_without_any_figure_there_is_no_chart():
    assert line_chart([Dot(0, None, sign="•"), Dot(1, None, sign="–")], key="k", title="T", description="D") == ""


def test_words_are_escaped_and_name_the_picture():
    svg = chart(Dot(0, 1), title="<script>", description='" onload="x')

    assert svg.get("role") == "img"
    assert (svg.get("aria-labelledby"), svg.get("aria-describedby")) == ("k-title", "k-desc")
    assert (svg.findtext("title"), svg.findtext("desc")) == ("<script>", '" onload="x')
    assert not list(svg.iter("script"))


def test_twelve_dates_cost_few_bytes():
    drawn = line_chart([Dot(n, n % 5, 2) for n in range(12)], key="k", title="T", description="D")

    assert len(drawn) < 1500


def rectangle(svg: str) -> tuple[str, str]:
    (found,) = etree.fromstring(svg).iter("rect")
    return found.get("x"), found.get("width")


def test_bars_start_in_the_middle_and_know_their_direction():
    assert rectangle(bar(2, 2)) == ("60", "58")
    assert rectangle(bar(-1, 2)) == ("31", "29")
    assert rectangle(bar(0, 0)) == ("60", "0")
    assert rectangle(bar(nan, 2))[1] == "0"
