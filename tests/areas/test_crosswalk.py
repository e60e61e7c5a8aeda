"""From an older scheme to a newer one."""

import json

import pytest

from app.areas import queries, services
from app.areas.crosswalk import links_by_code, links_by_overlap, verdict_on
from app.areas.crosswalk_acts import import_crosswalk, propose_crosswalk, save_crosswalk
from app.core.errors import RuleBroken
from app.extensions import db
from app.imports.sheets import Record, Sheet
from tests import factories


def box(west: float, east: float) -> str:
    ring = [[west, 51.5], [east, 51.5], [east, 51.51], [west, 51.51], [west, 51.5]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


def table(*rows: str, columns=("alt", "neu", "anteil")) -> Sheet:
    """A table as read from a file."""
    names = list(columns)
    cells = [dict(zip(names, row.split(";"), strict=True)) for row in rows]
    return Sheet(names, [Record(number, one) for number, one in enumerate(cells, start=2)])


def two_schemes():
    """Three old areas beside each other; in the new scheme the first two are one, the third is cut."""
    home = factories.municipality()
    old_level = factories.scheme(home, "Wohnplatz")[0]
    old = queries.get_scheme(home, old_level.scheme_id)
    old.name = "Gliederung 2017"
    new = services.create_scheme(municipality=home, name="Gliederung 2021")
    new_level = services.create_level(scheme=new, name="Wohnplatz")
    older = [factories.area(old_level, f"{n}", f"Alt {n}", west=7 + n / 100) for n in (1, 2, 3)]
    newer = [
        services.create_area(level=new_level, code="A", name="Neu A", geometry=box(7.01, 7.03)),
        services.create_area(level=new_level, code="B", name="Neu B", geometry=box(7.03, 7.035)),
        services.create_area(level=new_level, code="3", name="Neu 3", geometry=box(7.035, 7.04)),
    ]
    return old, new, older, newer


def test_links_by_code_and_by_overlap():
    assert links_by_code([(1, "01"), (2, "02")], [(11, "02"), (12, "03")]) == {(2, 11): 1.0}
    assert links_by_overlap({1: box(7, 7.01), 2: box(7.01, 7.02)}, {9: box(7, 7.0151)}) == {
        (1, 9): 1.0,
        (2, 9): pytest.approx(0.51, abs=0.002),
    }
    assert links_by_overlap({1: box(7, 7.01)}, {9: box(7.0099, 7.02)}) == {}
    assert links_by_overlap({}, {9: box(7, 7.01)}) == {}


def test_only_areas_made_of_whole_older_ones_can_be_compared():
    verdict = verdict_on({(1, 10): 1.0, (2, 10): 1.0, (3, 11): 0.6, (3, 12): 0.4, (4, 12): 1.0})

    assert verdict.parts == {10: [1, 2]}
    assert verdict.passes == {1, 2, 4}


def test_a_proposal_is_confirmed_and_replaced_as_a_whole(app):
    with app.app_context():
        old, new, older, newer = two_schemes()
        ids = {area.code: area.id for area in [*older, *newer]}

        links = propose_crosswalk(older=older, newer=newer)
        save_crosswalk(older=old, newer=new, links=links)

        assert links == {
            (ids["1"], newer[0].id): 1.0,
            (ids["2"], newer[0].id): 1.0,
            (older[2].id, newer[1].id): 0.5,
            (older[2].id, newer[2].id): 0.5,
        }
        assert queries.links_between(old.id, new.id) == links
        assert queries.list_older_schemes(new.id) == [old]
        assert queries.list_older_schemes(old.id) == []

        save_crosswalk(older=old, newer=new, links={(older[2].id, newer[2].id): 0.7})
        assert queries.links_between(old.id, new.id) == {(older[2].id, newer[2].id): 0.7}
        save_crosswalk(older=old, newer=new, links={})
        assert queries.list_older_schemes(new.id) == []


def test_areas_without_outline_are_proposed_by_code(app):
    with app.app_context():
        _old, _new, older, newer = two_schemes()
        for area in [*older, *newer]:
            area.geometry = None
        db.session.flush()

        assert propose_crosswalk(older=older, newer=newer) == {(older[2].id, newer[2].id): 1.0}


def test_impossible_links_are_refused(app):
    with app.app_context():
        old, new, older, newer = two_schemes()
        stranger = factories.area(factories.scheme(factories.municipality(), "Bezirk")[0], "1", "Fremd")

        for links in (
            {(older[0].id, newer[0].id): 0.8, (older[0].id, newer[1].id): 0.8},
            {(older[0].id, newer[0].id): 0.0},
            {(older[0].id, newer[0].id): 1.1},
            {(stranger.id, newer[0].id): 1.0},
            {(older[0].id, stranger.id): 1.0},
        ):
            with pytest.raises(RuleBroken):
                save_crosswalk(older=old, newer=new, links=links)
        with pytest.raises(RuleBroken, match="verschiedene"):
            save_crosswalk(older=old, newer=old, links={})
        assert queries.links_between(old.id, new.id) == {}


def test_a_table_is_taken_over_and_its_bad_rows_are_named(app):
    with app.app_context():
        old, new, older, newer = two_schemes()

        report = import_crosswalk(
            older=old, newer=new, sheet=table("1;A;", "2;A;100 %", "3;B;0,35", "3;3;65%", "9;A;", "1;Z;", "1;A;viel")
        )

        assert (report.read, report.created, [one.number for one in report.refused]) == (7, 4, [6, 7, 8])
        assert queries.links_between(old.id, new.id) == {
            (older[0].id, newer[0].id): 1.0,
            (older[1].id, newer[0].id): 1.0,
            (older[2].id, newer[1].id): 0.35,
            (older[2].id, newer[2].id): 0.65,
        }


def test_a_table_nobody_can_use_is_refused(app):
    with app.app_context():
        old, new, _older, _newer = two_schemes()

        with pytest.raises(RuleBroken, match="Zeile 2"):
            import_crosswalk(older=old, newer=new, sheet=table("9;A;1"))
        with pytest.raises(RuleBroken, match="zwei Spalten"):
            import_crosswalk(older=old, newer=new, sheet=table("9", columns=["alt"]))
