"""Rows of a file compared with the directory: which institution and which person each one means. Reads no database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.imports.enums import RowState
from app.imports.importer import StagedRow
from app.institutions.duplicates import Lookup, Profile
from app.institutions.enums import InstitutionType
from app.institutions.exchange import BY_KEY
from app.institutions.import_people import Found, Pairing
from app.institutions.import_rows import Said, differing
from app.institutions.merge_queries import profile_of
from app.institutions.models import Institution
from app.institutions.records import stored
from app.institutions.rules import plain

NO_TYPE = "Die Art der Institution fehlt. Möglich sind: {known}."
CONTRADICTS = "Die Angaben zur Institution widersprechen Zeile {number}: {titles}."
FORMER = "„{former}“ ist mit „{kept}“ zusammengeführt: Von dieser Zeile zählt nur die Person."


@dataclass
class Group:
    """All rows about one institution; `institution` is None when the directory does not know it.

    `said` is what the rows say about it, `texts` the cells that said so, `source` the row that was first.
    """

    name: str
    institution: Institution | None
    rows: list[Said] = field(default_factory=list)
    said: dict = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    source: int = 0

    @property
    def key(self) -> str:
        """What rows of the preview call a new institution by."""
        return plain(self.name)

    def join(self, row: Said) -> str:
        """Add what a row says to what the rows before said; returns what contradicts them."""
        self.source = self.source or row.number
        new = {key: value for key, value in row.about.items() if key != "name"}
        against = [BY_KEY[key].title for key, value in new.items() if self.said.get(key, value) != value]
        if against:
            return CONTRADICTS.format(number=self.source, titles=", ".join(against))
        self.said = {**new, **self.said}
        self.texts = {**row.texts, **{key: text for key, text in self.texts.items() if text}}
        return ""


class Directory:
    """What is there already, by the names a file may use."""

    def __init__(self, institutions: Sequence[Institution], former: Sequence[tuple[int, str]]):
        self.by_id = {one.id: one for one in institutions}
        self.names = {plain(one.name): one.id for one in reversed(institutions)}
        self.former = {plain(name): id_ for id_, name in former if plain(name) not in self.names}
        self.lookup = Lookup([profile_of(one) for one in institutions])

    def groups(self, rows: Sequence[Said]) -> list[Group]:
        """The rows by institution, in the order of the file."""
        found: dict[object, Group] = {}
        for row in rows:
            name = plain(row.name)
            institution = self.by_id.get(self.names.get(name, self.former.get(name)))
            key = institution.id if institution else name
            group = found.setdefault(key, Group(institution.name if institution else row.name, institution))
            group.rows.append(row)
        return list(found.values())

    def is_former(self, row: Said) -> bool:
        """Whether a row names an institution that was merged into another."""
        return plain(row.name) in self.former

    def staged(self, group: Group) -> dict[int, StagedRow]:
        """What taking a group's rows over would do, by row number; counts are institutions."""
        found = {row.number: one for row, one in self._compared(group)}
        cells = {row.number: list(row.record.cells.values()) for row in group.rows}
        used = [number for number, one in found.items() if one.state is not RowState.REFUSED]
        changed = [number for number in used if found[number].state is not RowState.SAME]
        counted = (changed or used or [None])[0]
        word = "same" if not changed else "updated" if group.institution else "created"
        return {
            number: StagedRow(
                number, one.state, cells[number], one.reason, one.changes, **({word: 1} if number == counted else {})
            )
            for number, one in found.items()
        }

    def _compared(self, group: Group) -> Iterator[tuple[Said, Found]]:
        faults = {row.number: "" if self.is_former(row) else group.join(row) for row in group.rows}
        if group.institution is None and "type" not in group.said:
            known = ", ".join(str(one.label) for one in InstitutionType)
            faults = dict.fromkeys(faults, NO_TYPE.format(known=known))
        usable = [row for row in group.rows if not faults[row.number]]
        people = Pairing(group.institution.contacts if group.institution else [], usable)
        about = self._about(group)
        for row in group.rows:
            found = Found(RowState.REFUSED, reason=faults[row.number])
            if not found.reason:
                found = people.compared(row, {"key": group.key, "of": group.name, **_id_of(group)})
            if found.state is not RowState.REFUSED:
                found, about = self._with_institution(found, about, group), None
                if self.is_former(row):
                    found.reason = FORMER.format(former=row.name, kept=group.name)
            yield row, found

    def _about(self, group: Group) -> dict | None:
        """What taking the rows over does to the institution itself, or None."""
        change = {"kind": "institution", "name": group.name, "key": group.key}
        if group.institution is None:
            return {**change, "id": None, "before": {}, "after": {"name": group.name, **group.said}}
        after = differing(group.institution, group.said, group.texts)
        before = {key: stored(group.institution, key) for key in after}
        return {**change, "id": group.institution.id, "before": before, "after": after} if after else None

    def _with_institution(self, found: Found, about: dict | None, group: Group) -> Found:
        """The first row that counts also carries the institution."""
        if about is None:
            return found
        if group.institution is None:
            return Found(RowState.NEW, [about, *found.changes], self._resembles(group))
        return Found(RowState.CHANGED, [about, *found.changes], found.reason)

    def _resembles(self, group: Group) -> str:
        emails = frozenset(row.person["email"].casefold() for row in group.rows if row.person.get("email"))
        about = group.said
        areas = frozenset(about.get("areas", ()))
        new = Profile(0, group.name, about.get("short_name", ""), about.get("umbrella", ""), areas, emails)
        alike = self.lookup.resembling(new)
        return "ähnelt " + ", ".join(f"„{one.name}“" for one in alike) if alike else ""


def _id_of(group: Group) -> dict:
    return {"institution": group.institution.id if group.institution else None}
