"""From raw to cleared values, on a database."""

from datetime import date

import pytest
from sqlalchemy import select

from app.accounts.models import Municipality
from app.areas.models import Area, AreaCrosswalk, AreaScheme
from app.core.errors import RuleBroken
from app.extensions import db
from app.indicators import clearance_queries
from app.indicators.clearing import clear_values, plan_clearing, undo_clearance
from app.indicators.enums import Outcome, ReferenceType, ValueState
from app.indicators.models import Clearance, Indicator, IndicatorValue
from tests import factories
from tests.factories import NOW

DAY = date(2025, 12, 31)


@pytest.fixture
def home(app):
    """A town of one Sozialraum with three quarters, nothing published."""
    with app.app_context():
        home = factories.municipality()
        upper, lower = factories.scheme(home, "Sozialraum", "Quartier")
        middle = factories.area(upper, "01", "Mitte")
        for n in (1, 2, 3):
            factories.area(lower, f"010{n}", f"Quartier {n}", middle)
        yield home


def area(code: str) -> Area:
    """The area with a code."""
    return db.session.scalar(select(Area).where(Area.code == code).order_by(Area.id))


def scheme() -> AreaScheme:
    """The oldest scheme."""
    return db.session.scalar(select(AreaScheme).order_by(AreaScheme.id))


def fill(indicator: Indicator, *numerators: float, base: float = 1000) -> None:
    """Raw values of the three quarters."""
    for n, numerator in enumerate(numerators, start=1):
        factories.raw_value(indicator, area(f"010{n}"), numerator, base)


def clear(home: Municipality, *indicators: Indicator, day: date = DAY, **fields) -> Clearance:
    """Clear all raw values of some indicators."""
    options = {
        "municipality": home,
        "scheme": scheme(),
        "pairs": [(one.id, day) for one in indicators],
        "cleared_by": "Statistikstelle",
        "cleared_on": date(2026, 3, 1),
        "user": None,
        "now": NOW,
    }
    return clear_values(**(options | fields))


def cleared(indicator: Indicator) -> dict[str, tuple]:
    """What readers may see, by the code of the area."""
    rows = db.session.execute(
        select(Area.code, IndicatorValue.state, IndicatorValue.numerator, IndicatorValue.denominator)
        .join(IndicatorValue.area)
        .where(IndicatorValue.indicator_id == indicator.id)
    )
    return {code: (state, *figures) for code, state, *figures in rows}


SECRET = (ValueState.SUPPRESSED, None, None)


def test_clearing_hides_the_secret_value_and_its_partner_and_completes_the_total(home):
    rate = factories.indicator(home)
    fill(rate, 40, 12, 2)

    clearance = clear(home, rate)

    assert cleared(rate) == {
        "01": (ValueState.KNOWN, 54, 3000),
        "0101": (ValueState.KNOWN, 40, 1000),
        "0102": SECRET,
        "0103": SECRET,
    }
    assert clearance.summary == {"shown": 2, "secret": 2, "missing": 0}
    assert clearance.controlled_here


def test_clearing_decides_about_parts_and_whole_together(home):
    whole = factories.indicator(home, "all", "SGB II")
    children = factories.indicator(home, "children", "Kinder", whole_id=whole.id, numerator="Kinder", denominator="U15")
    adults = factories.indicator(home, "adults", "Erwachsene", whole_id=whole.id, numerator="Große", denominator="15+")
    fill(whole, 42, 60, 80, base=2000)
    fill(children, 2, 20, 30)
    fill(adults, 40, 40, 50)

    clear(home, whole, children, adults)

    assert cleared(children)["0101"] == SECRET
    assert SECRET in (cleared(adults)["0101"], cleared(whole)["0101"])


def test_clearing_respects_what_is_published_of_a_part(home):
    whole = factories.indicator(home, "all", "SGB II")
    children = factories.indicator(home, "children", "Kinder", whole_id=whole.id, numerator="Kinder")
    adults = factories.indicator(home, "adults", "Erwachsene", whole_id=whole.id, numerator="Erwachsene")
    for name, numerator in ((whole, 42), (adults, 40)):
        factories.value(name, area("0101"), numerator, 2000)
    fill(children, 2, 20, 30)

    with pytest.raises(RuleBroken, match="Werte lassen sich aus schon Veröffentlichtem berechnen"):
        clear(home, children)


def test_clearing_does_not_let_a_joined_area_of_a_new_scheme_give_away_an_old_secret(home):
    rate = factories.indicator(home)
    fill(rate, 40, 2, 30)
    clear(home, rate)
    new = factories.add(AreaScheme(municipality_id=home.id, name="Neu"))
    level = factories.add(type(area("0101").level)(scheme_id=new.id, name="Wohnplatz", rank=0))
    joined, same = factories.area(level, "A", "Eins und zwei"), factories.area(level, "B", "Drei")
    for source, target in (("0101", joined), ("0102", joined), ("0103", same)):
        factories.add(AreaCrosswalk(from_area_id=area(source).id, to_area_id=target.id))
    factories.raw_value(rate, joined, 42, 2000)
    factories.raw_value(rate, same, 30, 1000)
    assert cleared(rate)["0103"] == SECRET

    clear(home, rate, scheme=new)

    assert cleared(rate)["B"] == SECRET


def test_a_secret_denominator_hides_every_rate_on_it(home):
    people = factories.indicator(home, "people", "Einwohner", numerator="Einwohner*innen", denominator=None, factor=1)
    rate = factories.indicator(home, denominator="Einwohner*innen", minimum_base=0)
    for n, (cases, base) in enumerate(((40, 900), (0, 2), (30, 800)), start=1):
        factories.raw_value(people, area(f"010{n}"), base, None)
        factories.raw_value(rate, area(f"010{n}"), cases, base)

    clear(home, people, rate)

    assert cleared(people)["0102"] == SECRET
    assert cleared(rate)["0102"] == SECRET


def test_the_partner_of_last_time_is_the_partner_of_this_time(home):
    rate = factories.indicator(home)
    fill(rate, 40, 12, 2)
    last_year = factories.add(
        IndicatorValue(
            indicator_id=rate.id,
            area_id=area("0101").id,
            reference_date=date(2023, 12, 31),
            state=ValueState.SUPPRESSED,
        )
    )

    clear(home, rate)

    db.session.delete(last_year)
    db.session.flush()
    assert cleared(rate)["0101"] == SECRET
    assert cleared(rate)["0102"] == (ValueState.KNOWN, 12, 1000)


def test_pooled_years_are_looked_at_together(home):
    rate = factories.indicator(home, reference_type=ReferenceType.POOLED)
    fill(rate, 40, 12, 2)
    factories.value(rate, area("0103"), 60, 1000, date(2024, 12, 31))

    plan = plan_clearing(municipality=home, scheme=scheme(), pairs=[(rate.id, DAY)])

    assert plan.counts == {
        Outcome.SHOWN: 2,
        Outcome.PRIMARY: 1,
        Outcome.COMPLEMENT: 0,
        Outcome.BASE: 0,
        Outcome.SECONDARY: 1,
    }


def test_missing_stays_missing_and_figures_without_counts_are_left_out(home):
    rate = factories.indicator(home)
    fill(rate, 40, 12)
    row = factories.raw_value(rate, area("0103"), 0, None)
    row.numerator, row.state = None, ValueState.MISSING
    total = factories.raw_value(rate, area("01"), 0, None)
    total.numerator, total.value = None, 3.5
    db.session.flush()

    plan = plan_clearing(municipality=home, scheme=scheme(), pairs=[(rate.id, DAY)])

    assert (len(plan.missing), len(plan.unchecked), len(plan.decisions)) == (1, 1, 2)


def test_undo_restores_the_cleared_table_exactly(home):
    rate = factories.indicator(home)
    before = factories.clearance(home)
    factories.value(rate, area("0101"), 39, 1000).clearance_id = before.id
    fill(rate, 40, 12, 2)
    db.session.flush()
    clearance = clear(home, rate)

    loaded = clearance_queries.get_clearance(home, clearance.id)
    undo_clearance(municipality=home, clearance=loaded, user=None, now=NOW)

    assert cleared(rate) == {"0101": (ValueState.KNOWN, 39, 1000)}
    assert db.session.scalar(select(IndicatorValue.clearance_id)) == before.id
    assert clearance.undone_at == NOW
    with pytest.raises(RuleBroken, match="schon zurückgenommen"):
        undo_clearance(municipality=home, clearance=loaded, user=None, now=NOW)


def test_undo_refuses_deliveries(home):
    with pytest.raises(RuleBroken, match="beim Import"):
        undo_clearance(municipality=home, clearance=factories.clearance(home), user=None, now=NOW)


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"cleared_by": " "}, "wer die Werte freigibt"),
        ({"pairs": []}, "Wählen Sie aus"),
        ({"cleared_on": date(2027, 1, 1)}, "Zukunft"),
    ],
)
def test_clearing_needs_a_name_a_choice_and_a_day(home, fields, complaint):
    rate = factories.indicator(home)
    fill(rate, 40, 12, 2)

    with pytest.raises(RuleBroken, match=complaint):
        clear(home, rate, **fields)


def test_clearing_the_same_again_is_refused(home):
    rate = factories.indicator(home)
    fill(rate, 40, 12, 2)
    clear(home, rate)

    with pytest.raises(RuleBroken, match="nichts freizugeben"):
        clear(home, rate)
