"""Acts on tables and seats."""

import pytest

from app.accounts.models import Municipality
from app.conferences import queries as conference_queries
from app.conferences import topics
from app.core import tokens
from app.core.errors import NotFound, RuleBroken
from app.extensions import db
from app.seating.services import seat_registration
from app.tables import queries, services
from app.tables.enums import Phase
from app.tables.models import TopicTable
from tests import factories
from tests.factories import NOW
from tests.tables.people import conference_of, guest


def table_of(town) -> TopicTable:
    return queries.get_table(db.session.get(Municipality, town.municipality), town.table)


def test_parallel_tables_get_roman_numbers_and_running_numbers(app, town):
    with app.app_context():
        topic = conference_queries.get_topic(conference_of(town), town.topic)
        services.add_table(topic=topic, host="Ali", room="Saal 2", capacity=8)
        services.add_table(topic=topic)
        db.session.commit()

    with app.app_context():
        tables = queries.list_tables(conference_of(town))
        assert [(table.number, table.title, table.host) for table in tables] == [
            (1, "Familie im Stadtteil I", "Toni Tisch"),
            (2, "Familie im Stadtteil II", "Ali"),
            (3, "Familie im Stadtteil III", ""),
        ]
        assert all(len(table.code) == tokens.CODE_LENGTH for table in tables)
        assert len({table.code for table in tables}) == 3


def test_removing_a_parallel_table_takes_the_numbers_back_and_keeps_the_people(app, town):
    with app.app_context():
        topic = conference_queries.get_topic(conference_of(town), town.topic)
        second = services.add_table(topic=topic)
        person = guest(town, "Adam")
        seat_registration(table=second, registration=person)
        services.remove_table(table=queries.get_table_of(conference_of(town), second.id))
        db.session.commit()

    with app.app_context():
        assert [table.title for table in queries.list_tables(conference_of(town))] == ["Familie im Stadtteil"]
        assert [row.last_name for row in queries.seats_by_table(conference_of(town)).unseated] == ["Adam"]


def test_a_table_in_use_is_not_removed(app, town):
    with app.app_context():
        opened = table_of(town)
        with pytest.raises(RuleBroken):
            services.remove_table(table=opened)
        opened.phase = Phase.PREPARING
        factories.contribution(opened)

        with pytest.raises(RuleBroken):
            services.remove_table(table=opened)


def test_missing_tables_are_added_once(app, town):
    with app.app_context():
        conference = conference_of(town)
        topics.add_topic(conference=conference, title="Wohnen")
        everything = conference_queries.list_topics(conference)

        first = services.add_missing_tables(conference=conference, topics=everything)
        second = services.add_missing_tables(conference=conference, topics=everything)

        assert ([table.title for table in first], second) == (["Wohnen"], [])
        assert first[0].phase is Phase.PREPARING


def test_a_taken_code_is_not_given_again(app, town, monkeypatch):
    codes = iter([town.code, town.code, "NEU222"])
    monkeypatch.setattr(tokens, "new_code", lambda: next(codes))

    with app.app_context():
        row = services.add_table(topic=conference_queries.get_topic(conference_of(town), town.topic))

        assert row.code == "NEU222"


def test_the_open_topic_gives_its_tables_their_title(app, town):
    with app.app_context():
        free = topics.add_topic(conference=conference_of(town), title="", is_open=True)
        first, second = services.add_table(topic=free), services.add_table(topic=free)
        before = first.version
        topics.set_open_topic(topic=free, title="Schulweg")

        assert (first.title, second.title) == ("Schulweg I", "Schulweg II")
        assert first.version == before + 1


def test_a_table_runs_through_its_phases(app, town):
    with app.app_context():
        table = services.add_table(topic=conference_queries.get_topic(conference_of(town), town.topic))
        start = table.version
        seen = []
        services.open_table(table=table, now=NOW)
        seen.append(table.phase)
        services.start_voting(table=table)
        seen.append(table.phase)
        services.close_table(table=table)
        seen.append(table.phase)
        services.reopen_table(table=table, now=NOW.replace(year=2027))

        assert [*seen, table.phase] == [Phase.COLLECTING, Phase.VOTING, Phase.CLOSED, Phase.COLLECTING]
        assert table.opened_at == NOW
        assert table.version == start + 4


def test_a_table_skips_no_phase(app, town):
    with app.app_context():
        table = services.add_table(topic=conference_queries.get_topic(conference_of(town), town.topic))

        with pytest.raises(RuleBroken):
            services.start_voting(table=table)
        with pytest.raises(RuleBroken):
            services.close_table(table=table)
        assert table.phase is Phase.PREPARING


def test_another_municipalitys_table_is_not_found(app, town):
    with app.app_context():
        foreign = factories.small_town("Nachbarstadt")

        with pytest.raises(NotFound):
            queries.get_table(db.session.get(Municipality, town.municipality), foreign.table)
        with pytest.raises(NotFound):
            queries.get_table_of(conference_of(town), foreign.table)
