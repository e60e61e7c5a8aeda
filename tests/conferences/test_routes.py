"""Pages that make and prepare a conference."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.accounts.models import Municipality
from app.conferences import agenda, queries, tasks, topics
from app.conferences.models import AgendaItem, Conference, PreparationTask, Topic
from app.core import clock
from app.extensions import db
from app.indicators.queries import list_indicators
from app.institutions.enums import InstitutionType
from tests import factories


@pytest.fixture
def foreign(app) -> factories.Town:
    with app.app_context():
        other = factories.small_town("Geheimstadt")
        db.session.commit()
    return other


@pytest.fixture
def department(app, town) -> int:
    with app.app_context():
        home = db.session.get(Municipality, town.municipality)
        row = factories.institution(home, "Fachbereich Statistik", type=InstitutionType.DEPARTMENT)
        db.session.commit()
        return row.id


def typed(town, **fields) -> dict:
    return {
        "area": town.social_area,
        "title": "",
        "day": "2027-03-28",
        "starts": "14:00",
        "ends": "17:30",
        "venue": "Kulturhaus",
        "venue_address": "",
        "participation": "invitation",
        "moderation": "before_wall",
        "dot_budget": "3",
        **fields,
    }


def test_the_list_shows_only_the_own_conferences(organiser, foreign):
    page = organiser.get("/konferenzen/").get_data(as_text=True)

    assert "Expert*innendialog Musterstadt Mitte" in page
    assert "Geheimstadt" not in page


def test_the_list_puts_upcoming_before_past(app, town, organiser):
    with app.app_context():
        area = queries.get_conference(db.session.get(Municipality, town.municipality), town.conference).area
        home, now = db.session.get(Municipality, town.municipality), clock.now()
        for title, days in (("Fern", 60), ("Nah", 20), ("Früher", -400)):
            begin = now + timedelta(days=days)
            factories.conference(home, area, title, starts_at=begin, ends_at=begin + timedelta(hours=3))
        db.session.get(Conference, town.conference).ends_at = now - timedelta(days=1)
        db.session.commit()

    page = organiser.get("/konferenzen/").get_data(as_text=True)

    places = [page.index(text) for text in ("Kommende", ">Nah<", ">Fern<", "Vergangene", ">Früher<")]
    assert places == sorted(places)


def test_creating_stores_german_time_as_utc_and_leads_to_the_topics(app, town, organiser):
    response = organiser.submit("/konferenzen/neu", typed(town))

    with app.app_context():
        row = db.session.query(Conference).order_by(Conference.id.desc()).first()
        assert response.location == f"/konferenzen/{row.id}/themen"
        assert row.starts_at == datetime(2027, 3, 28, 12, 0, tzinfo=UTC)
        assert (row.title, row.venue) == ("Expert*innendialog Musterstadt Mitte 2027", "Kulturhaus")
    assert "Noch keine Themen" in organiser.get(response.location).get_data(as_text=True)


def test_the_empty_form_proposes_everything_it_can(organiser):
    page = organiser.get("/konferenzen/neu").get_data(as_text=True)

    assert 'value="14:00"' in page
    assert 'value="17:45"' in page
    assert 'value="3"' in page


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"ends": "13:00"}, "Das Ende muss nach dem Beginn liegen."),
        ({"day": ""}, "Geben Sie das Datum ein."),
        ({"day": "0001-01-01"}, "Prüfen Sie das Jahr."),
        ({"day": "9999-12-31"}, "Prüfen Sie das Jahr."),
        ({"day": "31.12."}, None),
        ({"starts": "25:99"}, None),
        ({"dot_budget": "0"}, "Zwischen 1 und 20 Punkte."),
        ({"dot_budget": "viele"}, None),
        ({"area": "99999999999999999999"}, None),
        ({"area": ""}, None),
        ({"moderation": "egal"}, None),
    ],
)
def test_bad_input_is_kept_and_answered(app, town, organiser, fields, message):
    response = organiser.submit("/konferenzen/neu", typed(town, **fields))

    assert response.status_code == 422
    assert "Kulturhaus" in response.get_data(as_text=True)
    assert (message or "") in response.get_data(as_text=True)
    with app.app_context():
        assert db.session.query(Conference).count() == 1


def test_another_towns_area_is_refused(town, organiser, foreign):
    response = organiser.submit("/konferenzen/neu", typed(town, area=foreign.social_area))

    assert response.status_code == 422


def test_editing_shows_german_time_and_saves(app, town, organiser):
    path = f"/konferenzen/{town.conference}/bearbeiten"
    page = organiser.get(path).get_data(as_text=True)
    organiser.submit(path, typed(town, title="Neuer Titel", starts="09:00", ends="12:00"))

    assert 'value="14:00"' in page
    with app.app_context():
        row = db.session.get(Conference, town.conference)
        assert (row.title, row.starts_at) == ("Neuer Titel", datetime(2027, 3, 28, 7, 0, tzinfo=UTC))


def test_a_topic_with_questions_and_figures(app, town, organiser):
    organiser.submit(
        f"/konferenzen/{town.conference}/themen/neu",
        {"title": "Wohnen", "questions": "Was fehlt?\nWas hilft?", "indicators": town.indicator},
    )

    page = organiser.get(f"/konferenzen/{town.conference}/themen").get_data(as_text=True)
    assert all(text in page for text in ("Wohnen", "Was fehlt?", "Was hilft?", "SGB-II-Quote"))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"title": ""}, "Geben Sie das Thema ein."),
        ({"title": "Wohnen", "questions": "Was?\n" * 9}, "Höchstens 8 Leitfragen"),
        ({"title": "Wohnen", "questions": "x" * 300}, "höchstens 255 Zeichen"),
        ({"title": "x" * 121}, ""),
        ({"title": "Wohnen", "indicators": "99999999999999999999"}, ""),
    ],
)
def test_a_bad_topic_is_answered_beside_the_field(town, organiser, fields, message):
    response = organiser.submit(f"/konferenzen/{town.conference}/themen/neu", fields)

    assert response.status_code == 422
    assert message in response.get_data(as_text=True)


def test_renaming_a_topic_renames_its_table(app, town, organiser):
    organiser.submit(f"/konferenzen/{town.conference}/themen/{town.topic}", {"title": "Familie und Kita"})

    page = organiser.get(f"/konferenzen/{town.conference}/tische/").get_data(as_text=True)
    assert "Familie und Kita" in page
    assert "Familie im Stadtteil" not in page


def test_a_removed_topic_can_be_brought_back(app, town, organiser):
    with app.app_context():
        home = db.session.get(Municipality, town.municipality)
        conference = queries.get_conference(home, town.conference)
        topic = topics.add_topic(conference=conference, title="Wohnen", questions=["Was fehlt?"])
        db.session.commit()
        topic_id = topic.id

    organiser.submit(f"/konferenzen/{town.conference}/themen/{topic_id}/entfernen")
    offer = organiser.get(f"/konferenzen/{town.conference}/themen").get_data(as_text=True)
    form = organiser.get(f"/konferenzen/{town.conference}/themen/neu").get_data(as_text=True)

    assert "Entferntes Thema zurückholen" in offer
    assert 'value="Wohnen"' in form
    assert "Was fehlt?" in form
    with app.app_context():
        assert db.session.query(Topic).count() == 1


def test_a_topic_with_a_table_is_not_removed(app, town, organiser):
    response = organiser.submit(f"/konferenzen/{town.conference}/themen/{town.topic}/entfernen")

    assert "schon Tische oder Wünsche" in organiser.get(response.location).get_data(as_text=True)
    with app.app_context():
        assert db.session.query(Topic).count() == 1


def line(number: int, **fields) -> dict:
    return {f"lines-{number}-{key}": value for key, value in fields.items()}


def test_the_agenda_is_proposed_saved_and_changed(app, town, organiser):
    path = f"/konferenzen/{town.conference}/ablauf"
    proposal = organiser.get(path).get_data(as_text=True)
    organiser.submit(path, line(0, at="15:00", title="Tischrunde") | line(1, at="14:00", title="Begrüßung") | line(2))
    with app.app_context():
        items = db.session.query(AgendaItem).order_by(AgendaItem.starts_at).all()
        titles = [(item.title, item.starts_at) for item in items]
        first = items[0].id
    organiser.submit(path, line(0, item_id=first, at="14:00", title="Begrüßung", remove="y") | line(1, item_id="x"))

    assert "Ein Vorschlag zum Anpassen" in proposal
    assert titles == [
        ("Begrüßung", datetime(2026, 11, 20, 13, 0, tzinfo=UTC)),
        ("Tischrunde", datetime(2026, 11, 20, 14, 0, tzinfo=UTC)),
    ]
    with app.app_context():
        assert db.session.query(AgendaItem).count() == 0


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"title": "Ohne Zeit"}, "Geben Sie die Uhrzeit ein."),
        ({"at": "14:00"}, "Sagen Sie, was um diese Zeit geschieht."),
        ({"at": "zwei", "title": "Pause"}, ""),
    ],
)
def test_a_bad_agenda_line_is_answered(app, town, organiser, fields, message):
    response = organiser.submit(f"/konferenzen/{town.conference}/ablauf", line(0, **fields))

    assert response.status_code == 422
    assert message in response.get_data(as_text=True)
    with app.app_context():
        assert db.session.query(AgendaItem).count() == 0


def test_more_agenda_lines_keep_what_was_typed(town, organiser):
    page = organiser.submit(
        f"/konferenzen/{town.conference}/ablauf", line(0, at="14:00", title="Begrüßung") | {"more": "1"}
    ).get_data(as_text=True)

    assert 'value="Begrüßung"' in page
    assert 'name="lines-2-title"' in page


def test_a_task_is_added_ticked_removed_and_brought_back(app, town, organiser, department):
    base = f"/konferenzen/{town.conference}/aufgaben"
    organiser.submit(base, {"department": department, "title": "Daten freigeben", "due": "2026-10-01"})
    with app.app_context():
        task_id = db.session.query(PreparationTask).one().id

    partial = organiser.submit(f"{base}/{task_id}/erledigt", headers={"HX-Request": "true"}).get_data(as_text=True)
    reopened = organiser.submit(f"{base}/{task_id}/offen")
    removed = organiser.submit(f"{base}/{task_id}/entfernen")
    offered = organiser.get(removed.location).get_data(as_text=True)
    organiser.submit(f"{base}/zurueckholen")
    organiser.submit(f"{base}/zurueckholen")

    assert partial.lstrip().startswith('<section id="conferences-tasks"')
    assert "Alles erledigt" in partial
    assert reopened.location == base
    assert "„Daten freigeben“ zurückholen" in offered
    with app.app_context():
        back = db.session.query(PreparationTask).one()
        assert (back.title, back.due, back.department_id) == ("Daten freigeben", date(2026, 10, 1), department)


@pytest.mark.parametrize("query", ["fachbereich=x&wer=gestern", "fachbereich=99999999999999999999999"])
def test_a_mangled_address_of_the_tasks_is_harmless(town, organiser, department, query):
    assert organiser.get(f"/konferenzen/{town.conference}/aufgaben?{query}").status_code == 200


def test_a_task_for_an_institution_that_is_no_department_is_refused(town, organiser, department):
    response = organiser.submit(
        f"/konferenzen/{town.conference}/aufgaben",
        {"department": town.institution, "title": "Daten freigeben", "due": "2026-10-01"},
    )

    assert response.status_code == 422


def test_another_towns_conference_is_not_found(app, town, organiser, foreign):
    for path in ("bearbeiten", "themen", "themen/neu", f"themen/{foreign.topic}", "ablauf", "aufgaben"):
        response = organiser.get(f"/konferenzen/{foreign.conference}/{path}")

        assert response.status_code == 404
        assert "Geheimstadt" not in response.get_data(as_text=True)
    assert organiser.get(f"/konferenzen/{town.conference}/themen/{foreign.topic}").status_code == 404
    assert organiser.submit(f"/konferenzen/{foreign.conference}/bearbeiten", typed(town)).status_code == 404


def test_departments_read_and_tick_and_do_nothing_else(app, town, department):
    with app.app_context():
        home = db.session.get(Municipality, town.municipality)
        conference = queries.get_conference(home, town.conference)
        task = tasks.add_task(
            conference=conference,
            department=db.session.get_one(type(factories.institution(home, "X")), department),
            title="Daten freigeben",
            due=date(2026, 10, 1),
        )
        db.session.commit()
        task_id = task.id
    colleague = app.test_client().sign_in(town.department)
    base = f"/konferenzen/{town.conference}"

    assert colleague.get(f"{base}/themen").status_code == 200
    assert colleague.get(f"{base}/aufgaben").status_code == 200
    assert colleague.submit(f"{base}/aufgaben/{task_id}/erledigt").location == f"{base}/aufgaben"
    assert colleague.submit(f"{base}/aufgaben/{task_id}/entfernen").status_code == 403
    assert colleague.get(f"{base}/bearbeiten").status_code == 403


@pytest.mark.parametrize("page", ["", "themen", "ablauf", "aufgaben"])
def test_statements_do_not_grow_with_rows(app, town, organiser, department, statements, page):
    path = f"/konferenzen/{town.conference}/{page}" if page else "/konferenzen/"
    _fill(app, town, department, 1)
    statements.clear()
    organiser.get(path)
    one = len(statements)
    _fill(app, town, department, 2)
    statements.clear()

    organiser.get(path)

    assert len(statements) == one <= 15


def _fill(app, town, department: int, count: int) -> None:
    with app.app_context():
        home = db.session.get(Municipality, town.municipality)
        conference = queries.get_conference(home, town.conference)
        rows = list_indicators(home)
        for _number in range(count):
            topics.add_topic(conference=conference, title="Thema", questions=["Was?"], indicators=rows)
            agenda.add_agenda_item(conference=conference, starts_at=conference.starts_at, title="Pause")
            factories.add(
                PreparationTask(
                    conference_id=conference.id, department_id=department, title="Tun", due=date(2026, 10, 1)
                )
            )
            factories.conference(home, conference.area)
        db.session.commit()
