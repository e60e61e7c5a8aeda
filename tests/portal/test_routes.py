"""The shop window shows what is published, and nothing else."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from lxml import html

from app.areas.models import Area
from app.conferences.enums import Participation
from app.core import clock
from app.core.mail import MailMessage, MailState
from app.extensions import db
from app.indicators.enums import ValueState
from app.indicators.models import Indicator, IndicatorValue, SocialIndex, SocialIndexPart
from app.institutions.models import Institution
from app.invitations.models import Invitation
from app.measures.enums import ImplementationStatus, Light
from app.measures.models import StatusReport
from app.offers.models import Offer
from app.papers.models import PaperVersion, StrategyPaper
from tests import factories

PAGES = ("", "raeume/", "papiere/", "daten/", "ueber", "daten/indikatoren.csv", "daten/indikatoren.json")
MARK = "GEHEIMMARKE"


def text(response) -> str:
    return " ".join(html.document_fromstring(response.get_data(as_text=True)).text_content().split())


def document(title="Papier Mitte", recommendation="Offener Treff", areas=()) -> str:
    """As much of a frozen document as readers' lists need."""
    return json.dumps(
        {
            "title": title,
            "version": 1,
            "area": {"code": "01", "name": "Musterstadt Mitte", "level": "Sozialraum"},
            "conference": {"title": "Dialog Mitte", "starts_at": "2026-11-20T13:00:00Z"},
            "recommendations": [
                {"number": 1, "title": recommendation, "text": "…", "lead": "Soziales", "areas": list(areas)}
            ],
        }
    )


def paper(town, frozen: str, *, live_title="Papier", published=True):
    """A paper of the town's conference with one version."""
    now = clock.now()
    row = factories.add(
        StrategyPaper(municipality_id=town.municipality, conference_id=town.conference, slug="mitte", title=live_title)
    )
    version = PaperVersion(paper_id=row.id, number=1, document=frozen, sha256="0" * 64, frozen_at=now)
    version.published_at = now if published else None
    return factories.add(version)


def invited(conference, state: MailState):
    """An institution invited with a mail in some state."""
    home = db.session.get(factories.Municipality, conference.municipality_id)
    now = clock.now()
    mail = factories.add(MailMessage(recipient="a@b.example", subject="E", body="E", state=state, created_at=now))
    factories.add(
        Invitation(
            conference_id=conference.id,
            institution_id=factories.institution(home, f"Stelle {conference.id}").id,
            mail_id=mail.id,
            created_at=now,
        )
    )


def event(town, title: str, days: int):
    """A conference of the town some days from now."""
    starts = clock.now() + timedelta(days=days)
    home, area = db.session.get(factories.Municipality, town.municipality), db.session.get(Area, town.social_area)
    return factories.conference(home, area, title, starts_at=starts, ends_at=starts + timedelta(hours=2))


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.mark.parametrize("page", [*PAGES, "raeume/01", "raeume/0101"])
def test_every_page_opens_for_strangers(client, town, page):
    assert client.get(f"/k/{town.slug}/{page}").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_municipality_has_every_page(app, client, page):
    with app.app_context():
        slug = factories.municipality().slug
        db.session.commit()

    assert client.get(f"/k/{slug}/{page}").status_code == 200


@pytest.mark.parametrize("page", [*PAGES, "raeume/0101"])
def test_an_unknown_municipality_does_not_exist(client, town, page):
    assert client.get(f"/k/nirgends/{page}").status_code == 404


def test_an_area_of_another_municipality_does_not_exist(app, client, town):
    with app.app_context():
        home = factories.municipality()
        (level,) = factories.scheme(home, "Raum")
        factories.area(level, "0999", "Fremder Raum")
        db.session.commit()

    response = client.get(f"/k/{town.slug}/raeume/0999")

    assert response.status_code == 404
    assert "Fremder Raum" not in text(response)


def test_nothing_unpublished_and_nothing_foreign_ever_appears(app, client, town):
    with app.app_context():
        paper(town, document(f"{MARK} Entwurf", f"{MARK} Empfehlung"), live_title=f"{MARK} Titel", published=False)
        conference = db.session.get(factories.Conference, town.conference)
        factories.recommendation(conference, f"{MARK} unveröffentlicht", 7)
        factories.point(conference, f"{MARK} Punkt")
        table = db.session.get(factories.TopicTable, town.table)
        factories.contribution(table, f"{MARK} Beitrag", area_id=town.quarters[0])
        invited(event(town, f"{MARK} in Planung", 20), MailState.DRAFT)
        event(town, f"{MARK} ohne Einladung", 30)
        event(town, f"{MARK} still vergangen", -30)
        other = factories.small_town(MARK)
        paper(other, document(f"{MARK} fremd", f"{MARK} fremde Empfehlung"))
        invited(event(other, f"{MARK} fremder Termin", 20), MailState.SENT)
        db.session.commit()

    for page in (*PAGES, "raeume/01", "raeume/0101"):
        assert MARK not in client.get(f"/k/{town.slug}/{page}").get_data(as_text=True), page


def test_a_published_paper_shows_its_frozen_words_and_the_latest_state(app, client, town):
    with app.app_context():
        paper(town, document(), live_title=f"{MARK} neuer Titel")
        conference = db.session.get(factories.Conference, town.conference)
        conference.title = f"{MARK} umbenannt"
        recommendation = factories.recommendation(conference, f"{MARK} umformuliert", 1)
        for day, status in ((1, ImplementationStatus.IN_PROGRESS), (5, ImplementationStatus.COMPLETED)):
            factories.add(
                StatusReport(
                    recommendation_id=recommendation.id,
                    status=status,
                    light=Light.GREEN,
                    note="",
                    as_of=date(2026, 11, day),
                    reported_at=clock.now(),
                )
            )
        db.session.commit()

    home, papers = client.get(f"/k/{town.slug}/"), client.get(f"/k/{town.slug}/papiere/")

    assert "1 umgesetzt" in text(home)
    assert "in Umsetzung" not in text(home)
    assert "Papier Mitte" in text(papers)
    assert "umgesetzt, Stand 05.11.2026" in text(papers)
    assert f"/k/{town.slug}/papiere/mitte#empfehlung-1" in papers.get_data(as_text=True)
    assert MARK not in text(home) + text(papers)


def test_dates_appear_once_invitations_are_out(app, client, town):
    with app.app_context():
        invited(event(town, "Dialog Osterholz", 20), MailState.SENT)
        db.session.commit()

    assert "Dialog Osterholz" in text(client.get(f"/k/{town.slug}/"))


def test_open_events_are_known_outside_without_invitations_and_lead_to_the_form(app, client, town):
    with app.app_context():
        for title, participation in (("Werkstatt offen", Participation.OPEN), ("Forum", Participation.MIXED)):
            event(town, title, 20).participation = participation
        event(town, f"{MARK} intern", 20).participation = Participation.ADMINISTRATION
        closed = event(town, "Forum vorbei", 20)
        closed.participation, closed.registration_closes_at = Participation.OPEN, clock.now()
        invited(event(town, "Dialog Osterholz", 20), MailState.SENT)
        db.session.commit()

    response = client.get(f"/k/{town.slug}/")

    page = text(response)
    assert [words for words in ("Werkstatt offen", "Forum vorbei", "Dialog Osterholz") if words not in page] == []
    assert MARK not in page
    assert response.get_data(as_text=True).count('/anmeldung"') == 2
    assert page.count("Anmeldung geschlossen") == page.count("nur auf Einladung") == 1


def test_a_cancelled_event_says_so_and_takes_nobody(app, client, town):
    with app.app_context():
        row = event(town, "Werkstatt offen", 20)
        row.participation, row.cancelled_at = Participation.OPEN, clock.now()
        db.session.commit()

    response = client.get(f"/k/{town.slug}/")

    assert "fällt aus" in text(response)
    assert '/anmeldung"' not in response.get_data(as_text=True)


def test_an_area_shows_figures_offers_and_what_concerns_it(app, client, town):
    with app.app_context():
        quarter = {"code": "0103", "name": "Musterstadt Quartier 3", "level": "Sozialquartier"}
        paper(town, document(areas=[quarter]))
        home = db.session.scalar(db.select(Institution).where(Institution.id == town.institution))
        third = db.session.get(Area, town.quarters[2])
        factories.add(
            Offer(
                municipality_id=town.municipality,
                institution_id=home.id,
                name="Elterncafé",
                category="Familie",
                areas=[third],
            )
        )
        db.session.commit()

    third, first = client.get(f"/k/{town.slug}/raeume/0103"), client.get(f"/k/{town.slug}/raeume/0101")

    said = text(third)
    assert "30,0 %" in said
    assert "über der Stadt (20,0 %)" in said
    assert "Das bedeutet eine höhere Belastung." in said
    assert "300 von 1.000" in said
    assert "+3,0 Prozentpunkte seit 31.12.2023" in said
    assert "Elterncafé" in said
    assert "Offener Treff" in said
    assert "Papier Mitte" in said
    assert "Offener Treff" not in text(first)
    assert "Elterncafé" not in text(first)


def test_a_sozialraum_collects_what_concerns_its_quarters(app, client, town):
    with app.app_context():
        quarter = {"code": "0103", "name": "Musterstadt Quartier 3", "level": "Sozialquartier"}
        paper(town, document(areas=[quarter]))
        db.session.commit()

    assert "Offener Treff" in text(client.get(f"/k/{town.slug}/raeume/01"))


def test_an_area_prints_its_index_with_parts_and_orientation(app, client, town):
    with app.app_context():
        level = db.session.get(Area, town.quarters[0]).level_id
        index = factories.add(
            SocialIndex(
                municipality_id=town.municipality,
                level_id=level,
                name="Sozialindex",
                reference_date=date(2025, 12, 31),
                class_breaks=[[-1, "niedrige Belastung"], [1, "mittlere Belastung"], [None, "hohe Belastung"]],
            )
        )
        factories.add(SocialIndexPart(index_id=index.id, indicator_id=town.indicator, position=1))
        db.session.commit()

    said = text(client.get(f"/k/{town.slug}/raeume/0103"))

    assert "hohe Belastung" in said
    assert "+1,22" in said
    assert "Ein höherer Wert bedeutet eine höhere soziale Belastung." in said


def open_data(client, town) -> tuple[list[dict], dict]:
    raw = client.get(f"/k/{town.slug}/daten/indikatoren.csv").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(raw), delimiter=";"))
    return rows, client.get(f"/k/{town.slug}/daten/indikatoren.json").get_json()


def test_open_data_carry_figure_counts_source_and_licence(client, town):
    rows, document_ = open_data(client, town)

    now = [row for row in rows if row["Stichtag"] == "2025-12-31"]
    assert [(row["Gebietsschlüssel"], row["Wert"]) for row in now] == [
        ("01", "20"),
        ("0101", "10"),
        ("0102", "20"),
        ("0103", "30"),
        ("", "20"),
    ]
    assert (now[3]["Zähler"], now[3]["Nenner"], now[3]["Stand"]) == ("300", "1000", "veröffentlicht")
    assert {row["Quelle"] for row in rows} == {"Statistik der Bundesagentur für Arbeit"}
    assert {row["Lizenz"] for row in rows} == {"Datenlizenz Deutschland – Namensnennung – Version 2.0"}
    assert document_["licence"] == "Datenlizenz Deutschland – Namensnennung – Version 2.0"
    assert len(document_["items"]) == len(rows) == 10


def test_secret_missing_and_zero_are_three_things(app, client, town):
    with app.app_context():
        rate = db.session.get(Indicator, town.indicator)
        quarters = [db.session.get(Area, id_) for id_ in town.quarters]
        day = date(2024, 12, 31)
        factories.value(rate, quarters[0], 0, 1000, day)
        secret = IndicatorValue(
            indicator_id=rate.id,
            area_id=quarters[1].id,
            reference_date=day,
            state=ValueState.SUPPRESSED,
            numerator=987654,
            denominator=1000,
            value=987654,
        )
        factories.add(secret)
        db.session.commit()

    rows, document_ = open_data(client, town)

    found = {
        row["Gebietsschlüssel"]: (row["Wert"], row["Zähler"], row["Stand"]) for row in rows if "2024" in row["Stichtag"]
    }
    assert found["0101"] == ("0", "0", "veröffentlicht")
    assert found["0102"] == ("", "", "geheim")
    assert found["0103"] == ("", "", "nicht vorhanden")
    states = {
        item["area_code"]: (item["value"], item["state"])
        for item in document_["items"]
        if "2024" in item["reference_date"]
    }
    assert states["0101"] == (0, "known")
    assert states["0102"] == (None, "suppressed")
    assert states["0103"] == (None, "missing")
    for page in ("raeume/0102", "raeume/01", "daten/indikatoren.csv", "daten/indikatoren.json"):
        assert "987654" not in client.get(f"/k/{town.slug}/{page}").get_data(as_text=True)


def test_open_data_are_inert_in_a_spreadsheet(app, client, town):
    with app.app_context():
        db.session.get(Area, town.quarters[0]).name = "=1+1"
        db.session.commit()

    rows, _json = open_data(client, town)

    assert {row["Gebiet"] for row in rows if row["Gebietsschlüssel"] == "0101"} == {"'=1+1"}


def test_about_names_a_contact_for_barriers(app, client, town):
    with app.app_context():
        home = db.session.get(factories.Municipality, town.municipality)
        home.contact_email, home.imprint = "post@musterstadt.example", "Rathausplatz 1"
        db.session.commit()

    page = client.get(f"/k/{town.slug}/ueber")

    document_ = html.document_fromstring(page.get_data(as_text=True))
    assert document_.xpath("//section[@id='barrierefreiheit']//a[@href='mailto:post@musterstadt.example']")
    assert "Rathausplatz 1" in text(page)


@pytest.mark.parametrize("page", ["", "raeume/", "raeume/0101", "papiere/"])
def test_pages_need_the_same_few_statements_for_many_rows(app, client, town, statements, page):
    counts = []
    for number in (1, 2):
        with app.app_context():
            upper = db.session.get(Area, town.social_area)
            lower = db.session.get(factories.AreaLevel, db.session.get(Area, town.quarters[0]).level_id)
            for place in (number * 10, number * 10 + 1):
                area = factories.area(lower, f"01{place}", f"Quartier {place}", upper)
                factories.value(db.session.get(Indicator, town.indicator), area, 1, 10)
                conference = event(town, f"Dialog {place}", -place)
                row = factories.add(
                    StrategyPaper(
                        municipality_id=town.municipality, conference_id=conference.id, slug=f"p{place}", title="P"
                    )
                )
                factories.add(
                    PaperVersion(
                        paper_id=row.id,
                        number=1,
                        document=document(f"Papier {place}"),
                        sha256="0" * 64,
                        frozen_at=clock.now(),
                        published_at=clock.now(),
                    )
                )
            db.session.commit()
        statements.clear()
        assert client.get(f"/k/{town.slug}/{page}").status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1]
    assert counts[1] <= 16
