"""Plain functions that put believable rows into the current session. They flush, they never commit."""

import itertools
import json
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from app.accounts.enums import Role
from app.accounts.models import Membership, Municipality, User
from app.areas.enums import GroupKind
from app.areas.models import Area, AreaCrosswalk, AreaGroup, AreaLevel, AreaScheme
from app.conferences.models import (
    ActionField,
    AgendaItem,
    Conference,
    ConferenceFormat,
    ConferenceRoom,
    ConferenceSeries,
    GuidingQuestion,
    MaterialItem,
    PreparationTask,
    TeamMember,
    Topic,
)
from app.consolidation.models import ConsolidatedPoint, Recommendation
from app.contributions.enums import ContributionState, Kind
from app.contributions.models import Contribution
from app.core import tokens
from app.extensions import db
from app.findings.models import NeedLink
from app.imports.enums import ImportState, RowState
from app.imports.models import Import, ImportRow
from app.indicators.enums import Polarity
from app.indicators.models import Clearance, Indicator, IndicatorValue, RawValue, SocialIndex, SocialIndexPart
from app.institutions.enums import InstitutionType
from app.institutions.models import Contact, Institution, InviteRequest
from app.invitations.enums import MailKind, Origin
from app.invitations.models import AssistanceNeed, Invitation, Mailing, Registration
from app.offers.models import Offer
from app.profiles.models import Assessment
from app.tables.enums import Phase
from app.tables.models import TopicTable

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
_serial = itertools.count(1)


def add(row):
    """Add a row, flush it, return it."""
    db.session.add(row)
    db.session.flush()
    return row


def municipality(slug: str | None = None, name: str = "Musterstadt") -> Municipality:
    """A municipality."""
    return add(Municipality(slug=slug or f"stadt-{next(_serial)}", name=name))


def member(municipality: Municipality, role: Role = Role.ORGANISER, name: str = "Kim Muster") -> Membership:
    """A person with a role; nobody can sign in with the stored hash."""
    user = add(User(email=f"person{next(_serial)}@stadt.example", name=name, password_hash="!", created_at=NOW))
    return add(Membership(user_id=user.id, municipality_id=municipality.id, role=role))


def scheme(municipality: Municipality, *levels: str) -> list[AreaLevel]:
    """A scheme with the named levels, coarsest first."""
    row = add(AreaScheme(municipality_id=municipality.id, name="Sozialräume"))
    return [add(AreaLevel(scheme_id=row.id, name=name, rank=rank)) for rank, name in enumerate(levels)]


def area(level: AreaLevel, code: str, name: str, parent: Area | None = None, west: float = 7.0) -> Area:
    """An area that is a small square."""
    ring = [[west, 51.5], [west + 0.01, 51.5], [west + 0.01, 51.51], [west, 51.51], [west, 51.5]]
    return add(
        Area(
            scheme_id=level.scheme_id,
            level_id=level.id,
            code=code,
            name=name,
            parent_id=parent.id if parent else None,
            geometry=json.dumps({"type": "Polygon", "coordinates": [ring]}),
        )
    )


def indicator(municipality: Municipality, key: str = "sgb2_rate", name: str = "SGB-II-Quote", **fields) -> Indicator:
    """An indicator in per cent."""
    defaults = {
        "position": next(_serial),
        "short_name": name,
        "numerator": "Personen in Bedarfsgemeinschaften",
        "denominator": "Einwohner*innen unter der Regelaltersgrenze",
        "polarity": Polarity.BURDEN,
        "source": "Statistik der Bundesagentur für Arbeit",
    }
    return add(Indicator(municipality_id=municipality.id, key=key, name=name, **{**defaults, **fields}))


def value(
    indicator: Indicator, area: Area, numerator: float, denominator: float | None, day: date = date(2025, 12, 31)
):
    """A cleared value."""
    return add(
        IndicatorValue(
            indicator_id=indicator.id, area_id=area.id, reference_date=day, numerator=numerator, denominator=denominator
        )
    )


def raw_value(indicator: Indicator, area: Area, numerator: float, denominator: float | None) -> RawValue:
    """A value before disclosure control."""
    return add(
        RawValue(
            indicator_id=indicator.id,
            area_id=area.id,
            reference_date=date(2025, 12, 31),
            numerator=numerator,
            denominator=denominator,
        )
    )


def clearance(municipality: Municipality, **fields) -> Clearance:
    """A clearance without values."""
    fields.setdefault("cleared_by", f"Statistikstelle {municipality.name}")
    fields.setdefault("cleared_on", date(2026, 3, 1))
    fields.setdefault("controlled_here", False)
    return add(Clearance(municipality_id=municipality.id, noted_at=NOW, **fields))


def social_index(municipality: Municipality, level: AreaLevel, *parts: Indicator, **fields) -> SocialIndex:
    """An index with equal weights in the Berlin way."""
    fields.setdefault("name", f"Sozialindex {municipality.name}")
    fields.setdefault("class_breaks", [[-1.0, "gering"], [1.0, "mittel"], [1.5, "erhöht"], [None, "hoch"]])
    fields.setdefault("reference_date", date(2025, 12, 31))
    made = [SocialIndexPart(indicator_id=part.id, position=n) for n, part in enumerate(parts, start=1)]
    return add(SocialIndex(municipality_id=municipality.id, level_id=level.id, parts=made, **fields))


def area_group(level: AreaLevel, name: str, *areas: Area, **fields) -> AreaGroup:
    """Areas taken together, an action area by default."""
    fields.setdefault("kind", GroupKind.ACTION_AREA)
    return add(AreaGroup(scheme_id=level.scheme_id, name=name, areas=list(areas), **fields))


def offer(institution: Institution, name: str = "Elterncafé", **fields) -> Offer:
    """An offer for everybody in the whole town."""
    fields.setdefault("category", "Familienbildung und Familienzentren")
    return add(Offer(municipality_id=institution.municipality_id, institution_id=institution.id, name=name, **fields))


def upload(municipality: Municipality, kind: str = "values", **fields) -> Import:
    """An upload of one row that has been checked."""
    fields.setdefault("file_name", f"{municipality.name}.csv")
    fields.setdefault("state", ImportState.CHECKED)
    row = add(Import(municipality_id=municipality.id, kind=kind, sha256="0" * 64, uploaded_at=NOW, **fields))
    add(ImportRow(import_id=row.id, number=2, state=RowState.REFUSED, reason="Der Schlüssel fehlt.", cells=["", "7"]))
    return row


def institution(municipality: Municipality, name: str = "Caritasverband", **fields) -> Institution:
    """An institution with one contact person."""
    fields.setdefault("type", InstitutionType.WELFARE_ASSOCIATION)
    row = add(Institution(municipality_id=municipality.id, name=name, **fields))
    add(
        Contact(
            institution_id=row.id,
            last_name="Beispiel",
            first_name="Robin",
            email=f"post{next(_serial)}@verband.example",
        )
    )
    return row


def conference(municipality: Municipality, area: Area, title: str = "Expert*innendialog Mitte", **fields) -> Conference:
    """A conference on the afternoon of NOW."""
    fields.setdefault("starts_at", NOW - timedelta(hours=1))
    fields.setdefault("ends_at", NOW + timedelta(hours=3))
    fields.setdefault("wall_token", tokens.new_link_token())
    return add(Conference(municipality_id=municipality.id, area_id=area.id, title=title, **fields))


def invitation(conference: Conference, institution: Institution, **fields) -> Invitation:
    """An invitation nobody has answered, without a mail; links are made with `app.invitations.links.new_link`."""
    fields.setdefault("created_at", NOW - timedelta(days=30))
    return add(Invitation(conference_id=conference.id, institution_id=institution.id, **fields))


def registration(conference: Conference, institution: Institution | None = None, **fields) -> Registration:
    """Somebody who has a place; entered by hand unless an invitation is given."""
    fields.setdefault("first_name", "Robin")
    fields.setdefault("last_name", f"Gast{next(_serial)}")
    fields.setdefault("registered_at", NOW - timedelta(days=20))
    fields.setdefault("origin", Origin.INVITATION if fields.get("invitation_id") else Origin.BY_HAND)
    institution_id = institution.id if institution else None
    return add(Registration(conference_id=conference.id, institution_id=institution_id, **fields))


def topic(conference: Conference, title: str = "Familie im Stadtteil", position: int = 1, **fields) -> Topic:
    """A topic with one guiding question."""
    row = add(Topic(conference_id=conference.id, title=title, position=position, **fields))
    add(GuidingQuestion(topic_id=row.id, position=1, text="Was fehlt Familien hier?"))
    return row


def table(topic: Topic, number: int = 1, phase: Phase = Phase.COLLECTING, code: str | None = None) -> TopicTable:
    """A table, open by default."""
    return add(
        TopicTable(
            conference_id=topic.conference_id,
            topic_id=topic.id,
            number=number,
            title=topic.title,
            code=code or tokens.new_code(),
            phase=phase,
            host="Toni Tisch",
            room="Saal 1",
        )
    )


def contribution(table: TopicTable, text: str = "Es fehlt ein offener Treff.", **fields) -> Contribution:
    """A contribution from a phone, waiting for the host."""
    fields.setdefault("kind", Kind.NEED)
    fields.setdefault("state", ContributionState.WAITING)
    fields.setdefault("created_at", NOW)
    return add(Contribution(table_id=table.id, client_id=str(uuid.uuid4()), text=text, **fields))


def point(
    conference: Conference, title: str = "Familien fehlt ein Ort", number: int = 1, **fields
) -> ConsolidatedPoint:
    """A consolidated point."""
    return add(ConsolidatedPoint(conference_id=conference.id, title=title, number=number, **fields))


def recommendation(conference: Conference, title: str = "Offener Treff", number: int = 1, **fields) -> Recommendation:
    """A recommendation without evidence yet."""
    return add(Recommendation(conference_id=conference.id, title=title, number=number, **fields))


@dataclass(frozen=True)
class Town:
    """Ids of a town's rows, usable after the session is gone; 0 where a small town has no such row."""

    municipality: int
    slug: str
    organiser: int
    host: int
    department: int
    social_area: int
    quarters: tuple[int, ...]
    indicator: int
    institution: int
    conference: int
    topic: int
    table: int
    code: str
    wall_token: str
    action_field: int
    statistics: int
    scheme: int
    group: int = 0
    index: int = 0
    clearance: int = 0
    upload: int = 0
    offer: int = 0
    need_link: int = 0
    assessment: int = 0
    format: int = 0
    series: int = 0
    room: int = 0
    member: int = 0
    task: int = 0
    material: int = 0
    invitation: int = 0
    registration: int = 0
    mailing: int = 0
    request: int = 0


def small_town(name: str = "Musterstadt", slug: str | None = None) -> Town:
    """One Sozialraum with three quarters, one indicator at two dates, one conference with an open table."""
    home = municipality(slug, name)
    upper, lower = scheme(home, "Sozialraum", "Sozialquartier")
    middle = area(upper, "01", f"{name} Mitte")
    quarters = [area(lower, f"010{n}", f"{name} Quartier {n}", middle, 7 + n / 100) for n in (1, 2, 3)]
    rate = indicator(home)
    for n, quarter in enumerate(quarters, start=1):
        value(rate, quarter, 100 * n, 1000)
        value(rate, quarter, 90 * n, 1000, date(2023, 12, 31))
    house = institution(home, f"Caritasverband {name}")
    event = conference(home, middle, f"Expert*innendialog {name} Mitte")
    families = topic(event)
    families_table = table(families)
    field = add(ActionField(municipality_id=home.id, position=1, name="Familie und Aufwachsen"))
    return Town(
        municipality=home.id,
        slug=home.slug,
        organiser=member(home).id,
        host=member(home, Role.HOST, "Henri Host").id,
        department=member(home, Role.DEPARTMENT, "Dani Fach").id,
        social_area=middle.id,
        quarters=tuple(quarter.id for quarter in quarters),
        indicator=rate.id,
        institution=house.id,
        conference=event.id,
        topic=families.id,
        table=families_table.id,
        code=families_table.code,
        wall_token=event.wall_token,
        action_field=field.id,
        statistics=member(home, Role.STATISTICS, "Stefanie Statistik").id,
        scheme=middle.scheme_id,
    )


def furnished_town(name: str = "Musterstadt", slug: str | None = None) -> Town:
    """The small town with one of everything that area data brings along, so that leaks have something to leak."""
    town = small_town(name, slug)
    home = db.session.get(Municipality, town.municipality)
    quarters = [db.session.get(Area, area_id) for area_id in town.quarters]
    lower = db.session.get(AreaLevel, quarters[0].level_id)
    rate = db.session.get(Indicator, town.indicator)
    raw_value(rate, quarters[0], 2, 90)
    add(AreaCrosswalk(from_area_id=quarters[0].id, to_area_id=quarters[1].id))
    cafe = offer(db.session.get(Institution, town.institution), f"Elterncafé {name}")
    need = NeedLink(municipality_id=home.id, category=cafe.category, target_group="all", indicator_id=rate.id)
    said = Assessment(
        area_id=town.social_area, author_group=f"AG {name}", made_on=date(2026, 2, 1), text=f"{name} hält zusammen."
    )
    return replace(
        town,
        group=area_group(lower, f"{name} Süd", *quarters[:2], reason=f"Viele Abweichungen in {name}.").id,
        index=social_index(home, lower, rate).id,
        clearance=clearance(home).id,
        upload=upload(home).id,
        offer=cafe.id,
        need_link=add(need).id,
        assessment=add(said).id,
        **_preparation(town, name),
        **_guests(town, name),
    )


def _preparation(town: Town, name: str) -> dict[str, int]:
    """Format, series, room, team, task and material of the conference."""
    event = db.session.get(Conference, town.conference)
    house = db.session.get(Institution, town.institution)
    kind = add(ConferenceFormat(municipality_id=town.municipality, position=1, name=f"Dialog {name}"))
    series = add(ConferenceSeries(municipality_id=town.municipality, title=f"Reihe {name}"))
    event.format_id, event.series_id, event.series_round = kind.id, series.id, 1
    member = add(TeamMember(conference_id=event.id, department_id=house.id, name=f"Team {name}", duty="Technik"))
    task = PreparationTask(
        conference_id=event.id,
        department_id=house.id,
        owner_id=member.id,
        title=f"Saal {name}",
        due=date(2026, 11, 1),
        remind_on=date(2026, 10, 29),
    )
    add(AgendaItem(conference_id=event.id, starts_at=event.starts_at, title=f"Begrüßung {name}", room="Saal 1"))
    item = add(MaterialItem(conference_id=event.id, position=1, title=f"Stifte {name}", owner_id=member.id))
    room = add(ConferenceRoom(conference_id=event.id, position=1, name=f"Saal {name}", seats=60))
    return {
        "format": kind.id,
        "series": series.id,
        "member": member.id,
        "task": add(task).id,
        "material": item.id,
        "room": room.id,
    }


def _guests(town: Town, name: str) -> dict[str, int]:
    """An answered invitation, a registered person with a need for assistance, a mailing and a request."""
    event = db.session.get(Conference, town.conference)
    invited = invitation(event, db.session.get(Institution, town.institution), message=f"Grüße aus {name}")
    person = registration(
        event, db.session.get(Institution, town.institution), invitation_id=invited.id, last_name=name
    )
    add(AssistanceNeed(registration_id=person.id, text=f"Gebärdensprache in {name}", noted_at=NOW))
    mailing = Mailing(
        conference_id=event.id, kind=MailKind.REMINDER, subject=f"Gruß {name}", body=f"Text {name}", created_at=NOW
    )
    asked = InviteRequest(
        municipality_id=town.municipality,
        institution_name=f"Verein {name}",
        email="verein@verein.example",
        created_at=NOW,
    )
    return {
        "invitation": invited.id,
        "registration": person.id,
        "mailing": add(mailing).id,
        "request": add(asked).id,
    }
