"""Acts at the door: once is enough, several phones at once, nobody turned away."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from app.attendance import services
from app.attendance.door_queries import count_parties
from app.attendance.models import Attendance, Feedback
from app.attendance.retention import forget_texts
from app.attendance.rules import PartyCount
from app.conferences.models import Conference
from app.core.errors import NotFound, RuleBroken
from app.extensions import db
from app.institutions.models import Institution
from app.invitations.enums import Origin, Place
from app.invitations.models import Registration
from app.invitations.retention import forget_people
from app.tables.models import Seat, TopicTable
from tests.attendance.scenes import open_door
from tests.factories import NOW

PHONES = 6


@pytest.fixture
def door(app, town):
    """The town's door, open."""
    with app.app_context():
        return open_door(town)


def person(registration_id: int) -> Registration:
    """A registration read afresh."""
    db.session.expire_all()
    return db.session.get(Registration, registration_id)


def count(model) -> int:
    """Rows of a model."""
    return db.session.scalar(select(func.count()).select_from(model))


def at_once(app, act) -> list:
    """What an act returned on several phones at the same moment, each in a transaction of its own."""
    start = Barrier(PHONES)

    def one(number: int):
        with app.app_context():
            start.wait()
            result = act(number)
            db.session.commit()
            return result

    with ThreadPoolExecutor(PHONES) as pool:
        return list(pool.map(one, range(PHONES)))


def walk_in(conference: Conference, **fields) -> Registration:
    """Take somebody in who gave nothing but what is in `fields`."""
    given = {"first_name": "", "last_name": "", "institution": None, "organisation": "", "table": None}
    return services.take_in(conference=conference, user=None, **{"now": NOW, **given, **fields})


def test_check_in_notes_the_moment_and_doing_it_again_changes_nothing(app, door):
    with app.app_context():
        first = services.check_in(registration=person(door.omer), user=None, now=NOW)
        second = services.check_in(registration=person(door.omer), user=None, now=NOW + timedelta(minutes=5))
        db.session.commit()

    assert (first.is_new, first.got_place, second.is_new, second.arrived_at) == (True, False, False, NOW)
    with app.app_context():
        assert db.session.get(Attendance, door.omer).arrived_at == NOW


def test_the_same_person_checked_in_on_several_phones_at_once_is_there_once(app, door):
    def check_in(number: int):
        moment = NOW + timedelta(seconds=number)
        arrival = services.check_in(registration=person(door.omer), user=None, now=moment)
        return arrival.is_new, arrival.arrived_at

    answers = at_once(app, check_in)

    assert sorted(is_new for is_new, _moment in answers) == [False] * (PHONES - 1) + [True]
    assert len({moment for _is_new, moment in answers}) == 1
    with app.app_context():
        assert count(Attendance) == 1


def test_somebody_who_waits_gets_a_place_by_being_there(app, door):
    with app.app_context():
        arrival = services.check_in(registration=person(door.zoe), user=None, now=NOW)
        db.session.commit()

    assert arrival.got_place
    with app.app_context():
        assert person(door.zoe).place is Place.CONFIRMED


def test_a_registration_taken_away_meanwhile_is_not_found(app, door):
    with app.app_context():
        gone = person(door.omer)
        db.session.expunge(gone)
        db.session.execute(Registration.__table__.delete().where(Registration.id == door.omer))

        with pytest.raises(NotFound):
            services.check_in(registration=gone, user=None, now=NOW)


def test_undo_takes_the_check_in_back_and_leaves_the_place(app, door):
    with app.app_context():
        services.check_in(registration=person(door.omer), user=None, now=NOW)

        undone = services.undo_check_in(registration=person(door.omer))
        again = services.undo_check_in(registration=person(door.omer))
        db.session.commit()

    assert (undone, again) == (True, False)
    with app.app_context():
        assert (count(Attendance), person(door.omer).place) == (0, Place.CONFIRMED)


def test_undo_is_refused_for_somebody_who_has_said_how_it_was(app, door):
    with app.app_context():
        services.check_in(registration=person(door.omer), user=None, now=NOW)
        db.session.get(Attendance, door.omer).gave_feedback = True
        db.session.flush()

        with pytest.raises(RuleBroken):
            services.undo_check_in(registration=person(door.omer))


def test_a_walk_in_is_registered_checked_in_and_seated_also_above_the_capacity(app, town, door):
    with app.app_context():
        event = db.session.get(Conference, door.conference)
        event.capacity = 1
        taken = walk_in(
            event,
            first_name="Ali",
            last_name="Yilmaz",
            institution=db.session.get(Institution, town.institution),
            organisation="getippt",
            table=db.session.get(TopicTable, town.table),
        ).id
        over = services.places_over(event)
        db.session.commit()

    assert over == 1
    with app.app_context():
        row = person(taken)
        assert (row.origin, row.place, row.institution_id, row.organisation) == (
            Origin.WALK_IN,
            Place.CONFIRMED,
            town.institution,
            "",
        )
        assert db.session.get(Attendance, taken).arrived_at == NOW
        assert db.session.get(Seat, (taken, 1)).table_id == town.table


def test_a_walk_in_sent_on_several_phones_at_once_is_one_person(app, door):
    def take_in(_number: int) -> int:
        event = db.session.get(Conference, door.conference)
        return walk_in(event, first_name="Ali", last_name="Yilmaz", organisation="Treff").id

    assert len(set(at_once(app, take_in))) == 1


def test_guests_without_a_name_are_counted_one_by_one(app, door):
    with app.app_context():
        event = db.session.get(Conference, door.conference)

        names = [walk_in(event).name for _tap in range(3)]

        assert (names, count(Attendance)) == (["Gast"] * 3, 3)


def test_the_same_name_later_is_another_person(app, door):
    with app.app_context():
        event = db.session.get(Conference, door.conference)

        first = walk_in(event, last_name="Schmidt")
        second = walk_in(event, last_name="Schmidt", now=NOW + timedelta(minutes=3))

        assert first.id != second.id


def test_a_walk_in_who_is_not_there_after_all_is_not_expected_either(app, door):
    with app.app_context():
        taken = walk_in(db.session.get(Conference, door.conference), last_name="Schmidt")

        services.undo_check_in(registration=taken)

        assert taken.place is Place.CANCELLED


def test_counts_stay_right_when_names_are_gone(app, town, door):
    with app.app_context():
        event = db.session.get(Conference, door.conference)
        services.check_in(registration=person(door.omer), user=None, now=NOW)
        walk_in(event, last_name="Schmidt", organisation="Treff")
        db.session.commit()
        before = count_parties(event)

        forgotten = forget_people(event.ends_at + timedelta(days=181))
        db.session.commit()

        assert forgotten == 3
        assert count_parties(event) == before
        assert [(one.expected, one.arrived) for one in before] == [(1, 1), (1, 1)]
        assert before[0] == PartyCount(town.institution, "Caritasverband Musterstadt", "welfare_association", 1, 1)


def give(door, now, **fields) -> Feedback:
    """Ömer says how it was."""
    marks = {"useful": 5, "heard": 4, "good": "Die Gespräche", "better": ""}
    event = db.session.get(Conference, door.conference)
    return services.give_feedback(conference=event, registration=person(door.omer), now=now, **{**marks, **fields})


def test_feedback_is_kept_with_its_day_and_nothing_else(app, door):
    with app.app_context():
        event = db.session.get(Conference, door.conference)
        services.check_in(registration=person(door.omer), user=None, now=NOW)
        give(door, event.ends_at + timedelta(hours=1))
        db.session.commit()

    with app.app_context():
        row = db.session.scalars(select(Feedback)).one()
        kept = {column.name for column in Feedback.__table__.columns}
        assert (row.useful, row.heard, row.good, row.given_on.isoformat()) == (5, 4, "Die Gespräche", "2026-11-20")
        assert kept == {"id", "conference_id", "given_on", "useful", "heard", "good", "better"}


def test_feedback_sent_on_several_phones_at_once_is_kept_once(app, door):
    with app.app_context():
        services.check_in(registration=person(door.omer), user=None, now=NOW)
        db.session.commit()

    def once(_number: int) -> bool:
        try:
            give(door, NOW + timedelta(days=1))
        except RuleBroken:
            db.session.rollback()
            return False
        return True

    assert sorted(at_once(app, once)) == [False] * (PHONES - 1) + [True]
    with app.app_context():
        assert count(Feedback) == 1


@pytest.mark.parametrize("later", [timedelta(minutes=1), timedelta(days=120)])
def test_feedback_too_early_and_too_late_is_refused(app, door, later):
    with app.app_context():
        services.check_in(registration=person(door.omer), user=None, now=NOW)

        with pytest.raises(RuleBroken):
            give(door, NOW + later)


def test_feedback_of_somebody_who_was_not_there_is_refused(app, door):
    with app.app_context(), pytest.raises(RuleBroken):
        give(door, NOW + timedelta(days=1))


def test_texts_go_after_two_years_and_marks_stay(app, door):
    with app.app_context():
        services.check_in(registration=person(door.omer), user=None, now=NOW)
        give(door, NOW + timedelta(days=1))

        early, late = (forget_texts(NOW + timedelta(days=days)) for days in (729, 732))
        db.session.commit()

        row = db.session.scalars(select(Feedback)).one()
        assert (early, late, row.good, row.useful) == (0, 1, "", 5)
