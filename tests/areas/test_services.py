"""Schemes, levels, areas, and taking them over from files."""

import pytest
from sqlalchemy import select

from app.areas import queries, services
from app.areas.imports import AreaColumns, import_areas, read_sheet
from app.areas.models import Area, AreaLevel
from app.core.errors import NotFound, RuleBroken
from app.extensions import db
from tests import factories
from tests.areas.berlin import BERLIN, needs_berlin

COARSE = b"code;name\n01;Mitte\n02;Nord\n"
FINE = b"code;name;parent\n0101;Hafen;01\n0102;Markt;01\n0201;Heide;02\n"


def take(municipality, content, level, **columns):
    return import_areas(
        municipality=municipality,
        sheet=read_sheet(content),
        scheme_name="Sozialräume",
        level_name=level,
        columns=AreaColumns(**columns),
        user=None,
        now=factories.NOW,
    )


def counts(report):
    return report.read, report.created, report.updated, report.unchanged, [one.number for one in report.refused]


def test_import_creates_levels_below_each_other_and_finds_parents(app):
    with app.app_context():
        home = factories.municipality()
        assert counts(take(home, COARSE, "Sozialraum")) == (2, 2, 0, 0, [])
        assert counts(take(home, FINE, "Sozialquartier", parent="parent")) == (3, 3, 0, 0, [])
        slug = home.slug
        db.session.commit()

    with app.app_context():
        levels = db.session.scalars(select(AreaLevel).order_by(AreaLevel.rank)).all()
        area = queries.get_area_by_code(queries.get_municipality_meant(slug), "0102")
        assert [level.name for level in levels] == ["Sozialraum", "Sozialquartier"]
        assert (area.name, area.parent.name) == ("Markt", "Mitte")


def test_import_twice_changes_nothing_and_an_edit_one_row(app):
    with app.app_context():
        home = factories.municipality()
        take(home, COARSE, "Sozialraum")
        take(home, FINE, "Sozialquartier", parent="parent")

        assert counts(take(home, FINE, "Sozialquartier", parent="parent")) == (3, 0, 0, 3, [])
        assert counts(take(home, FINE.replace(b"Markt", b"Alter Markt"), "Sozialquartier")) == (3, 0, 1, 2, [])


def test_refused_rows_are_all_named_and_do_not_stop_the_others(app):
    content = (
        b"code;name;parent\n0101;Hafen;99\n;Ohne;01\n0102;;01\n0103;Gut;01\n0103;Anders;01\n0103;Gut;01\n01/4;X;01\n"
    )
    with app.app_context():
        home = factories.municipality()
        take(home, COARSE, "Sozialraum")

        report = take(home, content, "Sozialquartier", parent="parent")

        assert counts(report) == (7, 1, 0, 0, [2, 3, 4, 6, 8])
        assert "99" in report.refused[0].reason


def test_a_missing_column_or_level_above_is_said(app):
    with app.app_context():
        home = factories.municipality()

        with pytest.raises(RuleBroken, match="Spalte „nummer“ fehlt"):
            take(home, COARSE, "Sozialraum", code="nummer")
        with pytest.raises(RuleBroken, match="gröbere Ebene"):
            take(home, FINE, "Sozialquartier", parent="parent")


def test_parents_must_be_coarser_and_of_the_same_scheme(app):
    with app.app_context():
        upper, lower = factories.scheme(factories.municipality(), "Sozialraum", "Quartier")
        stranger = factories.area(factories.scheme(factories.municipality(), "Bezirk")[0], "1", "Fremd")
        quarter = services.create_area(level=lower, code="0101", name="Hafen")

        for parent in (stranger, quarter):
            with pytest.raises(RuleBroken):
                services.create_area(level=upper, code="02", name="Nord", parent=parent)
        with pytest.raises(RuleBroken, match="schon"):
            services.create_area(level=lower, code="0101", name="Hafen zwei")


def test_areas_of_another_municipality_are_not_found(app):
    with app.app_context():
        home, other = factories.municipality(), factories.municipality()
        stranger = factories.area(factories.scheme(other, "Bezirk")[0], "77", "Fremdgebiet")

        with pytest.raises(NotFound):
            queries.get_area(home, stranger.id)
        with pytest.raises(NotFound):
            queries.get_area_by_code(home, "77")
        assert queries.list_area_choices(home) == []
        assert queries.list_areas_with_ids(home, [stranger.id]) == []


def test_choices_follow_the_tree(app, town):
    with app.app_context():
        labels = [label.strip() for _, label in queries.list_area_choices(queries.get_municipality_meant(town.slug))]

    assert labels[0] == "Musterstadt Mitte (Sozialraum)"
    assert labels[1:] == [f"Musterstadt Quartier {n} (Sozialquartier)" for n in (1, 2, 3)]


def test_the_only_municipality_is_meant(app):
    with app.app_context():
        with pytest.raises(RuleBroken, match="noch keine Kommune"):
            queries.get_municipality_meant(None)
        one = factories.municipality("eins")
        assert queries.get_municipality_meant(None) is one
        factories.municipality("zwei")
        with pytest.raises(RuleBroken, match="eins, zwei"):
            queries.get_municipality_meant(None)


def test_the_command_reports_and_fails_in_one_line(app, tmp_path):
    with app.app_context():
        factories.municipality("stadt")
        db.session.commit()
    file = tmp_path / "gebiete.csv"
    file.write_bytes(COARSE + b";Ohne\n")
    arguments = ["areas", "import", str(file), "--scheme", "S", "--level", "Sozialraum"]

    good = app.test_cli_runner().invoke(args=arguments)
    bad = app.test_cli_runner().invoke(args=[*arguments, "--municipality", "gibtsnicht"])

    assert good.exit_code == 0
    assert "3 Zeilen gelesen\n2 Gebiete neu" in good.output
    assert "Zeile 4: Der Schlüssel fehlt." in good.output
    assert bad.exit_code == 1
    assert "gibtsnicht" in bad.output
    with app.app_context():
        assert db.session.scalars(select(Area.code).order_by(Area.code)).all() == ["01", "02"]


@needs_berlin
def test_berlin_comes_in_on_all_four_levels(app):
    lor = (BERLIN / "lor_2021.csv").read_bytes()
    outlines = (BERLIN / "lor_prognoseraeume_2021.geojson").read_bytes()

    def columns(one, parent=None):
        return {"code": f"{one} (Nummer)", "name": f"{one} (Name)", "parent": parent}

    with app.app_context():
        home = factories.municipality("berlin", "Berlin")
        reports = [
            take(home, lor, "Bezirk", code="Bezirk", name="Bezirk"),
            take(home, lor, "Prognoseraum", **columns("Prognoseraum", "Bezirk")),
            take(home, lor, "Bezirksregion", **columns("Bezirksregion", "Prognoseraum (Nummer)")),
            take(home, lor, "Planungsraum", **columns("Planungsraum", "Bezirksregion (Nummer)")),
            take(home, outlines, "Prognoseraum", code="PGR_ID", name="PGR_NAME"),
            take(home, outlines, "Prognoseraum", code="PGR_ID", name="PGR_NAME"),
        ]

        assert [counts(report) for report in reports] == [
            (542, 12, 0, 0, []),
            (542, 58, 0, 0, []),
            (542, 143, 0, 0, []),
            (542, 542, 0, 0, []),
            (58, 0, 58, 0, []),
            (58, 0, 0, 58, []),
        ]
        tree = queries.area_tree(queries.get_area_by_code(home, "01100101").scheme_id)
        assert [len(level) for level in tree.levels] == [12, 58, 143, 542]
        assert len(tree.roots) == 12
