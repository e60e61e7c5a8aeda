"""A conference as a calendar file (RFC 5545) that Outlook, Apple and Google take, change and take back.

What they insist on: the method inside must be the one in the mail, an invitation names who organises and who is
invited, the time zone comes along in the two-rule form (Outlook misreads longer histories), the UID never changes and
the sequence rises. Answers by calendar are not asked for: they would reach nobody; the personal link takes them.
"""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress

from app.conferences.models import Conference
from app.core.letters import one_line, plain_text
from app.core.mail import valid_address

ZONE = "Europe/Berlin"
BERLIN = ZoneInfo(ZONE)


class Method(StrEnum):
    """What a calendar is to do with the file."""

    REQUEST = "REQUEST"
    PUBLISH = "PUBLISH"
    CANCEL = "CANCEL"


def invitation(conference: Conference, *, organiser: tuple[str, str], attendee: tuple[str, str], now: datetime) -> str:
    """The file a mail carries; for a cancelled conference it takes the date out of the calendar again.

    `organiser` and `attendee` are name and address. Without a usable organiser it is a plain date to be added.
    """
    if not valid_address(organiser[1]):
        return publication(conference, now=now)
    method = Method.CANCEL if conference.cancelled_at else Method.REQUEST
    event = _event(conference, now)
    event.add("organizer", _person(organiser))
    guest = _person(attendee)
    for name, value in {
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "FALSE",
    }.items():
        guest.params[name] = value
    event.add("attendee", guest, encode=0)
    return _file(event, method)


def publication(conference: Conference, *, now: datetime) -> str:
    """The file for everybody, to download; names nobody."""
    return _file(_event(conference, now), Method.CANCEL if conference.cancelled_at else Method.PUBLISH)


def _file(event: Event, method: Method) -> str:
    calendar = Calendar()
    calendar.add("prodid", "-//Thementisch//Konferenzen//DE")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    calendar.add_component(_berlin())
    calendar.add_component(event)
    return calendar.to_ical().decode()


def _event(conference: Conference, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{conference.calendar_uid}@thementisch")
    event.add("sequence", conference.calendar_sequence)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", _moment(conference.starts_at))
    event.add("dtend", _moment(conference.ends_at))
    event.add("summary", one_line(conference.title))
    place = ", ".join(filter(None, (one_line(conference.venue), one_line(conference.venue_address))))
    if place:
        event.add("location", place)
    event.add("description", plain_text(_description(conference)))
    event.add("status", "CANCELLED" if conference.cancelled_at else "CONFIRMED")
    event.add("transp", "OPAQUE")
    return event


def _description(conference: Conference) -> str:
    if conference.cancelled_at:
        return "\n".join(filter(None, ("Die Veranstaltung ist abgesagt.", conference.cancellation_reason)))
    return "Ob Sie kommen, sagen Sie uns bitte über den persönlichen Link in Ihrer Mail."


def _moment(moment: datetime) -> datetime:
    """German wall-clock time; UTC in the hour that comes twice in autumn, where the wall clock says too little."""
    local = moment.astimezone(BERLIN)
    return moment.astimezone(UTC) if local.fold else local


def _person(who: tuple[str, str]) -> vCalAddress:
    name, address = who
    person = vCalAddress(f"mailto:{address}")
    if shown := one_line(name).replace('"', "’"):
        person.params["CN"] = shown
    return person


def _berlin() -> Timezone:
    """Central European time with the clock changes of the European Union: last Sunday of March and of October."""
    zone = Timezone()
    zone.add("tzid", ZONE)
    for component, name, before, after, first, month in (
        (TimezoneDaylight(), "CEST", 1, 2, datetime(1996, 3, 31, 2), 3),  # noqa: DTZ001 -- a wall clock by definition
        (TimezoneStandard(), "CET", 2, 1, datetime(1996, 10, 27, 3), 10),  # noqa: DTZ001 -- a wall clock by definition
    ):
        component.add("tzname", name)
        component.add("tzoffsetfrom", timedelta(hours=before))
        component.add("tzoffsetto", timedelta(hours=after))
        component.add("dtstart", first)
        component.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        zone.add_component(component)
    return zone
