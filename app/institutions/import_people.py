"""Which contact person of an institution a row of a file means, and what it would change. Reads no database."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.imports.enums import RowState
from app.institutions.import_rows import Said, differing, full_name
from app.institutions.models import Contact
from app.institutions.records import stored
from app.institutions.rules import MOST_CONTACTS, plain

SECOND = "Diese Person steht mit anderen Angaben schon in Zeile {number}."
NAMELESS = "Zur Kontaktperson fehlt der Nachname. Ohne Person genügt auch ein Wort wie „Sekretariat“."
TOO_MANY = f"Mehr als {MOST_CONTACTS} Kontaktpersonen kann eine Institution nicht haben."


@dataclass
class Found:
    """What a row would do; `reason` is why it is refused, or a remark about it."""

    state: RowState
    changes: list = field(default_factory=list)
    reason: str = ""


class Pairing:
    """The people of one institution and the rows about them: paired by address and name, by address, by name."""

    def __init__(self, contacts: Sequence[Contact], rows: Sequence[Said]):
        self.first: dict[tuple[str, str], Said] = {}
        for row in rows:
            if row.person:
                self.first.setdefault(row.identity, row)
        self.meant: dict[int, Contact] = {}
        self.count = len(contacts)
        free = list(contacts)
        for key_of in (lambda identity: identity, lambda identity: identity[0], lambda identity: identity[1]):
            free = self._pair(free, key_of)

    def _pair(self, free: list[Contact], key_of) -> list[Contact]:
        """Give every row still without one the first free contact with the same key; returns who is left."""
        having = defaultdict(list)
        for contact in reversed(free):
            having[key_of(_identity(contact))].append(contact)
        for identity, row in self.first.items():
            key = key_of(identity)
            if key and row.number not in self.meant and having[key]:
                self.meant[row.number] = having[key].pop()
        taken = {contact.id for contact in self.meant.values()}
        return [contact for contact in free if contact.id not in taken]

    def compared(self, row: Said, whose: dict) -> Found:
        """What a row does to its person; `whose` says in the change which institution it is about."""
        if not row.person:
            return Found(RowState.SAME)
        earlier = self.first[row.identity]
        if earlier is not row:
            same = earlier.person == row.person
            return Found(RowState.SAME) if same else Found(RowState.REFUSED, [], SECOND.format(number=earlier.number))
        contact = self.meant.get(row.number)
        return self._new(row, whose) if contact is None else _changed(contact, row, whose)

    def _new(self, row: Said, whose: dict) -> Found:
        if not row.person.get("last_name"):
            return Found(RowState.REFUSED, reason=NAMELESS)
        if self.count >= MOST_CONTACTS:
            return Found(RowState.REFUSED, reason=TOO_MANY)
        self.count += 1
        change = {"kind": "contact", **whose, "id": None, "name": full_name(row.person), "before": {}}
        return Found(RowState.NEW, [{**change, "after": row.person}])


def _changed(contact: Contact, row: Said, whose: dict) -> Found:
    after = differing(contact, row.person, row.texts)
    before = {name: stored(contact, name) for name in after}
    change = {"kind": "contact", **whose, "id": contact.id, "name": contact.name, "before": before, "after": after}
    return Found(RowState.CHANGED, [change]) if after else Found(RowState.SAME)


def _identity(contact: Contact) -> tuple[str, str]:
    return contact.email.casefold(), plain(contact.name)
