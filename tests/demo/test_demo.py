"""The demo town: every stage seeds, once; its addresses answer; its pages stay cheap."""

import json
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from app.accounts.enums import Role
from app.accounts.models import Membership, Municipality, User
from app.areas.models import Area, AreaGroup, AreaScheme
from app.conferences.models import (
    Conference,
    ConferenceFormat,
    ConferenceRoom,
    ConferenceSeries,
    MaterialItem,
    PreparationTask,
    TeamMember,
    Topic,
)
from app.consolidation.models import ConsolidatedPoint, Recommendation
from app.contributions.models import Contribution
from app.demo.place import PEOPLE
from app.demo.services import Stage, seed
from app.extensions import db
from app.findings.models import NeedLink
from app.imports.enums import ImportState
from app.imports.importer import get_importer
from app.imports.services import receive
from app.indicators.models import Clearance, Indicator, RawValue, SocialIndex
from app.institutions.models import Institution, InviteRequest
from app.invitations.models import Invitation, Mailing, Registration
from app.offers.models import Offer
from app.papers.models import PaperVersion
from app.papers.queries import paper_of_conference
from app.papers.services import freeze_paper
from app.profiles.models import Assessment
from app.tables.models import TopicTable
from tests.architecture.routes import every_route
from tests.factories import NOW

BASE = "http://127.0.0.1:8000"
MOST_STATEMENTS = 15
DONE_POLLING = 286


def seeded(app, stage: Stage) -> None:
    """Bring the demo town to a stage, committed."""
    with app.app_context():
        seed(stage=stage, base_url=BASE, now=NOW)
        db.session.commit()


def count(model) -> int:
    """Rows of a model."""
    return db.session.scalar(select(func.count()).select_from(model))


def info(app) -> dict:
    """What `demo info --json` prints."""
    result = app.test_cli_runner().invoke(args=["demo", "info", "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_each_stage_adds_to_the_one_before(app):
    counts = {}
    for stage in Stage:
        seeded(app, stage)
        with app.app_context():
            counts[stage] = tuple(count(model) for model in (Contribution, ConsolidatedPoint, PaperVersion))
    seeded(app, Stage.PUBLISHED)

    with app.app_context():
        again = tuple(count(model) for model in (Contribution, ConsolidatedPoint, PaperVersion))
        invitations, people = count(Invitation), count(Registration)
    voices_of_last_year = counts[Stage.INVITED][0]
    assert counts[Stage.LIVE][0] - voices_of_last_year == 259
    assert counts[Stage.CONSOLIDATED][1] - counts[Stage.LIVE][1] == 20
    assert counts[Stage.PUBLISHED][2] == counts[Stage.INVITED][2] + 1
    assert again == counts[Stage.PUBLISHED]
    assert (invitations, people) == (45, 84)


def test_info_says_what_to_do_before_seeding(app):
    result = app.test_cli_runner().invoke(args=["demo", "info"])

    assert result.exit_code != 0
    assert "demo seed" in result.output


@pytest.fixture
def full_town(app):
    """The demo town with everything in it."""
    seeded(app, Stage.CONSOLIDATED)
    return app


def test_every_address_of_info_answers_or_leads_to_sign_in(full_town, client):
    data = info(full_town)
    open_to_all = [
        data[key] for key in ("login_url", "wall_url", "paper_url", "paper_pdf_url", "areas_url", "portal_url")
    ]
    open_to_all += [table["url"] for table in data["tables"]] + data["invitation_urls"]
    behind_sign_in = [data["conference_url"], *(table["host_url"] for table in data["tables"])]

    statuses = {
        address: client.get(urlsplit(address).path, follow_redirects=True).status_code for address in open_to_all
    }
    locations = [client.get(urlsplit(address).path).location for address in behind_sign_in]

    assert set(statuses.values()) == {200}, statuses
    assert all(location.startswith("/anmelden") for location in locations)
    assert len(data["tables"]) == 9
    assert len(data["invitation_urls"]) == 3


def test_every_organiser_page_stays_within_fifteen_statements(full_town, statements):
    data = info(full_town)
    conference_id = int(data["conference_url"].rstrip("/").rsplit("/", 1)[-1])
    with full_town.app_context():
        members = {role: member_of(email) for email, _name, role in PEOPLE}
        freeze_paper(paper=paper_of_conference(db.session.get(Conference, conference_id)), user=None, now=NOW)
        home = db.session.scalars(select(Municipality)).one()
        upload = receive(
            municipality=home,
            importer=get_importer("values"),
            file_name="werte.csv",
            content=b"code;sgb2_rate\n0102;7\n",
            user=None,
            now=NOW,
        )
        upload.state = ImportState.CHECKED
        db.session.commit()
        known = ids(conference_id) | {"import_id": upload.id, "kind": "values"}
        asked = questions()
    clients = {role: full_town.test_client().sign_in(member) for role, member in members.items()}

    counts, statuses = {}, {}
    for rule in every_route(full_town, kind="office", method="GET"):
        if "strom" in rule.rule:
            continue
        path = rule.build({name: known.get(name, 1) for name in rule.arguments}, append_unknown=False)[1]
        path += asked.get(rule.endpoint, "")
        roles = full_town.view_functions[rule.endpoint].access.roles
        client = clients[Role.ORGANISER if not roles or Role.ORGANISER in roles else next(iter(roles))]
        statements.clear()
        statuses[path] = client.get(path).status_code
        counts[path] = len(statements)

    assert {path: status for path, status in statuses.items() if status not in {200, DONE_POLLING}} == {}
    assert {path: number for path, number in counts.items() if number > MOST_STATEMENTS} == {}


def member_of(email: str) -> int:
    """The membership of one of the town's people."""
    return db.session.scalar(select(Membership.id).join(Membership.user).where(User.email == email))


def questions() -> dict[str, str]:
    """Query strings for pages that need to be asked something, by endpoint."""
    area, scheme = db.session.execute(select(Area.id, Area.scheme_id).where(Area.code == "0102")).one()
    held_back = db.session.scalars(select(RawValue).limit(1)).one()
    return {
        "indicators.raw_clearing": f"?wert={scheme}.{held_back.indicator_id}.{held_back.reference_date.isoformat()}",
        "findings.sheet": f"?gebiet={area}",
        "findings.cell": f"?gebiet={area}&kategorie=Familienbildung&zielgruppe=families",
    }


def ids(conference_id: int) -> dict:
    """Ids of rows of the running conference for every argument a route may take."""

    def first(model, **conditions):
        return db.session.scalar(select(model.id).filter_by(**conditions).order_by(model.id.desc()).limit(1))

    area_id = first(Area, code="01")
    return {
        "conference_id": conference_id,
        "area_id": area_id,
        "scheme_id": first(AreaScheme),
        "group_id": first(AreaGroup),
        "indicator_id": first(Indicator),
        "index_id": first(SocialIndex),
        "clearance_id": first(Clearance),
        "offer_id": first(Offer),
        "need_link_id": first(NeedLink),
        "assessment_id": first(Assessment, area_id=area_id),
        "topic_id": first(Topic, conference_id=conference_id, is_open=True),
        "table_id": first(TopicTable, conference_id=conference_id),
        "invitation_id": first(Invitation, conference_id=conference_id),
        "registration_id": first(Registration, conference_id=conference_id),
        "format_id": first(ConferenceFormat),
        "series_id": first(ConferenceSeries),
        "room_id": first(ConferenceRoom, conference_id=conference_id),
        "member_id": first(TeamMember, conference_id=conference_id),
        "task_id": first(PreparationTask, conference_id=conference_id),
        "item_id": first(MaterialItem, conference_id=conference_id),
        "mailing_id": first(Mailing, conference_id=conference_id),
        "request_id": first(InviteRequest),
        "institution_id": first(Institution),
        "other_id": db.session.scalar(select(Institution.id).order_by(Institution.id).limit(1)),
        "recommendation_id": first(Recommendation, conference_id=conference_id),
        "point_id": first(ConsolidatedPoint, conference_id=conference_id),
        "code": db.session.scalar(select(Registration.badge_code).filter_by(conference_id=conference_id).limit(1)),
        "key": "summary",
        "number": 1,
    }
