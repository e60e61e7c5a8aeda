"""What a comparison says of an area, and how areas of need are listed."""

import pytest

from app.indicators.enums import Centre, Method
from app.indicators.index_comparison import compare, moves, same_scale
from app.indicators.need import find_needs
from app.indicators.social_index import AreaValues, AreaVerdict, Part


def verdict(index, name, **contributions):
    """An area with an index made of contributions."""
    return AreaVerdict("x", index, name, {}, contributions)


def test_changed_classes_come_first_with_the_indicator_behind_them():
    before = {1: verdict(0.5, "mittel", a=0.3, b=0.2), 2: verdict(0.9, "mittel", a=0.5, b=0.4), 3: AreaVerdict("3")}
    after = {1: verdict(0.1, "mittel", a=0.3, b=-0.2), 2: verdict(1.2, "niedrig", a=0.4, b=0.8), 3: AreaVerdict("3")}

    changes = compare(before, after)

    assert [one.area_id for one in changes] == [2, 1, 3]
    assert changes[0].main_cause == ("b", pytest.approx(0.4))
    assert [one.shift for one in changes] == pytest.approx([0.3, -0.4, 0])
    assert moves(changes) == [("mittel", "niedrig", 1)]


def test_other_breaks_alone_name_no_indicator():
    (change,) = compare({1: verdict(1.2, "mittel", a=1.2)}, {1: verdict(1.2, "niedrig", a=1.2)})

    assert (change.changes_class, change.main_cause) == (True, None)


def test_an_area_that_loses_its_index_changes_class_without_shift():
    (change,) = compare({1: verdict(1.2, "mittel", a=1.2)}, {1: AreaVerdict("1", reason="Gewerbegebiet.")})

    assert (change.changes_class, change.both, change.shifts) == (True, False, {})


def test_only_z_methods_share_a_scale():
    assert same_scale(Method.Z_SUM, Method.Z_MEAN)
    assert same_scale(Method.RANK_SUM, Method.RANK_SUM)
    assert not same_scale(Method.Z_SUM, Method.MIN_MAX)


def test_needs_are_judged_by_what_is_known_most_deviations_first():
    parts = [Part("a", "A"), Part("b", "B", sign=-1)]
    rows = [("1", 0, 9), ("2", 10, 9), ("3", 10, 0), ("4", 0, 9), ("5", None, 0)]
    areas = [AreaValues(code, {"a": a, "b": b}) for code, a, b in rows]

    found = find_needs(areas, parts, centre=Centre.AREA_MEAN, limit=1, least=1)

    assert [(one.code, one.count, [part.key for part in one.unknown]) for one in found] == [
        ("3", 2, []),
        ("5", 1, ["a"]),
        ("2", 1, []),
    ]
    assert find_needs(areas, parts, centre=Centre.TOWN_VALUE, limit=1, least=1) == []
