"""Reports on recommendations: the latest counts, none is overwritten."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.accounts.models import Municipality
from app.conferences.models import Conference
from app.core.errors import RuleBroken
from app.extensions import db
from app.measures import overview, queries
from app.measures.enums import ImplementationStatus, Light
from app.measures.models import StatusReport
from app.measures.rules import OverviewFilter
from app.measures.services import report_status
from app.papers.models import PaperVersion, StrategyPaper
from tests import factories
from tests.factories import NOW

TODAY = NOW.date()


def recommendation(town, title: str = "Offener Treff", number: int = 1):
    return factories.recommendation(db.session.get_one(Conference, town.conference), title, number)


def report(row, note: str = "Es geht los.", as_of: date = TODAY, **fields) -> StatusReport:
    defaults = {"status": ImplementationStatus.PLANNED, "light": Light.GREEN, "user": None, "now": NOW}
    return report_status(recommendation=row, note=note, as_of=as_of, **{**defaults, **fields})


def publish(town, at=NOW, published: bool = True) -> None:
    paper = factories.add(
        StrategyPaper(municipality_id=town.municipality, conference_id=town.conference, slug="papier", title="Papier")
    )
    factories.add(
        PaperVersion(
            paper_id=paper.id,
            number=1,
            document="{}",
            sha256="0" * 64,
            frozen_at=at,
            published_at=at if published else None,
        )
    )


def municipality(town) -> Municipality:
    return db.session.get_one(Municipality, town.municipality)


def test_the_latest_date_counts_then_the_latest_report(app, town):
    with app.app_context():
        one, two, silent = (recommendation(town, name, number) for number, name in enumerate("ABC", start=1))
        report(one, "neu", TODAY - timedelta(days=1))
        report(one, "nachgetragen", TODAY - timedelta(days=30), now=NOW + timedelta(hours=1))
        report(two, "früh")
        report(two, "spät", now=NOW + timedelta(hours=1))
        db.session.commit()
        ids = [one.id, two.id, silent.id]

    with app.app_context():
        latest = queries.latest_reports(ids)
        assert [latest[key].note if key in latest else None for key in ids] == ["neu", "spät", None]
        assert [row.note for row in queries.list_reports(ids)[ids[0]]] == ["neu", "nachgetragen"]


def test_latest_reports_take_one_statement_however_many(app, town, statements):
    with app.app_context():
        rows = [recommendation(town, name, number) for number, name in enumerate("ABC", start=1)]
        for row in rows:
            report(row)
        db.session.commit()
        ids = [row.id for row in rows]
        statements.clear()
        queries.latest_reports(ids[:1])
        few = len(statements)
        queries.latest_reports(ids)

        assert (few, len(statements)) == (1, 2)


@pytest.mark.parametrize(
    ("fields", "match"),
    [
        ({"note": "  "}, "in einem Satz"),
        ({"as_of": TODAY + timedelta(days=1)}, "Zukunft"),
        ({"note": "x" * 4001}, "4.000"),
    ],
)
def test_a_report_needs_a_note_and_a_date_that_has_been(app, town, fields, match):
    with app.app_context():
        with pytest.raises(RuleBroken, match=match):
            report(recommendation(town), **fields)
        assert db.session.scalar(select(func.count()).select_from(StatusReport)) == 0


def test_the_overview_holds_published_conferences_of_this_municipality_only(app, town):
    with app.app_context():
        other, draft = factories.small_town("Andere"), factories.small_town("Entwurf")
        for place, name in ((town, "Unsere"), (other, "MARKIERT"), (draft, "Unveröffentlicht")):
            recommendation(place, name)
        publish(town)
        publish(other)
        publish(draft, published=False)

        page = overview.read(municipality(town), OverviewFilter(), NOW)
        assert [line.recommendation.title for line in page.lines] == ["Unsere"]
        assert overview.read(municipality(draft), OverviewFilter(), NOW).total == 0


def test_waiting_counts_from_the_publication_or_the_latest_report(app, town):
    with app.app_context():
        silent, told, settled = (recommendation(town, name, number) for number, name in enumerate("ABC", start=1))
        publish(town, NOW - timedelta(days=181))
        report(told)
        report(settled, status=ImplementationStatus.COMPLETED, as_of=TODAY - timedelta(days=400))

        waiting = overview.read(municipality(town), OverviewFilter(waiting=True), NOW)
        assert [line.recommendation.id for line in waiting.lines] == [silent.id]
        assert overview.read(municipality(town), OverviewFilter(), NOW - timedelta(days=2)).waiting == 0
