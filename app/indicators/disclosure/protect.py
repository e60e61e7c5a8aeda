"""Secondary suppression: hides the smallest further cells until no secret one can be worked out from what is shown."""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from app.indicators.disclosure.room import Component, Interval, Row, components_of, cramped
from app.indicators.disclosure.table import Cell, Equation, Name, limits, verdict
from app.indicators.enums import Outcome

ROOM = 2.0  # how wide the interval left to a secret count must be: then at least three whole numbers are possible


@dataclass(frozen=True)
class Protected:
    """What becomes of every cell.

    `weak`: keys of secret cells that what is published already gives away; hiding more does not help. `narrow`: keys
    of those for which only two numbers are left, because nothing but zeros could be hidden beside them. `withheld`:
    names from outside (a town's total) that had to count as unpublished, or nothing could have been protected.
    """

    outcomes: dict[Hashable, Outcome]
    passes: int
    weak: tuple[Hashable, ...] = ()
    narrow: tuple[Hashable, ...] = ()
    withheld: tuple[Name, ...] = ()


def protect(
    cells: Sequence[Cell],
    equations: Sequence[Equation],
    *,
    outside: Mapping[Name, float] | None = None,
    favoured: Collection[Hashable] = (),
    secondary: bool = True,
) -> Protected:
    """Decide about every cell so that whoever solves all equations still knows no secret count.

    Guaranteed for every hidden cell: the interval in which its numerator must lie, given all shown cells, all
    denominators, the `outside` figures and the rules, is at least ROOM wide, or as wide as denominator and rules alone
    leave it. The one exception is a zero that follows from a shown zero (none in the town, none in the quarter): it
    is shown, or stays hidden when its denominator is a secret of its own.

    `favoured` series are hidden before others, so that the same cells stay secret over the years.
    Without `secondary` only what is secret by itself is hidden: for showing that this is not enough.
    """
    run = _Run(cells, equations, dict(outside or {}), set(favoured))
    for cell in cells:
        if run.outcomes[cell.key] is Outcome.SHOWN and (found := verdict(cell)) is not Outcome.SHOWN:
            run.outcomes[cell.key] = found
            run.favour(cell)
    run.count_shown()
    if secondary:
        for cell in cells:
            if run.outcomes[cell.key] is not Outcome.SHOWN:
                run.take_along(cell)
        while run.widen():
            pass
    return Protected(run.outcomes, run.passes, tuple(run.weak), tuple(run.narrow), tuple(run.withheld))


@dataclass
class _Run:
    cells: Sequence[Cell]
    equations: Sequence[Equation]
    outside: dict[Name, float]
    favoured: set[Hashable]
    outcomes: dict[Hashable, Outcome] = field(default_factory=dict)
    passes: int = 0
    weak: list[Hashable] = field(default_factory=list)
    narrow: list[Hashable] = field(default_factory=list)
    withheld: list[Name] = field(default_factory=list)

    def __post_init__(self):
        self.outcomes = {cell.key: Outcome.SHOWN for cell in self.cells}
        self.truth: dict[Name, float] = dict(self.outside)
        self.counted: dict[Name, list[Cell]] = {}
        self.carriers: dict[Name, list[Cell]] = {}
        for cell in self.cells:
            self.counted.setdefault(cell.count, []).append(cell)
            for name, figure in ((cell.count, cell.numerator), (cell.base, cell.denominator)):
                if name is not None:
                    self.carriers.setdefault(name, []).append(cell)
                    if figure is not None:
                        self.truth[name] = figure
        self.limits = {name: _common(some) for name, some in self.counted.items()}
        self.by_name: dict[Name, list[Equation]] = {}
        for equation in self.equations:
            for name in (equation.total, *equation.parts):
                self.by_name.setdefault(name, []).append(equation)
                self.limits.setdefault(name, (0.0, float("inf")))
        self.given_up: set[Name] = set()
        self.hid_something = False
        self.safe: set[frozenset[Name]] = set()

    def count_shown(self) -> None:
        """Count by how many shown cells every name is published."""
        self.shown: Counter[Name] = Counter()
        for cell in self.cells:
            if self.outcomes[cell.key] is Outcome.SHOWN:
                self.shown.update(_names(cell))

    def is_known(self, name: Name) -> bool:
        """Whether a reader can look the figure up."""
        return name in self.outside or self.shown[name] > 0

    def hide(self, cell: Cell) -> None:
        """Hide a cell, and all others that print the same count."""
        if self.outcomes[cell.key] is not Outcome.SHOWN or cell.stands is not None:
            return
        self.outcomes[cell.key] = Outcome.SECONDARY
        self.hid_something = True
        self.shown.subtract(_names(cell))
        self.favour(cell)
        self.take_along(cell)

    def favour(self, cell: Cell) -> None:
        """Prefer to hide in other years what is hidden in this one."""
        if cell.series is not None:
            self.favoured.add(cell.series)

    def take_along(self, cell: Cell) -> None:
        """Hide the other cells in which the count of a hidden one could be read."""
        for other in self.carriers[cell.count]:
            self.hide(other)

    def widen(self) -> bool:
        """Look at all hidden cells once and hide something more for those in too narrow an interval."""
        self.passes += 1
        self.hid_something = False
        self._give_up_what_is_printed()
        mended = False
        for component in components_of(self._rows()):
            key = frozenset(component.names)
            if key in self.safe:
                continue
            narrow = cramped(component, self.limits, self._needed(component), self.truth)
            if not narrow:
                self.safe.add(key)
            elif self._mend(component, narrow):
                mended = True
        return mended or self.hid_something

    def _give_up_what_is_printed(self) -> None:
        """Note hidden cells whose count stands in a cell that is published already and cannot be changed."""
        for name, cells in self.counted.items():
            if self.is_known(name) and any(self.outcomes[cell.key] is not Outcome.SHOWN for cell in cells):
                self._give_up(name)

    def _give_up(self, name: Name, known: bool = True) -> None:
        if name in self.given_up:
            return
        self.given_up.add(name)
        hidden = [cell for cell in self.counted[name] if self.outcomes[cell.key] is not Outcome.SHOWN]
        if not known:
            self.narrow += [cell.key for cell in hidden]
        elif self.truth.get(name) != 0:
            self.weak += [cell.key for cell in hidden]
        elif all(cell.stands is None and self._may_print_base(cell) for cell in hidden):
            self._show(hidden)

    def _show(self, cells: Sequence[Cell]) -> None:
        """Print a zero that everybody knows, because it follows from a zero that is shown: it is no secret."""
        for cell in cells:
            self.outcomes[cell.key] = Outcome.SHOWN
            self.shown.update(_names(cell))

    def _may_print_base(self, cell: Cell) -> bool:
        return cell.base is None or cell.base not in self.counted or self.is_known(cell.base)

    def _rows(self) -> list[Row]:
        """What the equations say of hidden names. What does not add up in truth is taken as known to everybody."""
        rows = []
        for equation in self.equations:
            signs = dict.fromkeys(equation.parts, 1.0) | {equation.total: -1.0}
            hidden = {name: sign for name, sign in signs.items() if not self.is_known(name)}
            if not hidden:
                continue
            gap = sum(sign * self.truth[name] for name, sign in signs.items()) if self._complete(signs) else 0.0
            shown = sum(sign * self.truth[name] for name, sign in signs.items() if name not in hidden)
            rows.append(Row(hidden, gap - shown))
        return rows

    def _complete(self, signs: Mapping[Name, float]) -> bool:
        return all(name in self.truth for name in signs)

    def _needed(self, component: Component) -> dict[Name, float]:
        """How much room each hidden count of a component needs; unknown helpers and given-up ones need none."""
        wanted = (name for name in component.names if name in self.counted and name not in self.given_up)
        return {name: min(ROOM, self.limits[name][1] - self.limits[name][0]) for name in wanted}

    def _mend(self, component: Component, narrow: list[Name]) -> bool:
        """Hide one more cell beside the names that stand alone in an equation, or beside the first narrow one."""
        alone = [name for name in narrow if any(len(row.signs) == 1 for row in component.rows if name in row.signs)]
        done = [self._widen_one(name, component) for name in alone or narrow[:1]]
        return any(done)

    def _widen_one(self, name: Name, component: Component) -> bool:
        near = self.by_name[name]
        far = [one for other in component.names if other != name for one in self.by_name[other]]
        if printed := [one for one in near if self._tightness(one, name)[0] == 1]:
            near, far = printed[:1], []  # computed from this equation alone: hiding elsewhere does not help
        for some in (near, far):
            for equation in sorted(some, key=lambda one: self._tightness(one, name)):
                partners = self._partners(equation)
                if partners:
                    for cell in self.carriers[min(partners, key=lambda one: self._price(one, equation))]:
                        self.hide(cell)
                    return True
        if self.hid_something:
            return False  # the component was drawn before that: the next pass sees what is really left
        for equation in (*near, *far):
            for other in (equation.total, *equation.parts):
                if other in self.outside:
                    del self.outside[other]
                    self.withheld.append(other)
                    return True
        self._give_up(name, self._is_known_by(name, component))
        return True

    def _is_known_by(self, name: Name, component: Component) -> bool:
        """Whether only one whole number is left."""
        return bool(cramped(component, self.limits, {name: 1.0}, self.truth))

    def _tightness(self, equation: Equation, name: Name) -> tuple:
        names = (equation.total, *equation.parts)
        return sum(not self.is_known(one) for one in names), name == equation.total

    def _partners(self, equation: Equation) -> list[Name]:
        """Shown figures of an equation that may be hidden: never a zero, which leaves no room."""
        return [
            name
            for name in (equation.total, *equation.parts)
            if self.shown[name] > 0
            and name not in self.outside
            and self.truth[name] != 0
            and all(cell.stands is None for cell in self.carriers[name])
        ]

    def _price(self, name: Name, equation: Equation) -> tuple:
        """Cheapest first: a part, not published before, secret in other years, few cases."""
        was_shown = any(cell.was_shown for cell in self.carriers[name])
        is_new = not any(cell.series in self.favoured for cell in self.carriers[name] if cell.count == name)
        return name == equation.total, was_shown, is_new, abs(self.truth[name]), str(name)


def _names(cell: Cell) -> list[Name]:
    return [cell.count] if cell.base is None else [cell.count, cell.base]


def _common(cells: Sequence[Cell]) -> Interval:
    """The narrowest interval that all cells with the same count leave open together."""
    found = [limits(cell) for cell in cells]
    return max(low for low, _ in found), min(high for _, high in found)
