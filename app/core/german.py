"""Numbers and dates as they are written in Germany."""

from datetime import date, datetime

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask import Flask

from app.core.clock import BERLIN

MISSING = "–"


def number(value: float | None, digits: int = 0) -> str:
    """1234.5 → „1.234,5“ (with one digit); None → „–“."""
    if value is None:
        return MISSING
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(value, format=pattern, locale="de")


def signed(value: float | None, digits: int = 1) -> str:
    """Like `number`, with a sign people can see: „+1,2“, „−0,4“, „±0,0“."""
    if value is None:
        return MISSING
    rounded = round(value, digits)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else "±"
    return sign + number(abs(rounded), digits)


def day(value: date | datetime | None) -> str:
    """13.04.2024, in German time for moments."""
    if value is None:
        return MISSING
    if isinstance(value, datetime):
        value = value.astimezone(BERLIN).date()
    return format_date(value, "dd.MM.yyyy", locale="de")


def long_day(value: date | datetime | None) -> str:
    """Samstag, 13. April 2024."""
    if value is None:
        return MISSING
    if isinstance(value, datetime):
        value = value.astimezone(BERLIN).date()
    return format_date(value, "EEEE, d. MMMM yyyy", locale="de")


def clock_time(value: datetime | None) -> str:
    """17:05 in German time."""
    return MISSING if value is None else format_datetime(value, "HH:mm", tzinfo=BERLIN, locale="de")


def moment(value: datetime | None) -> str:
    """13.04.2024, 17:05 Uhr in German time."""
    return MISSING if value is None else format_datetime(value, "dd.MM.yyyy, HH:mm 'Uhr'", tzinfo=BERLIN, locale="de")


def init_app(app: Flask) -> None:
    """Make the formats filters of every template."""
    for name, filter_ in {
        "number": number,
        "signed": signed,
        "day": day,
        "long_day": long_day,
        "clock_time": clock_time,
        "moment": moment,
    }.items():
        app.add_template_filter(filter_, name)
