"""The streams: the whole first, then each change once, for phones, hosts and walls."""

import pytest

from app.conferences.enums import Moderation
from app.conferences.models import Conference
from app.core import live
from app.extensions import db
from app.tables.announcements import table_changed
from app.tables.enums import Phase
from app.tables.models import TopicTable
from tests import factories
from tests.contributions.room import Listener, event_id, submit


@pytest.fixture
def listen(app):
    """Connect pages that are disconnected afterwards."""
    listeners = []

    def connect(client, path: str) -> Listener:
        listeners.append(Listener(client, path))
        return listeners[-1]

    yield connect
    for one in listeners:
        one.close()


def add(app, town, text="Es fehlt ein Treff.", **fields) -> int:
    with app.app_context():
        row = factories.contribution(db.session.get(TopicTable, town.table), text, **fields)
        db.session.commit()
        return row.id


def act(town, contribution: int, name: str) -> str:
    return f"/tische/{town.table}/moderation/beitraege/{contribution}/{name}"


def test_a_phone_gets_the_whole_table_first(app, client, town, listen):
    add(app, town, "Schon da")

    snapshot = listen(client, f"/t/{town.code}/strom").next()

    assert event_id(snapshot) == 0
    assert "event:" not in snapshot
    assert "Schon da" in snapshot
    assert "Was fehlt Familien hier?" in snapshot
    assert "csrf_token" not in snapshot


def test_what_one_sends_the_others_get_once(app, client, town, listen):
    phone, other = listen(client, f"/t/{town.code}/strom"), listen(app.test_client(), f"/t/{town.code}/strom")
    phone.next(), other.next()

    submit(client, town.code, "Hallo <b>Tisch</b>")

    for listener in (phone, other):
        event = listener.next()
        assert event_id(event) == 1
        assert 'hx-target="#contributions-feed-list" hx-swap="afterbegin"' in event
        assert "Hallo &lt;b&gt;Tisch&lt;/b&gt;" in event


def test_nothing_falls_between_snapshot_and_events(client, town, listen):
    submit(client, town.code, "Vorher")
    phone = listen(client, f"/t/{town.code}/strom")
    submit(client, town.code, "Nachher")

    snapshot, event = phone.next(), phone.next()

    assert ("Vorher" in snapshot, "Nachher" in snapshot) == (True, False)
    assert ("Vorher" in event, "Nachher" in event) == (False, True)
    assert (event_id(snapshot), event_id(event)) == (1, 2)


def test_a_repeated_sending_is_no_event(client, town, listen):
    phone = listen(client, f"/t/{town.code}/strom")
    key = submit(client, town.code, "Einmal").json["client_id"]
    phone.next(), phone.next()

    submit(client, town.code, "Einmal", client_id=key)
    submit(client, town.code, "Danach")

    assert "Danach" in phone.next()


def test_the_board_gets_it_too_without_anybodys_token(client, organiser, town, listen):
    board = listen(organiser, f"/tische/{town.table}/moderation/strom")
    assert "Wartet auf Sie" in board.next()

    submit(client, town.code, "Für die Moderation")

    event = board.next()
    assert 'hx-target="#contributions-waiting" hx-swap="beforeend"' in event
    assert "Für die Moderation" in event
    assert "csrf_token" not in event


def test_the_wall_shows_only_what_a_host_showed(app, client, organiser, town, listen):
    wall = listen(client, f"/wand/{town.wall_token}/strom")
    own = listen(client, f"/wand/{town.wall_token}/strom?tisch=1")
    phone = listen(client, f"/t/{town.code}/strom")
    contribution = submit(client, town.code, "Für alle im Saal").json["id"]
    assert "Für alle im Saal" not in wall.next() + own.next()
    phone.next(), phone.next()

    organiser.submit(act(town, contribution, "zeigen"))

    assert "Für alle im Saal" in wall.next()
    assert "Für alle im Saal" in own.next()
    phone.next()

    organiser.submit(act(town, contribution, "ausblenden"), {"reason": "doppelt"})

    assert "Für alle im Saal" not in wall.next() + own.next()
    gone = phone.next()
    assert f'hx-target="#beitrag-{contribution}" hx-swap="delete"' in gone
    assert "Für alle im Saal" not in gone


def test_where_the_host_looks_first_the_table_gets_it_afterwards(app, client, organiser, town, listen):
    with app.app_context():
        db.session.get(Conference, town.conference).moderation = Moderation.BEFORE_TABLE
        db.session.commit()
    phone = listen(client, f"/t/{town.code}/strom")
    contribution = submit(client, town.code, "Erst prüfen").json["id"]
    phone.next()
    assert "Erst prüfen" not in phone.next()

    organiser.submit(act(town, contribution, "zeigen"))

    assert "Erst prüfen" in phone.next()


def test_a_new_step_reaches_phones_boards_and_walls(client, organiser, town, listen):
    phone = listen(client, f"/t/{town.code}/strom")
    board = listen(organiser, f"/tische/{town.table}/moderation/strom")
    wall = listen(client, f"/wand/{town.wall_token}/strom")
    phone.next(), board.next(), wall.next()

    organiser.submit(f"/tische/{town.table}/moderation/schritt", {"phase": "voting"})

    assert "Jetzt Punkte vergeben" in phone.next()
    assert "Stand: Punkte vergeben" in board.next()
    assert "contributions-wall" in wall.next()


def test_a_change_made_elsewhere_reaches_the_phones(app, client, town, listen):
    phone = listen(client, f"/t/{town.code}/strom")
    phone.next()
    with app.test_request_context():
        table = db.session.get(TopicTable, town.table)
        table.phase, table.version = Phase.CLOSED, table.version + 1
        db.session.commit()

        table_changed.send(town.table)

    assert "Der Tisch ist geschlossen" in phone.next()


def test_a_reconnecting_phone_gets_everything_it_missed(client, town, listen):
    for number in range(80):
        submit(client, town.code, f"Beitrag {number:02}")

    snapshot = listen(client, f"/t/{town.code}/strom").next()

    assert all(f"Beitrag {number:02}" in snapshot for number in range(80))


def test_one_snapshot_serves_every_phone_until_something_changes(app, client, town, listen, statements):
    submit(client, town.code, "Eins")
    listen(client, f"/t/{town.code}/strom").next()
    statements.clear()
    listen(client, f"/t/{town.code}/strom").next()
    repeated = len(statements)

    submit(client, town.code, "Zwei")

    assert "Zwei" in listen(client, f"/t/{town.code}/strom").next()
    assert repeated == 4


def test_leaving_is_noticed(app, client, town):
    listener = Listener(client, f"/t/{town.code}/strom")

    with app.app_context():
        before = live.bus().subscriber_count()
        listener.close()
        assert live.bus().subscriber_count() == before - 1


def test_a_stream_that_cannot_start_leaves_nobody_behind(app, client, town):
    with app.app_context():
        before = live.bus().subscriber_count()

    assert client.get(f"/wand/{town.wall_token}/strom?tisch=77").status_code == 404
    assert client.get("/wand/falsch/strom").status_code == 404

    with app.app_context():
        assert live.bus().subscriber_count() == before
