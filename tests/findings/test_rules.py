"""The rules of the findings, cell by cell."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.findings.enums import Basis, FindingKind, NeedClass, Silence
from app.findings.limits import USUAL, Limits, limits_of, own_limits
from app.findings.rules import (
    Ground,
    Need,
    OfferFacts,
    Served,
    judge,
    months_from,
    need_class,
    pairs_of,
    supply_of,
)
from app.findings.schedules import read_schedule

TODAY = date(2026, 11, 20)
FRESH = date(2026, 5, 1)
HIGH, MIDDLE, LOW = Need(30, 20, 20), Need(21, 20, 20), Need(10, 20, 20)
SILENT = Need(silence=Silence.SECRET)


def offer(number: int = 1, **fields) -> OfferFacts:
    fields.setdefault("provider", number)
    fields.setdefault("confirmed_on", FRESH)
    return OfferFacts(id=number, **fields)


def here(*offers: OfferFacts, share: float | None = 1.0) -> list[Served]:
    return [Served(one, frozenset({7}), share) for one in offers]


def kinds(need: Need, served: list[Served], ground: Ground, population: float | None = 1000) -> list[FindingKind]:
    return judge(need, served, population, ground, USUAL, TODAY).kinds


def ground(*offers: OfferFacts, **fields) -> Ground:
    fields.setdefault("population", 10_000)
    fields.setdefault("mean_count", 1)
    return Ground(offers=offers, pairs=pairs_of(offers), **fields)


@pytest.mark.parametrize(
    ("need", "class_"),
    [
        (Need(25, 20, 100), NeedClass.HIGH),
        (Need(24.9, 20, 100), NeedClass.MIDDLE),
        (Need(22, 20, 2), NeedClass.HIGH),
        (Need(21.9, 20, 2), NeedClass.MIDDLE),
        (Need(16, 20, 100), NeedClass.LOW),
        (Need(16.1, 20, 100), NeedClass.MIDDLE),
        (Need(18, 20, 2), NeedClass.LOW),
        (Need(16, 20, 100, sign=-1), NeedClass.HIGH),
        (Need(25, 20, 100, sign=-1), NeedClass.LOW),
        (Need(30, 20, 100, rated=False), NeedClass.MIDDLE),
        (Need(0, 0, 0), NeedClass.MIDDLE),
        (Need(20, 20, 0), NeedClass.MIDDLE),
        (Need(21, 20, None), NeedClass.MIDDLE),
        (Need(30, None, 2), NeedClass.UNKNOWN),
        (Need(None, 20, 2), NeedClass.UNKNOWN),
        (Need(30, 20, 2, silence=Silence.NOT_AGREED), NeedClass.UNKNOWN),
    ],
)
def test_need_is_read_in_the_burdened_direction(need, class_):
    assert need_class(need, USUAL) is class_


def test_high_need_without_offer_is_a_gap():
    assert kinds(HIGH, [], ground(offer())) == [FindingKind.SERVICE_GAP]


def test_high_need_with_thin_supply_is_a_gap():
    small, large = offer(1, capacity=7), offer(2, capacity=93)

    assert kinds(HIGH, here(small), ground(small, large)) == [FindingKind.SERVICE_GAP]


def test_enough_supply_is_no_gap():
    small, large = offer(1, capacity=8), offer(2, capacity=92)

    assert kinds(HIGH, here(small), ground(small, large)) == [FindingKind.NOTHING]


def test_middling_need_without_offer_is_no_gap():
    assert kinds(MIDDLE, [], ground(offer())) == [FindingKind.NOTHING]


def test_low_need_and_ample_supply_is_oversupply():
    large, small = offer(1, capacity=16), offer(2, capacity=84)

    assert kinds(LOW, here(large), ground(large, small)) == [FindingKind.OVERSUPPLY]


def test_half_empty_offers_are_oversupply_where_need_is_not_high():
    empty = offer(utilisation=49)

    assert kinds(MIDDLE, here(empty), ground(empty)) == [FindingKind.OVERSUPPLY]


def test_one_empty_offer_among_full_ones_is_no_oversupply():
    some = offer(1, utilisation=20, provider=5), offer(2, utilisation=90, provider=5)

    assert kinds(MIDDLE, here(*some), ground(*some)) == [FindingKind.NOTHING]


def test_half_empty_offers_are_an_awareness_gap_where_need_is_high():
    some = offer(1, utilisation=20, provider=5), offer(2, utilisation=90, provider=5)

    verdict = judge(HIGH, here(*some), 1000, ground(*some), USUAL, TODAY)

    assert verdict.kinds == [FindingKind.AWARENESS_GAP]
    assert verdict.findings[0].offers == (some[0],)


@pytest.mark.parametrize(
    ("until", "found"),
    [
        (date(2027, 11, 20), [FindingKind.EXPIRING_FUNDING]),
        (date(2027, 11, 21), [FindingKind.NOTHING]),
        (date(2026, 1, 1), [FindingKind.EXPIRING_FUNDING]),
        (None, [FindingKind.NOTHING]),
    ],
)
def test_funding_that_ends_within_a_year_matters_where_need_is_high(until, found):
    ending = offer(funding_until=until)

    assert kinds(HIGH, here(ending), ground(ending)) == found
    assert kinds(MIDDLE, here(ending), ground(ending)) == [FindingKind.NOTHING]


@pytest.mark.parametrize(("day", "found"), [(date(2025, 11, 20), "nothing"), (date(2025, 11, 19), "unconfirmed")])
def test_entries_nobody_confirmed_for_a_year_are_a_white_spot(day, found):
    old = offer(confirmed_on=day)

    assert kinds(MIDDLE, here(old), ground(old)) == [found]


def test_an_area_without_entry_is_surveyed_when_the_topic_is():
    old, fresh = offer(1, confirmed_on=None), offer(2)

    assert kinds(MIDDLE, [], ground(old, fresh)) == [FindingKind.NOTHING]
    assert kinds(MIDDLE, [], ground(old)) == [FindingKind.UNCONFIRMED]
    assert kinds(HIGH, [], ground()) == [FindingKind.SERVICE_GAP, FindingKind.UNCONFIRMED]


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ({"provider": 2}, True),
        ({"provider": 1}, False),
        ({"provider": 2, "groups": frozenset({"older"})}, False),
        ({"provider": 2, "groups": frozenset({"families", "older"})}, True),
        ({"provider": 2, "slots": read_schedule("Mo 9–12")}, True),
        ({"provider": 2, "slots": read_schedule("Di 9–12")}, False),
    ],
)
def test_two_providers_for_the_same_people_are_a_candidate_for_doubling(other, found):
    one = offer(1, groups=frozenset({"families"}), slots=read_schedule("Mo 9–12"))
    two = offer(2, **other)

    assert (FindingKind.DUPLICATION in kinds(MIDDLE, here(one, two), ground(one, two))) is found


def test_offers_in_different_parts_of_an_area_do_not_double():
    one, two = offer(1), offer(2)
    served = [Served(one, frozenset({7}), 1), Served(two, frozenset({8}), 1)]

    assert kinds(MIDDLE, served, ground(one, two)) == [FindingKind.NOTHING]


def test_hours_that_were_not_compared_are_told():
    verdict = judge(MIDDLE, here(offer(1), offer(2)), 1000, ground(offer(1), offer(2)), USUAL, TODAY)

    assert [pair.times for pair in verdict.findings[0].pairs] == [None]


def test_without_need_there_is_no_statement_but_doubling_and_white_spots_show():
    one, two = offer(1, confirmed_on=None), offer(2, confirmed_on=None)

    assert kinds(SILENT, here(offer()), ground(offer())) == [FindingKind.NO_STATEMENT]
    assert kinds(SILENT, here(one, two), ground(one, two)) == [FindingKind.DUPLICATION, FindingKind.UNCONFIRMED]


def test_a_missing_comparison_is_the_reason_for_silence():
    verdict = judge(Need(30, None, 2), here(offer()), 1000, ground(offer()), USUAL, TODAY)

    assert (verdict.kinds, verdict.silence) == ([FindingKind.NO_STATEMENT], Silence.NO_COMPARISON)


def test_coverage_is_places_by_population():
    half_here = offer(1, capacity=40)

    supply = supply_of(here(half_here, share=0.5), 1000, ground(half_here, offer(2, capacity=60)))

    assert (supply.basis, supply.value, supply.comparison, supply.relative) == (Basis.PLACES, 2, 1, 2)


def test_a_benchmark_goes_before_the_town_and_needs_only_the_offers_here():
    known, unknown = offer(1, capacity=57), offer(2)

    supply = supply_of(here(known), 1000, ground(known, unknown, benchmark=11.4))

    assert (supply.basis, supply.against_benchmark, round(supply.relative, 3)) == (Basis.PLACES, True, 0.5)


def test_one_unknown_capacity_anywhere_makes_offers_count():
    known, unknown = offer(1, capacity=57), offer(2)

    supply = supply_of(here(known), 1000, ground(known, unknown))

    assert (supply.basis, supply.value, supply.comparison) == (Basis.PER_THOUSAND, 1, 0.2)


def test_without_population_the_plain_number_stands_beside_the_mean_of_the_areas():
    supply = supply_of(here(offer(capacity=9), share=None), None, ground(offer(capacity=9), mean_count=2))

    assert (supply.basis, supply.value, supply.relative) == (Basis.COUNT, 1, 0.5)


PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # slow machines draw slowly
needs = st.builds(
    Need,
    value=st.none() | st.floats(0, 100),
    centre=st.none() | st.floats(0, 100),
    spread=st.none() | st.floats(0, 30),
    sign=st.sampled_from([1, -1]),
    rated=st.booleans(),
    silence=st.none() | st.sampled_from(Silence),
)
days = st.none() | st.dates(date(2024, 1, 1), date(2028, 12, 31))


@st.composite
def offers_of_a_town(draw):
    number = draw(st.integers(0, 5))
    return [
        OfferFacts(
            id=n,
            provider=draw(st.integers(1, 3)),
            capacity=draw(st.none() | st.integers(0, 200)),
            utilisation=draw(st.none() | st.integers(0, 100)),
            funding_until=draw(days),
            confirmed_on=draw(days),
        )
        for n in range(number)
    ]


@PATIENT
@given(needs, offers_of_a_town(), st.data())
def test_every_cell_says_something(need, offers, data):
    some = data.draw(st.lists(st.sampled_from(offers), unique_by=lambda one: one.id) if offers else st.just([]))
    population = data.draw(st.none() | st.integers(1, 5000))

    verdict = judge(need, here(*some), population, ground(*offers), USUAL, TODAY)

    assert verdict.findings
    assert len(set(verdict.kinds)) == len(verdict.kinds)
    assert all(not kind.quiet for kind in verdict.kinds) or len(verdict.kinds) == 1


@PATIENT
@given(offers_of_a_town(), st.data())
def test_unknown_capacity_never_becomes_a_coverage_in_per_cent(offers, data):
    some = data.draw(st.lists(st.sampled_from(offers), unique_by=lambda one: one.id) if offers else st.just([]))
    benchmark = data.draw(st.none() | st.floats(1, 50))
    unknown = any(one.capacity is None for one in some)

    supply = supply_of(here(*some), 1000, ground(*offers, benchmark=benchmark))

    assert not (unknown and supply.basis is Basis.PLACES)


@PATIENT
@given(offers_of_a_town(), st.booleans(), st.booleans(), st.integers(0, 200))
def test_an_offer_more_never_opens_a_gap(offers, all_known, population_known, places):
    """As long as both are measured alike: a new offer without places may change what is measured."""
    known = [replace(one, capacity=one.capacity or 0 if all_known else None) for one in offers]
    town = [*known, offer(90, capacity=50 if all_known else None)]
    new = offer(91, capacity=places if all_known else None)
    people = 1000 if population_known else None
    spread = 1.0 if population_known else None

    before = kinds(HIGH, here(*known, share=spread), ground(*town, mean_count=1 + len(known) / 10), people)
    after = kinds(HIGH, here(*known, new, share=spread), ground(*town, new, mean_count=1.1 + len(known) / 10), people)

    assert FindingKind.SERVICE_GAP in before or FindingKind.SERVICE_GAP not in after


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), -10, date(2026, 2, 28)),
        (date(2026, 11, 20), 2, date(2027, 1, 20)),
    ],
)
def test_months_end_where_the_month_ends(day, months, result):
    assert months_from(day, months) == result


def test_own_limits_replace_the_usual_ones_and_nonsense_is_left_out():
    stored = {"need_ratio": 1.5, "thin_supply": 99, "unknown": 1, "funding_months": 6.5, "low_utilisation": "40"}

    assert limits_of(stored) == Limits(need_ratio=1.5)
    assert own_limits({"need_ratio": 1.5, "thin_supply": 0.75}) == {"need_ratio": 1.5}


def test_limits_move_the_findings():
    verdict = judge(Need(25, 20, 100), [], 1000, ground(offer()), Limits(need_ratio=1.3), TODAY)

    assert verdict.kinds == [FindingKind.NOTHING]
