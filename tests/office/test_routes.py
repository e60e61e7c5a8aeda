"""The desk and the page of one conference, as each role meets them."""

from datetime import timedelta

import pytest
from lxml import html

from app.accounts.enums import Role
from app.conferences.models import AgendaItem, PreparationTask, TeamMember
from app.core import clock
from app.core.mail import MailMessage, MailState
from app.extensions import db
from app.institutions.enums import InstitutionType
from app.invitations.models import Invitation, Registration
from app.measures.enums import ImplementationStatus, Light
from app.measures.models import StatusReport
from app.papers.models import PaperVersion, StrategyPaper
from app.tables.enums import Phase
from tests import factories


def text(response) -> str:
    return " ".join(html.document_fromstring(response.get_data(as_text=True)).text_content().split())


def ahead(town_id: int, title: str, days: int = 10):
    """A conference to come with a late task, a silent institution, a guest, an agenda, and a table not opened yet."""
    now = clock.now()
    home = db.session.get(factories.Municipality, town_id)
    level = factories.add(factories.AreaScheme(municipality_id=home.id, name=f"Räume {title}"))
    area = factories.area(factories.add(factories.AreaLevel(scheme_id=level.id, name="Raum", rank=0)), "1", "Raum")
    starts = now + timedelta(days=days)
    event = factories.conference(home, area, title, starts_at=starts, ends_at=starts + timedelta(hours=4))
    value = factories.indicator(home, key=f"rate-{event.id}")
    factories.value(value, area, 1, 2)
    factories.table(factories.topic(event), phase=Phase.PREPARING)
    department = factories.institution(home, f"Fachbereich {title}", type=InstitutionType.DEPARTMENT)
    due = clock.local_date(now) - timedelta(days=2)
    factories.add(PreparationTask(conference_id=event.id, department_id=department.id, title=f"Saal {title}", due=due))
    factories.add(AgendaItem(conference_id=event.id, starts_at=starts, title="Begrüßung"))
    silent = factories.institution(home, f"Stumme Stelle {title}")
    mail = factories.add(
        MailMessage(recipient="a@b.example", subject="E", body="E", state=MailState.SENT, created_at=now)
    )
    factories.add(
        Invitation(
            conference_id=event.id,
            institution_id=silent.id,
            mail_id=mail.id,
            created_at=now,
        )
    )
    factories.add(
        Registration(conference_id=event.id, institution_id=department.id, last_name="Gast", registered_at=now)
    )
    return event


def published(conference_id: int, municipality_id: int, days_ago: int):
    """A paper of a conference, published some days ago."""
    paper = factories.add(
        StrategyPaper(municipality_id=municipality_id, conference_id=conference_id, slug=f"p{conference_id}", title="P")
    )
    moment = clock.now() - timedelta(days=days_ago)
    factories.add(
        PaperVersion(paper_id=paper.id, number=1, document="{}", sha256="0" * 64, frozen_at=moment, published_at=moment)
    )


@pytest.fixture
def client(app):
    return app.test_client()


def test_a_stranger_learns_what_it_is_and_where_to_go(client, town):
    response = client.get("/")

    page = html.document_fromstring(response.get_data(as_text=True))
    assert response.status_code == 200
    assert page.xpath("//form[@action='/t/' and @method='get']//input[@name='code']")
    assert page.xpath(f"//a[@href='/k/{town.slug}/']")
    assert page.xpath("//a[@href='/anmelden']")
    assert "Expert*innendialog" not in text(response)


def test_an_empty_desk_offers_the_first_step(app):
    with app.app_context():
        membership = factories.member(factories.municipality()).id
        db.session.commit()

    page = text(app.test_client().sign_in(membership).get("/"))

    assert "Zurzeit läuft keine Konferenz." in page
    assert "Konferenz anlegen" in page


def test_the_desk_says_what_is_next_late_and_unanswered(app, town, organiser):
    with app.app_context():
        ahead(town.municipality, "Nord")
        db.session.commit()

    page = text(organiser.get("/"))

    assert "1 Aufgabe der Vorbereitung ist überfällig." in page
    assert "Saal Nord" in page
    assert "Stumme Stelle Nord" in page
    assert "1 überfällig" in page


def test_the_desk_shows_nothing_of_another_municipality(app, organiser):
    with app.app_context():
        other = factories.small_town("Fremdstadt")
        ahead(other.municipality, "FREMDMARKE")
        db.session.commit()

    page = text(organiser.get("/"))

    assert "FREMDMARKE" not in page
    assert "Fremdstadt" not in page


def test_recommendations_wait_after_half_a_year_of_silence(app, town, organiser):
    with app.app_context():
        conference = db.session.get(factories.Conference, town.conference)
        silent = factories.recommendation(conference, "Bürgerbus prüfen", 1)
        done = factories.recommendation(conference, "Licht im Park", 2)
        for recommendation, status in ((silent, ImplementationStatus.PLANNED), (done, ImplementationStatus.COMPLETED)):
            long_ago = clock.now() - timedelta(days=200)
            factories.add(
                StatusReport(
                    recommendation_id=recommendation.id,
                    status=status,
                    light=Light.GREEN,
                    note="",
                    as_of=clock.local_date(long_ago),
                    reported_at=long_ago,
                )
            )
        published(conference.id, town.municipality, days_ago=300)
        db.session.commit()

    page = text(organiser.get("/"))

    assert "1. Bürgerbus prüfen" in page
    assert "Licht im Park" not in page
    assert "Bei 1 Empfehlung ist der letzte Stand über ein halbes Jahr alt." in page


def test_a_host_finds_the_boards(app, town):
    page = app.test_client().sign_in(town.host).get("/")

    assert f"/tische/{town.table}/moderation" in page.get_data(as_text=True)
    assert "Konferenz anlegen" not in text(page)


def test_a_department_finds_tasks_and_drafts(app, town):
    with app.app_context():
        event = ahead(town.municipality, "Nord")
        factories.add(
            StrategyPaper(municipality_id=town.municipality, conference_id=event.id, slug="nord", title="Papier Nord")
        )
        db.session.commit()
        paper = f"/konferenzen/{event.id}/papier/"

    page = app.test_client().sign_in(town.department).get("/")

    assert "Saal Nord" in text(page)
    assert paper in page.get_data(as_text=True)


def test_a_conference_shows_everything_on_one_page(app, town, organiser):
    with app.app_context():
        event = ahead(town.municipality, "Nord")
        before = factories.conference(
            db.session.get(factories.Municipality, town.municipality),
            db.session.get(factories.Area, event.area_id),
            "Nord im Vorjahr",
            starts_at=clock.now() - timedelta(days=400),
            ends_at=clock.now() - timedelta(days=399),
        )
        factories.recommendation(before, "Offener Treff im Norden")
        db.session.commit()
        address = f"/konferenzen/{event.id}/"

    page = organiser.get(address)

    said = text(page)
    for expected in (
        "Begrüßung",
        "Toni Tisch",
        "Saal Nord",
        "Nord im Vorjahr",
        "Offener Treff im Norden",
        "überfällig",
    ):
        assert expected in said
    for part in ("bearbeiten", "themen", "einladungen/", "tische/", "raum", "auswertung/", "empfehlungen/", "papier/"):
        assert f"{address}{part}" in page.get_data(as_text=True)


def test_a_conference_says_how_far_each_department_is_and_who_is_in_the_team(app, town, organiser):
    with app.app_context():
        event = ahead(town.municipality, "Nord")
        task = db.session.query(PreparationTask).one()
        owner = factories.add(
            TeamMember(conference_id=event.id, department_id=task.department_id, name="Ada Amt", duty="Technik")
        )
        task.owner_id = owner.id
        factories.add(
            PreparationTask(
                conference_id=event.id,
                department_id=task.department_id,
                title="Einladung entwerfen",
                due=task.due,
                done_at=clock.now(),
            )
        )
        db.session.commit()
        address = f"/konferenzen/{event.id}/"

    page = organiser.get(address)

    said = text(page)
    assert said.count("1 von 2 erledigt") == 2  # the conference's and the department's
    assert "Saal Nord Ada Amt überfällig" in said
    assert "Ada Amt Technik · Fachbereich Nord" in said
    assert "Einladung entwerfen" not in said
    assert html.document_fromstring(page.get_data(as_text=True)).xpath("//progress[@value='1' and @max='2']")


def test_the_desk_leads_to_late_tasks_and_names_their_conference(app, town, organiser):
    with app.app_context():
        event = ahead(town.municipality, "Nord")
        db.session.commit()
        address = f"/konferenzen/{event.id}/aufgaben"

    page = html.document_fromstring(organiser.get("/").get_data(as_text=True))

    late = page.xpath("//section[h2='Überfällige Vorbereitung']")[0]
    assert late.xpath(f".//a[starts-with(@href, '{address}#aufgabe-')]/text()") == ["Saal Nord"]
    assert "noch ohne Person" in late.text_content()
    assert late.xpath(".//span[contains(@class, 'office-whole')]/text()") == ["Nord"]


def test_a_conference_of_another_municipality_does_not_exist(app, organiser):
    with app.app_context():
        other = factories.small_town("Fremdstadt")
        db.session.commit()

    response = organiser.get(f"/konferenzen/{other.conference}/")

    assert response.status_code == 404
    assert "Fremdstadt" not in text(response)


def test_a_host_may_not_open_the_conference_page(app, town):
    assert app.test_client().sign_in(town.host).get(f"/konferenzen/{town.conference}/").status_code == 403


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.DEPARTMENT, Role.HOST])
def test_the_desk_needs_the_same_few_statements_for_many_conferences(app, town, statements, role):
    client = app.test_client().sign_in(getattr(town, role.value))
    counts = []
    for events in (1, 2):
        with app.app_context():
            for number in range(events):
                event = ahead(town.municipality, f"Ort {events}-{number}")
                for place in (1, 2, 3):
                    factories.recommendation(event, f"Empfehlung {place}", place)
                published(event.id, town.municipality, days_ago=0)
            db.session.commit()
        statements.clear()
        assert client.get("/").status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1]
    assert counts[1] <= 15


def test_the_conference_page_needs_the_same_few_statements_for_many_rows(app, town, organiser, statements):
    with app.app_context():
        event = ahead(town.municipality, "Nord")
        db.session.commit()
        event_id = event.id
    counts = []
    for round_ in (1, 2):
        with app.app_context():
            event = db.session.get(factories.Conference, event_id)
            for number in range(round_ * 3, round_ * 3 + 2):
                factories.table(factories.topic(event, f"Thema {number}", number), number)
                factories.recommendation(event, f"Empfehlung {number}", number)
                house = factories.institution(
                    db.session.get(factories.Municipality, town.municipality), f"Amt {number}"
                )
                person = factories.add(TeamMember(conference_id=event_id, department_id=house.id, name="Ada Amt"))
                factories.add(
                    PreparationTask(
                        conference_id=event_id,
                        department_id=house.id,
                        owner_id=person.id,
                        title=f"Aufgabe {number}",
                        due=clock.local_date(clock.now()),
                    )
                )
            db.session.commit()
        statements.clear()
        assert organiser.get(f"/konferenzen/{event_id}/").status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1]
    assert counts[1] <= 15
