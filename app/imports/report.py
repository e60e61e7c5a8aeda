"""What an import did, in figures and sentences."""

from dataclasses import dataclass, field

from app.imports.enums import RowState


@dataclass(frozen=True)
class Refusal:
    """A row that was not taken over; `number` counts like a spreadsheet, the header being row 1."""

    number: int
    reason: str


@dataclass
class ImportReport:
    """Rows read and refused; things created, updated and found unchanged."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, preview: dict) -> "ImportReport":
        """The report on a preview as `services.preview_of` makes it; rows left out are among the notes."""
        outcome = preview["outcome"]
        left_out = [f"Zeile {number} ausgelassen ({why}): {text[:80]}" for number, why, text in outcome["left_out"]]
        return cls(
            read=outcome["read"],
            created=outcome["created"],
            updated=outcome["updated"],
            unchanged=outcome["same"],
            refused=[Refusal(row.number, row.reason) for row in preview["rows"] if row.state is RowState.REFUSED],
            notes=[*outcome["notes"], *left_out],
        )

    @property
    def nothing_taken(self) -> bool:
        """Whether there were rows and every one of them was refused."""
        return bool(self.refused) and not (self.created or self.updated or self.unchanged)

    def lines(self, things: str) -> list[str]:
        """The report as people read it; `things` names what was created, in the plural."""
        return [
            f"{self.read} Zeilen gelesen",
            f"{self.created} {things} neu",
            f"{self.updated} {things} geändert",
            f"{self.unchanged} {things} unverändert",
            f"{len({refusal.number for refusal in self.refused})} Zeilen abgelehnt",
            *(f"  Zeile {refusal.number}: {refusal.reason}" for refusal in self.refused),
            *self.notes,
        ]
