import pytest

from app.contributions import addresses
from app.contributions.enums import ContributionState
from app.extensions import db
from app.tables.enums import Phase
from app.tables.models import TopicTable
from tests import factories
from tests.factories import NOW


def add(app, table_id: int, text: str, state=ContributionState.SHOWN, **fields) -> None:
    with app.app_context():
        fields.setdefault("shown_at", NOW)
        factories.contribution(db.session.get(TopicTable, table_id), text, state=state, **fields)
        db.session.commit()


def test_shows_title_tables_codes_and_address(client, town):
    page = client.get(f"/wand/{town.wall_token}").text

    for part in (
        "Expert*innendialog",
        "Familie im Stadtteil",
        f"{town.code[:3]} {town.code[3:]}",
        "localhost/t",
        "<svg",
    ):
        assert part in page


@pytest.mark.parametrize("state", [ContributionState.WAITING, ContributionState.HIDDEN])
def test_never_shows_what_no_host_has_shown(app, client, town, state):
    add(app, town.table, "UNGESEHEN", state, dots=9)

    assert "UNGESEHEN" not in client.get(f"/wand/{town.wall_token}").text


def test_shows_the_newest_three_and_the_strongest_five_with_shared_ranks(app, client, town):
    for number, dots in enumerate([1, 4, 4, 2, 0, 3, 5]):
        add(app, town.table, f"Satz {number};", dots=dots)

    page = client.get(f"/wand/{town.wall_token}").text
    newest, strongest = page.split("Am stärksten")

    assert [f"Satz {n};" in newest for n in range(7)] == [False] * 4 + [True] * 3
    assert [part.split("<")[0] for part in strongest.split('voice__rank">')[1:]] == ["1.", "2.", "2.", "4.", "5."]


def test_keeps_dots_secret_while_their_table_votes(app, client, town):
    add(app, town.table, "Stark", dots=9)
    with app.app_context():
        db.session.get(TopicTable, town.table).phase = Phase.VOTING
        db.session.commit()

    page = client.get(f"/wand/{town.wall_token}").text

    assert "Am stärksten" not in page
    assert "9 Punkte" not in page


def test_one_table_has_a_wall_of_its_own(app, client, town):
    with app.app_context():
        topic = factories.topic(db.session.get(factories.Conference, town.conference), "Wohnen", position=2)
        second = factories.table(topic, number=2).id
        db.session.commit()
    add(app, town.table, "Vom ersten Tisch")
    add(app, second, "Vom zweiten Tisch")

    page = client.get(f"/wand/{town.wall_token}?tisch=2").text

    assert "Vom zweiten Tisch" in page
    assert "Vom ersten Tisch" not in page


@pytest.mark.parametrize("path", ["/wand/falsch", "/wand/{token}?tisch=9", "/wand/{token}?tisch=x"])
def test_unknown_walls(client, town, path):
    assert client.get(path.format(token=town.wall_token)).status_code == 404


def test_addresses_follow_the_public_address(app, town, monkeypatch):
    monkeypatch.setitem(app.config, "PUBLIC_URL", "https://dialog.stadt.example")

    with app.test_request_context():
        way = addresses.way_in(db.session.get(TopicTable, town.table))

    assert way.url == f"https://dialog.stadt.example/t/{town.code}"
    assert way.short == "dialog.stadt.example/t"
