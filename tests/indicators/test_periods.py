"""Headings of time series."""

from datetime import date

import pytest

from app.indicators.periods import day_of


@pytest.mark.parametrize(
    ("heading", "day"),
    [
        ("2023", date(2023, 12, 31)),
        ("31.12.2025", date(2025, 12, 31)),
        ("2025-06-30", date(2025, 6, 30)),
        ("Q1 2024", date(2024, 3, 31)),
        ("1. Quartal 2024", date(2024, 3, 31)),
        ("2024/1", date(2024, 3, 31)),
        ("I/2024", date(2024, 3, 31)),
        ("IV/2024", date(2024, 12, 31)),
        ("2024-Q2", date(2024, 6, 30)),
        ("Dezember 2024", date(2024, 12, 31)),
        ("SGB-II-Quote 2023", date(2023, 12, 31)),
        ("EW 31.12.2020", date(2020, 12, 31)),
    ],
)
def test_a_heading_names_its_day(heading, day):
    assert day_of(heading) == day


@pytest.mark.parametrize("heading", ["zS1", "12023", "31.02.2025", "Anteil in %", "", "2024 vorläufig"])
def test_other_headings_name_none(heading):
    assert day_of(heading) is None
