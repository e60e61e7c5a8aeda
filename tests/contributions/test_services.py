import threading

import pytest
from sqlalchemy import select

from app.accounts.models import AuditEntry, Membership, User
from app.conferences.models import Conference
from app.contributions import queries, services, steps, voting
from app.contributions.enums import ContributionState, Kind, Origin
from app.contributions.models import Contribution, Dot
from app.core.errors import NotFound, RuleBroken
from app.extensions import db
from app.tables.enums import Phase
from app.tables.models import TopicTable
from tests import factories
from tests.contributions.room import client_id, sent
from tests.factories import NOW


@pytest.fixture
def table(app, town):
    with app.test_request_context():
        yield queries.get_table(town.code)


def host(town) -> User:
    return db.session.get(User, db.session.get(Membership, town.organiser).user_id)


def in_phase(table: TopicTable, phase: Phase) -> TopicTable:
    table.phase = phase
    db.session.flush()
    return table


def stored() -> list[Contribution]:
    return list(db.session.scalars(select(Contribution).order_by(Contribution.id)))


class TestContributing:
    def test_raises_the_tables_version_and_leaves_the_wall_alone(self, table):
        accepted = services.contribute(table=table, sent=sent(), participant="p", now=NOW)

        assert accepted.is_new
        assert accepted.contribution.state is ContributionState.WAITING
        assert (table.version, table.conference.wall_version) == (1, 0)

    def test_the_same_again_changes_nothing(self, table):
        entry = sent()
        first = services.contribute(table=table, sent=entry, participant="p", now=NOW)

        again = services.contribute(table=table, sent=entry, participant=None, now=NOW)

        assert (again.contribution.id, again.is_new) == (first.contribution.id, False)
        assert (len(stored()), table.version) == (1, 1)

    @pytest.mark.parametrize("change", [{"text": "anders"}, {"kind": Kind.IDEA}])
    def test_another_entry_under_the_same_id_is_refused(self, table, change):
        key = client_id()
        services.contribute(table=table, sent=sent(client_id=key), participant="p", now=NOW)

        with pytest.raises(RuleBroken, match="anderer Beitrag"):
            services.contribute(table=table, sent=sent(client_id=key, **change), participant="p", now=NOW)

        assert [one.text for one in stored()] == ["Es fehlt ein offener Treff."]

    def test_an_id_of_another_table_is_refused(self, table):
        key = client_id()
        other = TopicTable(
            conference_id=table.conference_id,
            topic_id=table.topic_id,
            number=2,
            title="T",
            code="ZZZZZ2",
            phase=Phase.COLLECTING,
        )
        db.session.add(other)
        db.session.flush()
        services.contribute(table=table, sent=sent(client_id=key), participant="p", now=NOW)

        with pytest.raises(RuleBroken):
            services.contribute(table=queries.get_table("ZZZZZ2"), sent=sent(client_id=key), participant="p", now=NOW)

    @pytest.mark.parametrize("phase", [Phase.PREPARING, Phase.CLOSED])
    def test_a_table_that_is_not_open_takes_nothing(self, table, phase):
        in_phase(table, phase)

        with pytest.raises(RuleBroken, match="nicht"):
            services.contribute(table=table, sent=sent(), participant="p", now=NOW)

        assert stored() == []

    def test_what_arrived_before_closing_is_confirmed_afterwards(self, table):
        entry = sent()
        first = services.contribute(table=table, sent=entry, participant="p", now=NOW)
        in_phase(table, Phase.CLOSED)

        again = services.contribute(table=table, sent=entry, participant="p", now=NOW)

        assert again.contribution.id == first.contribution.id

    def test_a_table_closed_in_the_same_moment_takes_nothing(self, table):
        table_id = table.id
        db.session.execute(TopicTable.__table__.update().where(TopicTable.id == table_id).values(phase="closed"))

        with pytest.raises(RuleBroken, match="geschlossen"):
            services.contribute(table=table, sent=sent(), participant="p", now=NOW)

    def test_what_a_host_types_is_shown_at_once(self, table):
        row = services.contribute(table=table, sent=sent(), participant=None, now=NOW, origin=Origin.HOST).contribution

        assert (row.state, row.shown_at, row.origin) == (ContributionState.SHOWN, NOW, Origin.HOST)
        assert table.conference.wall_version == 1


class TestModerating:
    def test_show_hide_and_undo_keep_text_and_reason(self, table, town):
        row = factories.contribution(table)

        services.show(table=table, contribution=row, user=host(town), now=NOW)
        services.hide(table=table, contribution=row, reason="doppelt", user=host(town), now=NOW)

        assert (row.state, row.hidden_reason, row.text) == (
            ContributionState.HIDDEN,
            "doppelt",
            "Es fehlt ein offener Treff.",
        )
        assert (table.version, table.conference.wall_version) == (2, 2)

        services.take_back(table=table, contribution=row, user=host(town), now=NOW)

        assert (row.state, row.hidden_reason, row.shown_at) == (ContributionState.WAITING, None, None)

    def test_hiding_what_waits_does_not_touch_the_wall(self, table, town):
        row = factories.contribution(table)

        services.hide(table=table, contribution=row, reason="doppelt", user=host(town), now=NOW)

        assert table.conference.wall_version == 0

    def test_hiding_needs_a_reason(self, table, town):
        row = factories.contribution(table)

        with pytest.raises(RuleBroken, match="Grund"):
            services.hide(table=table, contribution=row, reason=" ", user=host(town), now=NOW)

    def test_acts_are_in_the_trail_without_the_text(self, table, town):
        row = factories.contribution(table, text="Geheimer Wortlaut")

        services.show(table=table, contribution=row, user=host(town), now=NOW)

        sentences = [entry.sentence for entry in db.session.scalars(select(AuditEntry))]
        assert sentences == [f"Tisch 1: Beitrag {row.id} ist jetzt „gezeigt“."]

    def test_the_second_host_sees_what_the_first_did(self, app, town):
        """Both loaded it waiting; hiding after showing must still reach the wall."""
        with app.test_request_context():
            row = factories.contribution(queries.get_table(town.code))
            db.session.commit()
            contribution_id = row.id
        with app.test_request_context():
            table = queries.get_table(town.code)
            stale = queries.get_contribution(table, contribution_id)
            db.session.execute(Contribution.__table__.update().values(state="shown"))

            services.hide(table=table, contribution=stale, reason="doppelt", user=host(town), now=NOW)

            assert table.conference.wall_version == 1


class TestSteps:
    def test_a_step_raises_both_versions_and_is_in_the_trail(self, table, town):
        moved = steps.enter_step(table=table, phase=Phase.VOTING, user=host(town), now=NOW)

        assert moved
        assert table.phase is Phase.VOTING
        assert table.version > 0
        assert table.conference.wall_version == 1

    def test_the_same_step_twice_is_one(self, table, town):
        assert not steps.enter_step(table=table, phase=Phase.COLLECTING, user=host(town), now=NOW)

    def test_a_step_out_of_order_is_refused(self, table, town):
        in_phase(table, Phase.PREPARING)

        with pytest.raises(RuleBroken):
            steps.enter_step(table=table, phase=Phase.VOTING, user=host(town), now=NOW)

    def test_an_open_topic_gets_its_title_and_the_table_follows(self, app, town):
        with app.test_request_context():
            table = queries.get_table_with_topic(town.code)
            table.topic.is_open = True

            steps.name_open_topic(table=table, title=" Orte ohne  Kasse ", user=host(town), now=NOW)

            assert (table.topic.title, table.title) == ("Orte ohne Kasse", "Orte ohne Kasse")


class TestDots:
    def test_giving_and_taking_back_count_in_the_contribution(self, table):
        row = factories.contribution(in_phase(table, Phase.VOTING))

        voting.give_dot(table=table, contribution=row, participant="a", now=NOW)
        voting.give_dot(table=table, contribution=row, participant="b", now=NOW)
        voting.give_dot(table=table, contribution=row, participant="b", now=NOW)
        voting.take_dot(table=table, contribution=row, participant="a")
        voting.take_dot(table=table, contribution=row, participant="a")

        db.session.refresh(row)
        assert row.dots == 1
        assert voting.ballot(table, "b") == voting.Ballot([row.id], 2)

    def test_the_budget_ends(self, table):
        rows = [factories.contribution(in_phase(table, Phase.VOTING), text=f"{n}") for n in range(4)]
        for row in rows[:3]:
            voting.give_dot(table=table, contribution=row, participant="a", now=NOW)

        with pytest.raises(RuleBroken, match="alle Punkte"):
            voting.give_dot(table=table, contribution=rows[3], participant="a", now=NOW)

        assert voting.ballot(table, "a").left == 0

    @pytest.mark.parametrize("phase", [Phase.PREPARING, Phase.COLLECTING, Phase.CLOSED])
    def test_dots_are_given_only_while_voting(self, table, phase):
        row = factories.contribution(in_phase(table, phase))

        with pytest.raises(RuleBroken, match="abstimmt"):
            voting.give_dot(table=table, contribution=row, participant="a", now=NOW)

    def test_hidden_contributions_get_none(self, table):
        row = factories.contribution(in_phase(table, Phase.VOTING), state=ContributionState.HIDDEN)

        with pytest.raises(NotFound):
            voting.give_dot(table=table, contribution=row, participant="a", now=NOW)


def at_once(app, act, count: int) -> list:
    """Run `act(number)` in so many threads at the same moment; returns results or errors."""
    barrier, results = threading.Barrier(count), []

    def run(number):
        with app.test_request_context(method="POST"):
            barrier.wait()
            try:
                results.append(act(number))
            except Exception as error:
                results.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_one_id_sent_by_many_at_once_is_one_row(app, town):
    key = client_id()

    def send(_number):
        accepted = services.contribute(
            table=queries.get_table(town.code), sent=sent(client_id=key), participant=None, now=NOW
        )
        answer = accepted.contribution.id, accepted.is_new
        db.session.commit()
        return answer

    results = at_once(app, send, 12)

    with app.app_context():
        assert len(stored()) == 1
        assert queries.get_table(town.code).version == 1
    assert sorted(is_new for _, is_new in results) == [False] * 11 + [True]


def test_many_at_once_leave_no_version_out(app, town):
    def send(number):
        services.contribute(
            table=queries.get_table(town.code), sent=sent(f"Beitrag {number}"), participant=None, now=NOW
        )
        db.session.commit()

    at_once(app, send, 12)

    with app.app_context():
        assert (len(stored()), queries.get_table(town.code).version) == (12, 12)


def test_simultaneous_taps_do_not_exceed_the_budget(app, town):
    with app.app_context():
        table = in_phase(queries.get_table(town.code), Phase.VOTING)
        ids = [factories.contribution(table, text=f"{n}").id for n in range(8)]
        db.session.commit()

    def give(number):
        table = queries.get_table(town.code)
        row = queries.get_contribution(table, ids[number])
        voting.give_dot(table=table, contribution=row, participant="a", now=NOW)
        db.session.commit()

    results = at_once(app, give, 8)

    with app.app_context():
        assert len(db.session.scalars(select(Dot)).all()) == 3
        assert sum(db.session.scalars(select(Contribution.dots))) == 3
        assert db.session.get(Conference, town.conference).dot_budget == 3
    assert sum(isinstance(result, RuleBroken) for result in results) == 5
