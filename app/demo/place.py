"""The town itself: municipality, people of the administration, areas, figures, directory, Sozialatlas."""

from dataclasses import dataclass
from datetime import date, datetime

from app.accounts.enums import Role
from app.accounts.models import Municipality, User
from app.accounts.queries import find_municipality, find_user
from app.accounts.services import create_municipality, create_user
from app.areas.models import Area
from app.areas.queries import list_areas_of_municipality
from app.areas.services import create_area, create_level, create_scheme
from app.conferences.action_fields import add_action_field
from app.conferences.models import ActionField
from app.conferences.queries import list_action_fields
from app.core.vocabulary import TargetGroup
from app.demo import area_data, town
from app.indicators.enums import Polarity
from app.indicators.models import Indicator
from app.indicators.queries import list_catalogue
from app.indicators.services import NewValue, create_indicator, record_values
from app.institutions.enums import InstitutionType, LegalBasis
from app.institutions.models import Institution
from app.institutions.queries import list_institutions
from app.institutions.services import ContactDetails, create_institution
from app.offers.enums import Entrance
from app.offers.services import create_offer

SLUG = "auenbrueck"
PASSWORD = "Faden-Tisch-Hafen-27"  # noqa: S105 -- the published sign-in of the demo town
PEOPLE = [
    ("planung@auenbrueck.example", "Miriam Falkenberg", Role.ORGANISER),
    ("tisch@auenbrueck.example", "Tobias Wernecke", Role.HOST),
    ("jugend@auenbrueck.example", "Sabine Lüttgen", Role.DEPARTMENT),
    ("statistik@auenbrueck.example", "Jonas Ebeling", Role.STATISTICS),
]
ACTION_FIELDS = {
    "familie": "Familie und Aufwachsen",
    "bildung": "Bildung und Übergänge",
    "wohnen": "Wohnen und Wohnumfeld",
    "teilhabe": "Teilhabe und Ankommen",
    "gesundheit": "Gesundheit und Pflege",
    "orte": "Orte der Begegnung und Zusammenarbeit",
}


@dataclass(frozen=True)
class Place:
    """The town's rows by the keys the files use."""

    municipality: Municipality
    organiser: User
    areas: dict[str, Area]
    indicators: dict[str, Indicator]
    institutions: dict[str, Institution]
    action_fields: dict[str, ActionField]


def build(now: datetime) -> Place:
    """Create everything that is there before the first conference."""
    municipality = create_municipality(
        slug=SLUG,
        name="Auenbrück",
        contact_email="sozialplanung@auenbrueck.example",
        imprint="Stadt Auenbrück, Fachstelle Sozialplanung, Rathausplatz 1, Auenbrück. Auenbrück ist erfunden.",
    )
    users = [
        create_user(email=email, name=name, password=PASSWORD, municipality=municipality, role=role, now=now)
        for email, name, role in PEOPLE
    ]
    areas = _areas(municipality)
    indicators = _indicators(municipality, areas, now)
    institutions = _institutions(municipality, areas)
    _offers(municipality, areas, institutions)
    fields = {key: add_action_field(municipality=municipality, name=name) for key, name in ACTION_FIELDS.items()}
    area_data.agree(municipality, indicators, users[0], now)
    area_data.index(municipality, areas["0101"], indicators, users[0], now)
    area_data.group(municipality, areas)
    area_data.link_needs(municipality, indicators)
    area_data.assess(areas, now)
    area_data.hold_back(indicators, areas)
    return Place(municipality, users[0], areas, indicators, institutions, fields)


def _areas(municipality: Municipality) -> dict[str, Area]:
    scheme = create_scheme(
        municipality=municipality, name="Sozialräume und Sozialquartiere", valid_from=date(2020, 1, 1)
    )
    levels = {name: create_level(scheme=scheme, name=name) for name in ("Sozialraum", "Sozialquartier")}
    outlines = town.outlines()
    areas: dict[str, Area] = {}
    for row in town.rows("areas"):
        areas[row["code"]] = create_area(
            level=levels[row["level"]],
            code=row["code"],
            name=row["name"],
            parent=areas.get(row["parent"]),
            geometry=outlines.get(row["code"]),
        )
    return areas


def _indicators(municipality: Municipality, areas: dict[str, Area], now: datetime) -> dict[str, Indicator]:
    indicators = {
        row["key"]: create_indicator(
            municipality=municipality,
            key=row["key"],
            name=row["name"],
            short_name=row["short_name"],
            unit=row["unit"],
            factor=row["factor"],
            numerator=row["numerator"],
            denominator=row["denominator"],
            polarity=Polarity(row["polarity"]),
            source=row["source"],
            definition=row["definition"],
            note=row["note"],
        )
        for row in town.document("indicators")
    }
    values = [
        NewValue(
            indicator_id=indicators[row["indicator"]].id,
            area_id=areas[row["area"]].id,
            reference_date=date.fromisoformat(row["date"]),
            numerator=float(row["numerator"]),
            denominator=float(row["denominator"]) if row["denominator"] else None,
        )
        for row in town.rows("values")
    ]
    clearance = area_data.clear(municipality, now)
    record_values(scheme_id=areas["01"].scheme_id, values=values, clearance_id=clearance.id)
    return indicators


def _institutions(municipality: Municipality, areas: dict[str, Area]) -> dict[str, Institution]:
    people = town.rows("people")
    return {
        row["key"]: create_institution(
            municipality=municipality,
            name=row["name"],
            type=InstitutionType(row["type"]),
            short_name=row["short_name"],
            umbrella=row["umbrella"],
            note=row["note"],
            topics=row["topics"].split(", ") if row["topics"] else [],
            confirmed_on=date.fromisoformat(row["confirmed_on"]),
            areas=[areas[code] for code in row["areas"].split()],
            contacts=[
                _contact(person)
                for person in sorted(people, key=lambda person: person["is_contact"], reverse=True)
                if person["institution"] == row["key"]
            ],
        )
        for row in town.rows("institutions")
    }


def _contact(person: dict[str, str]) -> ContactDetails:
    return ContactDetails(
        last_name=person["last_name"],
        first_name=person["first_name"],
        salutation=person["salutation"],
        role=person["role"],
        email=person["email"],
        legal_basis=LegalBasis.PUBLIC_TASK,
    )


def _offers(municipality: Municipality, areas: dict[str, Area], institutions: dict[str, Institution]) -> None:
    for row in town.rows("offers"):
        create_offer(
            municipality=municipality,
            institution=institutions[row["institution"]],
            name=row["name"],
            category=row["category"],
            target_groups=[TargetGroup(key) for key in row["target_groups"].split()],
            place=areas.get(row["place"]),
            areas=[areas[code] for code in row["areas"].split()],
            description=row["description"],
            cost=row["cost"],
            confirmed_on=date.fromisoformat(row["confirmed_on"]),
            schedule=row["schedule"],
            capacity=int(row["capacity"]) if row["capacity"] else None,
            utilisation=int(row["utilisation"]) if row["utilisation"] else None,
            waiting=row["waiting"],
            languages=row["languages"].split(", "),
            entrance=Entrance(row["entrance"]),
            access=row["access"],
            funding=row["funding"],
            funding_until=date.fromisoformat(row["funding_until"]) if row["funding_until"] else None,
        )


def load() -> Place | None:
    """The town as it stands in the database, or None before it is built."""
    municipality = find_municipality(SLUG)
    if municipality is None:
        return None
    keys = {row["name"]: row["key"] for row in town.rows("institutions")}
    names = {name: key for key, name in ACTION_FIELDS.items()}
    return Place(
        municipality,
        find_user(PEOPLE[0][0]),
        {area.code: area for area in list_areas_of_municipality(municipality)},
        {indicator.key: indicator for indicator in list_catalogue(municipality)},
        {keys[one.name]: one for one in list_institutions(municipality) if one.name in keys},
        {names[field.name]: field for field in list_action_fields(municipality) if field.name in names},
    )
