"""What a cell of a German statistical table says: a figure, a sign, or something unreadable."""

import math
import re
from dataclasses import dataclass
from datetime import date, datetime

from app.imports.numbers import compact, looks_like_number
from app.indicators.enums import ValueState

ZERO = {"-", "–", "—", "−"}
SECRET = {".", "•", "*"}
ABSENT = {"x", "X", "/", "…", "...", "()", "( )"}


@dataclass(frozen=True)
class Cell:
    """A readable cell: a figure, or the state that stands in its place."""

    state: ValueState
    figure: float | None = None


class Unreadable(ValueError):
    """The cell says nothing that could be stored; the message says why."""


def looks_like_value(text: str) -> bool:
    """Whether a cell holds a number or one of the signs: columns of other text are no indicators."""
    text = text.strip()
    return text in ZERO | SECRET | ABSENT or looks_like_number(text)


def read_cell(text: str, *, decimal_comma: bool) -> Cell | None:
    """The cell's meaning; None when it is empty. Raises Unreadable.

    `-` and its longer forms: nothing there, an exact zero, as in all official statistics (our own pages print „–“
    for missing; our exports leave the cell empty). `.` `•` `*` secret; `x` `/` `…` `...` no figure.
    """
    text = text.strip()
    if not text:
        return None
    if text in ZERO:
        return Cell(ValueState.KNOWN, 0.0)
    if text in SECRET:
        return Cell(ValueState.SUPPRESSED)
    if text in ABSENT:
        return Cell(ValueState.MISSING)
    return Cell(ValueState.KNOWN, _number(text, decimal_comma))


def _number(text: str, decimal_comma: bool) -> float:
    plain = compact(text).removesuffix("%").replace("−", "-")
    whole = r"[0-9]{1,3}(\.[0-9]{3})+|[0-9]+" if decimal_comma else r"[0-9]{1,3}(,[0-9]{3})+|[0-9]+"
    mark = "," if decimal_comma else r"\."
    if not re.fullmatch(rf"[+-]?(({whole})({mark}[0-9]+)?|{mark}[0-9]+)", plain):
        raise Unreadable(f"„{text[:40]}“ ist keine Zahl")
    plain = plain.replace(".", "").replace(",", ".") if decimal_comma else plain.replace(",", "")
    figure = float(plain)
    if not math.isfinite(figure) or abs(figure) > 1e15:
        raise Unreadable(f"„{text[:40]}“ ist zu groß")
    return figure


def read_day(text: str) -> date:
    """A date written 2025-12-31 or 31.12.2025. Raises Unreadable."""
    for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007 -- a calendar day has no zone
        except ValueError:
            continue
    raise Unreadable(f"„{text.strip()[:40]}“ ist kein Datum (31.12.2025)")
