"""The door in the browser: searching, two taps a guest, codes on badges, the live count."""

import pytest
from lxml import html
from sqlalchemy import select

from app.accounts.models import Municipality
from app.attendance.models import Attendance
from app.conferences.models import Conference
from app.core.live import Subscription
from app.extensions import db
from app.invitations.enums import Origin, Place
from app.invitations.models import Registration
from app.tables.models import Seat
from tests import factories
from tests.attendance.scenes import open_door


@pytest.fixture
def door(app, town):
    """The town's door, open."""
    with app.app_context():
        return open_door(town)


def address(door, page: str = "") -> str:
    """A page of the door."""
    return f"/konferenzen/{door.conference}/einlass/{page}"


def names(response) -> list[str]:
    """Who is listed."""
    document = html.fromstring(response.get_data(as_text=True))
    return [found.text_content() for found in document.find_class("door-guest__name")]


def words(response) -> str:
    """What a page says."""
    return " ".join(html.fromstring(response.get_data(as_text=True)).text_content().split())


@pytest.mark.parametrize(
    "typed", ["ömer", "Omer", "mull celik", "Çelik", "caritas", "CARITASVERBAND muller", "abcd efgh 2345", "ABCD"]
)
def test_search_finds_people_by_parts_of_name_institution_and_badge(organiser, door, typed):
    response = organiser.get(address(door), query_string={"suche": typed})

    assert names(response) == ["Ömer Müller-Çelik"]


def test_search_for_htmx_answers_with_the_rows_alone(organiser, door):
    response = organiser.get(address(door), query_string={"suche": "zoe"}, headers={"HX-Request": "true"})

    assert response.data.strip().startswith(b'<div id="attendance-guests">')
    assert names(response) == ["Zoë Nachbarin"]


def test_search_that_finds_nobody_says_what_to_do(organiser, door):
    response = organiser.get(address(door), query_string={"suche": "gibt es nicht"})

    assert names(response) == []
    assert "lassen Sie die Person ohne Anmeldung ein" in words(response)


def test_people_who_cancelled_are_found_by_searching_only(app, organiser, door):
    with app.app_context():
        db.session.get(Registration, door.zoe).place = Place.CANCELLED
        db.session.commit()

    listed, found = organiser.get(address(door)), organiser.get(address(door), query_string={"suche": "zoë"})

    assert (names(listed), names(found)) == (["Ömer Müller-Çelik"], ["Zoë Nachbarin"])


@pytest.mark.parametrize("role", ["organiser", "host", "department"])
def test_one_tap_checks_in_and_leads_to_the_next(app, town, door, role):
    helper = app.test_client().sign_in(getattr(town, role))

    response = helper.submit(address(door, f"{door.omer}/da"))
    page = helper.get(response.location)

    assert response.location == address(door)
    assert "Ömer Müller-Çelik ist da: Tisch 1." in words(page)
    assert "1 von 1 Personen da" in words(page)
    assert "Institutionen da: 1 von 1" in words(page)
    assert names(page) == ["Zoë Nachbarin"]
    with app.app_context():
        assert db.session.get(Attendance, door.omer) is not None


def test_the_second_phone_learns_that_somebody_is_there_already(app, town, organiser, door):
    second = app.test_client().sign_in(town.host)
    organiser.submit(address(door, f"{door.omer}/da"))

    second.submit(address(door, f"{door.omer}/da"))
    page = second.get(address(door))

    assert "Ömer Müller-Çelik ist schon da, seit " in words(page)


def test_undo_makes_somebody_missing_again(app, organiser, door):
    organiser.submit(address(door, f"{door.omer}/da"))

    organiser.submit(address(door, f"{door.omer}/doch-nicht-da"))
    page = organiser.get(address(door))

    assert "Ömer Müller-Çelik gilt wieder als nicht da." in words(page)
    assert "0 von 1 Personen da" in words(page)
    with app.app_context():
        assert db.session.get(Attendance, door.omer) is None


def test_the_code_of_a_badge_leads_to_its_person_and_changes_nothing(app, organiser, door):
    page = organiser.get(f"/einlass/{door.badge}")

    assert html.fromstring(page.data).findtext(".//h1") == "Ömer Müller-Çelik"
    assert address(door, f"{door.omer}/da") in page.get_data(as_text=True)
    with app.app_context():
        assert db.session.get(Attendance, door.omer) is None


def test_the_code_of_a_badge_sends_a_stranger_to_sign_in_and_back(client, door):
    response = client.get(f"/einlass/{door.badge}")

    assert response.location == f"/anmelden?weiter=/einlass/{door.badge}"


def test_a_badge_of_another_municipality_is_unknown(app, door):
    with app.app_context():
        stranger = factories.small_town("Nachbarstadt").organiser
        db.session.commit()

    response = app.test_client().sign_in(stranger).get(f"/einlass/{door.badge}")

    assert (response.status_code, "Müller" in response.get_data(as_text=True)) == (404, False)


def test_an_unknown_badge_says_what_to_do(organiser, door):
    response = organiser.get("/einlass/GIBTESNICHT9")

    assert (response.status_code, "Suchen Sie am Einlass nach dem Namen" in words(response)) == (404, True)


def test_only_the_door_may_use_the_camera(organiser, door):
    allowed = {
        page: "camera=(self)" in organiser.get(address(door, page)).headers["Permissions-Policy"]
        for page in ("", str(door.omer), "ohne-anmeldung", "druck")
    }

    assert allowed == {"": True, str(door.omer): False, "ohne-anmeldung": False, "druck": False}


def test_somebody_without_registration_is_taken_in(app, town, organiser, door):
    fields = {
        "first_name": "Ali",
        "last_name": "Yılmaz",
        "institution": 0,
        "organisation": "Treff",
        "table": town.table,
    }

    response = organiser.submit(address(door, "ohne-anmeldung"), fields)
    page = organiser.get(response.location)

    assert "Ali Yılmaz ist da." in words(page)
    with app.app_context():
        taken = db.session.scalars(select(Registration).where(Registration.origin == Origin.WALK_IN)).one()
        assert (taken.name, taken.organisation) == ("Ali Yılmaz", "Treff")
        assert db.session.get(Seat, (taken.id, 1)).table_id == town.table


def test_taking_in_above_the_capacity_says_so(app, organiser, door):
    with app.app_context():
        db.session.get(Conference, door.conference).capacity = 1
        db.session.commit()

    response = organiser.submit(address(door, "ohne-anmeldung"), {"institution": 0, "table": 0})

    assert "Damit ist eine Person mehr da oder angemeldet, als Plätze vorgesehen sind." in words(
        organiser.get(response.location)
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"institution": "999999", "table": "0"},
        {"institution": "0", "table": "x"},
        {"institution": "", "table": ""},
        {"institution": "0", "table": "0", "last_name": "x" * 81},
        {"institution": "9" * 40, "table": "0"},
    ],
)
def test_hostile_walk_ins_are_refused_with_a_message(app, organiser, door, fields):
    response = organiser.submit(address(door, "ohne-anmeldung"), fields)

    assert response.status_code == 422
    with app.app_context():
        assert db.session.scalars(select(Registration).where(Registration.origin == Origin.WALK_IN)).all() == []


def test_a_table_is_changed_at_the_door(app, town, organiser, door):
    with app.app_context():
        other = factories.table(factories.topic(db.session.get(Conference, door.conference), "Wohnen", 2), 2).id
        db.session.commit()

    response = organiser.submit(address(door, f"{door.omer}/tisch"), {"table": other})

    assert "Jetzt an Tisch 2." in words(organiser.get(response.location))
    with app.app_context():
        assert db.session.get(Seat, (door.omer, 1)).table_id == other


def test_a_table_of_another_conference_is_refused(app, organiser, door):
    with app.app_context():
        foreign = factories.small_town("Nachbarstadt").table
        db.session.commit()

    assert organiser.submit(address(door, f"{door.omer}/tisch"), {"table": foreign}).status_code == 422


def test_somebody_who_waits_has_no_table_to_change(organiser, door):
    page = organiser.get(address(door, str(door.zoe)))
    refused = organiser.submit(address(door, f"{door.zoe}/tisch"), {"table": 0})

    assert "Tisch wechseln" not in words(page)
    assert refused.status_code == 409


def test_every_check_in_is_told_to_all_phones_after_the_commit(app, organiser, door):
    with app.app_context():
        bus = app.extensions["live"]
        phone: Subscription = bus.subscribe(f"door:{door.conference}")

    organiser.submit(address(door, f"{door.omer}/da"))
    organiser.submit(address(door, f"{door.zoe}/da"))
    events = [phone._queue.get_nowait() for _change in range(2)]
    phone.close()

    assert events[0].version < events[1].version
    assert b"<strong>1</strong> von 1 Personen da" in events[0].frame
    assert b"<strong>2</strong> von 2 Personen da" in events[1].frame
    assert b"csrf" not in events[1].frame


def test_the_stream_begins_with_the_count_as_it_is(organiser, door):
    organiser.submit(address(door, f"{door.omer}/da"))

    stream = organiser.get(address(door, "strom"), buffered=False).response
    frames = b"".join(next(stream) for _frame in range(2))
    stream.close()

    assert b"id: 0" in frames
    assert b"<strong>1</strong> von 1 Personen da" in frames


@pytest.mark.parametrize("page", ["", "druck", "ohne-anmeldung"])
def test_the_number_of_statements_does_not_grow_with_the_guests(app, town, organiser, door, statements, page):
    organiser.get(address(door, page))
    statements.clear()
    organiser.get(address(door, page))
    few = len(statements)
    with app.app_context():
        event = db.session.get(Conference, door.conference)
        for number in range(30):
            house = factories.institution(db.session.get(Municipality, town.municipality), f"Haus {number}")
            guest = factories.registration(event, house)
            factories.add(Seat(registration_id=guest.id, table_id=town.table, round=1))
            factories.add(Attendance(registration_id=guest.id, arrived_at=factories.NOW))
        db.session.commit()
    statements.clear()

    organiser.get(address(door, page))

    assert len(statements) == few <= 15


def test_a_full_hall_is_shown_in_parts(app, organiser, door):
    with app.app_context():
        event = db.session.get(Conference, door.conference)
        for _number in range(70):
            factories.registration(event)
        db.session.commit()

    page = organiser.get(address(door))

    assert len(names(page)) == 60
    assert "und 12 weitere Personen: suchen Sie nach dem Namen." in words(page)
