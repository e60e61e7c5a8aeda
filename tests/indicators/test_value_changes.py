"""Changes to cells: planned, applied, taken back to exactly what stood there."""

import json
from datetime import date

import pytest
from sqlalchemy import select

from app.core.errors import RuleBroken
from app.extensions import db
from app.indicators.enums import ValueState
from app.indicators.models import IndicatorValue, RawValue
from app.indicators.value_changes import CellChange, NewValue, apply_changes, plan_changes, revert_changes
from tests import factories

DAY = date(2025, 12, 31)


def cells(table):
    """Everything a table of values holds."""
    return db.session.execute(select(table.__table__).order_by(table.area_id, table.reference_date)).all()


def contents(table):
    """The same without ids: a row that was deleted comes back under another one."""
    return [tuple(row)[1:] for row in cells(table)]


def news(town):
    """One cell as it is, one changed, one made secret, one that is new."""
    rate, (first, second, third) = town.indicator, town.quarters
    return [
        NewValue(rate, first, DAY, 100, 1000),
        NewValue(rate, second, DAY, 7, 70),
        NewValue(rate, third, DAY, state=ValueState.SUPPRESSED),
        NewValue(rate, town.social_area, DAY, value=12.5),
    ]


@pytest.mark.parametrize("table", [IndicatorValue, RawValue])
def test_only_real_changes_are_planned_and_undone_exactly(app, town, table):
    with app.app_context():
        factories.raw_value(db.session.get(factories.Indicator, town.indicator), quarter(town, 0), 100, 1000)
        before = contents(table)

        changes = plan_changes(table, town.scheme, news(town))
        stored = json.loads(json.dumps([change.to_json() for change in changes]))
        apply_changes(table, [CellChange.from_json(one) for one in stored])
        applied = contents(table)
        again = plan_changes(table, town.scheme, news(town))
        revert_changes(table, changes)

        assert {change.area_id for change in changes} == {*town.quarters[1:], town.social_area}
        assert applied != before
        assert again == []
        assert contents(table) == before


def test_cleared_cells_carry_their_clearance_and_get_the_old_one_back(app, town):
    with app.app_context():
        home = db.session.get(factories.Municipality, town.municipality)
        old, new = factories.clearance(home), factories.clearance(home)
        place = NewValue(town.indicator, town.quarters[0], DAY, 1, 10)
        apply_changes(IndicatorValue, plan_changes(IndicatorValue, town.scheme, [place]), old.id)

        changes = plan_changes(IndicatorValue, town.scheme, news(town))
        apply_changes(IndicatorValue, changes, new.id)
        during = {row.area_id: row.clearance_id for row in cells(IndicatorValue) if row.reference_date == DAY}
        revert_changes(IndicatorValue, changes)
        after = {row.area_id: row.clearance_id for row in cells(IndicatorValue) if row.reference_date == DAY}

        assert set(during.values()) == {new.id}
        assert after == {town.quarters[0]: old.id, town.quarters[1]: None, town.quarters[2]: None}


def test_what_changed_in_between_is_not_overwritten(app, town):
    with app.app_context():
        planned = plan_changes(IndicatorValue, town.scheme, news(town))
        other = [NewValue(town.indicator, town.quarters[1], DAY, 8, 80)]
        apply_changes(IndicatorValue, plan_changes(IndicatorValue, town.scheme, other))
        before = contents(IndicatorValue)

        with pytest.raises(RuleBroken, match="Seit der Vorschau"):
            apply_changes(IndicatorValue, planned)
        with pytest.raises(RuleBroken, match="seither geändert"):
            revert_changes(IndicatorValue, planned)

        assert contents(IndicatorValue) == before


def test_rows_loaded_before_show_what_was_written(app, town):
    with app.app_context():
        row = db.session.scalar(
            select(IndicatorValue).where(
                IndicatorValue.area_id == town.quarters[1], IndicatorValue.reference_date == DAY
            )
        )

        apply_changes(IndicatorValue, plan_changes(IndicatorValue, town.scheme, news(town)))

        assert (row.numerator, row.denominator) == (7, 70)


def quarter(town, number):
    """A quarter of the town."""
    return db.session.get(factories.Area, town.quarters[number])
