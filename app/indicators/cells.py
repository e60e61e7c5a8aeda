"""What a cell of a German statistical table says: a figure, a sign, or something unreadable."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app.indicators.enums import ValueState

ZERO = {"-", "–", "—", "−"}
SECRET = {".", "•", "*"}
ABSENT = {"x", "X", "/", "…", "...", "()", "( )"}
SPACES = re.compile(r"[\s\u00a0\u202f]")
NUMBERLIKE = re.compile(r"[+\-−]?[0-9.,]*[0-9][0-9.,]*%?")
THOUSANDS = re.compile(r"[+\-−]?[1-9][0-9]{0,2}(\.[0-9]{3})+")


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
    return text in ZERO | SECRET | ABSENT or bool(NUMBERLIKE.fullmatch(SPACES.sub("", text)))


def uses_decimal_comma(cells: Iterable[str]) -> bool:
    """Whether a file writes 1.234,5 rather than 1234.5.

    A comma decides. Without any, dots separate thousands only when every dotted number of the file could be one.
    """
    numbers = [number for cell in cells if NUMBERLIKE.fullmatch(number := SPACES.sub("", cell))]
    if any("," in number for number in numbers):
        return True
    dotted = [number for number in numbers if "." in number]
    return bool(dotted) and all(THOUSANDS.fullmatch(number.rstrip("%")) for number in dotted)


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
    compact = SPACES.sub("", text).removesuffix("%").replace("−", "-")
    whole = r"[0-9]{1,3}(\.[0-9]{3})+|[0-9]+" if decimal_comma else r"[0-9]{1,3}(,[0-9]{3})+|[0-9]+"
    mark = "," if decimal_comma else r"\."
    if not re.fullmatch(rf"[+-]?(({whole})({mark}[0-9]+)?|{mark}[0-9]+)", compact):
        raise Unreadable(f"„{text[:40]}“ ist keine Zahl")
    plain = compact.replace(".", "").replace(",", ".") if decimal_comma else compact.replace(",", "")
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
