"""Calendar files as calendars read them."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from app.core.mime import method_of
from app.invitations import calendar_file

NOW = datetime(2027, 1, 10, 9, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
ORGANISER = ("Stadt Auenbrück", "planung@auenbrueck.example")
GUEST = ("Kim Muster", "kim@verein.example")


def conference(**fields):
    """What a calendar file needs of a conference."""
    values = {
        "title": "Expert*innendialog Mitte",
        "starts_at": datetime(2027, 4, 15, 12, 0, tzinfo=UTC),
        "ends_at": datetime(2027, 4, 15, 15, 45, tzinfo=UTC),
        "venue": "Bürgerhaus, Saal 1",
        "venue_address": "Marktplatz 1; Hinterhaus",
        "calendar_uid": "0123456789abcdef",
        "calendar_sequence": 0,
        "cancelled_at": None,
        "cancellation_reason": "",
    }
    return SimpleNamespace(**{**values, **fields})


def invitation(**fields) -> str:
    return calendar_file.invitation(conference(**fields), organiser=ORGANISER, attendee=GUEST, now=NOW)


def event_of(file: str):
    return Calendar.from_ical(file).events[0]


def test_an_invitation_says_who_when_and_where():
    file = invitation()

    event = event_of(file)
    assert method_of(file) == "REQUEST"
    assert event["SUMMARY"] == "Expert*innendialog Mitte"
    assert event["LOCATION"] == "Bürgerhaus, Saal 1, Marktplatz 1; Hinterhaus"
    assert (event["ORGANIZER"], event["ORGANIZER"].params["CN"]) == ("mailto:planung@auenbrueck.example", ORGANISER[0])
    assert event["ATTENDEE"] == "mailto:kim@verein.example"
    assert dict(event["ATTENDEE"].params) == {
        "CN": "Kim Muster",
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "FALSE",
    }
    assert (event["STATUS"], event["DTSTAMP"].dt) == ("CONFIRMED", NOW)
    assert event["DTSTART"].dt == datetime(2027, 4, 15, 14, 0, tzinfo=BERLIN)
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"


def test_the_time_zone_comes_along_in_the_two_rule_form():
    zone = Calendar.from_ical(invitation()).timezones[0]

    rules = {part.name: (part["RRULE"].to_ical(), part["TZOFFSETTO"].td) for part in zone.subcomponents}
    assert zone["TZID"] == "Europe/Berlin"
    assert rules == {
        "DAYLIGHT": (b"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", timedelta(hours=2)),
        "STANDARD": (b"FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", timedelta(hours=1)),
    }


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ("2027-03-27T18:00", "2027-03-28T12:00"),  # across the night that loses an hour
        ("2027-03-28T00:30", "2027-03-28T01:30"),  # 01:30 to 03:30 on that day
        ("2027-03-28T13:00", "2027-03-28T16:00"),
        ("2027-10-30T18:00", "2027-10-31T12:00"),  # across the night that gains one
        ("2027-10-31T00:30", "2027-10-31T01:30"),  # 02:30 summer time to 02:30 winter time
        ("2027-10-31T01:15", "2027-10-31T01:45"),  # inside the second 02 o'clock
        ("2027-10-31T13:00", "2027-10-31T16:00"),
        ("2027-07-01T10:00", "2027-07-01T12:00"),
        ("2027-12-01T10:00", "2027-12-01T12:00"),
    ],
)
def test_both_clock_changes_of_2027_leave_the_moments_as_they_are(starts, ends):
    moments = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (starts, ends)]

    file = invitation(starts_at=moments[0], ends_at=moments[1])

    zone = Calendar.from_ical(file).timezones[0].to_tz(lookup_tzid=False)
    event = event_of(file)
    read = [read_by_the_files_own_rules(event[name], zone) for name in ("DTSTART", "DTEND")]
    assert read == moments


def read_by_the_files_own_rules(value, zone) -> datetime:
    """A moment as a calendar reads it that knows nothing but the VTIMEZONE in the file."""
    if value.params.get("TZID") is None:
        return value.dt
    return value.dt.replace(tzinfo=zone, fold=0).astimezone(UTC)


def test_changes_keep_the_uid_and_raise_the_sequence():
    before, after = event_of(invitation()), event_of(invitation(calendar_sequence=3, venue="Rathaus"))

    assert before["UID"] == after["UID"] == "0123456789abcdef@thementisch"
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 3)


def test_a_cancelled_conference_is_taken_out_again():
    gone = {"cancelled_at": NOW, "calendar_sequence": 4, "cancellation_reason": "Sturm"}

    for file in (invitation(**gone), calendar_file.publication(conference(**gone), now=NOW)):
        event = event_of(file)
        assert method_of(file) == "CANCEL"
        assert (event["STATUS"], event["SEQUENCE"], event["UID"]) == ("CANCELLED", 4, "0123456789abcdef@thementisch")
        assert "Sturm" in event["DESCRIPTION"]


def test_the_file_for_everybody_names_nobody():
    file = calendar_file.publication(conference(), now=NOW)

    assert method_of(file) == "PUBLISH"
    assert not {"ORGANIZER", "ATTENDEE"} & set(event_of(file))


def test_without_a_usable_organiser_it_is_a_date_to_add():
    file = calendar_file.invitation(conference(), organiser=("Stadt", ""), attendee=GUEST, now=NOW)

    assert method_of(file) == "PUBLISH"


@pytest.mark.parametrize(
    "title",
    [
        "Zwei\r\nZeilen\r\nATTENDEE:mailto:alle@stadt.example",
        "Komma, Semikolon; Rückstrich\\ und \\n",
        "x" * 10_000,
        "ä" * 5_000,
        "👨‍👩‍👧‍👦 Familie 🎉" * 50,
        "END:VEVENT\nEND:VCALENDAR",
        'Anführung "hier" \u202eumgedreht\x00\x07',
        "",
    ],
)
def test_hostile_words_stay_words(title):
    file = calendar_file.invitation(
        conference(title=title, venue=title, cancellation_reason=title),
        organiser=(title, ORGANISER[1]),
        attendee=(title, GUEST[1]),
        now=NOW,
    )

    calendar = Calendar.from_ical(file)
    event = calendar.events[0]
    assert len(calendar.events) == 1
    assert event["SUMMARY"] == calendar_file.one_line(title)
    assert event["ATTENDEE"] == "mailto:kim@verein.example"
    assert file.endswith("END:VCALENDAR\r\n")
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", file)
    assert max(len(line.encode()) for line in file.split("\r\n")) <= 75
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u202e]", file)
