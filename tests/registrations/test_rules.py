"""When an event takes registrations, and which names and addresses are the same."""

from datetime import UTC, datetime, timedelta

import pytest

from app.conferences.enums import Participation
from app.invitations.rules import Person
from app.registrations.enums import Opening
from app.registrations.rules import Entry, confirm_by, opening, same_address, same_name

STARTS = datetime(2027, 3, 11, 13, 0, tzinfo=UTC)
CLOSES = STARTS - timedelta(days=2)


@pytest.mark.parametrize(
    ("participation", "cancelled", "closes_at", "now", "expected"),
    [
        (Participation.OPEN, False, None, STARTS - timedelta(seconds=1), Opening.OPEN),
        (Participation.MIXED, False, CLOSES, CLOSES - timedelta(seconds=1), Opening.OPEN),
        (Participation.MIXED, False, CLOSES, CLOSES, Opening.CLOSED),
        (Participation.OPEN, False, None, STARTS, Opening.BEGUN),
        (Participation.OPEN, False, CLOSES, STARTS, Opening.BEGUN),
        (Participation.OPEN, True, CLOSES, STARTS, Opening.CANCELLED),
        (Participation.INVITATION, True, None, STARTS, Opening.INVITED_ONLY),
        (Participation.ADMINISTRATION, False, None, CLOSES, Opening.INVITED_ONLY),
    ],
)
def test_an_event_is_open_or_says_what_matters_most(participation, cancelled, closes_at, now, expected):
    assert (
        opening(
            participation=participation,
            starts_at=STARTS,
            closes_at=closes_at,
            cancelled_at=CLOSES if cancelled else None,
            now=now,
        )
        is expected
    )


@pytest.mark.parametrize(
    ("entry", "hours"),
    [
        (Entry(Person("Robin", "Gast")), 48),
        (Entry(Person("Robin", "Gast"), organisation="Verein"), None),
        (Entry(Person("Robin", "Gast"), institution_id=1), None),
    ],
)
def test_only_private_persons_confirm(entry, hours):
    expected = None if hours is None else STARTS + timedelta(hours=hours)

    assert confirm_by(entry, STARTS) == expected


@pytest.mark.parametrize(
    ("one", "other"), [("Verein  Nord e. V.", "verein nord E. V."), ("„Haus“ Süd – Mitte", "Haus Süd - Mitte")]
)
def test_names_are_the_same_whatever_case_spaces_and_marks(one, other):
    assert same_name(one) == same_name(other)


def test_other_names_are_others():
    assert same_name("Verein Nord") != same_name("Verein Nordost")


def test_addresses_differ_by_more_than_capitals():
    assert same_address(" Kim@Verein.Example") == same_address("kim@verein.example")
    assert same_address("kim@verein.example") != same_address("kim@verein2.example")
