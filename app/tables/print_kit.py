"""From tables and people to the documents of the print kit."""

from collections.abc import Mapping, Sequence

from app.accounts.models import Municipality
from app.conferences.models import Conference
from app.core.collation import sort_key
from app.core.german import clock_time, long_day
from app.invitations.models import Registration
from app.tables import rules
from app.tables.models import TopicTable
from app.tables.printing.attendance import Attendee, attendance_list
from app.tables.printing.badges import Badge, badges
from app.tables.printing.poster import PosterLine, room_poster
from app.tables.printing.table_cards import TableCard, table_cards


def cards_pdf(
    *, municipality: Municipality, conference: Conference, tables: Sequence[TopicTable], base_url: str
) -> bytes:
    """Table cards; tables come with topic and questions."""
    return table_cards(conference.title, municipality.name, [_card(table, base_url) for table in tables])


def badges_pdf(
    *,
    municipality: Municipality,
    conference: Conference,
    people: Sequence[Registration],
    numbers: Mapping[int, Sequence[int]],
    base_url: str,
) -> bytes:
    """Name badges in German order of last names; `numbers` are the tables of each person, round by round."""
    return badges(conference.title, municipality.name, badges_of(people, numbers, base_url))


def badges_of(people: Sequence[Registration], numbers: Mapping[int, Sequence[int]], base_url: str) -> list[Badge]:
    """The badges in German order of last names; their code opens the person at the door."""
    return [
        Badge(
            row.name,
            row.comes_from,
            table_words(numbers.get(row.id, ())),
            row.first_name,
            f"{base_url}/einlass/{row.badge_code}",
        )
        for row in sorted(people, key=lambda row: (sort_key(row.last_name, row.first_name), row.id))
    ]


def attendance_pdf(
    *,
    municipality: Municipality,
    conference: Conference,
    people: Sequence[Registration],
    numbers: Mapping[int, Sequence[int]],
) -> bytes:
    """The list to sign, in German order of institution and last name."""
    attendees = attendees_of(people, numbers)
    return attendance_list(conference.title, when_and_where(conference), municipality.name, attendees)


def attendees_of(people: Sequence[Registration], numbers: Mapping[int, Sequence[int]]) -> list[Attendee]:
    """The lines of the list to sign."""
    ordered = sorted(people, key=lambda row: (sort_key(row.comes_from, row.last_name, row.first_name), row.id))
    return [Attendee(row.comes_from, last_name_first(row), table_words(numbers.get(row.id, ()))) for row in ordered]


def last_name_first(person: Registration) -> str:
    """„Muster, Ada“."""
    return f"{person.last_name}, {person.first_name}".strip(", ")


def table_words(numbers: Sequence[int]) -> str:
    """„3“, or „3 · 5“ for two rounds at different tables; empty for somebody without a seat."""
    return " · ".join(str(number) for number in (numbers[:1] if len(set(numbers)) == 1 else numbers))


def poster_pdf(
    *, municipality: Municipality, conference: Conference, tables: Sequence[TopicTable], base_url: str
) -> bytes:
    """Which topic at which table in which room."""
    return room_poster(
        conference.title,
        when_and_where(conference),
        municipality.name,
        [PosterLine(table.number, table.title, table.room) for table in tables],
        f"{base_url}/k/{municipality.slug}/",
    )


def _card(table: TopicTable, base_url: str) -> TableCard:
    address = rules.table_address(base_url, table.code)
    return TableCard(
        number=table.number,
        title=table.title,
        question=table.topic.questions[0].text if table.topic.questions else "",
        room=table.room,
        host=table.host,
        code=rules.grouped_code(table.code),
        address=address,
        typed=rules.short_address(address),
    )


def when_and_where(conference: Conference) -> str:
    """Day, time and place in one line."""
    times = (
        f"{long_day(conference.starts_at)}, {clock_time(conference.starts_at)} bis {clock_time(conference.ends_at)} Uhr"
    )
    return " · ".join(part for part in (times, conference.venue, conference.venue_address) if part)
