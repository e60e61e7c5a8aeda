"""Tables as offices send them: rows keep their number, nothing in the file disappears without a word."""

from dataclasses import asdict, dataclass, field

from flask_babel import gettext as _

from app.core.errors import RuleBroken

SEPARATOR_NAMES = {";": "Semikolon", ",": "Komma", "\t": "Tabulator", "|": "senkrechter Strich"}
ENCODING_NAMES = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}


@dataclass(frozen=True)
class Record:
    """One row: its number as a spreadsheet shows it, its cells by column, an outline where the file has one.

    `problem` says why the row cannot be used at all. `aside` says what the row seems to be if it is no row of data
    (a total, a footnote): refused, it is listed as left out.
    """

    number: int
    cells: dict[str, str]
    geometry: str | None = None
    problem: str | None = None
    aside: str | None = None


@dataclass(frozen=True)
class Dialect:
    """How a file was understood; what does not apply is empty. `comma` is None when no number has decimals.

    `ambiguous`: the decimal sign could be either; `chosen`: it is settled, by a person or because Excel keeps numbers.
    """

    kind: str = "csv"
    encoding: str = ""
    separator: str = ""
    comma: bool | None = None
    ambiguous: bool = False
    chosen: bool = False
    header: tuple[int, ...] = (1,)
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    totals: int = 0
    footnotes: int = 0

    def to_json(self) -> dict:
        """As plain values."""
        return asdict(self)

    def words(self) -> list[str]:
        """How the file was understood, in the words of the preview."""
        said = [_("Excel-Arbeitsmappe, Blatt „%(name)s“", name=self.sheet)] if self.sheet else []
        said += [name for name in (ENCODING_NAMES.get(self.encoding), SEPARATOR_NAMES.get(self.separator)) if name]
        if self.comma is not None and self.kind in ("csv", "xlsx"):
            said.append(_("Dezimalkomma") if self.comma else _("Dezimalpunkt"))
        if self.header and self.kind in ("csv", "xlsx"):
            first, last = self.header[0], self.header[-1]
            rows = str(first) if first == last else f"{first}–{last}"
            said.append(_("Kopf in Zeile %(rows)s", rows=rows))
        if self.totals:
            said.append(_("1 Summenzeile") if self.totals == 1 else _("%(n)s Summenzeilen", n=self.totals))
        if self.footnotes:
            said.append(_("1 Fußnote") if self.footnotes == 1 else _("%(n)s Fußnoten", n=self.footnotes))
        return said


@dataclass(frozen=True)
class Sheet:
    """A table in order; `columns` as written in the header, `titles` what stood above it (row number, text).

    `notes` are remarks about the whole file for the preview.
    """

    columns: list[str]
    records: list[Record]
    dialect: Dialect = Dialect(kind="")
    titles: list[tuple[int, str]] = field(default_factory=list)
    notes: tuple[str, ...] = ()

    def require(self, column: str) -> str:
        """The column, or RuleBroken with the columns there are."""
        if column not in self.columns:
            raise RuleBroken(f"Die Spalte „{column}“ fehlt. Vorhanden sind: {listed(self.columns)}.")
        return column


def listed(columns: list[str]) -> str:
    """Column names for a sentence; of very many or very long ones the beginning."""
    names = [column[:60] for column in columns[:40]]
    return ", ".join([*names, "…"] if len(columns) > len(names) else names)
