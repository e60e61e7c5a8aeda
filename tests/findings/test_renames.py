"""Need links keep up with the names of categories."""

from sqlalchemy import select

from app.accounts.models import Municipality
from app.extensions import db
from app.findings.models import NeedLink
from app.indicators.models import Indicator
from app.institutions.models import Institution
from app.offers.services import rename_categories
from tests import factories


def test_links_follow_when_a_category_is_renamed_and_are_merged_where_both_had_one(app, town):
    with app.app_context():
        home = db.session.get(Municipality, town.municipality)
        rate = db.session.get(Indicator, town.indicator)
        house = db.session.get(Institution, town.institution)
        for category, group in (("Familie", "families"), ("Familie", "all"), ("Familienbildung", "families")):
            factories.add(
                NeedLink(municipality_id=home.id, category=category, target_group=group, indicator_id=rate.id)
            )
        factories.offer(house, category="Familie")

        rename_categories(municipality=home, names=["Familie"], new_name="Familienbildung")
        db.session.commit()
        left = db.session.execute(
            select(NeedLink.category, NeedLink.target_group).order_by(NeedLink.target_group)
        ).all()

    assert [tuple(row) for row in left] == [("Familienbildung", "all"), ("Familienbildung", "families")]
