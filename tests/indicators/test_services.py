"""Recording, importing, defining and reading values."""

import json
from datetime import date

import pytest
from sqlalchemy import func, select

from app.areas import queries as areas
from app.areas.imports import AreaColumns, import_areas, read_sheet
from app.core.errors import NotFound, RuleBroken
from app.extensions import db
from app.indicators import index_reading, index_services, queries, reading, services
from app.indicators.enums import Gap, Polarity, ValueState
from app.indicators.imports import import_values
from app.indicators.models import IndicatorValue
from tests import factories
from tests.areas.berlin import BERLIN, needs_berlin

DAY = date(2025, 12, 31)


def home_of(town):
    return areas.get_municipality_meant(town.slug)


def take(municipality, content, **options):
    options.setdefault("reference_date", DAY)
    return import_values(
        municipality=municipality,
        sheet=read_sheet(content if isinstance(content, bytes) else content.encode()),
        area_column=options.pop("area_column", "code"),
        user=None,
        now=factories.NOW,
        **options,
    )


def counts(report):
    return report.read, report.created, report.updated, report.unchanged, [one.number for one in report.refused]


def stored(municipality, key, code):
    """State, numerator, denominator and value of a cell."""
    area = areas.get_area_by_code(municipality, code)
    indicator = queries.find_indicator(municipality, key)
    row = db.session.scalar(
        select(IndicatorValue).where(
            IndicatorValue.area_id == area.id,
            IndicatorValue.indicator_id == indicator.id,
            IndicatorValue.reference_date == DAY,
        )
    )
    return row and (row.state.value, row.numerator, row.denominator, row.value)


def test_wide_files_bring_counts_figures_and_signs(app, town):
    content = (
        "code;ort;sgb2_rate_zaehler;sgb2_rate_nenner;Wohnfläche je EW;Kita\r\n"
        "0101;Hafen;1.200;4.000;31,5;12\r\n0102;Markt;.;900;x;-\r\n0103;Heide;-;1.100;;0\r\n"
    )
    with app.app_context():
        report = take(home_of(town), content.encode("cp1252"))
        db.session.commit()

    with app.app_context():
        home = home_of(town)
        # three cells of sgb2_rate were there already, two of living space and three of Kita are new
        assert counts(report) == (3, 5, 3, 0, [])
        assert [stored(home, "sgb2_rate", code) for code in ("0101", "0102", "0103")] == [
            ("known", 1200, 4000, None),
            ("suppressed", None, None, None),
            ("known", 0, 1100, None),
        ]
        assert [stored(home, "wohnflaeche_je_ew", code) for code in ("0101", "0102", "0103")] == [
            ("known", None, None, 31.5),
            ("missing", None, None, None),
            None,
        ]
        assert stored(home, "Kita", "0102") == ("known", None, None, 0)
        assert "Spalte „ort“ enthält keine Zahlen und wurde übergangen." in report.notes


def test_importing_twice_changes_nothing(app, town):
    content = "code,sgb2_rate_zaehler,sgb2_rate_nenner,flaeche\n0101,120,1000,2.5\n0102,.,1000,x\n"
    with app.app_context():
        take(home_of(town), content)

        assert counts(take(home_of(town), content)) == (2, 0, 0, 4, [])


def test_all_refused_rows_are_named_and_the_others_stored(app, town):
    content = (
        "code;sgb2_rate_zaehler;sgb2_rate_nenner\n0101;5;zehn\n9999;1;2\n;1;2\n0102;10;100\n0102;11;100\n"
        "0103;;100\nInsgesamt;30;300\n0103;7;-5\n"
    )
    with app.app_context():
        report = take(home_of(town), content)

        assert counts(report) == (7, 0, 1, 0, [2, 3, 4, 6, 7, 9])
        assert report.notes == ["Zeile 8 ausgelassen (Summenzeile): Insgesamt · 30 · 300"]
        assert report.refused[0].reason == "sgb2_rate_zaehler"[:9] + ": „zehn“ ist keine Zahl."
        assert stored(home_of(town), "sgb2_rate", "0102") == ("known", 10, 100, None)
        assert stored(home_of(town), "sgb2_rate", "0101") == ("known", 100, 1000, None)


def test_long_files_and_their_own_dates(app, town):
    content = (
        "area;indicator;date;numerator;denominator\n0101;sgb2_rate;2025-12-31;7;70\n0101;sgb2_rate;31.12.2023;6;60\n"
        "0102;neu;2025-12-31;3;30\n0102;neu;2025-02-31;3;30\n"
    )
    with app.app_context():
        report = take(home_of(town), content, area_column="area", reference_date=None)

        assert counts(report) == (4, 1, 2, 0, [5])
        assert report.notes == ["Neuer Indikator: neu (neu)."]
        assert stored(home_of(town), "neu", "0102") == ("known", 3, 30, None)
        assert [one.number for one in take(home_of(town), content, area_column="area").refused] == [3, 5]


def test_a_code_on_two_levels_must_be_told_apart(app, town):
    with app.app_context():
        home = home_of(town)
        upper = areas.get_area(home, town.social_area).level
        factories.area(upper, "0101", "Doppelt")

        assert "--level" in take(home, "code;sgb2_rate\n0101;5\n").refused[0].reason
        assert counts(take(home, "code;sgb2_rate\n0101;5\n", level_name="Sozialquartier")) == (1, 0, 1, 0, [])


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        ("nummer;a\n1;2\n", {}, "Spalte „code“ fehlt"),
        ("code;a\n0101;2\n", {"reference_date": None}, "--date"),
        ("code;a\n0101;2\n", {"scheme_name": "Wohnplätze"}, "Wohnplätze"),
        ("code;name\n0101;Hafen\n", {}, "keine Spalte mit Zahlen"),
    ],
)
def test_files_that_cannot_be_used_at_all(app, town, content, options, message):
    with app.app_context(), pytest.raises(RuleBroken, match=message):
        take(home_of(town), content, **options)


def test_values_of_another_municipality_stay_untouched(app, town):
    with app.app_context():
        other = factories.small_town("Nachbarstadt")

        take(home_of(town), "code;sgb2_rate_zaehler;sgb2_rate_nenner\n0101;1;2\n")

        neighbour = areas.get_municipality_meant(other.slug)
        assert stored(neighbour, "sgb2_rate", "0101") == ("known", 100, 1000, None)
        with pytest.raises(NotFound):
            queries.get_indicator(neighbour, town.indicator)


def test_a_cell_is_known_or_says_why_not(app, town):
    with app.app_context():
        home = home_of(town)
        indicator, area = queries.get_indicator(home, town.indicator), areas.get_area(home, town.quarters[0])

        for bad in ({"state": ValueState.SUPPRESSED, "value": 3.0}, {"state": ValueState.KNOWN}):
            with pytest.raises(RuleBroken):
                services.record_value(indicator=indicator, area=area, reference_date=DAY, **bad)
        done = services.record_value(indicator=indicator, area=area, reference_date=DAY, numerator=1, denominator=2)
        assert (done.created, done.updated, done.unchanged) == (0, 1, 0)


def test_keys_are_unique_and_plain(app, town):
    with app.app_context():
        home = home_of(town)

        for key in ("sgb2_rate", "mit leer", "ü", ""):
            with pytest.raises(RuleBroken):
                services.create_indicator(municipality=home, key=key, name="X")


def test_figures_of_a_quarter_and_its_sozialraum(app, town, statements):
    with app.app_context():
        home = home_of(town)
        indicator = queries.get_indicator(home, town.indicator)
        quarter, whole = areas.get_area(home, town.quarters[2]), areas.get_area(home, town.social_area)
        statements.clear()

        (small,) = reading.figures_for(quarter, [indicator])
        needed = len(statements)
        (large,) = reading.figures_for(whole, [indicator])

        assert needed == 3
        assert (small.value, small.numerator, small.town_value) == (30, 300, 20)
        assert (small.previous_value, small.previous_date) == (27, date(2023, 12, 31))
        assert (small.text, small.change_text, small.town_text) == ("30,0\u00a0%", "+3,0", "20,0\u00a0%")
        assert (large.value, large.numerator, large.denominator) == (20, 600, 3000)
        assert reading.figures_for(quarter, [indicator], until=date(2024, 1, 1))[0].value == 27
        assert small.source == indicator.source


def test_figures_show_secret_missing_and_zero_apart(app, town):
    with app.app_context():
        home = home_of(town)
        indicator = queries.get_indicator(home, town.indicator)
        first, second, third = (areas.get_area(home, area_id) for area_id in town.quarters)
        services.record_value(indicator=indicator, area=first, reference_date=DAY, state=ValueState.SUPPRESSED)
        services.record_value(indicator=indicator, area=second, reference_date=DAY, numerator=0, denominator=80)
        new = factories.indicator(home, "neu", "Neu")

        secret, zero = (reading.figures_for(area, [indicator])[0] for area in (first, second))
        none = reading.figures_for(third, [new])[0]
        whole = reading.figures_for(areas.get_area(home, town.social_area), [indicator])[0]

        assert [one.text for one in (secret, zero, none)] == ["•", "0,0\u00a0%", "–"]
        assert secret.numerator is secret.denominator is secret.change is None
        assert (none.reference_date, none.state) == (None, ValueState.MISSING)
        assert (whole.text, whole.gap, whole.town_value) == ("•", Gap.PART_SUPPRESSED, None)


def test_an_area_that_the_newest_date_forgot_shows_its_own_newest(app, town):
    with app.app_context():
        home = home_of(town)
        indicator = queries.get_indicator(home, town.indicator)
        first, second, _ = (areas.get_area(home, area_id) for area_id in town.quarters)
        services.record_value(
            indicator=indicator, area=first, reference_date=date(2026, 6, 30), numerator=1, denominator=10
        )

        fresh, stale = (reading.figures_for(area, [indicator])[0] for area in (first, second))

        assert (fresh.reference_date, fresh.previous_date) == (date(2026, 6, 30), DAY)
        assert (stale.reference_date, stale.value) == (DAY, 20)


def define(home, level, indicator, **fields):
    fields.setdefault("weights", {indicator: 1.0})
    return index_services.define_social_index(
        municipality=home, level=level, name="Status", reference_date=DAY, now=factories.NOW, **fields
    )


def test_an_index_is_versioned_and_its_rules_are_checked(app, town):
    with app.app_context():
        home = home_of(town)
        indicator, quarter = queries.get_indicator(home, town.indicator), areas.get_area(home, town.quarters[0])

        assert define(home, quarter.level, indicator).version == 1
        assert define(home, quarter.level, indicator, exclusions={quarter: "Gewerbegebiet."}).version == 2
        result = index_reading.compute_index(queries.find_index(home, "Status"))
        assert [result.verdicts[area_id].reason for area_id in town.quarters] == ["Gewerbegebiet.", None, None]
        for bad in (
            {"weights": {}},
            {"weights": {indicator: 0}},
            {"class_breaks": [[1, "a"]]},
            {"exclusions": {quarter: " "}},
        ):
            with pytest.raises(RuleBroken):
                define(home, quarter.level, indicator, **bad)


def test_relief_lowers_a_burden_index(app, town):
    with app.app_context():
        home = home_of(town)
        level = areas.get_area(home, town.quarters[0]).level
        indicator = queries.get_indicator(home, town.indicator)
        indicator.polarity = Polarity.RELIEF
        define(home, level, indicator)

        result = index_reading.compute_index(queries.find_index(home, "Status"))

        values = [result.verdicts[area_id].index for area_id in town.quarters]
        assert values == sorted(values, reverse=True)


def test_the_commands_import_define_and_compute(app, town, tmp_path):
    run = app.test_cli_runner().invoke
    file = tmp_path / "werte.csv"
    file.write_text("code;sgb2_rate_zaehler;sgb2_rate_nenner\n0101;10;100\n0102;20;100\n0103;40;100\nxx;1;1\n")

    imported = run(args=["indicators", "import", str(file), "--area-code", "code", "--date", "2025-12-31"])
    defined = run(
        args=[
            "index",
            "define",
            "Status",
            "--level",
            "Sozialquartier",
            "--date",
            "31.12.2025",
            "--indicators",
            "sgb2_rate",
        ]
    )
    computed = run(args=["index", "compute", "Status", "--json"])
    unknown = run(args=["index", "compute", "Nix"])

    assert (imported.exit_code, defined.exit_code, unknown.exit_code) == (0, 0, 1)
    assert "4 Zeilen gelesen\n0 Werte neu\n3 Werte geändert" in imported.output
    assert "Zeile 5: Es gibt kein Gebiet mit dem Schlüssel „xx“." in imported.output
    assert "Vorhanden: Status" in unknown.output
    rows = json.loads(computed.stdout)
    assert list(rows[0]) == ["code", "name", "index", "class", "z", "included", "reason"]
    assert [row["code"] for row in rows] == ["0101", "0102", "0103"]
    assert rows[2]["index"] == pytest.approx(1.3363, abs=1e-4)
    assert rows[2]["z"] == {"sgb2_rate": pytest.approx(1.3363, abs=1e-4)}


def test_a_file_without_one_good_row_leaves_nothing_behind(app, town, tmp_path):
    file = tmp_path / "werte.csv"
    file.write_text("code;neu\nxx;1\n")

    result = app.test_cli_runner().invoke(
        args=["indicators", "import", str(file), "--area-code", "code", "--date", "2025-12-31"]
    )

    assert result.exit_code == 1
    with app.app_context():
        assert queries.find_indicator(home_of(town), "neu") is None


@needs_berlin
def test_the_published_classes_of_berlin_are_reproduced(app):
    lor, status = ((BERLIN / name).read_bytes() for name in ("lor_2021.csv", "mss_2021_status.csv"))
    day = date(2020, 12, 31)
    with app.app_context():
        home = factories.municipality("berlin", "Berlin")
        import_areas(
            municipality=home,
            sheet=read_sheet(lor),
            scheme_name="LOR 2021",
            level_name="Planungsraum",
            columns=AreaColumns("Planungsraum (Nummer)", "Planungsraum (Name)"),
            user=None,
            now=factories.NOW,
        )
        first = take(home, status, area_column="PLR-ID", reference_date=day)
        again = take(home, status, area_column="PLR-ID", reference_date=day)
        people = take(
            home,
            (BERLIN / "einwohnerbestand_06-2022_plr.csv").read_bytes(),
            area_column="PLR-ID",
            reference_date=date(2022, 6, 30),
        )
        index_services.define_social_index(
            municipality=home,
            level=areas.list_areas_of_municipality(home)[0].level,
            name="Status",
            reference_date=day,
            weights={queries.find_indicator(home, key): 1.0 for key in ("zS1", "zS3", "zS4")},
            population=queries.find_indicator(home, "ew_31_12_2020"),
            now=factories.NOW,
        )

        result = index_reading.compute_index(queries.find_index(home, "Status"))

        assert (first.refused, people.refused) == ([], [])
        assert (first.created, again.created, again.updated) == (again.unchanged, 0, 0)
        sheet = read_sheet(status)
        published = {row.cells["PLR-ID"]: row.cells["Zuordnung Klasse Status-Index"] for row in sheet.records}
        found = {area.code: result.verdicts[area.id] for area in result.areas}
        assert {code: found[code].class_name for code in published} == {
            c: name or None for c, name in published.items()
        }
        assert sum(one.included for one in found.values()) == 536
        assert all(one.reason for one in found.values() if not one.included)


def test_ten_thousand_values_take_few_statements(app, statements):
    with app.app_context():
        home = factories.municipality()
        (level,) = factories.scheme(home, "Quartier")
        for number in range(100):
            factories.area(level, f"{number:04}", f"Quartier {number}")
        header = "code;" + ";".join(f"i{n}" for n in range(100))
        lines = [f"{number:04};" + ";".join(str(n) for n in range(100)) for number in range(100)]
        take(home, "\n".join([header, *lines]))
        statements.clear()

        report = take(home, "\n".join([header, *lines]))

        assert report.unchanged == 10_000
        assert len(statements) < 10
        assert db.session.scalar(select(func.count()).select_from(IndicatorValue)) == 10_000
