"""Further ways files come: series, lost zeros, workbooks and commands."""

import io
from datetime import date

import openpyxl
from sqlalchemy import select

from app.areas import queries as areas
from app.areas.imports import read_sheet
from app.extensions import db
from app.indicators.imports import import_values
from app.indicators.models import IndicatorValue
from tests import factories


def take(town, content, **options):
    return import_values(
        municipality=areas.get_municipality_meant(town.slug),
        sheet=read_sheet(content),
        area_column="Schlüssel",
        user=None,
        now=factories.NOW,
        **{"reference_date": None, **options},
    )


def test_a_series_brings_a_value_for_every_date(app, town):
    content = "Schlüssel;2023;Q1 2024;30.06.2024\n0101;1,5;2,5;3,5\n0102;.;x;-\n".encode()
    with app.app_context():
        factories.indicator(areas.get_municipality_meant(town.slug), "kita", "Kita", numerator="", denominator=None)

        report = take(town, content, indicator="kita")

        cells = db.session.execute(
            select(IndicatorValue.reference_date, IndicatorValue.value, IndicatorValue.state)
            .join(IndicatorValue.area)
            .where(IndicatorValue.area_id.in_(town.quarters[:2]), IndicatorValue.indicator.has(key="kita"))
            .order_by(IndicatorValue.area_id, IndicatorValue.reference_date)
        ).all()
        days = [date(2023, 12, 31), date(2024, 3, 31), date(2024, 6, 30)]
        assert (report.created, report.refused) == (6, [])
        assert [row[0] for row in cells] == days * 2
        assert [(row[1], row[2].value) for row in cells] == [
            *((1.5, "known"), (2.5, "known"), (3.5, "known")),
            *((None, "suppressed"), (None, "missing"), (0, "known")),
        ]


def test_codes_that_lost_their_zeros_are_found_where_only_one_fits(app, town):
    content = "Schlüssel;Kita\n101;5\n102;6\n1;7\n11;8\n".encode()
    with app.app_context():
        report = take(town, content, reference_date=date(2025, 12, 31))

        assert [one.number for one in report.refused] == [5]
        assert "In 3 Zeilen fehlten führende Nullen im Schlüssel." in report.notes


def test_the_command_takes_workbooks(app, town, tmp_path):
    book, file = openpyxl.Workbook(), tmp_path / "werte.xlsx"
    for row in (["Bericht"], [], ["Schlüssel", "Kita"], ["0101", 5.25], ["0102", "."], ["Summe", 9]):
        book.active.append(row)
    book.save(file)

    result = app.test_cli_runner().invoke(
        args=["indicators", "import", str(file), "--area-code", "Schlüssel", "--date", "2025-12-31"]
    )

    assert result.exit_code == 0, result.output
    assert result.output.startswith("2 Zeilen gelesen\n2 Werte neu\n0 Werte geändert\n")
    assert "Zeile 6 ausgelassen (Summenzeile): Summe · 9" in result.output


def test_the_command_takes_areas_from_a_workbook(app, tmp_path):
    out = io.BytesIO()
    with app.app_context():
        factories.municipality("stadt")
        db.session.commit()
    book = openpyxl.Workbook()
    for row in (["code", "name"], [1, "Mitte"], [12, "Nord"]):
        book.active.append(row)
    for number in (2, 3):
        book.active.cell(number, 1).number_format = "000"
    book.save(out)
    file = tmp_path / "gebiete.xlsx"
    file.write_bytes(out.getvalue())

    result = app.test_cli_runner().invoke(args=["areas", "import", str(file), "--scheme", "S", "--level", "Bezirk"])

    assert result.output.startswith("2 Zeilen gelesen\n2 Gebiete neu\n")
    with app.app_context():
        assert db.session.scalars(select(factories.Area.code).order_by(factories.Area.code)).all() == ["001", "012"]


def test_a_secret_that_adds_up_is_warned_of(app, town):
    content = "Schlüssel;sgb2_rate_zaehler;sgb2_rate_nenner\n01;600;3000\n0101;100;1000\n0102;200;1000\n0103;.;.\n"
    other = content.replace("0102;200;1000", "0102;.;.")
    with app.app_context():
        warned = take(town, content.encode(), reference_date=date(2026, 12, 31)).notes
        silent = take(town, other.encode(), reference_date=date(2024, 12, 31)).notes

        (note,) = warned
        assert "Geheimes lässt sich aus anderen Werten ausrechnen für 0103." in note
        assert silent == []
