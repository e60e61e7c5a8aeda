"""What an area was in an older scheme, and what some areas are together."""

from datetime import date

import pytest
from sqlalchemy import select

from app.areas.enums import GroupKind
from app.areas.models import Area, AreaCrosswalk, AreaLevel, AreaScheme
from app.extensions import db
from app.indicators.enums import ValueState
from app.indicators.models import Indicator, IndicatorValue
from tests import factories


@pytest.fixture
def with_older_scheme(app, town):
    """Two older areas that lie wholly in the first quarter, with figures of 2017."""
    with app.app_context():
        home = db.session.get(AreaScheme, town.scheme).municipality_id
        older = factories.add(AreaScheme(municipality_id=home, name="Gliederung 2017", valid_to=date(2019, 12, 31)))
        level = factories.add(AreaLevel(scheme_id=older.id, name="Wohnplatz", rank=0))
        rate = db.session.get(Indicator, town.indicator)
        for number, cases in ((1, 30), (2, 90)):
            area = factories.area(level, f"A{number}", f"Alt {number}")
            factories.add(AreaCrosswalk(from_area_id=area.id, to_area_id=town.quarters[0]))
            factories.value(rate, area, cases, 400, date(2017, 12, 31))
        db.session.commit()
    return town


def test_a_profile_adds_up_what_lay_in_the_area_in_an_older_scheme(with_older_scheme, client):
    page = client.get(f"/k/{with_older_scheme.slug}/raeume/0101").get_data(as_text=True)

    assert "Gliederung 2017" in page
    assert "15,0 %" in " ".join(page.split())  # 120 of 800, not the mean of 7.5 and 22.5


def test_a_secret_part_leaves_no_earlier_figure(app, with_older_scheme, client):
    with app.app_context():
        old = db.session.scalars(select(IndicatorValue).join(IndicatorValue.area).where(Area.code == "A1")).one()
        old.state, old.numerator, old.denominator = ValueState.SUPPRESSED, None, None
        db.session.commit()

    page = client.get(f"/k/{with_older_scheme.slug}/raeume/0101").get_data(as_text=True)

    assert "Gliederung 2017" not in page


def group_of(app, town, kind=GroupKind.ACTION_AREA) -> int:
    with app.app_context():
        quarters = [db.session.get(Area, one) for one in town.quarters[:2]]
        level = db.session.get(AreaLevel, quarters[0].level_id)
        group = factories.area_group(level, "Süd", *quarters, kind=kind, reason="Viele Abweichungen.")
        db.session.commit()
        return group.id


def test_an_action_area_shows_its_figures_together_beside_the_towns(app, town, organiser):
    page = organiser.get(f"/raeume/gruppen/{group_of(app, town)}").get_data(as_text=True)

    words = " ".join(page.split())
    assert "Viele Abweichungen." in words
    assert "15,0 %" in words  # (100 + 200) of 2,000
    assert "300 von 2.000" in words
    assert "20,0 %" in words  # the town: 600 of 3,000


def test_a_secret_part_leaves_no_sum_of_an_action_area(app, town, organiser):
    with app.app_context():
        for value in db.session.scalars(select(IndicatorValue).where(IndicatorValue.area_id == town.quarters[0])):
            value.state, value.numerator, value.denominator = ValueState.SUPPRESSED, None, None
        db.session.commit()

    words = " ".join(organiser.get(f"/raeume/gruppen/{group_of(app, town)}").get_data(as_text=True).split())

    assert "Keine Summe, weil der Wert eines Teilgebiets geheim zu halten ist." in words
    assert "300 von 2.000" not in words
