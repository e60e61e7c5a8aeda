"""Opening hours as people write them, read as far as two of them can be compared."""

import re

DAYS = ("mo", "di", "mi", "do", "fr", "sa", "so")
_DAY = r"(?:mo|di|mi|do|fr|sa|so)"
_DAYS = rf"{_DAY}(?:\s*(?:,|und|u\.|[–-])\s*{_DAY})*"
_TIME = r"\d{1,2}(?:[.:]\d{2})?"
_SPAN = re.compile(rf"({_DAYS})\s+({_TIME})\s*(?:[–-]|bis)\s*({_TIME})(?:\s*uhr)?")

Slot = tuple[int, int, int]  # weekday, first and last minute of the day


def read_schedule(text: str) -> frozenset[Slot] | None:
    """„Di und Do 9–12 Uhr, Sa 10–11.30 Uhr“ as slots of the week; None for everything that says more than that.

    „jeden 2. Dienstag“ or „nach Absprache“ cannot be compared, and half a reading would be worse than none.
    """
    plain = " ".join(text.casefold().split())
    found = list(_SPAN.finditer(plain))
    rest = re.sub(r"[\s,;]|und", "", _SPAN.sub("", plain))
    if not found or rest:
        return None
    slots = set()
    for match in found:
        begin, end = _minutes(match[2]), _minutes(match[3])
        if begin is None or end is None or begin >= end:
            return None
        slots |= {(day, begin, end) for day in _weekdays(match[1])}
    return frozenset(slots)


def overlap(one: frozenset[Slot] | None, other: frozenset[Slot] | None) -> bool | None:
    """Whether two schedules share a minute of the week; None when one of them could not be read."""
    if one is None or other is None:
        return None
    return any(a[0] == b[0] and a[1] < b[2] and b[1] < a[2] for a in one for b in other)


def _minutes(text: str) -> int | None:
    hours, _separator, minutes = text.replace(":", ".").partition(".")
    total = int(hours) * 60 + int(minutes or 0)
    return total if total <= 24 * 60 and int(minutes or 0) < 60 else None


def _weekdays(text: str) -> set[int]:
    found: set[int] = set()
    for part in re.split(r"\s*(?:,|und|u\.)\s*", text):
        ends = [DAYS.index(day) for day in re.findall(_DAY, part)]
        first, last = ends[0], ends[-1]
        found |= set(range(first, last + 1)) if first <= last else {*range(first, 7), *range(last + 1)}
    return found
