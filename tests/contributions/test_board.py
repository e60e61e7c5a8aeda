import pytest
from sqlalchemy import select

from app.accounts.models import Municipality
from app.areas.models import Area
from app.conferences.models import Topic
from app.contributions.enums import ContributionState, Origin
from app.contributions.models import Contribution
from app.extensions import db
from app.tables.enums import Phase
from app.tables.models import TopicTable
from tests import factories
from tests.contributions.room import client_id

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def host(app, town):
    """A browser signed in as a host."""
    return app.test_client().sign_in(town.host)


@pytest.fixture
def board(town) -> str:
    return f"/tische/{town.table}/moderation"


def add(app, town, text="Es fehlt ein Treff.", **fields) -> int:
    with app.app_context():
        row = factories.contribution(db.session.get(TopicTable, town.table), text, **fields)
        db.session.commit()
        return row.id


def state_of(app, contribution: int) -> tuple:
    with app.app_context():
        row = db.session.get(Contribution, contribution)
        return row.state, row.hidden_reason


def phase_of(app, town) -> Phase:
    with app.app_context():
        return db.session.get(TopicTable, town.table).phase


def test_shows_each_list_with_its_count(app, host, town, board):
    add(app, town, "Wartender")
    add(app, town, "Gezeigter", state=ContributionState.SHOWN, dots=2)
    add(app, town, "Verborgener", state=ContributionState.HIDDEN, hidden_reason="doppelt")

    page = host.get(board).text

    for words in ("Wartender", "Gezeigter", "2 Punkte", "Verborgener", "Grund: doppelt"):
        assert words in page
    assert page.count('data-count="waiting">1<') == 1


def test_showing_hiding_and_undoing(app, host, town, board):
    contribution = add(app, town)
    one = f"{board}/beitraege/{contribution}"

    assert host.submit(f"{one}/zeigen").location == board
    assert state_of(app, contribution) == (ContributionState.SHOWN, None)
    host.submit(f"{one}/ausblenden", {"reason": "Name genannt"})
    assert state_of(app, contribution) == (ContributionState.HIDDEN, "Name genannt")
    host.submit(f"{one}/zuruecknehmen")
    assert state_of(app, contribution) == (ContributionState.WAITING, None)


def test_with_htmx_the_answer_is_the_card_in_its_new_list(app, host, town, board):
    contribution = add(app, town, "Wandert")

    answer = host.submit(f"{board}/beitraege/{contribution}/zeigen", headers=HTMX)

    assert f'hx-target="#karte-{contribution}" hx-swap="delete"' in answer.text
    assert 'hx-target="#contributions-shown" hx-swap="afterbegin"' in answer.text
    assert "Wandert" in answer.text


def test_hiding_without_a_reason_is_refused_in_words(app, host, town, board):
    contribution = add(app, town)

    answer = host.submit(f"{board}/beitraege/{contribution}/ausblenden", headers=HTMX)
    page = host.get(host.submit(f"{board}/beitraege/{contribution}/ausblenden").location)

    assert answer.status_code == 409
    assert "Nennen Sie einen Grund" in answer.text
    assert "Nennen Sie einen Grund" in page.text
    assert state_of(app, contribution)[0] is ContributionState.WAITING


class TestEntering:
    def test_is_shown_at_once_and_marked(self, app, host, town, board):
        data = {"text": "Gesagt, nicht getippt", "kind": "idea", "client_id": client_id(), "area": "0101"}

        assert host.submit(f"{board}/beitraege", data).location == board

        with app.app_context():
            row = db.session.scalar(select(Contribution))
            assert (row.state, row.origin, row.area_id) == (ContributionState.SHOWN, Origin.HOST, town.quarters[0])

    def test_answers_htmx_with_the_card_and_an_empty_form(self, host, board):
        data = {"text": "Gesagt, nicht getippt", "kind": "idea", "client_id": client_id()}

        answer = host.submit(f"{board}/beitraege", data, headers=HTMX).text

        assert "Gesagt, nicht getippt" in answer
        assert data["client_id"] not in answer
        assert 'hx-target="#contributions-entry"' in answer

    @pytest.mark.parametrize("headers", [{}, HTMX])
    def test_keeps_what_was_typed_when_something_is_missing(self, host, board, headers):
        answer = host.submit(f"{board}/beitraege", {"text": "Halb fertig", "client_id": client_id()}, headers=headers)

        assert answer.status_code == 422
        assert "Halb fertig</textarea>" in answer.text

    @pytest.mark.parametrize("headers", [{}, HTMX])
    def test_a_closed_table_keeps_it_too(self, app, host, town, board, headers):
        with app.app_context():
            db.session.get(TopicTable, town.table).phase = Phase.CLOSED
            db.session.commit()
        data = {"text": "Zu spät", "kind": "idea", "client_id": client_id()}

        answer = host.submit(f"{board}/beitraege", data, headers=headers)

        assert answer.status_code == 409
        assert "Zu spät</textarea>" in answer.text


class TestSteps:
    @pytest.mark.parametrize("phase", ["voting", "closed"])
    def test_are_taken(self, app, host, town, board, phase):
        assert host.submit(f"{board}/schritt", {"phase": phase}).location == board
        assert phase_of(app, town) == phase

    @pytest.mark.parametrize("phase", ["", "nirgends", "preparing"])
    def test_that_do_not_exist_are_refused(self, app, host, town, board, phase):
        assert host.submit(f"{board}/schritt", {"phase": phase}, headers=HTMX).status_code == 409
        assert phase_of(app, town) is Phase.COLLECTING

    def test_the_open_topic_gets_its_title(self, app, host, town, board):
        with app.app_context():
            db.session.get(Topic, town.topic).is_open = True
            db.session.commit()

        host.submit(f"{board}/thema", {"title": "Orte ohne Kasse"})

        assert "Orte ohne Kasse" in host.get(f"/t/{town.code}").text

    def test_a_fixed_topic_keeps_its_title(self, host, board):
        assert host.submit(f"{board}/thema", {"title": "Anderes"}, headers=HTMX).status_code == 409


class TestRoom:
    def test_shows_every_table_with_its_counts_and_links(self, app, organiser, town):
        add(app, town)
        add(app, town, state=ContributionState.SHOWN)

        page = organiser.get(f"/konferenzen/{town.conference}/raum").text

        for part in ("Familie im Stadtteil", f"/tische/{town.table}/moderation", f"/wand/{town.wall_token}", "<svg"):
            assert part in page

    def test_opens_and_closes_all_tables(self, app, organiser, town):
        organiser.submit(f"/konferenzen/{town.conference}/raum", {"phase": "closed"})
        assert phase_of(app, town) is Phase.CLOSED
        with app.app_context():
            db.session.get(TopicTable, town.table).phase = Phase.PREPARING
            db.session.commit()

        organiser.submit(f"/konferenzen/{town.conference}/raum", {"phase": "collecting"})

        assert phase_of(app, town) is Phase.COLLECTING

    def test_opening_all_leaves_closed_tables_closed(self, app, organiser, town):
        organiser.submit(f"/konferenzen/{town.conference}/raum", {"phase": "closed"})

        organiser.submit(f"/konferenzen/{town.conference}/raum", {"phase": "collecting"})

        assert phase_of(app, town) is Phase.CLOSED

    def test_a_conference_without_tables_offers_the_first_step(self, app, organiser, town):
        with app.app_context():
            conference = factories.conference(
                db.session.get(Municipality, town.municipality),
                db.session.get(Area, town.quarters[0]),
            )
            db.session.commit()
            empty = conference.id

        assert "Tische aufstellen" in organiser.get(f"/konferenzen/{empty}/raum").text


class TestAccess:
    @pytest.fixture
    def stranger(self, app):
        """A host of another municipality."""
        with app.app_context():
            other = factories.small_town("Nachbarstadt", "nachbarstadt")
            db.session.commit()
        return app.test_client().sign_in(other.host)

    def test_another_municipalitys_host_finds_nothing(self, app, stranger, town, board):
        contribution = add(app, town, "MARKE")
        one = f"{board}/beitraege/{contribution}"

        assert stranger.get(board).status_code == 404
        assert stranger.get(f"{board}/strom").status_code == 404
        assert stranger.get(f"/konferenzen/{town.conference}/raum").status_code == 404
        for path in (
            f"{one}/zeigen",
            f"{one}/ausblenden",
            f"{one}/zuruecknehmen",
            f"{board}/schritt",
            f"{board}/thema",
        ):
            assert stranger.submit(path, {"phase": "closed", "title": "x", "reason": "x"}).status_code == 404
        assert stranger.submit(f"{board}/beitraege", {"text": "x", "kind": "idea"}).status_code == 404
        assert state_of(app, contribution) == (ContributionState.WAITING, None)
        assert phase_of(app, town) is Phase.COLLECTING

    def test_another_tables_contribution_is_not_found(self, app, host, board):
        with app.app_context():
            other = factories.small_town("Nachbarstadt", "nachbarstadt")
            foreign = factories.contribution(db.session.get(TopicTable, other.table), "MARKE").id
            db.session.commit()

        assert host.submit(f"{board}/beitraege/{foreign}/zeigen").status_code == 404
        assert state_of(app, foreign) == (ContributionState.WAITING, None)

    def test_departments_read_the_room_and_moderate_nothing(self, app, town, board):
        department = app.test_client().sign_in(town.department)

        assert department.get(f"/konferenzen/{town.conference}/raum").status_code == 200
        assert department.get(board).status_code == 403

    def test_hosts_do_not_open_the_whole_room(self, host, town):
        assert host.submit(f"/konferenzen/{town.conference}/raum", {"phase": "closed"}).status_code == 403

    def test_acts_need_the_token(self, app, host, town, board):
        contribution = add(app, town)

        assert host.post(f"{board}/beitraege/{contribution}/zeigen").status_code == 400
        assert state_of(app, contribution)[0] is ContributionState.WAITING


@pytest.mark.parametrize("count", [1, 3])
class TestStatements:
    def many(self, app, town, count) -> int:
        with app.app_context():
            for number in range(2, count + 1):
                factories.table(db.session.get(Topic, town.topic), number=number)
            db.session.commit()
        ids = [
            add(app, town, f"{state} {n}", state=state, area_id=town.quarters[n], hidden_reason="x", dots=n)
            for n in range(count)
            for state in ContributionState
        ]
        return ids[0]

    def test_pages(self, app, organiser, client, town, board, statements, count):
        self.many(app, town, count)

        for visitor, path in (
            (organiser, board),
            (organiser, f"/konferenzen/{town.conference}/raum"),
            (client, f"/wand/{town.wall_token}"),
        ):
            statements.clear()
            visitor.get(path)
            assert len(statements) <= 9, path

    def test_acts(self, app, organiser, town, board, statements, count):
        contribution = self.many(app, town, count)
        organiser.csrf_token()
        statements.clear()

        organiser.submit(f"{board}/beitraege/{contribution}/zeigen")

        assert len(statements) <= 16
