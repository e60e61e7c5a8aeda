"""How people get to a table: full address, QR code, and what one types."""

from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from app.conferences.models import Conference
from app.core.base_url import public_base_url
from app.core.qr import qr_svg
from app.tables.models import TopicTable
from app.tables.rules import short_address, table_address


@dataclass(frozen=True)
class WayIn:
    """A table with its ways in: `short` is the address to type, the code follows on that page."""

    table: TopicTable
    url: str
    short: str
    qr: Markup


def table_url(table: TopicTable) -> str:
    """What a table's QR code opens."""
    return table_address(public_base_url(), table.code)


def way_in(table: TopicTable) -> WayIn:
    """The ways to one table."""
    short = short_address(public_base_url() + url_for("contributions_public.code"))
    return WayIn(table, table_url(table), short, qr_svg(table_url(table)))


def wall_url(conference: Conference) -> str:
    """What the projector opens."""
    return public_base_url() + url_for("contributions_public.wall", token=conference.wall_token)
