"""Reading opening hours."""

import pytest

from app.findings.schedules import overlap, read_schedule

NINE, NOON = 9 * 60, 12 * 60


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("Di und Do 9–12 Uhr", {(1, NINE, NOON), (3, NINE, NOON)}),
        ("Mo–Mi 9-12", {(0, NINE, NOON), (1, NINE, NOON), (2, NINE, NOON)}),
        ("Mo, Mi 9–12 Uhr", {(0, NINE, NOON), (2, NINE, NOON)}),
        ("Mo 9.30–11:30 Uhr, Fr 9 bis 12 Uhr", {(0, 570, 690), (4, NINE, NOON)}),
        ("Sa–Mo 9–12 Uhr", {(5, NINE, NOON), (6, NINE, NOON), (0, NINE, NOON)}),
    ],
)
def test_ordinary_hours_are_read(text, slots):
    assert read_schedule(text) == slots


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nach Absprache",
        "jeden 2. Dienstag 15 Uhr",
        "Mo 9–12 Uhr, sonst nach Absprache",
        "Mo ab 14 Uhr",
        "Mo 12–9 Uhr",
        "Mo 9–99 Uhr",
        "an Schultagen",
        "Mo 9.75–12",
    ],
)
def test_what_says_more_is_not_compared(text):
    assert read_schedule(text) is None


def test_overlap_needs_the_same_day_and_a_shared_minute():
    monday = read_schedule("Mo 9–12 Uhr")

    assert overlap(monday, read_schedule("Mo 11–13 Uhr")) is True
    assert overlap(monday, read_schedule("Mo 12–13 Uhr")) is False
    assert overlap(monday, read_schedule("Di 9–12 Uhr")) is False
    assert overlap(monday, None) is None
