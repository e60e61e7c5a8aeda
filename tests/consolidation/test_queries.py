"""Reads of the desk, and the evidence that papers are made of."""

import dataclasses
from datetime import UTC, date, datetime

import pytest

from app.accounts.models import Municipality
from app.areas.models import Area
from app.conferences.models import Conference
from app.consolidation import desk_page, queries, services
from app.consolidation.evidence_queries import evidence_for
from app.consolidation.rules import DeskView
from app.contributions.enums import ContributionState, Kind
from app.core.errors import NotFound
from app.extensions import db
from app.indicators.models import Indicator
from app.tables.models import TopicTable
from tests import factories


def conference(town) -> Conference:
    return db.session.get_one(Conference, town.conference)


def table(town) -> TopicTable:
    return db.session.get_one(TopicTable, town.table)


def texts(town, **view) -> list[str]:
    return [voice.text for voice, _reason in queries.list_on_the_left(conference(town), DeskView(**view))]


def test_open_contributions_are_filtered_by_table_kind_and_words(app, town):
    with app.app_context():
        here = table(town)
        there = factories.table(here_topic(here), number=2)
        factories.contribution(here, "Kita schließt zu früh", kind=Kind.GAP)
        factories.contribution(here, "100 % der Plätze belegt", kind=Kind.NEED)
        factories.contribution(there, "Die Kita ist gut", kind=Kind.RESOURCE)
        factories.contribution(here, "versteckt", state=ContributionState.HIDDEN)
        other = factories.small_town("MARKIERT")
        factories.contribution(table(other), "MARKIERT Kita")

        assert texts(town) == ["Kita schließt zu früh", "100 % der Plätze belegt", "Die Kita ist gut"]
        assert texts(town, table=there.id) == ["Die Kita ist gut"]
        assert texts(town, kind=Kind.GAP) == ["Kita schließt zu früh"]
        assert texts(town, text="kita") == ["Kita schließt zu früh", "Die Kita ist gut"]
        assert texts(town, text="%") == ["100 % der Plätze belegt"]
        assert texts(town, text="_") == []


def here_topic(row: TopicTable):
    from app.conferences.models import Topic

    return db.session.get_one(Topic, row.topic_id)


def test_set_aside_contributions_come_with_their_reason(app, town):
    with app.app_context():
        row = factories.contribution(table(town), "Test 123")
        services.set_aside(contributions=[row], reason="Probe der Technik", now=factories.NOW)

        shown = queries.list_on_the_left(conference(town), DeskView(aside=True))
        assert [(voice.text, reason) for voice, reason in shown] == [("Test 123", "Probe der Technik")]
        assert texts(town) == []


def test_points_weigh_voices_tables_and_dots(app, town):
    with app.app_context():
        here = table(town)
        there = factories.table(here_topic(here), number=2)
        rows = [factories.contribution(one, f"B{n}", dots=n) for n, one in enumerate((here, here, there), start=1)]
        rows.append(factories.contribution(here, "weg", dots=50))
        point = services.create_point(conference=conference(town), title="A", contributions=rows)
        rows[-1].state = ContributionState.HIDDEN
        db.session.flush()

        weight = queries.weights(conference(town))[point.id]
        assert (weight.voices, weight.tables, weight.dots) == (3, 2, 6)


def test_the_desk_shows_the_last_page_when_asked_for_one_beyond(app, town):
    with app.app_context():
        for number in range(51):
            factories.contribution(table(town), f"B{number}")
        municipality = db.session.get_one(Municipality, town.municipality)

        page = desk_page.read(municipality, db.session.get_one(Conference, town.conference), DeskView(page=9))
        assert (page.view.page, page.pages, len(page.contributions)) == (2, 2, 1)


def test_a_merged_point_and_those_that_went_into_it_stay_readable(app, town):
    with app.app_context():
        first, second, third = (services.create_point(conference=conference(town), title=name) for name in "ABC")
        services.merge_points(into=second, merged=third)
        services.merge_points(into=first, merged=second)

        every_point = queries.list_points(conference(town), with_merged=True)
        assert [point.title for point in desk_page.absorbed_by(first, every_point)] == ["B", "C"]
        with pytest.raises(NotFound):
            queries.get_point(db.session.get_one(Municipality, town.municipality), third.id)


def recommend(town, count: int) -> None:
    event = conference(town)
    rate = db.session.get_one(Indicator, town.indicator)
    quarter = db.session.get_one(Area, town.quarters[0])
    for number in range(count):
        rows = [factories.contribution(table(town), f"Stimme {number}.{n}", dots=n, language="tr") for n in range(2)]
        one = services.create_point(conference=event, title=f"P{number}a", contributions=rows)
        two = services.create_point(conference=event, title=f"P{number}b", contributions=rows[:1])
        services.create_recommendation(
            conference=event, title=f"R{number}", points=[one, two], areas=[quarter], indicators=[rate]
        )


def test_evidence_names_voices_tables_and_figures(app, town):
    with app.app_context():
        recommend(town, 1)
        hidden = factories.contribution(table(town), "MARKIERT")
        point = queries.list_points(conference(town))[0]
        services.assign_contributions(point=point, contributions=[hidden])
        hidden.state = ContributionState.HIDDEN
        db.session.commit()

    with app.app_context():
        (row,) = queries.list_recommendations(conference(town))
        evidence = evidence_for([row])[row.id]

        assert [voice.text for voice in evidence.voices] == ["Stimme 0.1", "Stimme 0.0"]
        assert [(one.number, one.voices) for one in evidence.tables] == [(1, 2)]
        assert (evidence.dots, evidence.voices[0].language) == (1, "tr")
        assert [len(point.voices) for point in evidence.points] == [2, 1]
        (figure,) = evidence.figures
        assert (figure.value, figure.reference_date) == (10.0, date(2025, 12, 31))
        assert figure.source == "Statistik der Bundesagentur für Arbeit"
        with pytest.raises(dataclasses.FrozenInstanceError):
            evidence.voices[0].text = "anders"


def test_without_areas_the_conference_area_gives_the_figures(app, town):
    with app.app_context():
        rate = db.session.get_one(Indicator, town.indicator)
        services.create_recommendation(conference=conference(town), title="R", indicators=[rate])
        db.session.commit()

    with app.app_context():
        (row,) = queries.list_recommendations(conference(town))
        (figure,) = evidence_for([row])[row.id].figures
        assert (figure.area.id, figure.value) == (town.social_area, 20.0)


def test_evidence_takes_the_same_statements_for_one_and_three(app, town, statements):
    counts = []
    for more in (1, 2):
        with app.app_context():
            recommend(town, more)
            db.session.commit()
        with app.app_context():
            rows = queries.list_recommendations(conference(town))
            statements.clear()
            assert len(evidence_for(rows)) == len(rows)
            counts.append(len(statements))

    assert counts[0] == counts[1]
    assert counts[0] <= 4


def test_nothing_to_prove_needs_no_statement(app, town, statements):
    with app.app_context():
        statements.clear()
        assert evidence_for([]) == {}
        assert statements == []


def test_another_municipality_has_no_points_or_recommendations_here(app, town):
    with app.app_context():
        other = factories.small_town("MARKIERT", "andere")
        recommend(other, 1)
        home = db.session.get_one(Municipality, town.municipality)
        there = conference(other)
        point, row = queries.list_points(there)[0], queries.list_recommendations(there)[0]

        with pytest.raises(NotFound):
            queries.get_point(home, point.id)
        with pytest.raises(NotFound):
            queries.get_recommendation(home, row.id)
        with pytest.raises(NotFound):
            queries.list_contributions(conference(town), [voice.id for voice in queries.list_voices(point)])


def test_moments_are_kept_with_their_zone(app, town):
    with app.app_context():
        row = factories.contribution(table(town))
        services.set_aside(contributions=[row], reason="unklar", now=datetime(2026, 11, 20, 9, tzinfo=UTC))
        db.session.commit()

    with app.app_context():
        assert [one.at for one in queries.list_set_aside(conference(town))] == [datetime(2026, 11, 20, 9, tzinfo=UTC)]
