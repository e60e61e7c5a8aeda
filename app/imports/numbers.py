"""Numbers in files: what looks like one, and which sign separates the decimals."""

import re
from collections.abc import Iterable
from decimal import Decimal

SPACES = re.compile(r"[\s\u00a0\u202f]")
NUMBERLIKE = re.compile(r"[+\-−]?[0-9.,]*[0-9][0-9.,]*%?")
THOUSANDS = re.compile(r"[+\-−]?[1-9][0-9]{0,2}(?P<sign>[.,])[0-9]{3}%?")
DATELIKE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2,4}")


def compact(text: str) -> str:
    """Without spaces, narrow and wide: they only separate thousands."""
    return SPACES.sub("", text)


def looks_like_number(text: str) -> bool:
    """Whether a cell is written like a number; a date is none."""
    plain = compact(text)
    return bool(NUMBERLIKE.fullmatch(plain)) and not DATELIKE.fullmatch(plain)


def decimal_sign_of(cells: Iterable[str]) -> tuple[bool, bool]:
    """Whether a file writes 1.234,5 rather than 1,234.5, and whether that is certain.

    A number that reads only one way decides; of both kinds the comma wins. „1.234“ and „1,234“ read both ways: alone
    they are read as is usual here, the dot between thousands and the comma before decimals.
    """
    numbers = [compact(cell) for cell in cells if ("," in cell or "." in cell) and looks_like_number(cell)]
    readings = {_reading(number) for number in set(numbers)}
    if True in readings or False in readings:
        return True in readings, True
    return bool(numbers), not numbers


def uses_decimal_comma(cells: Iterable[str]) -> bool:
    """The likelier reading of `decimal_sign_of`."""
    return decimal_sign_of(cells)[0]


def _reading(number: str) -> bool | None:
    """True when only a decimal comma makes sense of it, False when only a decimal point does, None for either."""
    if THOUSANDS.fullmatch(number):
        return None
    comma, point = number.rfind(","), number.rfind(".")
    if comma >= 0 and point >= 0:
        return comma > point
    if comma >= 0:
        return number.count(",") == 1
    return number.count(".") > 1


def written(value: float, comma: bool) -> str:
    """A number as text that keeps its exact value, without exponent and thousands separators."""
    plain = f"{Decimal(repr(value)):f}" if isinstance(value, float) else str(value)
    plain = plain.removesuffix(".0")
    return plain.replace(".", ",") if comma else plain
