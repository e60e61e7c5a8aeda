"""Acts on conferences, agenda, tasks and topics."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.accounts.models import Municipality
from app.areas.models import Area
from app.conferences import agenda, preparation_queries, queries, services, tasks, topics
from app.conferences.agenda import AgendaLine
from app.conferences.models import Conference, GuidingQuestion, Topic
from app.core.errors import NotFound, RuleBroken
from app.extensions import db
from app.institutions.enums import InstitutionType
from tests import factories
from tests.factories import NOW


def home_of(town) -> Municipality:
    return db.session.get(Municipality, town.municipality)


def conference_of(town) -> Conference:
    return queries.get_conference(home_of(town), town.conference)


def test_create_conference_makes_title_and_wall_token(app, town):
    with app.app_context():
        area = db.session.get(Area, town.social_area)
        row = services.create_conference(
            municipality=home_of(town), area=area, starts_at=NOW, ends_at=NOW + timedelta(hours=3)
        )
        db.session.commit()
        new = row.id

    with app.app_context():
        row = queries.get_conference(home_of(town), new)
        assert row.title == "Expert*innendialog Musterstadt Mitte 2026"
        assert queries.get_conference_by_wall_token(row.wall_token).id == new
        assert len(row.wall_token) >= 22


def test_a_conference_does_not_end_before_it_begins(app, town):
    with app.app_context():
        area = db.session.get(Area, town.social_area)

        with pytest.raises(RuleBroken):
            services.create_conference(municipality=home_of(town), area=area, starts_at=NOW, ends_at=NOW)


def test_a_new_day_takes_the_agenda_along(app, town):
    with app.app_context():
        conference = conference_of(town)
        agenda.add_agenda_item(conference=conference, starts_at=NOW, title="Begrüßung")
        services.update_conference(
            municipality=home_of(town),
            conference=conference,
            area=conference.area,
            starts_at=datetime(2027, 6, 3, 12, 0, tzinfo=UTC),
            ends_at=datetime(2027, 6, 3, 15, 0, tzinfo=UTC),
        )
        db.session.commit()

    with app.app_context():
        items = preparation_queries.list_agenda(conference_of(town))
        assert [item.starts_at for item in items] == [datetime(2027, 6, 3, 13, 0, tzinfo=UTC)]


def test_save_agenda_changes_adds_and_removes(app, town):
    with app.app_context():
        conference = conference_of(town)
        kept = agenda.add_agenda_item(conference=conference, starts_at=NOW, title="Alt")
        agenda.add_agenda_item(conference=conference, starts_at=NOW, title="Weg damit")
        agenda.save_agenda(
            conference=conference,
            lines=[AgendaLine(NOW + timedelta(hours=1), "Neu"), AgendaLine(NOW, "Geändert", id=kept.id)],
        )
        db.session.commit()

    with app.app_context():
        assert [item.title for item in preparation_queries.list_agenda(conference_of(town))] == ["Geändert", "Neu"]


def test_tasks_are_ticked_off_and_opened_again(app, town):
    with app.app_context():
        department = factories.institution(home_of(town), "Statistik", type=InstitutionType.DEPARTMENT)
        conference = conference_of(town)
        late = tasks.add_task(conference=conference, department=department, title="Später", due=date(2026, 12, 1))
        soon = tasks.add_task(conference=conference, department=department, title="Bald", due=date(2026, 10, 1))
        tasks.complete_task(task=soon, now=NOW)
        tasks.complete_task(task=soon, now=NOW + timedelta(days=1))

        assert soon.done_at == NOW
        assert [task.title for task in preparation_queries.list_tasks(conference)] == ["Später", "Bald"]

        tasks.reopen_task(task=soon)
        tasks.remove_task(task=late)

        assert [(task.title, task.done_at) for task in preparation_queries.list_tasks(conference)] == [("Bald", None)]


def test_topics_keep_questions_indicators_and_order(app, town):
    with app.app_context():
        rate = factories.indicator(home_of(town), key="poverty")
        topics.add_topic(
            conference=conference_of(town),
            title="Wohnen",
            questions=["Was fehlt?", "Was hilft?"],
            indicators=[rate],
        )
        topics.add_topic(conference=conference_of(town), title="", is_open=True)
        db.session.commit()

    with app.app_context():
        rows = queries.list_topics(conference_of(town))
        assert [(row.position, row.title, row.is_open) for row in rows] == [
            (1, "Familie im Stadtteil", False),
            (2, "Wohnen", False),
            (3, "Freies Thema", True),
        ]
        assert [question.text for question in rows[1].questions] == ["Was fehlt?", "Was hilft?"]
        assert [indicator.key for indicator in rows[1].indicators] == ["poverty"]


def test_only_an_open_topic_is_set_on_the_day(app, town):
    with app.app_context():
        fixed = queries.get_topic(conference_of(town), town.topic)
        free = topics.add_topic(conference=conference_of(town), title="", is_open=True)

        with pytest.raises(RuleBroken):
            topics.set_open_topic(topic=fixed, title="Anders")
        with pytest.raises(RuleBroken):
            topics.set_open_topic(topic=free, title="  ")
        topics.set_open_topic(topic=free, title=" Verkehr  vor Schulen ", question="Wer fährt?")

        assert (free.title, [question.text for question in free.questions]) == ("Verkehr vor Schulen", ["Wer fährt?"])
        assert fixed.title == "Familie im Stadtteil"


def test_a_used_topic_stays_and_an_unused_one_goes(app, town):
    with app.app_context():
        unused = topics.add_topic(conference=conference_of(town), title="Wohnen", questions=["Was fehlt?"])
        topics.remove_topic(topic=queries.get_topic(conference_of(town), unused.id))
        with pytest.raises(RuleBroken):
            topics.remove_topic(topic=queries.get_topic(conference_of(town), town.topic))
        db.session.commit()

    with app.app_context():
        assert [topic.id for topic in db.session.query(Topic)] == [town.topic]
        assert db.session.query(GuidingQuestion).count() == 1


def test_others_conferences_topics_and_tasks_are_not_found(app, town):
    with app.app_context():
        foreign = factories.small_town("Nachbarstadt")

        with pytest.raises(NotFound):
            queries.get_conference(home_of(town), foreign.conference)
        with pytest.raises(NotFound):
            queries.get_topic(conference_of(town), foreign.topic)
        with pytest.raises(NotFound):
            queries.get_conference_by_wall_token("falsch")
        assert [row.id for row in queries.list_conferences(home_of(town))] == [town.conference]
