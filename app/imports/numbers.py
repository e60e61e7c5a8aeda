"""Numbers in files: what looks like one, and which sign separates the decimals."""

import re
from collections.abc import Iterable
from decimal import Decimal

SPACES = re.compile(r"[\s\u00a0\u202f]")
NUMBERLIKE = re.compile(r"[+\-−]?[0-9.,]*[0-9][0-9.,]*%?")
THOUSANDS = re.compile(r"[+\-−]?[1-9][0-9]{0,2}(\.[0-9]{3})+")
DATELIKE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2,4}")


def compact(text: str) -> str:
    """Without spaces, narrow and wide: they only separate thousands."""
    return SPACES.sub("", text)


def looks_like_number(text: str) -> bool:
    """Whether a cell is written like a number; a date is none."""
    plain = compact(text)
    return bool(NUMBERLIKE.fullmatch(plain)) and not DATELIKE.fullmatch(plain)


def uses_decimal_comma(cells: Iterable[str]) -> bool:
    """Whether a file writes 1.234,5 rather than 1234.5.

    A comma decides. Without any, dots separate thousands only when every dotted number of the file could be one.
    """
    numbers = [compact(cell) for cell in cells if looks_like_number(cell)]
    if any("," in number for number in numbers):
        return True
    return bool(_dotted(numbers)) and could_be_thousands(numbers)


def could_be_thousands(cells: Iterable[str]) -> bool:
    """Whether all dots could separate thousands: such a file reads both ways („1.234“)."""
    dotted = _dotted(compact(cell) for cell in cells)
    return all(THOUSANDS.fullmatch(number.rstrip("%")) for number in dotted)


def _dotted(numbers: Iterable[str]) -> list[str]:
    return [number for number in numbers if "." in number and NUMBERLIKE.fullmatch(number)]


def written(value: float, comma: bool) -> str:
    """A number as text that keeps its exact value, without exponent and thousands separators."""
    plain = f"{Decimal(repr(value)):f}" if isinstance(value, float) else str(value)
    plain = plain.removesuffix(".0")
    return plain.replace(".", ",") if comma else plain
