"""Towns for the tests of the findings floor."""

from datetime import date

from app.accounts.models import Municipality
from app.areas.models import Area
from app.extensions import db
from app.findings.models import NeedLink
from app.indicators.models import Indicator
from app.institutions.models import Institution
from tests import factories
from tests.factories import Town

CATEGORY = "Familienbildung"


def row(model, id_: int):
    """A row of the town by its id."""
    return db.session.get(model, id_)


def link(town: Town, category: str = CATEGORY, target_group: str = "families", **fields) -> NeedLink:
    """The town's rate shows the need for a category; quarter 3 is burdened, quarter 1 is not."""
    fields.setdefault("indicator_id", town.indicator)
    return factories.add(
        NeedLink(municipality_id=town.municipality, category=category, target_group=target_group, **fields)
    )


def offer(town: Town, name: str = "Elterncafé", quarters: tuple[int, ...] = (), **fields):
    """An offer confirmed in May 2026; `quarters` counts from 1, none meaning the whole town."""
    fields.setdefault("category", CATEGORY)
    fields.setdefault("confirmed_on", date(2026, 5, 1))
    provider = fields.pop("provider", None) or row(Institution, town.institution)
    areas = [row(Area, town.quarters[n - 1]) for n in quarters]
    return factories.offer(provider, name, areas=areas, **fields)


def home(town: Town) -> Municipality:
    """The town's municipality."""
    return row(Municipality, town.municipality)


def population(town: Town, *counts: int | None) -> Indicator:
    """A count of people by quarter; None leaves a quarter without value."""
    people = factories.indicator(
        home(town), "children", "Kinder unter 15", unit="Kinder", factor=1, denominator=None, polarity="context"
    )
    for area_id, count in zip(town.quarters, counts, strict=True):
        if count is not None:
            factories.value(people, row(Area, area_id), count, None)
    return people
