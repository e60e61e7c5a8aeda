"""Codes, formats and exports."""

import logging
import sys
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from app.core import german, tokens
from app.core.access import safe_path
from app.core.clock import from_local, local_date
from app.core.exports import to_csv
from app.core.logs import JsonFormatter
from app.extensions import db


@pytest.mark.parametrize("typed", ["abc234", "ABC 234", "abc-234", " a b c 2 3 4 ", "ABC–234"])
def test_table_codes_forgive_how_people_type(typed):
    assert tokens.normalise_code(typed) == "ABC234"


def test_codes_avoid_letters_that_look_alike():
    codes = "".join(tokens.new_code() for _ in range(200))

    assert not set(codes) & set("01OIL")


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(1234.5, 1, "1.234,5"), (0, 0, "0"), (-3.25, 1, "-3,2"), (None, 1, "–")],
)
def test_numbers_are_written_the_german_way(value, digits, text):
    assert german.number(value, digits) == text


def test_change_carries_its_sign():
    assert [german.signed(value) for value in (1.26, -0.4, 0.01)] == ["+1,3", "−0,4", "±0,0"]


def test_times_are_stored_in_utc_and_shown_in_german_time_on_both_sides_of_the_clock_change():
    before, after = from_local(date(2027, 3, 28), 1, 30), from_local(date(2027, 3, 28), 3, 30)

    assert (after - before).total_seconds() == 3600
    assert [german.clock_time(moment) for moment in (before, after)] == ["01:30", "03:30"]


def test_the_day_in_germany_is_not_the_day_in_utc():
    assert local_date(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == date(2026, 7, 2)


@pytest.mark.parametrize("dangerous", ["=1+1", "+49", "-1 Idee", "@SUMME(A1)", "\tx", "\rx"])
def test_spreadsheets_cannot_run_what_people_typed(dangerous):
    exported = to_csv(["Text"], [[dangerous]]).decode("utf-8-sig")

    assert exported.splitlines()[1].lstrip('"').startswith("'")


def test_negative_numbers_stay_numbers():
    assert to_csv(["Wert"], [[-1.5]]).decode("utf-8-sig") == "Wert\r\n-1,5\r\n"


@pytest.mark.parametrize(
    "target",
    [
        "//fremd.example",
        "https://fremd.example",
        "/\\fremd.example",
        "/\t/fremd.example",
        "/\r\nLocation: x",
        "//[",
        "",
        None,
    ],
)
def test_nobody_is_sent_to_another_site(target):
    assert safe_path(target) is None


def test_a_path_of_ours_is_fine():
    assert safe_path("/konferenzen/3/?x=1") == "/konferenzen/3/?x=1"


def test_what_databases_quote_stays_out_of_the_log():
    try:
        raise ValueError(
            "doppelt\nDETAIL:  Key (email)=(kim@stadt.example) already exists.\n[parameters: {'name': 'Kim'}]"
        )
    except ValueError:
        record = logging.LogRecord("app", logging.ERROR, "", 0, "unexpected_error", None, sys.exc_info())

    line = JsonFormatter().format(record)

    assert "doppelt" in line
    assert "kim@" not in line
    assert "Kim" not in line


def test_statements_hide_what_they_carry(app):
    with app.app_context():
        assert db.engine.hide_parameters


def test_two_people_doing_the_same_get_a_page_that_says_so(app, town):
    with app.test_request_context(headers={"Accept": "text/html"}):
        page = app.make_response(app.handle_user_exception(IntegrityError("", None, ValueError())))

    assert page.status_code == 409
    assert "gerade dasselbe" in page.get_data(as_text=True)
