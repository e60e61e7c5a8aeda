"""Acts on seats, by proposal and by hand."""

import pytest
from sqlalchemy import select

from app.conferences import topics
from app.core.errors import RuleBroken
from app.extensions import db
from app.institutions.models import Institution
from app.invitations.enums import Place
from app.invitations.models import AssistanceNeed, Registration
from app.seating import queries, services
from app.tables import queries as table_queries
from app.tables.models import Seat, TopicTable
from app.tables.services import add_table
from tests import factories
from tests.factories import NOW
from tests.tables.people import conference_of, guest


def table_of(town) -> TopicTable:
    return db.session.get(TopicTable, town.table)


def second_table(town, title: str = "Wohnen", **fields) -> TopicTable:
    return add_table(topic=topics.add_topic(conference=conference_of(town), title=title), **fields)


def stranger(town, last_name: str, *wishes: int) -> Registration:
    """Somebody without colleagues."""
    person = guest(town, last_name, *wishes)
    person.institution_id = None
    db.session.flush()
    return person


def seats_in(number: int = 1) -> dict[int, int]:
    return {seat.registration_id: seat.table_id for seat in db.session.scalars(select(Seat)) if seat.round == number}


def test_a_proposal_follows_wishes_and_fixed_seats(app, town):
    with app.app_context():
        family, housing = table_of(town), second_table(town, capacity=2)
        family.capacity = 2
        sitting = stranger(town, "Sitzt")
        services.seat_registration(table=family, registration=sitting, fixed=True)
        loose = stranger(town, "Lose", housing.topic_id)
        services.seat_registration(table=family, registration=loose)
        wishing = [stranger(town, "Adam", town.topic), stranger(town, "Berta", town.topic, housing.topic_id)]

        given = services.propose_seats(conference=conference_of(town), now=NOW)
        db.session.commit()

        assert given == 4
        assert seats_in() == {
            sitting.id: family.id,
            loose.id: housing.id,
            wishing[0].id: family.id,
            wishing[1].id: housing.id,
        }
        assert [seat.registration_id for seat in db.session.scalars(select(Seat)) if seat.fixed] == [sitting.id]


def test_a_proposal_knows_needs_institutions_and_hosts(app, town):
    with app.app_context():
        family, housing = table_of(town), second_table(town, host="kim  Gastgeberin")
        family.accessible = False
        host = guest(town, "Gastgeberin", town.topic)
        needing = stranger(town, "Rampe", town.topic)
        factories.add(AssistanceNeed(registration_id=needing.id, accessible_place=True, noted_at=NOW))
        colleagues = [guest(town, name, town.topic) for name in ("Adam", "Berta", "Cem")]

        services.propose_seats(conference=conference_of(town), now=NOW)

        seats = seats_in()
        assert (seats[host.id], seats[needing.id]) == (housing.id, housing.id)
        assert sorted(seats[one.id] for one in colleagues) == sorted([family.id, family.id, housing.id])


def test_typed_organisations_have_colleagues_too(app, town):
    with app.app_context():
        second_table(town)
        for name in ("Verein Nord", "verein nord ", "", ""):
            stranger(town, "Gast").organisation = name
        db.session.flush()

        people = queries.load_seating(conference_of(town)).plan.situation.people

        assert [one.institution for one in people] == ["verein nord", "verein nord", None, None]


def test_one_round_is_proposed_and_the_others_stay(app, town):
    with app.app_context():
        conference = conference_of(town)
        conference.seating_rounds = 2
        family, housing = table_of(town), second_table(town)
        person = stranger(town, "Adam", town.topic, housing.topic_id)
        services.seat_registration(table=family, registration=person, round_=1)

        services.propose_seats(conference=conference, now=NOW, round_=2)

        assert (seats_in(1), seats_in(2)) == ({person.id: family.id}, {person.id: housing.id})


def test_people_without_a_place_do_not_sit_anywhere(app, town):
    with app.app_context():
        gone = stranger(town, "Weg", town.topic)
        services.seat_registration(table=table_of(town), registration=gone, fixed=True)
        gone.place = Place.CANCELLED
        db.session.flush()
        stays = stranger(town, "Bleibt")

        with pytest.raises(RuleBroken, match="nicht mehr angemeldet"):
            services.seat_registration(table=table_of(town), registration=gone)
        services.propose_seats(conference=conference_of(town), now=NOW)

        assert seats_in() == {stays.id: town.table}
        assert table_queries.count_seats(table_of(town)) == 1


def test_without_tables_or_people_there_is_no_proposal(app, town):
    with app.app_context():
        with pytest.raises(RuleBroken, match="niemand zugesagt"):
            services.propose_seats(conference=conference_of(town), now=NOW)
        db.session.delete(table_of(town))
        db.session.flush()

        with pytest.raises(RuleBroken, match="keine Tische"):
            services.propose_seats(conference=conference_of(town), now=NOW)


def test_the_last_step_is_taken_back_until_something_changes(app, town):
    with app.app_context():
        conference, table = conference_of(town), table_of(town)
        people = [stranger(town, name) for name in ("Adam", "Berta")]
        services.seat_registration(table=table, registration=people[0], fixed=True)
        before = seats_in()

        services.propose_seats(conference=conference, now=NOW)
        proposed = seats_in()
        services.take_back(conference=conference)

        assert (proposed, seats_in()) == ({one.id: table.id for one in people}, before)
        assert db.session.get(Seat, (people[0].id, 1)).fixed
        assert not services.can_take_back(conference=conference)
        services.propose_seats(conference=conference, now=NOW)
        services.unseat_registration(registration=people[1])
        with pytest.raises(RuleBroken, match="inzwischen geändert"):
            services.take_back(conference=conference)


def test_clearing_a_round_keeps_fixed_seats_and_can_be_taken_back(app, town):
    with app.app_context():
        conference, table = conference_of(town), table_of(town)
        fixed, loose = stranger(town, "Fest"), stranger(town, "Lose")
        services.seat_registration(table=table, registration=fixed, fixed=True)
        services.seat_registration(table=table, registration=loose)

        gone = services.clear_round(conference=conference, round_=1, now=NOW)

        assert (gone, seats_in()) == (1, {fixed.id: table.id})
        services.take_back(conference=conference)
        assert seats_in() == {fixed.id: table.id, loose.id: table.id}


def test_seating_moves_people_and_tells_when_a_table_is_too_full(app, town):
    with app.app_context():
        first, second = table_of(town), second_table(town, capacity=1)
        people = [guest(town, name) for name in ("Adam", "Berta")]

        over = [services.seat_registration(table=second, registration=person) for person in people]
        services.seat_registration(table=first, registration=people[0])
        services.unseat_registration(registration=people[1])
        services.unseat_registration(registration=people[1])

        assert over == [0, 1]
        assert seats_in() == {people[0].id: first.id}


def test_swapping_exchanges_seats_and_fixes_them(app, town):
    with app.app_context():
        first, second = table_of(town), second_table(town)
        adam, berta, cem = (guest(town, name) for name in ("Adam", "Berta", "Cem"))
        services.seat_registration(table=first, registration=adam)
        services.seat_registration(table=second, registration=berta)

        services.swap_seats(first=adam, second=berta, round_=1)

        assert seats_in() == {adam.id: second.id, berta.id: first.id}
        assert all(seat.fixed for seat in db.session.scalars(select(Seat)))
        with pytest.raises(RuleBroken, match="zwei Personen"):
            services.swap_seats(first=adam, second=cem, round_=1)


def test_fewer_rounds_lose_their_seats(app, town):
    with app.app_context():
        conference, person = conference_of(town), guest(town, "Adam")
        services.set_rounds(conference=conference, rounds=2)
        for number in (1, 2):
            services.seat_registration(table=table_of(town), registration=person, round_=number)

        services.set_rounds(conference=conference, rounds=1)

        assert (seats_in(1), seats_in(2)) == ({person.id: town.table}, {})
        with pytest.raises(RuleBroken):
            services.set_rounds(conference=conference, rounds=0)


def test_somebody_of_another_conference_gets_no_seat(app, town):
    with app.app_context():
        person = guest(factories.small_town("Nachbarstadt"), "Fremd")

        with pytest.raises(RuleBroken):
            services.seat_registration(table=table_of(town), registration=person)


def test_a_withdrawn_registration_frees_its_seat(app, town):
    with app.app_context():
        person = guest(town, "Adam")
        services.seat_registration(table=table_of(town), registration=person)
        db.session.commit()
        person_id = person.id

    with app.app_context():
        db.session.delete(db.session.get(Registration, person_id))
        db.session.commit()

        assert seats_in() == {}
        assert db.session.get(Institution, town.institution) is not None
