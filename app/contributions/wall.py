"""The wall for the projector: for the whole hall, or for one table."""

from flask import render_template, request, url_for

from app.conferences import queries as conferences
from app.contributions import addresses, broadcast, queries
from app.core.access import by_token
from app.core.errors import NotFound
from app.core.live import Event
from app.tables.models import TopicTable


@by_token
def wall(token: str):
    """The wall; `?tisch=` shows one table."""
    conference = conferences.get_conference_by_wall_token(token)
    tables = queries.list_tables(conference)
    table = _chosen(tables)
    ways_in = [addresses.way_in(one) for one in ([table] if table else tables)]
    return render_template(
        "contributions/wall.html",
        stream_url=url_for("contributions_public.wall_stream", token=token, tisch=table.number if table else None),
        ways_in=ways_in,
        **broadcast.wall_content(conference, tables, table),
    )


@by_token
def stream(token: str):
    """The wall's events: all of it first, then each change."""
    conference = conferences.get_conference_by_wall_token(token)
    table = _chosen(queries.list_tables(conference))
    return broadcast.stream(broadcast.wall_channel(conference, table), lambda: _snapshot(token))


def _snapshot(token: str) -> Event:
    conference = conferences.get_conference_by_wall_token(token)
    tables = queries.list_tables(conference)
    return broadcast.wall_snapshot(conference, tables, _chosen(tables))


def _chosen(tables: list[TopicTable]) -> TopicTable | None:
    number = request.args.get("tisch", "")
    if not number:
        return None
    for table in tables:
        if str(table.number) == number:
            return table
    raise NotFound(number)
