"""Places and the line: fifty people at once, moving up, out of turn."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from app.accounts.models import Municipality
from app.conferences.announcements import conference_changed
from app.conferences.models import Conference
from app.core import clock
from app.core.errors import RuleBroken
from app.extensions import db
from app.invitations import places
from app.invitations.announcements import places_given
from app.invitations.enums import Place
from app.invitations.models import Registration
from app.invitations.rules import Person
from app.registrations import services
from app.registrations.opening import register_openly
from app.registrations.rules import Entry
from tests.registrations import scenes

PEOPLE, SEATS = 50, 20


def at_once(app, people: int, act) -> None:
    """Let `people` act in the same moment, each in a transaction and on a connection of their own."""
    start = Barrier(people)

    def one(number: int) -> None:
        with app.app_context():
            start.wait()
            act(number)
            db.session.commit()

    with app.app_context():
        db.engine.dispose()
    with ThreadPoolExecutor(people) as pool:
        list(pool.map(one, range(people)))


def register(town, number: int) -> None:
    """One person of fifty, as the public page lets them in."""
    register_openly(
        conference=db.session.get(Conference, town.conference),
        municipality=db.session.get(Municipality, town.municipality),
        entry=Entry(Person("Robin", f"Gast{number}", f"gast{number}@verein.example"), organisation="Verein Nord"),
        base_url="https://dialog.stadt.example",
        now=clock.now(),
    )


def seated(town) -> dict[Place, int]:
    rows = db.session.execute(
        select(Registration.place, func.count())
        .where(Registration.conference_id == town.conference)
        .group_by(Registration.place)
    )
    return dict(rows.all())


@pytest.fixture
def twenty_seats(app, town) -> None:
    with app.app_context():
        scenes.open_conference(town, capacity=SEATS)
        db.session.commit()


def test_fifty_at_once_for_twenty_seats_are_twenty_and_thirty(app, town, twenty_seats):
    at_once(app, PEOPLE, lambda number: register(town, number))

    with app.app_context():
        assert seated(town) == {Place.CONFIRMED: SEATS, Place.WAITING: PEOPLE - SEATS}


def test_without_taking_turns_more_sit_than_there_are_seats(app, town, twenty_seats):
    """The control: counting first and writing later oversells as soon as two count at the same moment.

    On SQLite the write lock stands in for the turn, so the control gives that up and begins as a reader.
    """
    counted = Barrier(PEOPLE)

    def careless(number: int) -> None:
        conference = db.session.get(Conference, town.conference)
        free = places.free_places(conference)
        db.session.rollback()
        counted.wait()
        db.session.add(
            Registration(
                conference_id=town.conference,
                last_name=f"Gast{number}",
                registered_at=clock.now(),
                place=Place.CONFIRMED if free else Place.WAITING,
            )
        )

    at_once(app, PEOPLE, careless)

    with app.app_context():
        assert seated(town)[Place.CONFIRMED] > SEATS


def test_the_same_address_at_once_is_one_registration(app, town, twenty_seats):
    at_once(app, 8, lambda _number: register(town, 1))

    with app.app_context():
        assert seated(town) == {Place.CONFIRMED: 1}


def test_cancelling_at_once_lets_exactly_as_many_move_up(app, town):
    with app.app_context():
        conference = scenes.open_conference(town, capacity=4)
        ids = [row.id for row in scenes.enter(conference, *(f"Gast{n}" for n in range(10)))]
        db.session.commit()

    def cancel(number: int) -> None:
        row = db.session.get(Registration, ids[number], options=[db.joinedload(Registration.institution)])
        services.cancel_place(
            conference=db.session.get(Conference, town.conference), registration=row, user=None, now=clock.now()
        )

    at_once(app, 4, cancel)

    with app.app_context():
        assert scenes.placed(town, Place.CONFIRMED) == ["Gast4", "Gast5", "Gast6", "Gast7"]


def test_nobody_overtakes_those_who_wait(app, town):
    with app.app_context():
        conference = scenes.open_conference(town, capacity=1)
        scenes.enter(conference, "Erste", "Zweite")
        conference.capacity = 2

        scenes.enter(conference, "Dritte", now=clock.now())

        assert scenes.placed(town, Place.WAITING) == ["Zweite", "Dritte"]


def test_more_places_let_people_move_up_and_tell_who(app, town):
    told = []

    def note(conference, *, registrations, now):
        told.extend(row.last_name for row in registrations)

    with app.app_context(), places_given.connected_to(note):
        conference = scenes.open_conference(town, capacity=1)
        scenes.enter(conference, "Erste", "Zweite", "Dritte", "Vierte")
        conference.capacity = 3

        conference_changed.send(conference, changed={"capacity"}, now=clock.now())

        assert told == ["Zweite", "Dritte"]
        assert scenes.placed(town, Place.WAITING) == ["Vierte"]


@pytest.mark.parametrize("changed", [{"title"}, {"venue", "starts_at"}])
def test_other_changes_move_nobody_up(app, town, changed):
    with app.app_context():
        conference = scenes.open_conference(town, capacity=1)
        scenes.enter(conference, "Erste", "Zweite")
        conference.capacity = 3

        conference_changed.send(conference, changed=changed, now=clock.now())

        assert scenes.placed(town, Place.WAITING) == ["Zweite"]


@pytest.mark.parametrize("fields", [{"cancelled_at": clock.now()}, {"starts_at": clock.now() - timedelta(hours=1)}])
def test_nobody_moves_up_once_the_event_has_begun_or_is_called_off(app, town, fields):
    with app.app_context():
        conference = scenes.open_conference(town, capacity=1)
        scenes.enter(conference, "Erste", "Zweite")
        for name, value in {"capacity": 3, **fields}.items():
            setattr(conference, name, value)

        assert places.move_up(conference, clock.now()) == []


def test_the_place_in_line_counts_those_before(app, town):
    with app.app_context():
        conference = scenes.open_conference(town, capacity=1)
        rows = scenes.enter(conference, "Erste", "Zweite", "Dritte", "Vierte")
        rows[2].confirm_by = clock.now()
        db.session.flush()

        assert [places.place_in_line(conference, row) for row in rows] == [None, 1, None, 2]


def test_coming_back_means_the_end_of_the_line(app, town):
    with app.app_context():
        conference = scenes.open_conference(town, capacity=1)
        first, _second, _third = scenes.enter(conference, "Erste", "Zweite", "Dritte")
        now = clock.now()
        services.cancel_place(conference=conference, registration=first, user=None, now=now)

        place = services.take_back_cancellation(conference=conference, registration=first, user=None, now=now)

        assert place is Place.WAITING
        assert scenes.placed(town, Place.WAITING) == ["Dritte", "Erste"]


def test_only_somebody_who_waits_moves_up_by_hand(app, town):
    with app.app_context():
        conference = scenes.open_conference(town, capacity=1)
        first, second = scenes.enter(conference, "Erste", "Zweite")
        arguments = {"conference": conference, "user": scenes.organiser_of(town), "now": clock.now()}

        with pytest.raises(RuleBroken, match="nicht mehr auf der Warteliste"):
            services.move_up_by_hand(registration=first, reason="Darum", **arguments)
        with pytest.raises(RuleBroken, match="in einem Satz"):
            services.move_up_by_hand(registration=second, reason=" ", **arguments)


def test_with_fewer_places_somebody_goes_back_into_an_empty_line(app, town):
    with app.app_context():
        conference = scenes.open_conference(town, capacity=2)
        first, _second = scenes.enter(conference, "Erste", "Zweite")
        conference.capacity = 1

        services.put_on_waiting_list(
            conference=conference, registration=first, user=scenes.organiser_of(town), now=clock.now()
        )

        assert scenes.placed(town, Place.WAITING) == ["Erste"]
