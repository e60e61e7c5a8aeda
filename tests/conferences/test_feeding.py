"""Who may take part, where results go, and what calendars and floors above learn of a change."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.accounts.models import Municipality
from app.conferences import cancelling, queries, rules, services
from app.conferences.announcements import conference_changed
from app.conferences.enums import Participation
from app.conferences.models import Conference
from app.core import clock
from app.core.errors import RuleBroken
from app.extensions import db
from tests import factories
from tests.factories import NOW

LATER = NOW + timedelta(days=30)


def home_of(town) -> Municipality:
    return db.session.get(Municipality, town.municipality)


def conference_of(town) -> Conference:
    return queries.get_conference(home_of(town), town.conference)


def another(town, title: str, starts_at: datetime = LATER, **fields) -> Conference:
    area = conference_of(town).area
    ends_at = starts_at + timedelta(hours=3)
    return factories.conference(home_of(town), area, title, starts_at=starts_at, ends_at=ends_at, **fields)


def as_it_is(conference: Conference, **changes) -> dict:
    names = ("area", "title", "starts_at", "ends_at", "venue", "venue_address", "moderation", "dot_budget")
    return {name: getattr(conference, name) for name in names} | changes


def update(town, **changes) -> set[str]:
    row = conference_of(town)
    return services.update_conference(municipality=home_of(town), conference=row, **as_it_is(row, **changes))


@pytest.fixture
def heard():
    """What floors above are told."""
    told = []

    def listen(conference, *, changed, now):
        told.append((conference.id, changed, now))

    conference_changed.connect(listen)
    yield told
    conference_changed.disconnect(listen)


STARTS = {1: NOW, 2: NOW + timedelta(days=1), 3: NOW + timedelta(days=2)}


@pytest.mark.parametrize(
    ("own", "begins", "into", "feeds", "problem"),
    [
        (1, STARTS[1], 2, {1: None, 2: None, 3: None}, None),
        (1, STARTS[1], None, {1: 2, 2: None, 3: None}, None),
        (None, STARTS[1], 3, {1: None, 2: 3, 3: None}, None),
        (2, STARTS[2], 1, {1: None, 2: None, 3: None}, "earlier"),
        (None, STARTS[2], 2, {1: None, 2: None, 3: None}, "earlier"),
        (1, STARTS[1], 1, {1: None, 2: None, 3: None}, "circle"),
        (1, STARTS[1], 3, {1: None, 2: 1, 3: 2}, "circle"),
        (3, STARTS[1], None, {1: 3, 2: None, 3: None}, "fed later"),
        (1, STARTS[1], 2, {1: 2, 2: 3, 3: 2}, None),
    ],
)
def test_results_only_go_forward_in_time_and_never_in_a_circle(own, begins, into, feeds, problem):
    assert rules.feeding_problem(own, begins, into, STARTS, feeds) == problem


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Expert*innendialog Mitte 2026", "Expert*innendialog Mitte 2027"),
        ("Dialog 2026/27", "Dialog 2027/27"),
        ("Haus 12026", "Haus 12026"),
        ("Ohne Jahr", "Ohne Jahr"),
    ],
)
def test_a_title_follows_the_year(title, expected):
    assert rules.title_in_year(title, 2026, 2027) == expected


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31), date(2027, 6, 1)])
def test_registration_lasts_until_the_end_of_the_day_in_germany(day):
    closes = rules.end_of_day(day).astimezone(UTC)

    assert clock.local_date(closes) == day
    assert clock.local_date(closes + timedelta(seconds=1)) == day + timedelta(days=1)


def test_moving_by_days_keeps_the_clock_over_both_changes():
    begins = datetime(2027, 3, 27, 13, 0, tzinfo=UTC)

    assert rules.moved_by_days(begins, 1) == datetime(2027, 3, 28, 12, 0, tzinfo=UTC)
    assert rules.moved_by_days(begins, 218) == datetime(2027, 10, 31, 13, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "rises"),
    [
        ({"venue": "Rathaus"}, 1),
        ({"venue_address": "Markt 1"}, 1),
        ({"title": "Neu"}, 1),
        ({"starts_at": NOW, "ends_at": NOW + timedelta(hours=1)}, 1),
        ({"dot_budget": 5, "capacity": 80}, 0),
        ({}, 0),
    ],
)
def test_calendars_learn_of_time_place_and_title(app, town, changes, rises):
    with app.app_context():
        update(town, **changes)
        db.session.commit()

    with app.app_context():
        assert db.session.get(Conference, town.conference).calendar_sequence == rises


def test_floors_above_learn_what_changed_and_a_seed_tells_nobody(app, town, heard):
    with app.app_context():
        changed = update(town, capacity=80, venue="Rathaus", now=NOW)
        unchanged = update(town, venue="Rathaus", now=NOW)
        update(town, capacity=90)

    assert changed == {"capacity", "venue"}
    assert unchanged == set()
    assert heard == [(town.conference, {"capacity", "venue"}, NOW)]


def test_what_is_left_unsaid_stays(app, town):
    with app.app_context():
        later = another(town, "Stadtweit")
        update(town, participation=Participation.MIXED, capacity=60, feeds_into=later, seating_rounds=3)
        update(town, venue="Rathaus")
        db.session.commit()
        target = later.id

    with app.app_context():
        row = db.session.get(Conference, town.conference)
        assert (row.participation, row.capacity, row.feeds_into_id, row.seating_rounds, row.venue) == (
            Participation.MIXED,
            60,
            target,
            3,
            "Rathaus",
        )


def test_a_chain_is_checked_when_it_moves_and_let_alone_otherwise(app, town):
    with app.app_context():
        early = another(town, "Früher", NOW - timedelta(days=30))
        conference_of(town).feeds_into_id = early.id  # as an old import may have left it
        db.session.flush()

        update(town, venue="Rathaus")
        with pytest.raises(RuleBroken):
            update(town, starts_at=NOW, ends_at=NOW + timedelta(hours=1))
        with pytest.raises(RuleBroken):
            update(town, feeds_into=conference_of(town))


def test_results_do_not_go_to_another_town(app, town):
    with app.app_context():
        other = factories.small_town("Geheimstadt")
        foreign = db.session.get(Conference, other.conference)
        foreign.starts_at, foreign.ends_at = LATER, LATER + timedelta(hours=1)
        db.session.flush()

        with pytest.raises(RuleBroken):
            update(town, feeds_into=foreign)


def form(town, **fields) -> dict:
    return {
        "area": town.social_area,
        "title": "Dialog",
        "day": "2027-03-28",
        "starts": "14:00",
        "ends": "17:30",
        "venue": "Kulturhaus",
        "participation": "open",
        "moderation": "before_wall",
        "dot_budget": "3",
        **fields,
    }


def test_the_form_stores_who_may_come_until_when_and_in_which_series(app, town, organiser):
    with app.app_context():
        begins = clock.now() + timedelta(days=900)
        later = another(town, "Stadtweit", begins)
        series = factories.add(factories.ConferenceSeries(municipality_id=town.municipality, title="Stadtteile"))
        db.session.commit()
        ids = {"series": series.id, "feeds_into": later.id}

    organiser.submit(
        "/konferenzen/neu",
        form(town, capacity="80", registration_closes="2027-03-20", series_round="2", seating_rounds="3", **ids),
    )

    with app.app_context():
        row = db.session.query(Conference).filter_by(title="Dialog").one()
        assert (row.participation, row.capacity, row.series_round, row.seating_rounds) == (Participation.OPEN, 80, 2, 3)
        assert (row.series_id, row.feeds_into_id) == (ids["series"], ids["feeds_into"])
        assert row.registration_closes_at == datetime(2027, 3, 20, 22, 59, 59, tzinfo=UTC)
    page = organiser.get(f"/konferenzen/{row.id}/bearbeiten").get_data(as_text=True)
    assert 'value="2027-03-20"' in page
    assert "Stadtteile, Runde 2" in organiser.get("/konferenzen/").get_data(as_text=True)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"registration_closes": "2027-03-29"}, "nicht nach der Konferenz"),
        ({"registration_closes": "0001-01-01"}, "Prüfen Sie das Jahr."),
        ({"capacity": "0"}, "Zwischen 1 und 5.000 Plätze."),
        ({"capacity": "viele"}, ""),
        ({"series_round": "100"}, "Zwischen 1 und 99."),
        ({"seating_rounds": "7"}, ""),
        ({"participation": "alle"}, ""),
        ({"series": "99999999999999999999"}, ""),
        ({"feeds_into": "x"}, ""),
        ({"format": "1e3"}, ""),
    ],
)
def test_bad_terms_are_answered(app, town, organiser, fields, message):
    response = organiser.submit("/konferenzen/neu", form(town, **fields))

    assert response.status_code == 422
    assert message in response.get_data(as_text=True)
    with app.app_context():
        assert db.session.query(Conference).count() == 1


def test_a_chain_backwards_is_answered_beside_the_field(app, town, organiser):
    with app.app_context():
        soon = another(town, "Bald", clock.now() + timedelta(days=2))
        db.session.commit()
        target = soon.id

    response = organiser.submit("/konferenzen/neu", form(town, day="2099-03-28", feeds_into=target))

    assert response.status_code == 422
    assert "die später beginnt" in response.get_data(as_text=True)


def test_who_is_invited_must_be_told_of_another_place_and_nobody_else(app, town, organiser):
    path = f"/konferenzen/{town.conference}/bearbeiten"
    quiet = organiser.submit(path, form(town)).location
    with app.app_context():
        house = db.session.get(factories.Institution, town.institution)
        factories.invitation(db.session.get(Conference, town.conference), house)
        db.session.commit()

    moved = organiser.submit(path, form(town, venue="Rathaus")).location
    renamed = organiser.submit(path, form(town, venue="Rathaus", title="Anders")).location

    assert (quiet, renamed) == (path, path)
    assert "weiß davon noch nichts" in organiser.get(moved).get_data(as_text=True)


def test_cancelling_and_taking_it_back_both_reach_calendars(app, town, heard):
    before = NOW - timedelta(days=1)
    with app.app_context():
        row = conference_of(town)
        cancelling.cancel_conference(conference=row, reason="  Sturm ", now=before)
        state = (row.cancelled_at, row.cancellation_reason, row.calendar_sequence)
        with pytest.raises(RuleBroken):
            cancelling.cancel_conference(conference=row, reason="Noch einmal", now=before)
        cancelling.restore_conference(conference=row, now=before)
        with pytest.raises(RuleBroken):
            cancelling.restore_conference(conference=row, now=before)

        assert state == (before, "Sturm", 1)
        assert (row.cancelled_at, row.cancellation_reason, row.calendar_sequence) == (None, "", 2)
    assert [changed for _id, changed, _now in heard] == [{"cancelled_at", "cancellation_reason"}] * 2


@pytest.mark.parametrize("reason", ["", "   ", "x" * 256])
def test_a_cancellation_gives_its_reason(app, town, reason):
    with app.app_context(), pytest.raises(RuleBroken):
        cancelling.cancel_conference(conference=conference_of(town), reason=reason, now=NOW)


def test_what_took_place_is_not_cancelled(app, town):
    with app.app_context(), pytest.raises(RuleBroken):
        cancelling.cancel_conference(conference=conference_of(town), reason="Sturm", now=LATER)


def test_the_cancel_page_counts_who_must_know_and_marks_it_everywhere(app, town, organiser):
    with app.app_context():
        row = db.session.get(Conference, town.conference)
        row.starts_at, row.ends_at = clock.now() + timedelta(days=9), clock.now() + timedelta(days=9, hours=2)
        house = db.session.get(factories.Institution, town.institution)
        invited = factories.invitation(row, house)
        refused = factories.institution(home_of(town), "Verein")
        factories.invitation(row, refused, answer="no")
        factories.registration(row, house, invitation_id=invited.id)
        factories.registration(row, house, place="waiting")
        factories.registration(row, house, place="cancelled")
        db.session.commit()
    path = f"/konferenzen/{town.conference}/absagen"

    asked = organiser.get(path).get_data(as_text=True)
    empty = organiser.submit(path, {"reason": ""})
    done = organiser.submit(path, {"reason": "Sturm <b>"})

    assert "eine eingeladene Institution" in asked
    assert "2 angemeldete Personen" in asked
    assert empty.status_code == 422
    assert "Sturm &lt;b&gt;" in organiser.get(done.location).get_data(as_text=True)
    for page in (
        "/konferenzen/",
        f"/konferenzen/{town.conference}/",
        "/",
        f"/konferenzen/{town.conference}/bearbeiten",
    ):
        assert "bgesagt" in organiser.get(page).get_data(as_text=True), page
    department, host = (app.test_client().sign_in(member) for member in (town.department, town.host))
    assert "abgesagt" in department.get("/").get_data(as_text=True)
    assert "Abgesagt am" in host.get("/").get_data(as_text=True)
    organiser.submit(f"/konferenzen/{town.conference}/absage-zuruecknehmen")
    with app.app_context():
        row = db.session.get(Conference, town.conference)
        assert (row.cancelled_at, row.calendar_sequence) == (None, 2)
