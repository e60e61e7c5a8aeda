"""Pure decisions of the desk: what is shown, how a recommendation is worded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.consolidation.enums import Strength
from app.contributions.enums import Kind
from app.core.ids import typed_id

PAGE_SIZE = 50

VERBS = {
    Strength.EXAMINE: "zu prüfen",
    Strength.DESIGN: "zu konzipieren",
    Strength.PILOT: "zu erproben",
    Strength.EXTEND: "auszubauen",
    Strength.CONTINUE: "zu verstetigen",
}


@dataclass(frozen=True)
class DeskView:
    """What the desk shows: the opened point, the page and the filters of the contributions on the left."""

    point: int | None = None
    table: int | None = None
    kind: Kind | None = None
    text: str = ""
    aside: bool = False
    page: int = 1

    @classmethod
    def from_args(cls, args: Mapping[str, str]) -> "DeskView":
        """Read an address; what makes no sense counts as not given."""
        kind = args.get("art", "")
        return cls(
            point=typed_id(args.get("punkt")),
            table=typed_id(args.get("tisch")),
            kind=Kind(kind) if kind in set(Kind) else None,
            text=args.get("text", "").strip()[:100],
            aside=args.get("ansicht") == "beiseite",
            page=max(1, min(typed_id(args.get("seite")) or 1, 100_000)),
        )

    def args(self, **changes) -> dict[str, str | int]:
        """The address of this view, or of this view with changes; what is the default is left out."""
        view = replace(self, **changes)
        named = {
            "punkt": view.point,
            "tisch": view.table,
            "art": view.kind.value if view.kind else None,
            "text": view.text,
            "ansicht": "beiseite" if view.aside else None,
            "seite": view.page if view.page > 1 else None,
        }
        return {name: value for name, value in named.items() if value}

    @property
    def is_filtered(self) -> bool:
        """Whether the list on the left leaves something out."""
        return bool(self.table or self.kind or self.text)


@dataclass(frozen=True)
class Tally:
    """How far the desk is: every contribution that was not hidden is open, in a point, or set aside."""

    total: int
    open: int
    aside: int

    @property
    def placed(self) -> int:
        """How many support a point."""
        return self.total - self.open - self.aside

    @property
    def done(self) -> int:
        """How many are no longer open."""
        return self.total - self.open


@dataclass(frozen=True)
class Weight:
    """What stands behind a point: contributions that are not hidden, the tables they came from, their dots."""

    voices: int = 0
    tables: int = 0
    dots: int = 0


def pages(count: int) -> int:
    """How many pages a list of `count` contributions has; an empty one has one."""
    return max(1, -(-count // PAGE_SIZE))


def opening_words(*, strength: Strength, area: str, target_groups: Sequence[str], finding: str) -> str:
    """A recommendation in the usual form with gaps to fill: what, where, for whom, until when, why, to what end."""
    whom = ", ".join(target_groups) or "…"
    reason = finding.rstrip(" .") or "…"
    return f"Wir empfehlen, … in {area} für {whom} bis … {VERBS[strength]}, weil … ({reason}), damit …"
