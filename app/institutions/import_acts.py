"""Writing what the preview of a directory shows, and taking exactly that back; reads and services put together."""

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from app.accounts.models import Municipality
from app.areas import queries as areas
from app.areas.models import Area
from app.core.errors import RuleBroken
from app.extensions import db
from app.institutions import queries, services
from app.institutions.models import Contact, Institution
from app.institutions.records import stored, values_of
from app.institutions.services import ContactDetails

MOVED_ON = "„{name}“ wurde seit der Prüfung geändert. Laden Sie die Datei noch einmal hoch."
NEEDED = (
    "„{name}“ wird inzwischen gebraucht, zum Beispiel für eine Einladung oder ein Angebot. Der Import lässt sich "
    "deshalb nicht mehr zurücknehmen."
)


@dataclass
class _Hands:
    """What writing needs at hand, read once."""

    municipality: Municipality
    institutions: dict[int, Institution]
    places: list[Area]

    @classmethod
    def of(cls, municipality: Municipality) -> "_Hands":
        institutions = {one.id: one for one in queries.list_institutions(municipality)}
        places = {area.id: area for one in institutions.values() for area in one.areas}
        places |= {area.id: area for area in areas.list_areas_of_municipality(municipality)}
        return cls(municipality, institutions, list(places.values()))

    def institution(self, id_: int | None, name: str, expected: dict | None = None) -> Institution:
        """As it was when the file was checked. Raises RuleBroken."""
        return _as_expected(self.institutions.get(id_), expected or {}, name)

    def contact(self, id_: int | None, of: Institution, change: dict, expected: dict) -> Contact:
        """A person of the institution in the same way."""
        found = next((one for one in of.contacts if one.id == id_), None)
        return _as_expected(found, expected, change["of"])


def _as_expected(row, expected: dict, name: str):
    if row is None or any(stored(row, field) != value for field, value in expected.items()):
        raise RuleBroken(MOVED_ON.format(name=name))
    return row


def take_over(changes: list, municipality: Municipality) -> dict:
    """Write the changes in order; returns the ids of what was made. Raises RuleBroken."""
    hands, made = _Hands.of(municipality), {"institutions": [], "contacts": []}
    new: dict[str, Institution] = {}
    for change in changes:
        values = values_of(change["after"], hands.places)
        if change["kind"] == "institution":
            if change["id"] is None:
                new[change["key"]] = services.create_institution(municipality=municipality, **values)
                made["institutions"].append(new[change["key"]].id)
            else:
                row = hands.institution(change["id"], change["name"], change["before"])
                services.change_institution(municipality=municipality, institution=row, changes=values)
            continue
        of = new.get(change["key"]) or hands.institution(change["institution"], change["of"])
        if change["id"] is None:
            _refuse_second(of, change)
            made["contacts"].append(services.add_contact(institution=of, details=ContactDetails(**values)).id)
        else:
            services.change_contact(contact=hands.contact(change["id"], of, change, change["before"]), changes=values)
    db.session.flush()
    return made


def _refuse_second(institution: Institution, change: dict) -> None:
    """Somebody may have added the person by hand since the check."""
    after = change["after"]
    wanted = [after.get(field, "") for field in ("email", "first_name", "last_name")]
    if any([one.email, one.first_name, one.last_name] == wanted for one in institution.contacts):
        raise RuleBroken(MOVED_ON.format(name=change["of"]))


def take_back(changes: list, kept: dict, municipality: Municipality) -> None:
    """Undo the changes, the last one first. Raises RuleBroken for what moved on or is needed elsewhere."""
    hands = _Hands.of(municipality)
    institutions, people = list(kept["institutions"]), list(kept["contacts"])
    new = {
        change["key"]: id_
        for change, id_ in zip(
            (one for one in changes if one["kind"] == "institution" and one["id"] is None), institutions, strict=True
        )
    }
    for change in reversed(changes):
        if change["kind"] == "institution":
            if change["id"] is None:
                _delete(hands.institution(institutions.pop(), change["name"], change["after"]))
                continue
            row = hands.institution(change["id"], change["name"], change["after"])
            values = values_of(change["before"], hands.places)
            services.change_institution(municipality=municipality, institution=row, changes=values)
            continue
        of = hands.institution(new.get(change["key"], change["institution"]), change["of"])
        if change["id"] is None:
            of.contacts.remove(hands.contact(people.pop(), of, change, change["after"]))
        else:
            contact = hands.contact(change["id"], of, change, change["after"])
            services.change_contact(contact=contact, changes=values_of(change["before"], hands.places))
    db.session.flush()


def _delete(institution: Institution) -> None:
    if institution.contacts:
        raise RuleBroken(MOVED_ON.format(name=institution.name))
    name = institution.name
    try:
        with db.session.begin_nested():
            db.session.delete(institution)
            db.session.flush()
    except IntegrityError as error:
        raise RuleBroken(NEEDED.format(name=name)) from error
