"""How a file of values is laid out: what each of its columns means, and the values of a row.

Wide:   `<key>` holds the published figure of a rate, or the count of a counted indicator;
        `<key>_zaehler` and `<key>_nenner` hold the cases behind a rate.
Long:   columns indicator (or indikator), numerator (zaehler), denominator (nenner), value (wert), date (stichtag).
Series: a column per reference date, all of one indicator.

A column's meaning is one of the words below; in wide files `value:KEY`, `numerator:KEY`, `denominator:KEY` for an
indicator there is, and `value:`, `count:`, `numerator:`, `denominator:` for a new one named like the column.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.core.errors import RuleBroken
from app.imports.sheets import Record, Sheet
from app.indicators.cells import looks_like_value
from app.indicators.periods import day_of

CODE, SERIES, COUNT = "code", "series", "count"
LONG = {
    "indicator": ("indicator", "indikator"),
    "numerator": ("numerator", "zaehler", "zähler"),
    "denominator": ("denominator", "nenner"),
    "value": ("value", "wert"),
    "date": ("date", "stichtag"),
}
ENDINGS = ((" zaehler", "numerator"), (" zähler", "numerator"), (" nenner", "denominator"))
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


@dataclass(frozen=True)
class Written:
    """One value as written: the indicator's heading and the three cells, those that the file has not being empty."""

    heading: str
    numerator: str = ""
    denominator: str = ""
    value: str = ""
    day: str = ""

    @property
    def cells(self) -> tuple[str, str, str]:
        """Numerator, denominator, value."""
        return self.numerator, self.denominator, self.value


@dataclass
class Layout:
    """The columns that hold values; `counts` are headings of new indicators that are counts."""

    code: str = ""
    long: dict[str, str] = field(default_factory=dict)
    wide: dict[str, dict[str, str]] = field(default_factory=dict)
    series: dict[str, str] = field(default_factory=dict)
    indicator: str = ""
    counts: set[str] = field(default_factory=set)

    def values(self, record: Record) -> Iterator[Written]:
        """The values of one row."""
        day = record.cells.get(self.long.get("date", ""), "")
        if "indicator" in self.long or (
            self.indicator and not self.series and self.long.keys() & {"numerator", "value"}
        ):
            cells = {part: record.cells.get(column, "") for part, column in self.long.items() if part != "date"}
            heading = cells.pop("indicator", self.indicator)
            yield Written(heading, **cells, day=day)
        for column, period in self.series.items():
            yield Written(self.indicator, value=record.cells.get(column, ""), day=period)
        for heading, columns in self.wide.items():
            yield Written(heading, **{part: record.cells.get(column, "") for part, column in columns.items()}, day=day)

    @property
    def dated(self) -> bool:
        """Whether the file itself says of which day its values are."""
        return "date" in self.long or (bool(self.series) and not self.wide)


def layout_of(mapping: Mapping[str, str], indicator: str = "") -> Layout:
    """The layout that columns and their meanings make; `indicator` is the key of the one a series is of.

    Raises RuleBroken for columns that cannot mean what they are said to.
    """
    layout = Layout(indicator=indicator)
    for column, meaning in mapping.items():
        part, colon, key = meaning.partition(":")
        if meaning == CODE:
            layout.code = column
        elif meaning == SERIES:
            layout.series[column] = _period(column)
        elif not colon:
            layout.long[part] = column
        else:
            heading = key or split(column)[0]
            if part == COUNT:
                layout.counts.add(heading)
                part = "value"
            if layout.wide.setdefault(heading, {}).setdefault(part, column) != column:
                raise RuleBroken(f"Zwei Spalten können nicht dasselbe bedeuten: {column}.")
    if (
        layout.series or (layout.long.keys() & {"numerator", "value"} and "indicator" not in layout.long)
    ) and not indicator:
        raise RuleBroken("Wählen Sie den Indikator, zu dem die Werte gehören.")
    return layout


def _period(column: str) -> str:
    day = day_of(column)
    if day is None:
        raise RuleBroken(f"Die Überschrift „{column[:60]}“ nennt keinen Stichtag, zum Beispiel 2024 oder Q1 2024.")
    return day.isoformat()


def propose(sheet: Sheet, code_column: str, names: Mapping[str, str], *, series: bool = True) -> dict[str, str]:
    """What the columns seem to mean; `names` maps headings to keys of indicators, which are never taken for text.

    Columns of text are left out. Columns named like periods are a series, if `series` allows it.
    """
    columns = [column for column in sheet.columns if column != code_column]
    by_name = {column.casefold(): column for column in columns}
    long = {part: by_name[name] for part, known in LONG.items() for name in reversed(known) if name in by_name}
    mapping = {code_column: CODE} if code_column else {}
    if "indicator" in long and {"numerator", "value"} & long.keys():
        return mapping | {column: part for part, column in long.items()}
    if "date" in long:
        mapping[long["date"]] = "date"
        columns.remove(long["date"])
    found = {column: meaning for column in columns if (meaning := _wide(sheet, column, names))}
    periods = [column for column in found if column not in names and day_of(column)]
    if series and len(periods) > 1 and len(periods) == len(found):
        return mapping | dict.fromkeys(periods, SERIES)
    return mapping | found


def _wide(sheet: Sheet, column: str, names: Mapping[str, str]) -> str | None:
    heading, part = split(column)
    known = names.get(heading) or names.get(heading.casefold())
    if known:
        return f"{part}:{known}"
    return f"{part}:" if holds_values(sheet, column) else None


def key_of(heading: str) -> str:
    """A key for an indicator that comes with a file: its heading where that can be one, else made from it."""
    if re.fullmatch(r"[A-Za-z0-9_.-]{1,80}", heading):
        return heading
    return re.sub(r"[^a-z0-9]+", "_", heading.translate(UMLAUTS).lower()).strip("_")[:80]


def split(column: str) -> tuple[str, str]:
    """An indicator's heading and the part a column is of: „Kita_zaehler“, „Kita (Zähler)“, „Kita“."""
    plain = re.sub(r"[\s_(]+", " ", column.lower()).rstrip(") ")
    for ending, part in ENDINGS:
        if plain.endswith(ending):
            heading = re.sub(r"[\s_(]+[^\s_()]+\)?\s*$", "", column)
            return (heading, part) if heading else (column, "value")
    return column, "value"


def holds_values(sheet: Sheet, column: str) -> bool:
    """Whether at least half of the filled cells of a column are numbers or signs."""
    filled = [record.cells[column] for record in sheet.records if record.cells.get(column)]
    return bool(filled) and 2 * sum(map(looks_like_value, filled)) >= len(filled)
