"""Pages of raw values and clearances."""

from datetime import date

import pytest
from sqlalchemy import select

from app.accounts.models import Municipality
from app.areas.models import Area
from app.extensions import db
from app.indicators.enums import ValueState
from app.indicators.models import Clearance, Indicator, IndicatorValue
from tests import factories

DAY = "2026-03-01"


@pytest.fixture
def choice(app, town) -> str:
    """Raw values of the three quarters at a date of which nothing is published; how the address names them."""
    with app.app_context():
        rate = factories.indicator(home_of(town), "child_rate", "Kinderarmut")
        for quarter, numerator in zip(town.quarters, (40, 12, 2), strict=True):
            factories.raw_value(rate, db.session.get(Area, quarter), numerator, 1000)
        db.session.commit()
        return f"{town.scheme}.{rate.id}.2025-12-31"


def home_of(town) -> Municipality:
    """The town's municipality."""
    return db.session.get(Municipality, town.municipality)


@pytest.fixture
def statistician(app, town):
    """A browser signed in as the statistics office."""
    return app.test_client().sign_in(town.statistics)


def text(response) -> str:
    """The page as text."""
    return response.get_data(as_text=True)


def published(app, indicator_id: int) -> dict:
    """State and numerator by area, read afresh."""
    with app.app_context():
        rows = db.session.execute(
            select(IndicatorValue.area_id, IndicatorValue.state, IndicatorValue.numerator).where(
                IndicatorValue.indicator_id == indicator_id
            )
        )
        return {area: (state, numerator) for area, state, numerator in rows}


def test_raw_values_are_for_the_statistics_office_alone(app, town, organiser, statistician, choice):
    assert organiser.get("/daten/rohwerte/").status_code == 403
    assert organiser.get(f"/daten/rohwerte/freigeben?wert={choice}").status_code == 403
    page = text(statistician.get("/daten/rohwerte/"))
    assert "Kinderarmut" in page
    assert "3 noch nicht freigegeben" in page
    assert "geheim unter 3 Fällen und bei Bezugsgrößen unter 100" in page


def test_the_preview_says_what_becomes_secret_and_publishes_nothing(app, statistician, choice):
    page = text(statistician.get(f"/daten/rohwerte/freigeben?wert={choice}"))

    assert "geheim: zu wenige Fälle" in page
    assert "geheim: sonst wäre ein anderer Wert zu berechnen" in page
    assert published(app, int(choice.split(".")[1])) == {}


def test_clearing_publishes_and_undoing_takes_back(app, town, statistician, choice):
    indicator_id = int(choice.split(".")[1])

    done = statistician.submit(
        f"/daten/rohwerte/freigeben?wert={choice}", data={"cleared_by": "Statistikstelle", "cleared_on": DAY}
    )

    assert published(app, indicator_id) == {
        town.social_area: (ValueState.KNOWN, 54),
        town.quarters[0]: (ValueState.KNOWN, 40),
        town.quarters[1]: (ValueState.SUPPRESSED, None),
        town.quarters[2]: (ValueState.SUPPRESSED, None),
    }
    assert "Freigegeben von Statistikstelle." in text(statistician.get(done.location))

    statistician.submit(f"{done.location}/zuruecknehmen")

    assert published(app, indicator_id) == {}
    assert "Zurückgenommen am" in text(statistician.get(done.location))


def test_an_organiser_sees_counts_but_no_reasons_and_cannot_undo(app, town, organiser, statistician, choice):
    done = statistician.submit(
        f"/daten/rohwerte/freigeben?wert={choice}", data={"cleared_by": "Statistikstelle", "cleared_on": DAY}
    )

    page = text(organiser.get(done.location))

    assert "zu wenige Fälle" not in page
    assert "zurücknehmen" not in page
    assert organiser.submit(f"{done.location}/zuruecknehmen").status_code == 403
    assert "von Statistikstelle am 1. März 2026" in text(organiser.get("/daten/freigaben/")) or "01.03.2026" in text(
        organiser.get("/daten/freigaben/")
    )


def test_the_list_explains_itself_when_empty(organiser):
    page = text(organiser.get("/daten/freigaben/"))

    assert "Noch keine Freigabe" in page
    assert "Was die Statistikstelle tut" in page


@pytest.mark.parametrize(
    "data",
    [{"cleared_by": "", "cleared_on": DAY}, {"cleared_by": "A", "cleared_on": "gestern"}, {"cleared_by": "A" * 999}],
)
def test_wrong_entries_come_back_with_a_message(app, statistician, choice, data):
    response = statistician.submit(f"/daten/rohwerte/freigeben?wert={choice}", data=data)

    assert response.status_code == 422
    assert "kern-error" in text(response)
    assert published(app, int(choice.split(".")[1])) == {}


@pytest.mark.parametrize("chosen", ["", "1.2.3", "9999.1.2025-12-31", "%00", "a.b.c", "1.1.0000-00-00"])
def test_a_hostile_choice_leads_back_to_the_stock(statistician, chosen):
    address = f"/daten/rohwerte/freigeben?wert={chosen}"

    assert statistician.get(address).location == "/daten/rohwerte/"
    assert statistician.submit(address, data={"cleared_by": "A", "cleared_on": DAY}).location == "/daten/rohwerte/"


def test_what_could_be_computed_is_not_cleared(app, town, statistician, choice):
    with app.app_context():
        rate = db.session.get(Indicator, int(choice.split(".")[1]))
        for quarter, numerator in ((0, 40), (1, 12)):
            factories.value(rate, db.session.get(Area, town.quarters[quarter]), numerator, 1000, date(2025, 12, 31))
        part = factories.indicator(home_of(town), "part", "Teil", whole_id=rate.id, numerator="Teil eins")
        other = factories.indicator(home_of(town), "other", "Rest", whole_id=rate.id, numerator="Teil zwei")
        factories.value(rate, db.session.get(Area, town.social_area), 42, 2000, date(2025, 12, 31))
        factories.value(other, db.session.get(Area, town.social_area), 40, 2000, date(2025, 12, 31))
        factories.raw_value(part, db.session.get(Area, town.social_area), 2, 2000)
        db.session.commit()
        choice = f"{town.scheme}.{part.id}.2025-12-31"

    response = statistician.submit(
        f"/daten/rohwerte/freigeben?wert={choice}", data={"cleared_by": "A", "cleared_on": DAY}
    )

    assert response.status_code == 422
    assert "So lässt sich das nicht freigeben" in text(response)


def test_pages_stay_within_few_statements(app, town, statistician, choice, statements):
    counts = {}
    for path in ("/daten/freigaben/", "/daten/rohwerte/", f"/daten/rohwerte/freigeben?wert={choice}"):
        statements.clear()
        statistician.get(path)
        counts[path] = len(statements)

    assert max(counts.values()) <= 15


def test_clearances_of_another_town_are_not_there(app, statistician):
    with app.app_context():
        foreign = factories.clearance(factories.municipality()).id
        db.session.commit()

    assert statistician.get(f"/daten/freigaben/{foreign}").status_code == 404
    assert statistician.submit(f"/daten/freigaben/{foreign}/zuruecknehmen").status_code == 404
    with app.app_context():
        assert db.session.get(Clearance, foreign).undone_at is None
