"""Disclosure control against an attack that solves everything published at once."""

import random
from dataclasses import dataclass, field
from datetime import date

import numpy
import pytest

from app.areas.tree import AreaTree, tree_of
from app.indicators import social_index
from app.indicators.disclosure.attack import PublicCell, Published, attack, recoverable, recovered
from app.indicators.disclosure.equations import of_crosswalk, of_parts, of_tree, of_years
from app.indicators.disclosure.protect import ROOM, Protected, protect
from app.indicators.disclosure.quantities import Column, name_quantities
from app.indicators.disclosure.table import Cell, Equation, Rule, limits, verdict
from app.indicators.enums import Outcome, ValueState
from app.indicators.rates import Counts


def cell(key: str, numerator: float, denominator: float | None = 1000, **fields) -> Cell:
    """A cell whose quantity is named like its key."""
    base = None if denominator is None else f"base {key}"
    return Cell(key, key, numerator, denominator, base, **fields)


def published(cells: list[Cell], equations: list[Equation], outcomes: dict, outside: dict | None = None) -> Published:
    """What is printed after a decision."""
    return Published([printed(one, outcomes[one.key]) for one in cells], equations, outside or {})


def printed(one: Cell, outcome: Outcome) -> PublicCell:
    """A cell as printed."""
    figures = (one.numerator, one.denominator) if outcome is Outcome.SHOWN else (None, None)
    return PublicCell(one.key, one.count, one.base, *figures, rule=one.rule, share=one.share)


@pytest.mark.parametrize(
    ("numerator", "denominator", "outcome"),
    [
        (0, 1000, Outcome.SHOWN),
        (1, 1000, Outcome.PRIMARY),
        (2, 1000, Outcome.PRIMARY),
        (3, 1000, Outcome.SHOWN),
        (997, 1000, Outcome.SHOWN),
        (998, 1000, Outcome.COMPLEMENT),
        (999, 1000, Outcome.COMPLEMENT),
        (1000, 1000, Outcome.SHOWN),
        (30, 99, Outcome.BASE),
        (30, 100, Outcome.SHOWN),
        (0, 99, Outcome.BASE),
        (0, 0, Outcome.SHOWN),
        (2, None, Outcome.PRIMARY),
        (0, None, Outcome.SHOWN),
    ],
)
def test_verdict_follows_threshold_complement_and_base(numerator, denominator, outcome):
    assert verdict(cell("a", numerator, denominator)) is outcome


def test_verdict_hides_zero_only_when_so_configured():
    assert verdict(cell("a", 0, rule=Rule(zero_is_secret=True))) is Outcome.PRIMARY


def test_verdict_knows_no_complement_where_cases_are_not_among_the_base():
    assert verdict(cell("a", 999, share=False)) is Outcome.SHOWN


def test_the_smallest_allowed_cell_goes_with_a_secret_one():
    cells = [cell("40", 40), cell("12", 12), cell("2", 2), cell("54", 54, 3000)]

    decided = protect(cells, [Equation("54", ("40", "12", "2"))])

    assert decided.outcomes == {
        "40": Outcome.SHOWN,
        "12": Outcome.SECONDARY,
        "2": Outcome.PRIMARY,
        "54": Outcome.SHOWN,
    }
    assert decided.weak == ()


def test_two_secret_cells_that_can_only_be_one_each_get_a_third():
    cells = [cell("a", 1), cell("b", 1), cell("c", 5), cell("d", 40)]

    decided = protect(cells, [Equation("town", ("a", "b", "c", "d"))], outside={"town": 47})

    assert decided.outcomes["c"] is Outcome.SECONDARY
    assert decided.outcomes["d"] is Outcome.SHOWN


def test_a_zero_is_no_partner_and_a_total_that_gives_all_away_is_withheld():
    cells = [cell("a", 2), cell("b", 0), cell("c", 0)]

    decided = protect(cells, [Equation("town", ("a", "b", "c"))], outside={"town": 2})

    assert [decided.outcomes[key] for key in "abc"] == [Outcome.PRIMARY, Outcome.SHOWN, Outcome.SHOWN]
    assert decided.withheld == ("town",)


def test_a_cell_secret_in_other_years_goes_before_a_smaller_one():
    cells = [cell("a", 2), cell("b", 12), cell("c", 40, series="c")]

    decided = protect(cells, [Equation("town", ("a", "b", "c"))], outside={"town": 54}, favoured={"c"})

    assert [decided.outcomes[key] for key in "abc"] == [Outcome.PRIMARY, Outcome.SHOWN, Outcome.SECONDARY]


def test_what_was_published_before_is_hidden_last():
    cells = [cell("a", 2), cell("b", 12, was_shown=True), cell("c", 40)]

    decided = protect(cells, [Equation("town", ("a", "b", "c"))], outside={"town": 54})

    assert decided.outcomes["c"] is Outcome.SECONDARY


def test_what_delivered_figures_give_away_is_reported():
    cells = [cell("a", 2), cell("b", 12, stands=True), cell("t", 14, stands=True)]

    decided = protect(cells, [Equation("t", ("a", "b"))])

    assert decided.weak == ("a",)


def test_a_secret_count_is_hidden_wherever_it_is_the_denominator():
    people = Cell("people", "people", 2, None)
    rate = Cell("rate", "poor", 30, 2, "people", share=False, rule=Rule(minimum_base=0))

    decided = protect([people, rate], [])

    assert decided.outcomes == {"people": Outcome.PRIMARY, "rate": Outcome.SECONDARY}


def test_a_part_of_a_whole_takes_another_part_along():
    cells = [cell("all", 60), cell("children", 2), cell("adults", 58)]

    decided = protect(cells, of_parts({"all": ["children", "adults"]}))

    assert [decided.outcomes[key] for key in ("all", "children", "adults")] == [
        Outcome.SHOWN,
        Outcome.PRIMARY,
        Outcome.SECONDARY,
    ]


def test_a_single_part_leaves_a_rest_nobody_knows():
    decided = protect([cell("all", 60), cell("children", 2)], of_parts({"all": ["children"]}))

    assert decided.outcomes["all"] is Outcome.SHOWN


def test_joined_areas_of_another_scheme_do_not_give_away_a_secret_one():
    equations = of_crosswalk([(1, 11, 1.0), (2, 11, 1.0), (3, 12, 1.0), (4, 13, 0.5)], lambda area: area)
    cells = [
        Cell(1, 1, 2, 500, stands=False),
        Cell(2, 2, 40, 500, stands=True),
        Cell(3, 3, 50, 500, stands=True),
        Cell(11, 11, 42, 1000),
        Cell(12, 12, 50, 500),
    ]

    decided = protect(cells, equations)

    assert equations == [Equation(11, (1, 2)), Equation(12, (3,))]
    assert (decided.outcomes[11], decided.outcomes[12]) == (Outcome.SECONDARY, Outcome.SHOWN)


def test_overlapping_years_give_no_secret_away():
    days = [date(year, 12, 31) for year in (2021, 2022, 2023, 2024)]
    equations = of_years(days, lambda day: day.year, lambda year: ("cohort", year))
    cells = [cell_of_year(2021, 3), cell_of_year(2022, 2), cell_of_year(2023, 3), cell_of_year(2024, 40)]

    decided = protect(cells, equations)

    assert decided.outcomes[2022] is Outcome.PRIMARY
    assert recovered(published(cells, equations, decided.outcomes)) == []


def cell_of_year(year: int, numerator: float) -> Cell:
    """A pooled figure."""
    return Cell(year, year, numerator, 400, ("base", year))


def test_quantities_are_the_same_only_when_words_and_figures_agree():
    found = name_quantities(
        [
            Column("a", "Einwohner*innen", {1: 500, 2: 600}),
            Column("b", "einwohner*innen ", {2: 600}),
            Column("c", "Einwohner*innen", {1: 501}),
            Column("d", "", {1: 500}),
        ]
    )

    assert found == {"a": "a", "b": "a", "c": "c", "d": "d"}


TREE = tree_of([(1, None, 0), (11, 1, 1), (12, 1, 1), (13, 1, 1)])
SECRET = Counts(ValueState.SUPPRESSED)


def known(numerator: float, denominator: float = 500) -> Counts:
    """A delivered value."""
    return Counts(ValueState.KNOWN, numerator, denominator)


def test_recoverable_finds_the_hole_that_adds_up():
    assert recoverable({1: known(54, 1500), 11: known(40), 12: known(12), 13: SECRET}, TREE) == [13]


def test_recoverable_is_content_with_two_secrets_a_missing_total_or_a_missing_part():
    assert recoverable({1: known(54, 1500), 11: known(40), 12: SECRET, 13: SECRET}, TREE) == []
    assert recoverable({11: known(40), 12: known(12), 13: SECRET}, TREE) == []
    assert recoverable({1: known(54, 1500), 11: known(40), 13: SECRET}, TREE) == []


def test_recoverable_does_not_choke_on_totals_that_do_not_add_up():
    assert recoverable({1: known(10, 1500), 11: known(40), 12: SECRET, 13: SECRET}, TREE) == []


# --- towns drawn at random -------------------------------------------------------------------------------------------

DAYS = (date(2023, 12, 31), date(2025, 12, 31))
RATES = {"all": "under65", "children": "under15", "adults": "working", "old": "people", "alone": "people"}
SUMS = {"under65": ("under15", "working")}  # the denominators of the parts add up as well


@dataclass
class RandomTown:
    """Three levels, two dates: a whole with two parts, and three quantities on one denominator, one of them a count."""

    tree: AreaTree
    cells: list[Cell]
    equations: list[Equation]
    outside: dict = field(default_factory=dict)

    def protect(self, **options) -> Protected:
        """The decision about all cells."""
        return protect(self.cells, self.equations, outside=self.outside, **options)

    def published(self, outcomes: dict, withheld=()) -> Published:
        """Everything a stranger sees, and beyond that every denominator and the totals of the town."""
        bases = {one.base: one.denominator for one in self.cells if one.base and one.base[0] != "people"}
        outside = {name: figure for name, figure in self.outside.items() if name not in withheld}
        return published(self.cells, self.equations, outcomes, bases | outside)


def random_town(seed: int, districts: int = 4, quarters: int = 4) -> RandomTown:
    """A town with many small numbers."""
    dice = random.Random(seed)
    rows = [(number, None, 0) for number in range(1, districts + 1)]
    for number in range(1, districts + 1):
        for middle in (number * 10 + n for n in range(1, 3)):
            rows.append((middle, number, 1))
            rows += [(middle * 100 + n, middle, 2) for n in range(1, dice.randint(2, quarters) + 1)]
    tree = tree_of(rows)
    counts = {}
    for day in DAYS:
        for leaf in tree.levels[-1]:
            counts |= {(name, leaf, day): figure for name, figure in draw_area(dice).items()}
    for level in reversed(tree.levels[:-1]):
        for area in level:
            for name in (*RATES, *set(RATES.values())):
                for day in DAYS:
                    counts[name, area, day] = sum(counts[name, child, day] for child in tree.children[area])
    return assemble(tree, counts)


def draw_area(dice: random.Random) -> dict[str, int]:
    """The counts of one area."""
    under15, working, older = dice.choice([0, 40, 150, 400]), dice.randint(0, 900), dice.randint(0, 300)
    people = under15 + working + older
    children = min(under15, dice.choice([0, 1, 2, 3, 5, 20, under15, max(under15 - 1, 0)]))
    adults = min(working, dice.choice([0, 1, 2, 4, 30, 60, 90]))
    return {
        "under15": under15,
        "working": working,
        "under65": under15 + working,
        "people": people,
        "children": children,
        "adults": adults,
        "all": children + adults,
        "old": min(older, dice.choice([0, 1, 2, 3, 10, 40])),
        "alone": min(people, dice.choice([0, 2, 7, 25])),
    }


def assemble(tree: AreaTree, counts: dict) -> RandomTown:
    """Cells, equations and what is known from elsewhere."""
    town = RandomTown(tree, [], [])
    for area in tree.parents:
        for day in DAYS:
            for name, base in RATES.items():
                count, denominator = counts[name, area, day], counts[base, area, day]
                town.cells.append(Cell((name, area, day), (name, area, day), count, denominator, (base, area, day)))
            town.cells.append(Cell(("people", area, day), ("people", area, day), counts["people", area, day]))
            town.equations += of_parts({("all", area, day): [("children", area, day), ("adults", area, day)]})
            town.equations += [
                Equation((whole, area, day), tuple((part, area, day) for part in parts))
                for whole, parts in SUMS.items()
            ]
    for name in (*RATES, *set(RATES.values())):
        for day in DAYS:
            total = ("town", name, day)
            town.equations += of_tree(tree, lambda area, name=name, day=day: (name, area, day), total)
            town.outside[total] = sum(counts[name, area, day] for area in tree.levels[0])
    return town


BREAKS = [[-1.0, "hoch"], [1.0, "mittel"], [None, "niedrig"]]
PARTS = [social_index.Part("all", "SGB II"), social_index.Part("old", "Grundsicherung")]


def areas_of_index(town: RandomTown, outcomes: dict) -> list[social_index.AreaValues]:
    """What the index is made of at the newest date: published rates, and which parts are secret."""
    rates = {one.key: 100 * one.numerator / one.denominator for one in town.cells if one.denominator}
    return [
        social_index.AreaValues(
            code=str(area),
            values={
                part.key: rates.get((part.key, area, DAYS[1]))
                if outcomes[part.key, area, DAYS[1]] is Outcome.SHOWN
                else None
                for part in PARTS
            },
            secret=frozenset(part.key for part in PARTS if outcomes[part.key, area, DAYS[1]] is not Outcome.SHOWN),
        )
        for area in town.tree.levels[-1]
    ]


def check_index(town: RandomTown, outcomes: dict) -> int:
    """Mean and deviation that can be worked out of the z values are those of published rates; how many have none."""
    areas = areas_of_index(town, outcomes)
    verdicts = social_index.compute(areas, PARTS, social_index.Rule(class_breaks=BREAKS, min_population=None)).areas
    for area, one in zip(areas, verdicts, strict=True):
        assert not (area.secret and (one.z or one.included or one.class_name))
    pairs = [(area, one) for area, one in zip(areas, verdicts, strict=True) if one.included]
    for part in PARTS if len(pairs) > 2 else ():
        rates = numpy.array([area.values[part.key] for area, _one in pairs])
        slope, mean = numpy.polyfit([one.z[part.key] for _area, one in pairs], rates, 1)
        assert slope == pytest.approx(float(numpy.std(rates)))
        assert mean == pytest.approx(float(numpy.mean(rates)))
    return sum(not one.included and bool(area.secret) for area, one in zip(areas, verdicts, strict=True))


def check_attack(town: RandomTown) -> tuple[int, int]:
    """Attack with and without secondary suppression; how many are secret and how many the latter gives away."""
    decided, primary_only = town.protect(), town.protect(secondary=False)
    truth = {one.key: one.numerator for one in town.cells}
    bounds = {one.key: limits(one) for one in town.cells}
    found = attack(town.published(decided.outcomes, decided.withheld))

    assert decided.weak == ()
    assert {key for key, outcome in decided.outcomes.items() if outcome is not Outcome.SHOWN} == set(found)
    for key, (low, high) in found.items():
        assert low - 1e-6 <= truth[key] <= high + 1e-6, key
        if truth[key] == 0 and decided.outcomes[("people", *key[1:])] is not Outcome.SHOWN:
            continue  # none here, because none in the whole district: known, but printed only with its denominator
        room = 1 if key in decided.narrow else ROOM
        assert high - low >= min(room, bounds[key][1] - bounds[key][0]) - 1e-6, key
    assert check_index(town, decided.outcomes) > 0
    given_away = recovered(town.published(primary_only.outcomes))
    return len(found), len(given_away)


@pytest.mark.parametrize("seed", [0, 2])
def test_the_attack_recovers_nothing_and_much_when_secondary_suppression_is_off(seed):
    secret, given_away_without = check_attack(random_town(seed))

    assert secret > 0
    assert given_away_without > 0


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 160))
def test_the_attack_recovers_nothing_in_many_and_larger_towns(seed):
    secret, given_away_without = check_attack(random_town(seed, districts=6, quarters=6))

    assert secret > 0
    assert given_away_without > 0
