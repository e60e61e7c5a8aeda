"""Which rows of a grid of cells are title, header, data, totals and footnotes."""

import math
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.imports.numbers import looks_like_number

Rows = Sequence[Sequence[str]]
LOOKED_AT = 200
MOST_HEADER_LINES = 3
LONG_TEXT = 40
SIGNS = {"-", "–", "—", "−", ".", "•", "*", "x", "X", "/", "…", "..."}
YEAR = re.compile(r"(19|20)[0-9]{2}")
TOTAL = re.compile(
    r"(ins?gesamt|zusammen|summe\w*|gesamt|gesamt(stadt|summe|ergebnis|wert)|total|alle (gebiete|stadtteile|quartiere)"
    r"|(stadt|kreis|kommune|gemeinde)\b.{0,60}\b(ins)?gesamt)\s*:?",
    re.IGNORECASE,
)
FOOTNOTE = re.compile(
    r"(\*+\)?\s|\(?[0-9]{1,2}\)|[¹²³⁴⁵⁶]|©|_{3,}|-{3,}|[-–.x/…•*]\s*=|[a-z]\)\s|"
    r"(daten)?quellen?\b|stand\b|datenstand\b|anmerkung|hinweis|erläuterung|zeichenerklärung|fußnote|legende|abruf)",
    re.IGNORECASE,
)
TOTAL_ROW, FOOTNOTE_ROW = "Summenzeile", "Fußnote"


@dataclass(frozen=True)
class Body:
    """A grid in its parts; all numbers count from 0."""

    header: tuple[int, ...]
    columns: list[str]
    asides: dict[int, str]


def body_of(rows: Rows, header: tuple[int, ...] | None = None) -> Body:
    """Find the parts of a grid; `header` are the header's rows when somebody said which."""
    found = header or _header(rows)
    columns = _columns(rows, found)
    return Body(found, columns, _asides(rows, found[-1] + 1, len(columns)))


def _filled(row: Sequence[str]) -> list[int]:
    return [place for place, cell in enumerate(row) if cell]


def _header(rows: Rows) -> tuple[int, ...]:
    """The first row that is about as full as the others, with the lines below it that still name columns."""
    counts = [len(_filled(row)) for row in rows[:LOOKED_AT]]
    usual = statistics.median(sorted(count for count in counts if count) or [0])
    enough = usual if usual <= 2 else math.ceil(usual * 0.6)
    first = next((number for number, count in enumerate(counts) if count and count >= enough), 0)
    while first and not rows[first][0] and len(_filled(rows[first - 1])) > 1 and rows[first - 1][0]:
        first -= 1  # a heading over several columns leaves most cells of its line empty
    lines = [first]
    while len(lines) < MOST_HEADER_LINES and _goes_on(rows, lines[-1]):
        lines.append(lines[-1] + 1)
    return tuple(lines)


def _goes_on(rows: Rows, above: int) -> bool:
    """Whether the row below a header line is one, too: it names columns of figures the line above leaves open.

    A line of units („Anzahl“, „%“) under a full header counts as well, if its first cell is empty.
    """
    if above + 2 >= len(rows):
        return False
    upper, lower = rows[above], rows[above + 1]
    places = _filled(lower)
    if len(places) < 2 or any(_is_value(lower[place]) and not YEAR.fullmatch(lower[place]) for place in places):
        return False
    below = rows[above + 2 : above + 2 + LOOKED_AT]
    of_figures = [place for place in places if _holds_values(below, place)]
    gaps = [place for place in places if place >= len(upper) or not upper[place]]
    years = any(YEAR.fullmatch(lower[place]) for place in places)
    opens = bool(gaps) and (not years or not lower[0])
    if opens:
        return 2 * len(of_figures) >= len(places)
    return not lower[0] and not years and of_figures == places


def _is_value(cell: str) -> bool:
    return cell in SIGNS or looks_like_number(cell)


def _holds_values(rows: Rows, place: int) -> bool:
    cells = [row[place] for row in rows if place < len(row) and row[place]]
    return bool(cells) and 2 * sum(map(_is_value, cells)) >= len(cells)


def _columns(rows: Rows, header: tuple[int, ...]) -> list[str]:
    """Names of the columns: the header's lines joined, a heading over several columns repeated over each.

    A column without name that holds something is called as the spreadsheet calls it.
    """
    lines = [list(rows[number]) for number in header]
    width = max(map(len, lines), default=0)
    lines = [line + [""] * (width - len(line)) for line in lines]
    for upper, lower in pairwise(lines):
        for place in range(1, width):
            if not upper[place] and lower[place]:
                upper[place] = upper[place - 1]
    names = [" ".join(" ".join(dict.fromkeys(filter(None, cells))).split()) for cells in zip(*lines, strict=True)]
    used = {place for row in rows[header[-1] + 1 :] for place in _filled(row)}
    return [name or (f"Spalte {letters(place)}" if place in used else "") for place, name in enumerate(names)]


def letters(place: int) -> str:
    """The name a spreadsheet gives a column: 0 → A, 26 → AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _asides(rows: Rows, begin: int, width: int) -> dict[int, str]:
    """Rows that seem to be totals, anywhere, or footnotes, at the end."""
    asides = {
        number: TOTAL_ROW
        for number, row in enumerate(rows[begin:], start=begin)
        if any(TOTAL.fullmatch(row[place]) for place in _filled(row[:3]))
    }
    end = len(rows)
    after_gap = [not _filled(rows[number - 1]) for number in range(begin, end) if number]
    for number in range(end - 1, begin, -1):
        row, places = rows[number], _filled(rows[number])
        if places and not _is_footnote(row[places[0]], len(places), width, any(after_gap[: number - begin + 1])):
            break
        if places:
            asides[number] = FOOTNOTE_ROW
    return asides


def _is_footnote(text: str, filled: int, width: int, after_gap: bool) -> bool:
    if filled > max(1, width // 2):
        return False
    if FOOTNOTE.match(text):
        return True
    return filled == 1 and " " in text and (len(text) > LONG_TEXT or after_gap)
