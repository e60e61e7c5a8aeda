"""Every unmet wish has a reason, and the reason is true."""

import pytest

from app.seating.enums import Reason
from app.seating.explanation import Plan, Unmet
from app.seating.proposal import propose
from app.seating.rules import Person, Situation, Table
from tests.seating.cases import large, small


def reasons(people, tables, seats, fixed=None, **more) -> dict[int, list[Reason]]:
    """Person → reasons in round 1."""
    plan = Plan(Situation(people, tables, **more), {1: seats}, {1: fixed or {}})
    return {person: [one.reason for one in unmet] for person, unmet in plan.why(1).items()}


def others(first: int, count: int, *wishes: int) -> list[Person]:
    return [Person(first + n, wishes) for n in range(count)]


def test_seats_of_people_whose_first_wish_it_was():
    people = [Person(1, (1,)), *others(2, 2, 1), *others(5, 2)]
    seats = {1: 20, 2: 10, 3: 10, 5: 20, 6: 20}

    assert reasons(people, [Table(10, 1, 2), Table(20, 2, 3)], seats) == {1: [Reason.FULL_OF_FIRST_WISHES]}


def test_seats_that_are_fixed_and_seats_that_are_simply_taken():
    people = [Person(1, (1, 2)), *others(2, 2), *others(5, 2)]
    tables = [Table(10, 1, 2), Table(20, 2, 2), Table(30, 3, 9)]
    seats = {1: 30, 2: 10, 3: 10, 5: 20, 6: 20}

    assert reasons(people, tables, seats, {2: 10, 3: 10}) == {1: [Reason.FULL_OF_FIXED, Reason.FULL]}


def test_a_colleague_an_inaccessible_table_and_no_table_at_all():
    people = [Person(1, (1, 2, 9), "A", accessible=True), Person(2, (), "A")]
    tables = [Table(10, 1, 5), Table(20, 2, 5, accessible=False), Table(30, 3, 5)]

    assert reasons(people, tables, {1: 30, 2: 10}) == {
        1: [Reason.COLLEAGUE, Reason.NOT_ACCESSIBLE, Reason.NO_TABLE],
    }


def test_tables_that_would_get_too_big_or_too_small():
    tables = [Table(10, 1, 20), Table(20, 2, 20)]
    people = [Person(1, (1,)), *others(2, 11)]
    big = {1: 20} | {person.id: 10 if person.id <= 9 else 20 for person in people[1:]}
    small = {1: 20} | {person.id: 10 if person.id <= 8 else 20 for person in people[1:]}

    assert reasons(people, tables, big) == {1: [Reason.TOO_BIG]}
    assert reasons(people[:11], tables, {one: at for one, at in small.items() if one <= 11}) == {
        1: [Reason.SEAT_FREE],
    }


def test_leaving_would_make_the_own_table_too_small():
    tables = [Table(10, 1, 9), Table(20, 2, 9), Table(30, 3, 9), Table(40, 4, 9)]
    people = [Person(1, (1,)), *others(2, 18)]
    seats = {1: 20, 2: 20} | dict.fromkeys(range(3, 7), 10) | dict.fromkeys(range(7, 13), 30)
    seats |= dict.fromkeys(range(13, 20), 40)

    assert reasons(people, tables, seats) == {1: [Reason.TOO_SMALL_ELSEWHERE]}


def test_hosts_fixed_people_and_people_by_hand():
    people = [Person(1, (1,)), Person(2, (1,)), Person(3, (1,)), Person(4, (1,))]
    tables = [Table(10, 1, 5), Table(20, 2, 5)]

    assert reasons(people, tables, {1: 20, 2: 20, 3: 20}, {2: 20}, hosts={1: 20}) == {
        1: [Reason.HOST],
        2: [Reason.FIXED],
        3: [Reason.SEAT_FREE],
        4: [Reason.SEAT_FREE],
    }


def test_a_wish_of_another_round_and_only_better_wishes_are_explained():
    plan = Plan(
        Situation([Person(1, (1, 2, 3))], [Table(n, n, 3) for n in (1, 2, 3)], rounds=2), {1: {1: 2}, 2: {1: 1}}
    )

    assert plan.why(1) == {1: [Unmet(1, topic=1, rank=1, reason=Reason.OTHER_ROUND, round=2)]}
    assert plan.why(2) == {}


@pytest.mark.parametrize("seed", range(40))
def test_a_proposal_leaves_no_wished_seat_free(seed):
    situation, fixed = small(seed)
    plan = propose(situation, fixed)
    everybody = all(len(seats) == len(situation.people) for seats in plan.values())

    found = [one for number in plan for some in Plan(situation, plan, fixed).why(number).values() for one in some]

    assert not everybody or Reason.SEAT_FREE not in {one.reason for one in found}


def test_every_missed_first_wish_of_a_large_house_is_explained():
    situation = large(popular=True, rounds=2)
    plan = propose(situation)

    found = Plan(situation, plan).why(1)

    topics = situation.topics
    missed = {one.id for one in situation.people if topics[plan[1][one.id]] != one.wishes[0]}
    assert found.keys() == missed
    assert Reason.SEAT_FREE not in {one.reason for some in found.values() for one in some}
