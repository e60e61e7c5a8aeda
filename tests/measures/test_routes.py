"""Pages of follow-up."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import AuditEntry, Municipality
from app.areas.models import Area
from app.conferences.models import Conference
from app.consolidation.services import create_point, create_recommendation
from app.core import clock
from app.extensions import db
from app.indicators.models import Indicator
from app.institutions.models import Institution
from app.measures.enums import ImplementationStatus, Light
from app.measures.models import StatusReport
from app.measures.services import report_status
from app.papers.models import PaperVersion, StrategyPaper
from app.tables.models import TopicTable
from tests import factories

KEPT = {"note": "Bleibt stehen."}
TODAY = clock.local_date(clock.now())


def recommend(app, town, titles=("Offener Treff",), reports: int = 1) -> list[int]:
    with app.app_context():
        conference = db.session.get_one(Conference, town.conference)
        table = db.session.get_one(TopicTable, town.table)
        rows = []
        for title in titles:
            voice = factories.contribution(table, f"Stimme zu {title}", dots=2)
            point = create_point(conference=conference, title=f"Punkt {title}", contributions=[voice])
            row = create_recommendation(
                conference=conference,
                title=title,
                points=[point],
                areas=[db.session.get_one(Area, town.quarters[0])],
                indicators=[db.session.get_one(Indicator, town.indicator)],
                lead=db.session.get_one(Institution, town.institution),
            )
            for number in range(reports):
                report_status(
                    recommendation=row,
                    status=ImplementationStatus.IN_PROGRESS,
                    light=Light.YELLOW,
                    note=f"Meldung {number}",
                    as_of=TODAY - timedelta(days=number),
                    user=None,
                    now=clock.now(),
                )
            rows.append(row)
        ids = [row.id for row in rows]
        db.session.commit()
        return ids


def publish(app, town) -> None:
    with app.app_context():
        paper = factories.add(
            StrategyPaper(municipality_id=town.municipality, conference_id=town.conference, slug="p", title="Papier")
        )
        now = clock.now()
        factories.add(
            PaperVersion(paper_id=paper.id, number=1, document="{}", sha256="0" * 64, frozen_at=now, published_at=now)
        )
        db.session.commit()


def form(recommendation_id: int, **changes) -> dict[str, str]:
    fields = {"status": "completed", "light": "green", "note": "Eröffnet.", "as_of": TODAY.isoformat(), **changes}
    return {f"r{recommendation_id}-{name}": value for name, value in fields.items()}


def test_the_page_of_a_conference_shows_status_in_words_with_history(app, town, organiser):
    recommend(app, town, reports=2)

    page = organiser.get(f"/konferenzen/{town.conference}/umsetzung/").get_data(as_text=True)

    assert "in Umsetzung" in page
    assert "stockt" in page
    assert "1 frühere Meldung" in page


def test_a_conference_without_recommendations_says_what_will_be_here(town, organiser):
    page = organiser.get(f"/konferenzen/{town.conference}/umsetzung/").get_data(as_text=True)

    assert "Noch keine Empfehlung" in page


def test_reporting_keeps_the_earlier_report(app, town, organiser):
    (row,) = recommend(app, town)

    response = organiser.submit(f"/empfehlungen/{row}/umsetzung", form(row))

    assert response.location == f"/konferenzen/{town.conference}/umsetzung/#empfehlung-{row}"
    with app.app_context():
        reports = db.session.scalars(select(StatusReport).order_by(StatusReport.id)).all()
        assert [report.status for report in reports] == [
            ImplementationStatus.IN_PROGRESS,
            ImplementationStatus.COMPLETED,
        ]
        assert db.session.scalars(select(AuditEntry.action)).all() == ["status.reported"]


@pytest.mark.parametrize(
    "changes",
    [
        {"note": " "},
        {"as_of": (TODAY + timedelta(days=1)).isoformat()},
        {"as_of": "gestern"},
        {"status": "unsinn"},
        {"light": ""},
    ],
)
def test_a_bad_report_is_explained_beside_the_field_and_kept(app, town, organiser, changes):
    first, _second = recommend(app, town, ("A", "B"))

    response = organiser.submit(
        f"/empfehlungen/{first}/umsetzung", form(first, **{"note": "Bleibt stehen.", **changes})
    )

    page = response.get_data(as_text=True)
    assert response.status_code == 422
    assert page.count('class="kern-error"') == 1
    assert "Bleibt stehen." in page or "note" in changes
    with app.app_context():
        assert len(db.session.scalars(select(StatusReport)).all()) == 2


def test_the_thread_page_opens_every_node(app, town, organiser):
    (row,) = recommend(app, town)

    page = organiser.get(f"/empfehlungen/{row}/faden").get_data(as_text=True)

    for words in ("Stimme zu Offener Treff", "Punkt Offener Treff", "SGB-II-Quote", "31.12.2025", "Meldung 0"):
        assert words in page


def test_the_overview_filters_and_remembers(app, town, organiser):
    recommend(app, town, ("Treff", "Lotsen"))
    publish(app, town)

    everything = organiser.get("/umsetzung/").get_data(as_text=True)
    nothing = organiser.get("/umsetzung/?stand=ohne").get_data(as_text=True)
    some = organiser.get(f"/umsetzung/?stand=in_progress&gebiet={town.quarters[0]}&federfuehrung={town.institution}")

    assert "2 Empfehlungen" in everything
    assert "Keine Empfehlung passt" in nothing
    assert '<option value="in_progress" selected' in some.get_data(as_text=True)
    assert "2 Empfehlungen" in some.get_data(as_text=True)


def test_the_overview_without_papers_offers_a_first_step(town, organiser):
    assert "Noch nichts veröffentlicht" in organiser.get("/umsetzung/?gebiet=zwölf").get_data(as_text=True)


def test_pages_stay_within_15_statements_whatever_the_number(app, town, organiser, statements):
    paths = [f"/konferenzen/{town.conference}/umsetzung/", "/umsetzung/"]
    (row,) = recommend(app, town)
    publish(app, town)
    paths.append(f"/empfehlungen/{row}/faden")
    counts = []
    for number in (0, 2):
        recommend(app, town, [f"Weitere {n}" for n in range(number)], reports=3)
        counts.append([])
        for path in paths:
            statements.clear()
            organiser.get(path)
            counts[-1].append(len(statements))

    assert counts[0] == counts[1]
    assert max(counts[0]) <= 15


def test_nobody_else_sees_or_reports(app, town, organiser):
    with app.app_context():
        other = factories.small_town("MARKIERT")
        db.session.commit()
        assert db.session.get(Municipality, other.municipality)
    (row,) = recommend(app, other, ("MARKIERT",))
    publish(app, other)

    assert organiser.get(f"/konferenzen/{other.conference}/umsetzung/").status_code == 404
    assert organiser.get(f"/empfehlungen/{row}/faden").status_code == 404
    assert organiser.submit(f"/empfehlungen/{row}/umsetzung", form(row)).status_code == 404
    assert b"MARKIERT" not in organiser.get("/umsetzung/").data
    with app.app_context():
        assert len(db.session.scalars(select(StatusReport)).all()) == 1


def test_departments_read_and_do_not_report(app, town):
    (row,) = recommend(app, town)
    department = app.test_client().sign_in(town.department)

    page = department.get(f"/konferenzen/{town.conference}/umsetzung/").get_data(as_text=True)

    assert "Stand melden" not in page
    assert department.submit(f"/empfehlungen/{row}/umsetzung", form(row)).status_code == 403
