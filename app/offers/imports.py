"""Offers from a file: what each column may mean, the preview row by row, taking over, undoing."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from functools import cache, partial

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.accounts.enums import Role
from app.accounts.models import Municipality, User
from app.areas import queries as areas
from app.core.errors import RuleBroken
from app.extensions import db
from app.imports.enums import RowState
from app.imports.importer import Checked, Difference, Field, Importer, Mapping, Progress, register
from app.imports.sheets import Sheet
from app.institutions import queries as institutions
from app.institutions.enums import InstitutionType
from app.institutions.services import create_institution
from app.offers import import_rows, queries, services
from app.offers.exchange import BY_FIELD, COLUMNS
from app.offers.import_cells import plain
from app.offers.import_rows import Known, Reader
from app.offers.models import Offer

FOUND_NOTHING = "Träger, die noch nicht im Verzeichnis stehen und angelegt werden: {names}."
MOVED_ON = "„{name}“ wurde seit der Prüfung geändert. Laden Sie die Datei noch einmal hoch."


class OfferImporter(Importer):
    """One row per offer; the same provider and name mean the same offer."""

    kind = "offers"
    title = _l("Angebote des Sozialatlas")
    lead = _l(
        "Eine Zeile je Angebot. Gleicher Träger und gleicher Name heißt: dasselbe Angebot; es wird geändert statt "
        "verdoppelt. Träger, die fehlen, werden im Verzeichnis angelegt. Spalten, die fehlen, lassen alles, wie es ist."
    )
    things = _l("Angebote")
    roles = (Role.ORGANISER,)

    def fields(self, municipality: Municipality, columns: Sequence[str]) -> list[Field]:  # noqa: ARG002 -- the contract
        """The columns of the export."""
        return [Field(one.field, one.title, required=one.field in import_rows.REQUIRED) for one in COLUMNS]

    def propose(self, sheet: Sheet, municipality: Municipality) -> Mapping:  # noqa: ARG002 -- the contract
        """Columns by their title in the export and by other customary words, each meaning once."""
        return import_rows.meanings(sheet.columns)

    def check(
        self,
        sheet: Sheet,
        mapping: Mapping,
        choices: dict,  # noqa: ARG002 -- the contract
        municipality: Municipality,
        progress: Progress,
    ) -> Checked:
        """Compare every row with what is there; writes nothing."""
        checked, reader = Checked(), Reader(mapping, self._known(municipality))
        new_providers: dict[str, str] = {}
        for number, record in enumerate(sheet.records, start=1):
            state, change, reason = reader.read(record)
            if state is RowState.REFUSED:
                checked.refuse(record, reason)
            else:
                checked.stage(record, state, [change] if state is not RowState.SAME else [], reason)
                if change["offer"] is None and change["provider_id"] is None:
                    new_providers.setdefault(plain(change["provider"]), change["provider"])
            progress(number, len(sheet.records))
        if new_providers:
            checked.notes.append(FOUND_NOTHING.format(names=", ".join(f"„{name}“" for name in new_providers.values())))
        return checked

    def _known(self, municipality: Municipality) -> Known:
        return Known.of(
            offers=queries.list_all_offers(municipality),
            providers=queries.list_provider_names(municipality),
            areas=areas.list_areas_of_municipality(municipality),
            categories=queries.list_categories(municipality),
        )

    def apply(
        self,
        changes: list,
        *,
        plan: dict,  # noqa: ARG002 -- the contract
        choices: dict,  # noqa: ARG002 -- the contract
        municipality: Municipality,
        user: User | None,  # noqa: ARG002 -- the contract
        now: datetime,  # noqa: ARG002 -- the contract
    ) -> dict:
        """Write exactly these changes. Raises RuleBroken for an offer that moved on since the check."""
        places = {area.id: area for area in areas.list_areas_of_municipality(municipality)}
        offers = {offer.id: offer for offer in queries.list_all_offers(municipality)}
        known = {plain(name): id_ for id_, name in queries.list_provider_names(municipality)}
        kept: dict[str, list[int]] = {"offers": [], "providers": []}
        provider_of = cache(partial(institutions.get_institution, municipality))
        for change in changes:
            values = import_rows.values_of(change["after"], places)
            if change["offer"] is not None:
                services.change_offer(offer=_as_checked(offers.get(change["offer"]), change["before"]), changes=values)
                continue
            name = plain(change["provider"])
            if name not in known:
                known[name] = _new_provider(municipality, change["provider"])
                kept["providers"].append(known[name])
            provider = provider_of(known[name])
            offer = services.create_offer(municipality=municipality, institution=provider, **values)
            kept["offers"].append(offer.id)
        return kept

    def revert(
        self,
        changes: list,
        *,
        kept: dict,
        municipality: Municipality,
        user: User | None,  # noqa: ARG002 -- the contract
        now: datetime,  # noqa: ARG002 -- the contract
    ) -> None:
        """Put back what was changed and delete what was made. Raises RuleBroken when an offer moved on since."""
        offers = {offer.id: offer for offer in queries.list_all_offers(municipality)}
        places = {area.id: area for offer in offers.values() for area in [*offer.areas, offer.place] if area}
        places |= {area.id: area for area in areas.list_areas_of_municipality(municipality)}
        made = iter(kept["offers"])
        for change in changes:
            if change["offer"] is None:
                offer = _as_checked(offers.get(next(made)), change["after"])
                db.session.delete(offer)
            else:
                offer = _as_checked(offers.get(change["offer"]), change["after"])
                services.change_offer(offer=offer, changes=import_rows.values_of(change["before"], places))
        db.session.flush()
        _remove_providers(municipality, kept["providers"])

    def describe(self, changes: list, *, plan: dict, municipality: Municipality) -> list[Difference]:  # noqa: ARG002 -- the contract
        """What changes in which offer, in the words of the table."""
        names = {area.id: area.name for area in areas.list_areas_of_municipality(municipality)}
        found = []
        for change in changes:
            if change["offer"] is None:
                found.append(Difference(change["after"]["name"], "", f"neu, {change['provider']}"))
                continue
            for field, after in change["after"].items():
                what = f"{change['name']}: {BY_FIELD[field].title}"
                before = import_rows.worded(field, change["before"][field], names)
                found.append(Difference(what, before or "–", import_rows.worded(field, after, names) or "–"))
        return found


def _as_checked(offer: Offer | None, expected: dict) -> Offer:
    if offer is None or any(import_rows.stored(offer, field) != value for field, value in expected.items()):
        raise RuleBroken(MOVED_ON.format(name=offer.name if offer else "Ein Angebot"))
    return offer


def _new_provider(municipality: Municipality, name: str) -> int:
    return create_institution(municipality=municipality, name=name, type=InstitutionType.PROVIDER).id


def _remove_providers(municipality: Municipality, made: list[int]) -> None:
    """Take back institutions the import made; one with people, or one that is needed elsewhere by now, stays."""
    there = {id_ for id_, _name in queries.list_provider_choices(municipality)}
    for institution_id in there & set(made):
        institution = institutions.get_institution(municipality, institution_id)
        if institution.contacts:
            continue
        with suppress(IntegrityError), db.session.begin_nested():
            db.session.delete(institution)
            db.session.flush()


register(OfferImporter())
