"""From tables and people to the documents of the print kit."""

from collections.abc import Sequence

from app.accounts.models import Municipality
from app.conferences.models import Conference
from app.core.collation import sort_key
from app.core.german import clock_time, long_day
from app.tables import rules
from app.tables.models import TopicTable
from app.tables.printing.attendance import Attendee, attendance_list
from app.tables.printing.badges import Badge, badges
from app.tables.printing.poster import PosterLine, room_poster
from app.tables.printing.table_cards import TableCard, table_cards
from app.tables.queries import SeatingPlan


def cards_pdf(
    *, municipality: Municipality, conference: Conference, tables: Sequence[TopicTable], base_url: str
) -> bytes:
    """Table cards; tables come with topic and questions."""
    return table_cards(conference.title, municipality.name, [_card(table, base_url) for table in tables])


def badges_pdf(
    *, municipality: Municipality, conference: Conference, tables: Sequence[TopicTable], plan: SeatingPlan
) -> bytes:
    """Name badges in German order of last names."""
    numbers = {table.id: str(table.number) for table in tables}
    people = sorted(
        [*plan.unseated, *(person for seated in plan.by_table.values() for person in seated)],
        key=lambda row: (sort_key(row.last_name, row.first_name), row.id),
    )
    return badges(
        conference.title,
        municipality.name,
        [Badge(row.name, row.comes_from, numbers.get(plan.table_of.get(row.id), "")) for row in people],
    )


def attendance_pdf(
    *, municipality: Municipality, conference: Conference, tables: Sequence[TopicTable], plan: SeatingPlan
) -> bytes:
    """The list to sign, in German order of institution and last name."""
    numbers = {table.id: str(table.number) for table in tables}
    people = sorted(
        [*plan.unseated, *(person for seated in plan.by_table.values() for person in seated)],
        key=lambda row: (sort_key(row.comes_from, row.last_name, row.first_name), row.id),
    )
    return attendance_list(
        conference.title,
        _when_and_where(conference),
        municipality.name,
        [
            Attendee(
                row.comes_from,
                f"{row.last_name}, {row.first_name}".strip(", "),
                numbers.get(plan.table_of.get(row.id), ""),
            )
            for row in people
        ],
    )


def poster_pdf(
    *, municipality: Municipality, conference: Conference, tables: Sequence[TopicTable], base_url: str
) -> bytes:
    """Which topic at which table in which room."""
    return room_poster(
        conference.title,
        _when_and_where(conference),
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


def _when_and_where(conference: Conference) -> str:
    times = (
        f"{long_day(conference.starts_at)}, {clock_time(conference.starts_at)} bis {clock_time(conference.ends_at)} Uhr"
    )
    return " · ".join(part for part in (times, conference.venue, conference.venue_address) if part)
