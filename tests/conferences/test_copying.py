"""Copying a conference with everything but the people, and series that go on round by round."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.accounts.models import Municipality
from app.areas.models import Area
from app.conferences import copying, preparation_queries, queries, series, series_page
from app.conferences.copying import CopyPlan
from app.conferences.models import ActionField, Conference, ConferenceSeries, PreparationTask, TeamMember, TopicInput
from app.core.errors import RuleBroken
from app.extensions import db
from app.invitations.models import Invitation, InvitationLetter, Registration
from app.invitations.queries import find_letter
from app.tables.models import TopicTable
from app.tables.queries import list_tables
from tests import factories
from tests.factories import NOW

SPRING = datetime(2027, 3, 21, 13, 0, tzinfo=UTC)  # 14:00 in Germany, a week before the clock change


@pytest.fixture
def town(app) -> factories.Town:
    """The furnished town; its conference is on a Sunday before the clock change of spring 2027."""
    with app.app_context():
        town = factories.furnished_town()
        event = db.session.get(Conference, town.conference)
        event.starts_at, event.ends_at = SPRING, SPRING + timedelta(hours=3)
        for item in preparation_queries.list_agenda(event):
            item.starts_at = SPRING
        topic = db.session.get(factories.Topic, town.topic)
        topic.action_field_id = town.action_field
        topic_again = queries.get_topic(event, town.topic)
        topic_again.indicators = [db.session.get(factories.Indicator, town.indicator)]
        second = factories.table(topic, number=4)
        second.capacity, second.accessible, second.room = 7, False, "Keller"
        factories.add(
            InvitationLetter(
                conference_id=event.id, subject="Einladung", body="{link}", sender="Amt", reply_by=date(2027, 3, 1)
            )
        )
        factories.add(
            TopicInput(
                topic_id=topic.id,
                from_conference_id=event.id,
                position=1,
                source="Nord",
                point_number=1,
                text="Gesagt",
                taken_at=NOW,
            )
        )
        factories.contribution(second)
        db.session.commit()
    return town


def home_of(town) -> Municipality:
    return db.session.get(Municipality, town.municipality)


def copy_of(town, day: date = date(2027, 3, 28), **fields) -> Conference:
    original = queries.get_conference(home_of(town), town.conference)
    plan = CopyPlan(**{"title": "Kopie", "area": original.area, "day": day} | fields)
    return copying.copy_conference(original=original, plan=plan)


def test_topics_questions_indicators_and_action_fields_come_along(app, town):
    with app.app_context():
        new = copy_of(town).id
        db.session.commit()

    with app.app_context():
        topics = queries.list_topics(queries.get_conference(home_of(town), new))
        assert [
            (
                topic.title,
                topic.action_field_id,
                [one.text for one in topic.questions],
                [one.id for one in topic.indicators],
            )
            for topic in topics
        ] == [("Familie im Stadtteil", town.action_field, ["Was fehlt Familien hier?"], [town.indicator])]
        assert queries.list_topic_inputs([topic.id for topic in topics]) == []


def test_tables_come_without_hosts_codes_and_voices(app, town):
    with app.app_context():
        new = copy_of(town).id
        db.session.commit()

    with app.app_context():
        tables = list_tables(queries.get_conference(home_of(town), new))
        codes = set(db.session.scalars(db.select(TopicTable.code)))
        assert [(row.number, row.room, row.capacity, row.accessible, row.host) for row in tables] == [
            (1, "Saal 1", 10, True, ""),
            (2, "Keller", 7, False, ""),
        ]
        assert {row.phase.value for row in tables} == {"preparing"}
        assert len(codes) == 4


def test_preparation_moves_along_and_begins_anew(app, town):
    with app.app_context():
        task = db.session.get(PreparationTask, town.task)
        task.done_at = task.reminded_at = NOW
        item = preparation_queries.list_material(db.session.get(Conference, town.conference))[0]
        item.ready_at = NOW
        new = copy_of(town).id
        db.session.commit()

    with app.app_context():
        row = queries.get_conference(home_of(town), new)
        (agenda,) = preparation_queries.list_agenda(row)
        (task,) = preparation_queries.list_tasks(row)
        (room,) = preparation_queries.list_rooms(row)
        (item,) = preparation_queries.list_material(row)
        assert (row.starts_at, row.ends_at) == (
            datetime(2027, 3, 28, 12, 0, tzinfo=UTC),
            datetime(2027, 3, 28, 15, 0, tzinfo=UTC),
        )
        assert (agenda.title, agenda.room, agenda.starts_at) == ("Begrüßung Musterstadt", "Saal 1", row.starts_at)
        assert (task.due, task.remind_on) == (date(2026, 11, 8), date(2026, 11, 5))
        assert (task.owner_id, task.done_at, task.reminded_at) == (None, None, None)
        assert (room.name, room.seats) == ("Saal Musterstadt", 60)
        assert (item.title, item.owner_id, item.ready_at) == ("Stifte Musterstadt", None, None)


def test_the_letter_comes_along_and_its_day_moves(app, town):
    with app.app_context():
        letter = find_letter(copy_of(town))

        assert (letter.subject, letter.sender, letter.reply_by) == ("Einladung", "Amt", date(2027, 3, 8))


def test_nobody_comes_along_and_secrets_are_new(app, town):
    with app.app_context():
        row = copy_of(town)
        original = db.session.get(Conference, town.conference)

        people = [
            db.session.query(model).filter_by(conference_id=row.id).count()
            for model in (Invitation, Registration, TeamMember)
        ]
        assert people == [0, 0, 0]
        assert {row.wall_token, row.calendar_uid} & {original.wall_token, original.calendar_uid} == set()
        assert (row.calendar_sequence, row.cancelled_at, row.feeds_into_id) == (0, None, None)


def test_terms_come_along_and_registration_closes_as_long_before(app, town):
    with app.app_context():
        original = db.session.get(Conference, town.conference)
        original.capacity, original.seating_rounds = 80, 3
        original.registration_closes_at = datetime(2027, 3, 20, 22, 59, 59, tzinfo=UTC)
        original.cancelled_at = NOW
        row = copy_of(town, series=db.session.get(ConferenceSeries, town.series), series_round=2)

        assert (row.capacity, row.seating_rounds, row.format_id) == (80, 3, town.format)
        assert (row.series_id, row.series_round) == (town.series, 2)
        assert row.registration_closes_at == datetime(2027, 3, 27, 22, 59, 59, tzinfo=UTC)
        assert row.cancelled_at is None


def test_copying_from_the_page(app, town):
    organiser = app.test_client().sign_in(town.organiser)
    path = f"/konferenzen/{town.conference}/kopieren"
    page = organiser.get(path).get_data(as_text=True)
    bad = organiser.submit(path, {"title": "", "area": "999", "day": "bald", "series": "x"})
    done = organiser.submit(
        path, {"title": "Nächster Dialog", "area": town.social_area, "day": "2028-03-19", "series": town.series}
    )

    assert 'value="2028-03-19"' in page
    assert bad.status_code == 422
    assert "Nächster Dialog" in organiser.get(done.location).get_data(as_text=True)
    with app.app_context():
        row = db.session.query(Conference).filter_by(title="Nächster Dialog").one()
        assert (row.series_id, row.series_round) == (town.series, 1)


def test_another_towns_series_is_not_offered(app, town):
    with app.app_context():
        other = factories.furnished_town("Geheimstadt")
        db.session.commit()
    organiser = app.test_client().sign_in(town.organiser)

    response = organiser.submit(
        f"/konferenzen/{town.conference}/kopieren",
        {"title": "Kopie", "area": town.social_area, "day": "2028-03-19", "series": other.series},
    )

    assert response.status_code == 422


def district(town, name: str, days: int, **fields) -> Conference:
    begins = SPRING + timedelta(days=days)
    area = db.session.get(Area, town.quarters[0])
    return factories.conference(
        home_of(town),
        area,
        name,
        starts_at=begins,
        ends_at=begins + timedelta(hours=3),
        series_id=town.series,
        series_round=1,
        **fields,
    )


def round_of(town) -> tuple[ConferenceSeries, list[Conference]]:
    """A series whose first round is two districts and the town conference they feed."""
    row = db.session.get(ConferenceSeries, town.series)
    hall = db.session.get(Conference, town.conference)
    hall.title = "Stadtkonferenz 2027"
    district(town, "Nord 2027", -20, feeds_into_id=hall.id)
    district(town, "Süd 2027", -10, feeds_into_id=hall.id)
    db.session.flush()
    return row, queries.list_conferences_of_series(row)


def test_a_round_goes_on_with_its_chain(app, town):
    with app.app_context():
        row, events = round_of(town)
        days = {event.id: date(2028, 3, 1) + timedelta(days=7 * n) for n, event in enumerate(events)}
        made = series.continue_series(series=row, events=events, days=days, round_number=2)
        db.session.commit()
        hall = next(event.id for event in made if event.title == "Stadtkonferenz 2028")

    with app.app_context():
        found = queries.list_conferences_of_series(db.session.get(ConferenceSeries, town.series))
        second = [event for event in found if event.series_round == 2]
        assert [(event.title, event.feeds_into_id) for event in second] == [
            ("Nord 2028", hall),
            ("Süd 2028", hall),
            ("Stadtkonferenz 2028", None),
        ]


def test_a_district_held_again_alone_feeds_nobody(app, town):
    with app.app_context():
        row, events = round_of(town)
        (made,) = series.continue_series(
            series=row, events=events, days={events[0].id: date(2028, 3, 1)}, round_number=2
        )

        assert (made.title, made.feeds_into_id) == ("Nord 2028", None)


def test_a_round_without_events_or_backwards_is_refused_and_leaves_nothing(app, town):
    with app.app_context():
        row, events = round_of(town)
        before = db.session.query(Conference).count()
        backwards = {events[0].id: date(2028, 4, 1), events[2].id: date(2028, 3, 1)}

        for days in ({}, {999_999: date(2028, 1, 1)}, backwards):
            with pytest.raises(RuleBroken):
                series.continue_series(series=row, events=events, days=days, round_number=2)

        assert db.session.query(Conference).count() == before


def test_rounds_are_told_apart_and_the_latest_comes_first():
    events = [Conference(title=title, series_round=number) for title, number in (("A", None), ("B", 1), ("C", 3))]

    rounds = series_page.by_round(events)

    assert [(number, [one.title for one in known]) for number, known in rounds] == [(3, ["C"]), (1, ["A", "B"])]
    assert (series_page.next_number(rounds), series_page.next_number([])) == (4, 1)
    assert [series_page.chosen_weeks(text) for text in ("26", "27", "x", None)] == [26, 52, 52, 52]


def test_the_next_round_is_shown_before_anything_is_made(app, town):
    with app.app_context():
        round_of(town)
        db.session.commit()
        before = db.session.query(Conference).count()
    organiser = app.test_client().sign_in(town.organiser)
    path = f"/konferenzen/reihen/{town.series}/fortsetzen"

    year = organiser.get(path).get_data(as_text=True)
    weeks = organiser.get(f"{path}?wochen=4&runde=1").get_data(as_text=True)
    nonsense = organiser.get(f"{path}?wochen=x&runde=99999999999").status_code

    assert [text for text in ("2028-03-19", "2028-02-28", "2028-03-09") if f'value="{text}"' not in year] == []
    assert 'value="2027-04-18"' in weeks
    assert nonsense == 200
    with app.app_context():
        assert db.session.query(Conference).count() == before


def line(number: int, **fields) -> dict:
    return {f"events-{number}-{key}": value for key, value in fields.items()}


def test_a_round_is_made_from_the_page(app, town):
    with app.app_context():
        _row, events = round_of(town)
        db.session.commit()
        ids = [event.id for event in events]
    organiser = app.test_client().sign_in(town.organiser)
    path = f"/konferenzen/reihen/{town.series}"

    nothing = organiser.submit(f"{path}/fortsetzen", line(0, event_id=ids[0], day="2028-03-01"))
    undated = organiser.submit(f"{path}/fortsetzen", line(0, event_id=ids[0], day="", held="y"))
    forged = organiser.submit(f"{path}/fortsetzen", line(0, event_id="x", day="2028-03-01", held="y"))
    made = organiser.submit(
        f"{path}/fortsetzen",
        line(0, event_id=ids[0], day="2028-03-01", held="y") | line(1, event_id=ids[1], day="2028-03-08"),
    )

    assert [one.status_code for one in (nothing, undated, forged)] == [422, 422, 422]
    assert "mindestens eine Konferenz" in nothing.get_data(as_text=True)
    assert "Geben Sie das Datum ein." in undated.get_data(as_text=True)
    page = organiser.get(made.location).get_data(as_text=True)
    assert page.index("Runde 2") < page.index("Nord 2028") < page.index("Runde 1") < page.index("Süd 2027")
    assert "Ergebnisse gehen in" in page


def test_a_series_is_made_renamed_and_read_by_departments(app, town):
    organiser = app.test_client().sign_in(town.organiser)
    department = app.test_client().sign_in(town.department)
    made = organiser.submit("/konferenzen/reihen/", {"title": "Sozialraumkonferenzen", "description": "Jedes Jahr"})
    twice = organiser.submit("/konferenzen/reihen/", {"title": "sozialraumkonferenzen"})
    empty = organiser.submit(made.location, {"title": ""})
    organiser.submit(made.location, {"title": "Sechs Räume", "description": ""})

    assert "Noch keine Konferenz in dieser Reihe" in organiser.get(made.location).get_data(as_text=True)
    assert twice.status_code == empty.status_code == 422
    assert "gibt es schon" in twice.get_data(as_text=True)
    assert "Sechs Räume" in department.get("/konferenzen/reihen/").get_data(as_text=True)
    assert department.submit(made.location, {"title": "Fremd"}).status_code == 403


@pytest.mark.parametrize("page", ["", "/fortsetzen"])
def test_pages_of_series_take_the_same_few_statements_for_many(app, town, statements, page):
    with app.app_context():
        district(town, "Nord 2027", -20)
        db.session.commit()
    organiser = app.test_client().sign_in(town.organiser)
    paths = ("/konferenzen/reihen/", f"/konferenzen/reihen/{town.series}{page}")
    counts = []
    for _step in range(2):
        for path in paths:
            organiser.get(path)
            statements.clear()
            organiser.get(path)
            counts.append(len(statements))
        with app.app_context():
            for number in range(3):
                district(town, f"Ort {number}", number, feeds_into_id=town.conference)
                factories.add(ConferenceSeries(municipality_id=town.municipality, title=f"Reihe {number}{len(counts)}"))
            db.session.commit()

    assert counts[:2] == counts[2:]
    assert max(counts) <= 15


def test_action_field_is_chosen_in_the_topic_form(app, town):
    organiser = app.test_client().sign_in(town.organiser)
    path = f"/konferenzen/{town.conference}/themen/{town.topic}"
    with app.app_context():
        other = factories.furnished_town("Geheimstadt")
        db.session.commit()

    foreign = organiser.submit(path, {"title": "Wohnen", "action_field": other.action_field})
    organiser.submit(path, {"title": "Wohnen", "action_field": ""})
    with app.app_context():
        without = queries.get_topic(db.session.get(Conference, town.conference), town.topic).action_field_id
    organiser.submit(path, {"title": "Wohnen", "action_field": town.action_field})

    assert foreign.status_code == 422
    assert without is None
    page = organiser.get(f"/konferenzen/{town.conference}/themen").get_data(as_text=True)
    with app.app_context():
        name = db.session.get(ActionField, town.action_field).name
    assert f"Handlungsfeld: {name}" in page
