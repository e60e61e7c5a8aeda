"""The host's board of one table: what waits, what is shown, what is hidden."""

import uuid

from flask import Response, make_response, render_template
from flask_login import current_user
from flask_wtf.csrf import generate_csrf

from app.accounts.enums import Role
from app.conferences.queries import list_topic_inputs
from app.contributions import addresses, broadcast, queries
from app.contributions.enums import Kind
from app.core.access import office
from app.core.vocabulary import TargetGroup
from app.tables.models import TopicTable


@office(Role.ORGANISER, Role.HOST)
def board(table_id: int):
    """The board of a table."""
    return board_page(queries.get_table_of(current_user.municipality, table_id))


def board_page(table: TopicTable, typed: dict | None = None, errors: dict | None = None, status: int = 200) -> Response:
    """The board's page; `typed` and `errors` bring back what could not be entered."""
    page = render_template(
        "contributions/board.html",
        address=addresses.table_url(table),
        token=generate_csrf(),
        inputs=list_topic_inputs([table.topic_id]),
        **entry_content(table, typed, errors),
        **broadcast.board_content(table),
    )
    return make_response(page, status)


def entry_content(table: TopicTable, typed: dict | None = None, errors: dict | None = None) -> dict:
    """What the form „für jemanden ohne Handy“ needs besides the table."""
    return {
        "kinds": list(Kind),
        "groups": TargetGroup.choices(),
        "quarters": [(area.code, area.name) for area in queries.list_quarters(table.conference)],
        "client_id": str(uuid.uuid4()),
        "typed": typed or {},
        "errors": errors or {},
    }


@office(Role.ORGANISER, Role.HOST)
def stream(table_id: int):
    """The board's events: all of it first, then each change."""
    municipality = current_user.municipality
    table = queries.get_table_of(municipality, table_id)
    return broadcast.stream(
        broadcast.board_channel(table),
        lambda: broadcast.board_snapshot(queries.get_table_of(municipality, table_id)),
    )
