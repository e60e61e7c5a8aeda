"""What goes out to connected pages: each change is rendered once, for all of them.

Events are made before the commit, while the versions are certain, and sent after it.
"""

from collections.abc import Callable

from flask import Response, render_template

from app.conferences.models import Conference
from app.contributions import queries, rules, versions, wall_queries
from app.contributions.kept import Kept
from app.contributions.models import Contribution
from app.core import live
from app.core.live import Event
from app.extensions import db
from app.tables.announcements import table_changed
from app.tables.models import TopicTable
from app.tables.rules import NEXT_PHASES

News = list[tuple[str, Event]]
_snapshots = Kept()


def table_channel(table: TopicTable) -> str:
    """Where the phones of a table listen."""
    return f"table:{table.id}"


def board_channel(table: TopicTable) -> str:
    """Where the hosts of a table listen."""
    return f"board:{table.id}"


def wall_channel(conference: Conference, table: TopicTable | None = None) -> str:
    """Where walls listen: one channel for the hall, one for each table's own wall."""
    return f"wall:{conference.id}" + (f":{table.number}" if table else "")


def of_contribution(table: TopicTable, contribution: Contribution) -> News:
    """One contribution came, changed its state or went."""
    visible = rules.is_at_table(contribution.state, table.conference.moderation)
    shared = {"table": table, "contribution": contribution}
    return [
        (table_channel(table), _event(table.version, "contributions/_feed_event.html", visible=visible, **shared)),
        (board_channel(table), _event(table.version, "contributions/_board_event.html", **shared)),
    ]


def of_table(table: TopicTable) -> News:
    """The table's step or topic changed: everybody gets it whole."""
    return [(table_channel(table), _whole_table(table)), (board_channel(table), board_snapshot(table))]


def of_wall(conference: Conference, changed: list[TopicTable]) -> News:
    """Something the wall shows changed at these tables: the hall's wall and theirs."""
    tables = queries.list_tables(conference)
    return [(wall_channel(conference, one), wall_snapshot(conference, tables, one)) for one in (None, *changed)]


@table_changed.connect
def follow_change(table_id: int) -> None:
    """Somebody changed a table elsewhere and committed: tell its phones, its hosts and the wall."""
    table = queries.get_table_by_id(table_id)
    versions.next_of_wall(table.conference)
    news = of_table(table) + of_wall(table.conference, [table])
    db.session.commit()
    send(news)


def send(news: News) -> None:
    """Publish; call it after the commit."""
    for channel, event in news:
        live.publish(channel, event)


def stream(channel: str, read_snapshot: Callable[[], Event]) -> Response:
    """Answer with a channel's events.

    Joins first and reads then, in a transaction of its own, so that nothing falls in between.
    """
    subscription = live.bus().subscribe(channel)
    db.session.rollback()
    try:
        return live.stream(subscription, read_snapshot())
    except Exception:
        subscription.close()
        raise


def table_snapshot(table: TopicTable) -> Event:
    """All a phone shows of its table, as committed; the same for every phone until something changes."""
    return _snapshots.get(table.code, table.version, lambda: _whole_table(table))


def _whole_table(table: TopicTable) -> Event:
    items = queries.list_at_table(table.id, rules.states_at_table(table.conference.moderation))
    return _event(table.version, "contributions/_table_snapshot.html", table=table, items=items)


def board_snapshot(table: TopicTable) -> Event:
    """All a host sees of the table."""
    return _event(table.version, "contributions/_board_whole.html", **board_content(table))


def board_content(table: TopicTable) -> dict:
    """What the board's template needs."""
    contributions = queries.list_at_table(table.id, rules.MOVES)
    return {
        "table": table,
        "by_state": {state: [one for one in contributions if one.state is state] for state in rules.MOVES},
        "voters": queries.count_voters(table.id),
        "next_phases": NEXT_PHASES[table.phase],
    }


def wall_snapshot(conference: Conference, tables: list[TopicTable], table: TopicTable | None) -> Event:
    """All that changes on a wall: the hall's, or one table's."""
    return _event(conference.wall_version, "contributions/_wall_live.html", **wall_content(conference, tables, table))


def wall_content(conference: Conference, tables: list[TopicTable], table: TopicTable | None) -> dict:
    """What the wall's templates need."""
    return {
        "conference": conference,
        "table": table,
        "tables": [table] if table else tables,
        "wall": wall_queries.read_wall(conference, table),
    }


def _event(version: int, template: str, **context) -> Event:
    return Event.of(version, render_template(template, **context))
