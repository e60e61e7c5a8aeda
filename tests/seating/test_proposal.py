"""The proposal: optimal by brute force on small cases, and every rule kept on large ones."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.seating.enums import Rule
from app.seating.proposal import propose
from app.seating.rules import (
    Person,
    Situation,
    Table,
    best_ranks,
    broken_rules,
    institution_limit,
    institution_sizes,
    size_limits,
)
from tests.seating.cases import TYPES, large, small

LARGE = {
    "plain": {},
    "popular": {"popular": True},
    "parallel": {"popular": True, "topics": 10},
    "one big institution": {"one_institution": 20, "popular": True},
    "brim-full": {"capacity": 10, "popular": True},
    "three rounds": {"rounds": 3, "popular": True},
}


def quality(situation: Situation, earlier: list[dict], later: list[dict], seats: dict[int, int]) -> tuple[int, ...]:
    """What the docstring of the proposal promises, in its order, counted by hand; less is better."""
    tables = {table.id: table for table in situation.tables}
    sizes = Counter(seats.values())
    limits = size_limits(situation.tables, len(situation.people))
    institutions = institution_sizes(situation.people)
    together = Counter((one.institution, seats[one.id]) for one in situation.people if one.id in seats)
    excess = [
        many - institution_limit(institutions[institution], len(tables))
        for (institution, _table), many in together.items()
        if institution is not None
    ]
    return (
        len(situation.people) - len(seats),
        sum(_again(tables, one, earlier + later, seats) for one in situation.people if _moves(situation, one, seats)),
        sum(over * (over + 1) // 2 for over in excess if over > 0),
        sum(max(0, least - sizes[table], sizes[table] - most) for table, (least, most) in limits.items()),
        *_fairness(situation, tables, earlier, seats),
        sum(size * (size - 1) // 2 for size in sizes.values()),
        _pairs_of_a_type(situation, seats),
    )


def _moves(situation: Situation, one: Person, seats: dict[int, int]) -> bool:
    return one.id in seats and one.id not in situation.hosts


def _again(tables: dict[int, Table], one: Person, rounds: list[dict], seats: dict[int, int]) -> bool:
    return any(tables[at[one.id]].topic == tables[seats[one.id]].topic for at in rounds if one.id in at)


def _fairness(situation, tables, earlier, seats) -> tuple[int, int, int, int]:
    best, now = Counter(), 0
    for one in situation.people:
        if one.wishes:
            got = [tables[at[one.id]].topic for at in [*earlier, seats] if one.id in at]
            best[min((one.wishes.index(topic) + 1 for topic in got if topic in one.wishes), default=None)] += 1
            here = tables[seats[one.id]].topic if one.id in seats else None
            now += one.wishes.index(here) if here in one.wishes else 3
    return best[None], best[3], best[2], now


def _pairs_of_a_type(situation: Situation, seats: dict[int, int]) -> int:
    kinds = Counter((one.type, seats[one.id]) for one in situation.people if one.id in seats)
    return sum(many * (many - 1) // 2 for many in kinds.values())


def every_seating(situation: Situation, pinned: dict[int, int]) -> Iterator[dict[int, int]]:
    """All ways to seat the others that keep what must never be broken."""
    free = [one for one in situation.people if one.id not in pinned]
    taken = Counter(pinned.values())
    places = [
        [None, *(table.id for table in situation.tables if table.accessible or not one.accessible)] for one in free
    ]
    for chosen in product(*places):
        sizes = Counter(chosen)
        if all(
            not sizes[table.id] or sizes[table.id] + taken[table.id] <= table.capacity for table in situation.tables
        ):
            seated = {one.id: table for one, table in zip(free, chosen, strict=True) if table is not None}
            yield {**pinned, **seated}


@pytest.mark.parametrize("seed", range(100))
def test_no_other_seating_is_better(seed):
    situation, fixed = small(seed)
    pins = {number: {**situation.hosts, **fixed[number]} for number in fixed}

    plan = propose(situation, fixed)

    for number, seats in plan.items():
        earlier = [plan[other] for other in plan if other < number]
        later = [pins[other] for other in pins if other > number]
        best = min(quality(situation, earlier, later, other) for other in every_seating(situation, pins[number]))
        assert quality(situation, earlier, later, seats) == best


@pytest.mark.parametrize("case", LARGE)
def test_large_houses_break_no_rule(case):
    situation = large(**LARGE[case])

    assert broken_rules(situation, propose(situation)) == []


def test_fixed_seats_and_hosts_stay_whatever_they_break():
    situation = replace(large(accessible=0), hosts={7: 1007})
    fixed = {1: dict.fromkeys(range(14), 1000) | {50: 1004}}

    seats = propose(situation, fixed)[1]

    assert {person: seats[person] for person in fixed[1]} == fixed[1]
    assert propose(situation)[1][7] == 1007
    assert {breach.rule for breach in broken_rules(situation, {1: seats})} == {Rule.CAPACITY}


def test_hosts_stay_in_every_round_and_others_change():
    situation = replace(large(40, 5, rounds=3, accessible=0), hosts={3: 1001})

    plan = propose(situation)

    assert [plan[number][3] for number in plan] == [1001] * 3
    assert broken_rules(situation, plan) == []


def test_later_rounds_serve_first_who_got_nothing():
    people = [Person(n, (1,)) for n in (1, 2, 3, 4)]
    situation = Situation(people, [Table(10, 1, 2), Table(20, 2, 2)], rounds=2)

    plan = propose(situation)

    assert plan == {1: {1: 10, 2: 10, 3: 20, 4: 20}, 2: {1: 20, 2: 20, 3: 10, 4: 10}}
    assert best_ranks(situation, plan.values()) == dict.fromkeys((1, 2, 3, 4), 1)


def test_nobody_gets_a_second_first_wish_before_everybody_has_one():
    people = [Person(1, (1, 2)), Person(2, (1, 2)), Person(3, (2, 1)), Person(4, (3, 1))]
    situation = Situation(people, [Table(10, 1, 1), Table(20, 2, 1), Table(30, 4, 2)], rounds=2)

    plan = propose(situation)

    assert best_ranks(situation, [plan[1]]) == {1: 1, 2: None, 3: 1, 4: None}
    assert best_ranks(situation, plan.values()) == {1: 1, 2: 2, 3: 1, 4: 2}


def test_who_registered_first_gets_the_better_wish_among_equals():
    people = [Person(n, (1, 2)) for n in (9, 4, 7)]

    plan = propose(Situation(people, [Table(10, 1, 1), Table(20, 2, 2)]))

    assert plan == {1: {4: 10, 7: 20, 9: 20}}


def test_colleagues_spread_and_types_mix():
    people = [Person(n, institution="A", type="police") for n in range(4)]
    people += [Person(10 + n, type=TYPES[n % 4]) for n in range(8)]
    situation = Situation(people, [Table(n, n, 3) for n in range(4)])

    seats = propose(situation)[1]

    assert sorted(seats[n] for n in range(4)) == [0, 1, 2, 3]
    assert broken_rules(situation, {1: seats}) == []


def test_more_colleagues_than_tables_share_as_evenly_as_can_be():
    situation = Situation([Person(n, (1,), institution="A") for n in range(7)], [Table(n, n, 5) for n in range(3)])

    assert sorted(Counter(propose(situation)[1].values()).values()) == [2, 2, 3]


def test_too_few_seats_seat_as_many_as_fit():
    situation = large(50, 4, capacity=10)

    plan = propose(situation)

    assert Counter(plan[1].values()) == dict.fromkeys(range(1000, 1004), 10)
    assert {breach.rule for breach in broken_rules(situation, plan)} <= {Rule.EVERYBODY_SITS, Rule.INSTITUTION}


def test_without_an_accessible_table_somebody_who_needs_one_is_reported():
    situation = Situation([Person(1, (1,), accessible=True), Person(2)], [Table(10, 1, 4, accessible=False)])

    plan = propose(situation)

    assert plan == {1: {2: 10}}
    assert [(breach.rule, breach.person) for breach in broken_rules(situation, plan)] == [(Rule.EVERYBODY_SITS, 1)]


@pytest.mark.parametrize(("people", "tables"), [([], []), ([Person(1)], []), ([], [Table(1, 1, 3)])])
def test_nobody_or_nowhere_is_no_seating(people, tables):
    assert propose(Situation(people, tables, rounds=2)) == {1: {}, 2: {}}


def test_the_same_input_in_any_order_gives_the_same_plan():
    situation = large(60, 6, popular=True, rounds=2)
    first = propose(situation, {1: {5: 1001, 6: 1002}})
    for seed in range(3):
        random = Random(seed)
        shuffled = replace(
            situation,
            people=random.sample(situation.people, len(situation.people)),
            tables=random.sample(situation.tables, len(situation.tables)),
        )

        assert propose(shuffled, {1: {6: 1002, 5: 1001}}) == first


people_strategy = st.lists(
    st.builds(
        Person,
        id=st.integers(1, 500),
        wishes=st.lists(st.integers(1, 5), unique=True, max_size=3).map(tuple),
        institution=st.sampled_from([None, "A", "B", "C", 4]),
        type=st.sampled_from(TYPES),
        accessible=st.booleans(),
    ),
    unique_by=lambda person: person.id,
    max_size=25,
)
tables_strategy = st.lists(
    st.builds(
        Table, id=st.integers(1, 50), topic=st.integers(1, 4), capacity=st.integers(1, 8), accessible=st.booleans()
    ),
    unique_by=lambda table: table.id,
    max_size=5,
)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])  # machines are shared
@given(people=people_strategy, tables=tables_strategy, rounds=st.integers(1, 3), pins=st.data())
def test_whatever_comes_capacity_access_and_fixed_seats_hold(people, tables, rounds, pins):
    ids = [table.id for table in tables]
    fixed = {
        1: {one.id: pins.draw(st.sampled_from(ids)) for one in people if tables and pins.draw(st.integers(0, 9)) == 0}
    }
    situation = Situation(people, tables, rounds)
    reach = {one.id: {table.id for table in tables if table.accessible or not one.accessible} for one in people}

    plan = propose(situation, fixed)

    for number, seats in plan.items():
        pinned = fixed.get(number, {})
        free = {person: table for person, table in seats.items() if person not in pinned}
        sizes, taken = Counter(seats.values()), Counter(pinned.values())
        assert pinned.items() <= seats.items()
        assert all(table in reach[person] for person, table in free.items())
        assert all(sizes[table.id] <= max(table.capacity, taken[table.id]) for table in tables)
        empty = {table.id for table in tables if sizes[table.id] < table.capacity}
        assert not any(reach[one.id] & empty for one in people if one.id not in seats)
