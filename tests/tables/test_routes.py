"""The station „Vorbereiten“."""

import pytest

from app.conferences import topics
from app.extensions import db
from app.invitations.enums import Place
from app.seating.services import seat_registration
from app.tables import queries, services
from app.tables.announcements import table_changed
from app.tables.enums import Phase
from app.tables.models import TopicTable
from tests import factories
from tests.tables.people import conference_of, guest


@pytest.fixture
def foreign(app) -> factories.Town:
    with app.app_context():
        other = factories.small_town("Geheimstadt")
        guest(other, "Geheimgast")
        db.session.commit()
    return other


@pytest.fixture
def base(town) -> str:
    return f"/konferenzen/{town.conference}"


def test_the_page_counts_who_has_a_place_and_leads_to_the_seats(app, town, organiser, foreign, base):
    with app.app_context():
        table = queries.get_table_of(conference_of(town), town.table)
        table.accessible = False
        seat_registration(table=table, registration=guest(town, "Adam", town.topic))
        gone = guest(town, "Berta")
        seat_registration(table=table, registration=gone)
        gone.place = Place.CANCELLED
        db.session.commit()

    page = organiser.get(f"{base}/tische/").get_data(as_text=True)

    assert "1 von 10 Plätzen" in page
    assert "nicht barrierefrei" in page
    assert f"{town.code[:3]} {town.code[3:]}" in page
    assert f'href="{base}/plaetze/"' in page
    assert "Geheim" not in page


def test_empty_stages_offer_the_next_step(app, town, organiser, base):
    with app.app_context():
        db.session.query(TopicTable).delete()
        db.session.commit()

    page = organiser.get(f"{base}/tische/").get_data(as_text=True)
    made = organiser.submit(f"{base}/tische/alle")
    again = organiser.submit(f"{base}/tische/alle")

    assert "Tische zu allen Themen anlegen" in page
    assert "Ein Tisch ist angelegt." in organiser.get(made.location).get_data(as_text=True)
    assert again.location == f"{base}/tische/"
    with app.app_context():
        assert [table.phase for table in db.session.query(TopicTable)] == [Phase.PREPARING]


def test_another_table_for_a_topic(app, town, organiser, base):
    response = organiser.submit(f"{base}/themen/{town.topic}/tische")

    assert response.location == f"{base}/tische/#tisch-2"
    with app.app_context():
        assert [table.title for table in queries.list_tables(conference_of(town))] == [
            "Familie im Stadtteil I",
            "Familie im Stadtteil II",
        ]


def test_editing_a_table(app, town, organiser, base):
    path = f"{base}/tische/{town.table}"
    good = organiser.submit(path, {"room": "Werkraum", "host": "Ada", "capacity": "12"})
    bad = [organiser.submit(path, {"room": "x" * 90, "capacity": value}) for value in ("0", "viele", "", "9" * 30)]

    assert good.location == f"{base}/tische/#tisch-1"
    assert [response.status_code for response in bad] == [422] * 4
    with app.app_context():
        table = db.session.get(TopicTable, town.table)
        assert (table.room, table.host, table.capacity, table.accessible) == ("Werkraum", "Ada", 12, False)


def test_phases_change_by_button_and_are_announced(app, town, organiser, base):
    heard = []

    def listen(table_id):
        heard.append(table_id)

    table_changed.connect(listen)
    organiser.submit(f"{base}/tische/{town.table}/phase", {"phase": "voting"})
    wrong = organiser.submit(f"{base}/tische/{town.table}/phase", {"phase": "preparing"})
    nonsense = organiser.submit(f"{base}/tische/{town.table}/phase", {"phase": "quatsch"})

    assert heard == [town.table]
    assert "Laden Sie die Seite neu" in organiser.get(wrong.location).get_data(as_text=True)
    assert nonsense.location == wrong.location
    with app.app_context():
        assert db.session.get(TopicTable, town.table).phase is Phase.VOTING


def test_all_waiting_tables_open_at_once(app, town, organiser, base):
    organiser.submit(f"{base}/themen/{town.topic}/tische")
    organiser.submit(f"{base}/tische/oeffnen")

    with app.app_context():
        assert {table.phase for table in db.session.query(TopicTable)} == {Phase.COLLECTING}


def test_the_open_topic_is_set_on_the_day(app, town, organiser, base):
    with app.app_context():
        free = topics.add_topic(conference=conference_of(town), title="", is_open=True)
        services.add_table(topic=free)
        db.session.commit()
        topic_id = free.id
    path = f"{base}/themen/{topic_id}/festlegen"

    form = organiser.get(path).get_data(as_text=True)
    empty = organiser.submit(path, {"title": " "})
    organiser.submit(path, {"title": "Schulweg", "question": "Wer geht zu Fuß?"})
    fixed = organiser.submit(f"{base}/themen/{town.topic}/festlegen", {"title": "Anders"})

    assert "Bisher heißt es „Freies Thema“" in form
    assert (empty.status_code, fixed.status_code) == (422, 422)
    with app.app_context():
        assert [table.title for table in queries.list_tables(conference_of(town))] == [
            "Familie im Stadtteil",
            "Schulweg",
        ]


def test_removing_a_table(app, town, organiser, base):
    organiser.submit(f"{base}/themen/{town.topic}/tische")
    with app.app_context():
        second = queries.list_tables(conference_of(town))[1].id
    organiser.submit(f"{base}/tische/{second}/entfernen")
    organiser.submit(f"{base}/tische/{town.table}/entfernen")

    with app.app_context():
        assert [table.id for table in queries.list_tables(conference_of(town))] == [town.table]


def test_foreign_ids_are_404_everywhere(app, town, organiser, foreign, base):
    other = f"/konferenzen/{foreign.conference}"
    for path in (
        f"{other}/tische/",
        f"{other}/druck/",
        f"{other}/druck/tischkarten.pdf",
        f"{base}/tische/{foreign.table}",
    ):
        response = organiser.get(path)
        assert response.status_code == 404
        assert "Geheim" not in response.get_data(as_text=True)
    for path in (f"{other}/tische/alle", f"{base}/tische/{foreign.table}/phase"):
        assert organiser.submit(path, {"phase": "closed"}).status_code == 404
    with app.app_context():
        assert db.session.get(TopicTable, foreign.table).phase is Phase.COLLECTING


def test_departments_look_and_do_not_touch(app, town, base):
    colleague = app.test_client().sign_in(town.department)

    assert colleague.get(f"{base}/tische/").status_code == 200
    assert colleague.get(f"{base}/druck/").status_code == 200
    assert colleague.submit(f"{base}/tische/alle").status_code == 403


@pytest.mark.parametrize("page", ["tische/", "druck/", "druck/tischkarten.pdf", "druck/anwesenheitsliste.pdf"])
def test_statements_do_not_grow_with_rows(app, town, organiser, statements, base, page):
    _fill(app, town, 1)
    statements.clear()
    organiser.get(f"{base}/{page}")
    one = len(statements)
    _fill(app, town, 2)
    statements.clear()

    organiser.get(f"{base}/{page}")

    assert len(statements) == one <= 15


def _fill(app, town, count: int) -> None:
    with app.app_context():
        for number in range(count):
            topic = topics.add_topic(conference=conference_of(town), title=f"Thema {number}", questions=["Was?"])
            table = services.add_table(topic=topic)
            seat_registration(table=table, registration=guest(town, f"Adam {number}", topic.id))
            guest(town, f"Berta {number}", topic.id, town.topic)
        db.session.commit()
