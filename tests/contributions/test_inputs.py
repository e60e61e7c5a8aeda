"""What earlier conferences said, on the phones and on the host's board."""

import gzip

from flask import url_for

from app.conferences.models import TopicInput
from app.extensions import db
from tests import factories
from tests.factories import NOW


def lay(town, count: int, text: str = "Es fehlen Räume <b>") -> None:
    """Points of an earlier conference on the town's topic."""
    for position in range(1, count + 1):
        factories.add(
            TopicInput(
                topic_id=town.topic,
                from_conference_id=town.conference,
                position=position,
                source=f"Stadtteil {position} Nord",
                point_number=position,
                text=f"{text} {position:02}",
                voices=100 - position,
                taken_at=NOW,
            )
        )
    db.session.commit()


def test_the_phone_shows_what_most_people_said_and_how_much_more_there_is(app, town, client):
    with app.app_context():
        lay(town, 15)

    page = client.get(f"/t/{town.code}").get_data(as_text=True)

    assert "Was die Stadtteile sagten" in page
    assert page.index("Räume &lt;b&gt; 01") < page.index("Räume &lt;b&gt; 12")
    assert "Räume &lt;b&gt; 13" not in page
    assert "Stadtteil 1 Nord, 99 Stimmen" in page
    assert "und 3 weitere Punkte" in page


def test_without_earlier_conferences_nothing_is_said_about_them(town, client):
    assert "Stadtteile" not in client.get(f"/t/{town.code}").get_data(as_text=True)


def test_the_board_shows_it_too(app, town):
    with app.app_context():
        lay(town, 2)
    with app.test_request_context():
        address = url_for("contributions.board", table_id=town.table)
    host = app.test_client().sign_in(town.host)

    page = host.get(address).get_data(as_text=True)

    assert "Was die Stadtteile sagten" in page
    assert "Stadtteil 2 Nord, 98 Stimmen" in page


def test_the_phone_page_stays_light_and_takes_as_many_statements(app, town, client, statements):
    client.get(f"/t/{town.code}")
    statements.clear()
    client.get(f"/t/{town.code}")
    empty = len(statements)
    with app.app_context():
        lay(town, 120, "x" * 160)
    statements.clear()

    response = client.get(f"/t/{town.code}", headers={"Accept-Encoding": "gzip"})

    assert len(statements) == empty
    assert len(gzip.decompress(response.data)) > len(response.data)
    assert len(response.data) < 10_000


def test_the_list_for_phones_reads_nothing_more(app, town, client, statements):
    with app.app_context():
        lay(town, 3)
    path, json = f"/t/{town.code}/beitraege", {"Accept": "application/json"}
    client.get(path, headers=json)
    statements.clear()

    client.get(path, headers=json)

    assert len(statements) <= 1
