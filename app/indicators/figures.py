"""One figure as phones, boards, recommendations and papers show it."""

from dataclasses import dataclass
from datetime import date

from app.areas.models import Area
from app.core import german
from app.indicators.enums import Gap, ValueState
from app.indicators.models import Indicator
from app.indicators.rates import Measure, Reading

SIGNS = {ValueState.SUPPRESSED: "•", ValueState.MISSING: german.MISSING}


def measure_of(indicator: Indicator) -> Measure:
    """How the figures of an indicator are made; see the model for the three kinds."""
    return Measure(
        rated=indicator.denominator is not None,
        counted=indicator.denominator is None and bool(indicator.numerator),
        factor=indicator.factor,
    )


def digits_of(indicator: Indicator) -> int:
    """Decimal places that say something: none for counts, one for rates, two for published figures."""
    measure = measure_of(indicator)
    return 1 if measure.rated else 0 if measure.counted else 2


def shown(reading: Reading, indicator: Indicator) -> str:
    """The figure without unit, or the sign for secret or missing. Zero is a figure."""
    return SIGNS.get(reading.state) or german.number(reading.value, digits_of(indicator))


@dataclass(frozen=True)
class Figure:
    """An indicator's latest figure for one area, with the town's figure of the same date and the one before.

    `value` is None unless `state` is KNOWN; `gap` says why an area that is added up from its parts has none.
    `numerator` and `denominator` are the cases behind a rate. `town_value` is the town's rate, or its total for
    counts. `previous_date` may stand with a `previous_value` of None: then the earlier figure is secret.
    """

    indicator: Indicator
    area: Area
    value: float | None
    numerator: float | None
    denominator: float | None
    reference_date: date | None
    source: str
    town_value: float | None
    previous_value: float | None
    previous_date: date | None
    state: ValueState
    gap: Gap = Gap.NONE

    @property
    def unit(self) -> str:
        """The unit as printed behind the figure."""
        return self.indicator.unit

    @property
    def digits(self) -> int:
        """Decimal places to print."""
        return digits_of(self.indicator)

    @property
    def shown(self) -> str:
        """„38,2“, „•“ for secret, „–“ for missing: without unit."""
        return SIGNS.get(self.state) or german.number(self.value, self.digits)

    @property
    def text(self) -> str:
        """„38,2 %“; a sign stands alone."""
        return f"{self.shown}\u00a0{self.unit}".rstrip("\u00a0") if self.state is ValueState.KNOWN else self.shown

    @property
    def town_text(self) -> str:
        """The town's figure with unit, or „–“."""
        if self.town_value is None:
            return german.MISSING
        return f"{german.number(self.town_value, self.digits)}\u00a0{self.unit}".rstrip("\u00a0")

    @property
    def change(self) -> float | None:
        """Difference to the previous figure, in percentage points for rates."""
        if self.value is None or self.previous_value is None:
            return None
        return self.value - self.previous_value

    @property
    def change_text(self) -> str:
        """„+1,2“ without unit, or „–“."""
        return german.signed(self.change, self.digits)

    @property
    def is_rate(self) -> bool:
        """Whether cases stand behind the figure and the town's rate is a fair comparison."""
        return measure_of(self.indicator).rated
