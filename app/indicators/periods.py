"""Days that column headings of time series stand for: „2023“, „31.12.2023“, „Q1 2024“, „2024/1“, „I/2024“."""

import calendar
import re
from datetime import date

YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
QUARTER = r"(?P<quarter>[1-4]|IV|I{1,3})"
MONTHS = ("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")
PATTERNS = [
    re.compile(rf"(?:.*[^0-9.])?{pattern}\s*", re.IGNORECASE | re.DOTALL)
    for pattern in (
        rf"(?P<day>[0-9]{{1,2}})\.\s?(?P<month>[0-9]{{1,2}})\.\s?{YEAR}",
        rf"{YEAR}-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})",
        rf"Q\s?{QUARTER}\s?[ /.-]?\s?{YEAR}",
        rf"{QUARTER}\.?\s?(?:Quartal|Qu?\.?|Vj\.?)\s?[/]?\s?{YEAR}",
        rf"(?P<quarter>IV|I{{1,3}})\s?/\s?{YEAR}",
        rf"{YEAR}\s?[/ -]?\s?Q\s?{QUARTER}",
        rf"{YEAR}\s?/\s?{QUARTER}",
        rf"(?P<name>{'|'.join(MONTHS)})[a-zä]*\.?\s{YEAR}",
        YEAR,
    )
]
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}


def day_of(heading: str) -> date | None:
    """The last day of the period at the end of a heading; None when it names none or an impossible day."""
    for pattern in PATTERNS:
        if found := pattern.fullmatch(heading.strip()):
            return _day(found.groupdict())
    return None


def _day(parts: dict[str, str | None]) -> date | None:
    year = int(parts["year"])
    try:
        if parts.get("day"):
            return date(year, int(parts["month"]), int(parts["day"]))
        if quarter := parts.get("quarter"):
            return _last(year, 3 * (ROMAN.get(quarter.upper()) or int(quarter)))
        if name := parts.get("name"):
            return _last(year, MONTHS.index(name.lower()) + 1)
        return date(year, 12, 31)
    except ValueError:
        return None


def _last(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
