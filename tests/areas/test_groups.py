"""Action areas and groupings."""

from datetime import date

import pytest

from app.accounts.models import Municipality
from app.areas import groups, queries
from app.areas.enums import GroupKind
from app.core.errors import NotFound, RuleBroken
from app.extensions import db
from tests import factories


def quarters(municipality=None):
    """A scheme of two Sozialräume with two quarters each: scheme, coarse areas, fine areas."""
    home = municipality or factories.municipality()
    upper, lower = factories.scheme(home, "Sozialraum", "Sozialquartier")
    coarse = [factories.area(upper, code, f"Raum {code}") for code in ("01", "02")]
    fine = [
        factories.area(lower, f"{parent.code}0{number}", f"Quartier {parent.code}0{number}", parent)
        for parent in coarse
        for number in (1, 2)
    ]
    return queries.get_scheme(home, upper.scheme_id), coarse, fine


def test_an_action_area_lies_across_the_borders_of_the_levels(app):
    with app.app_context():
        home = factories.municipality()
        scheme, _coarse, fine = quarters(home)
        made = groups.create_group(
            scheme=scheme,
            kind=GroupKind.ACTION_AREA,
            name="  Zentrum   Nord ",
            areas=[fine[2], fine[1]],
            reason="Hohe Abweichungen",
            confirmed_on=date(2026, 3, 1),
        ).id
        home_id = home.id
        db.session.commit()

    with app.app_context():
        found = queries.get_group(db.session.get(Municipality, home_id), made)
        assert (found.name, found.family, found.reason) == ("Zentrum Nord", "", "Hohe Abweichungen")
        assert [area.code for area in found.areas] == ["0102", "0201"]
        assert [area.level.name for area in found.areas] == ["Sozialquartier"] * 2


def test_a_grouping_needs_its_family_and_carries_no_reason(app):
    with app.app_context():
        scheme, _coarse, fine = quarters()
        with pytest.raises(RuleBroken, match="Stadtbezirke"):
            groups.create_group(scheme=scheme, kind=GroupKind.GROUPING, name="Nord", areas=fine[:1])

        group = groups.create_group(
            scheme=scheme, kind=GroupKind.GROUPING, name="Nord", family="Stadtteile", areas=fine[:1], reason="egal"
        )

        assert (group.family, group.reason) == ("Stadtteile", "")
        assert queries.list_groups(scheme, GroupKind.GROUPING) == [group]
        assert queries.list_groups(scheme, GroupKind.ACTION_AREA) == []


@pytest.mark.parametrize("pick", [lambda _c, _f: [], lambda c, f: [c[0], f[0]]], ids=["none", "nested"])
def test_areas_that_make_no_sense_are_refused(app, pick):
    with app.app_context():
        scheme, coarse, fine = quarters()

        with pytest.raises(RuleBroken):
            groups.create_group(scheme=scheme, kind=GroupKind.ACTION_AREA, name="X", areas=pick(coarse, fine))


def test_areas_of_another_scheme_are_refused(app):
    with app.app_context():
        scheme, _coarse, _fine = quarters()
        _other, strangers, _ = quarters()

        with pytest.raises(RuleBroken, match="selben Gebietsgliederung"):
            groups.create_group(scheme=scheme, kind=GroupKind.ACTION_AREA, name="X", areas=strangers)


def test_a_name_is_taken_once_within_its_kind_and_family(app):
    with app.app_context():
        scheme, _coarse, fine = quarters()
        first = groups.create_group(scheme=scheme, kind=GroupKind.ACTION_AREA, name="Süd", areas=fine[:1])
        groups.create_group(scheme=scheme, kind=GroupKind.GROUPING, family="Pfarreien", name="Süd", areas=fine[:1])
        second = groups.create_group(scheme=scheme, kind=GroupKind.ACTION_AREA, name="Nord", areas=fine[:1])

        groups.update_group(group=first, name="Süd", areas=fine[:3])
        with pytest.raises(RuleBroken, match="gibt es schon"):
            groups.update_group(group=second, name="Süd", areas=fine[:1])

        assert len(first.areas) == 3


def test_deleting_a_group_leaves_its_areas(app):
    with app.app_context():
        home = factories.municipality()
        scheme, _coarse, fine = quarters(home)
        group = factories.area_group(queries.list_levels(scheme)[1], "Süd", *fine[:2])

        groups.delete_group(group=queries.get_group(home, group.id))

        assert queries.list_groups(scheme) == []
        assert len(queries.list_areas_of_scheme(scheme)) == 6


def test_groups_of_another_municipality_are_not_found(app):
    with app.app_context():
        scheme, _coarse, fine = quarters()
        group = factories.area_group(queries.list_levels(scheme)[1], "Süd", *fine[:2])

        with pytest.raises(NotFound):
            queries.get_group(factories.municipality(), group.id)
