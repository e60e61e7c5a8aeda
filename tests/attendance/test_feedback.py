"""How was it? Asked behind the personal link, in the guest's language, once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.attendance.models import Attendance, Feedback
from app.core import clock
from app.extensions import db
from app.invitations.links import new_link, revoke_links
from app.invitations.models import Registration
from tests.attendance.scenes import open_door


@pytest.fixture
def ended():
    """How long ago the event ended."""
    return timedelta(days=2)


@pytest.fixture
def door(app, town, ended):
    """A door whose event is over, with Ömer there."""
    now = clock.now()
    with app.app_context():
        door = open_door(town, starts_at=now - ended - timedelta(hours=4), ends_at=now - ended)
        db.session.add(Attendance(registration_id=door.omer, arrived_at=now - ended))
        db.session.commit()
    return door


def with_link(app, client, registration_id: int):
    """A browser that followed a personal link of somebody."""
    with app.app_context():
        token = new_link(db.session.get(Registration, registration_id), clock.now())
        db.session.commit()
    client.set_cookie("platz", token)
    return client


def kept(app) -> int:
    """How many answers are stored."""
    with app.app_context():
        return db.session.scalar(select(func.count(Feedback.id)))


GIVEN = {"useful": "5", "heard": "3", "good": "Die Ruhe", "better": "Mehr Zeit"}


def test_three_questions_are_asked_and_answered_once(app, client, door):
    guest = with_link(app, client, door.omer)

    asked = guest.get("/r/").get_data(as_text=True)
    guest.submit("/r/", GIVEN)
    after = guest.get("/r/").get_data(as_text=True)
    guest.submit("/r/", GIVEN)

    assert "Wie nützlich war die Veranstaltung für Sie?" in asked
    assert "Vielen Dank für Ihre Rückmeldung!" in after
    assert "Wie nützlich" not in after
    assert kept(app) == 1


def test_looking_changes_nothing(app, client, door):
    guest = with_link(app, client, door.omer)

    for _time in range(3):
        guest.get("/r/")
        guest.head("/r/")

    with app.app_context():
        assert (kept(app), db.session.get(Attendance, door.omer).gave_feedback) == (0, False)


@pytest.mark.parametrize(
    "wrong", [{"useful": "6"}, {"heard": ""}, {"useful": "x"}, {"good": "x" * 2001}, {"heard": "0"}]
)
def test_answers_out_of_range_are_refused_beside_the_field(app, client, door, wrong):
    response = with_link(app, client, door.omer).submit("/r/", {**GIVEN, **wrong})

    assert (response.status_code, kept(app)) == (422, 0)
    assert b"kern-error" in response.data


def test_somebody_who_was_not_there_is_not_asked(app, client, door):
    guest = with_link(app, client, door.zoe)

    page = guest.get("/r/").get_data(as_text=True)
    guest.submit("/r/", GIVEN)

    assert ("Schade, dass Sie nicht dabei waren" in page, kept(app)) == (True, 0)


@pytest.mark.parametrize("ended", [timedelta(hours=-1)])
def test_before_the_end_nothing_is_asked(app, client, door, ended):
    guest = with_link(app, client, door.omer)

    page = guest.get("/r/").get_data(as_text=True)
    guest.submit("/r/", GIVEN)

    assert ("Noch ist es nicht so weit" in page, kept(app)) == (True, 0)


@pytest.mark.parametrize("ended", [timedelta(days=91)])
def test_ninety_days_later_the_link_opens_nothing(app, client, door, ended):
    guest = with_link(app, client, door.omer)

    assert (guest.get("/r/").status_code, guest.submit("/r/", GIVEN).status_code, kept(app)) == (404, 404, 0)


def test_without_or_with_a_dead_link_there_is_nothing(app, client, door):
    without = client.get("/r/").status_code
    guest = with_link(app, client, door.omer)
    with app.app_context():
        revoke_links(db.session.get(Registration, door.omer), clock.now())
        db.session.commit()

    assert (without, guest.get("/r/").status_code, guest.submit("/r/", GIVEN).status_code) == (404, 404, 404)
    assert kept(app) == 0


def test_the_page_speaks_the_language_of_the_guest(app, client, door):
    page = with_link(app, client, door.omer).get("/r/?sprache=ar").get_data(as_text=True)

    assert 'dir="rtl"' in page
