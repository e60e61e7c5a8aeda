"""What a phone reads: the page to type a code, the table, its list and its stream."""

import gzip
import uuid

from flask import Response, jsonify, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from app.conferences.queries import list_topic_inputs
from app.contributions import broadcast, participant, queries, rules, voting
from app.contributions.enums import Kind
from app.contributions.kept import Kept
from app.contributions.models import Contribution
from app.core.access import by_token
from app.core.errors import NotFound
from app.core.hypermedia import redirect
from app.core.tokens import normalise_code
from app.core.vocabulary import TargetGroup
from app.indicators.reading import figures_for
from app.tables.models import TopicTable

FIGURES_SHOWN = 2
_first_pages = Kept()


@by_token
def code():
    """The page to type a table's code; a typed one leads to its table."""
    typed = request.args.get("code", "").strip()
    if normalise_code(typed):
        return redirect(url_for("contributions_public.table", code=normalise_code(typed)))
    return render_template(
        "contributions/code.html", error=_("Geben Sie den Code ein.") if "code" in request.args else None
    )


@by_token
def table(code: str):
    """The table on a phone."""
    try:
        found = queries.get_table_with_topic(code)
    except NotFound:
        error = _("Einen Tisch mit dem Code „%(code)s“ gibt es nicht. Prüfen Sie die Tischkarte.", code=code[:20])
        return render_template("contributions/code.html", error=error), 404
    return participant.remember(table_page(found))


def table_page(table: TopicTable, typed: dict | None = None, errors: dict | None = None, status: int = 200) -> Response:
    """The table's page; `typed` and `errors` bring back what could not be stored."""
    me = participant.in_conference(table.conference_id)
    page = render_template(
        "contributions/table.html",
        table=table,
        quarters=[(area.code, area.name) for area in queries.list_quarters(table.conference)],
        figures=figures_for(
            table.conference.area, [one for one in table.topic.indicators if one.leaves_office][:FIGURES_SHOWN]
        ),
        items=queries.list_at_table(table.id, rules.states_at_table(table.conference.moderation)),
        inputs=list_topic_inputs([table.topic_id]),
        mine=queries.list_mine(table.id, me),
        ballot=voting.ballot(table, me),
        kinds=list(Kind),
        groups=TargetGroup.choices(),
        limit=rules.MAX_TEXT,
        client_id=str(uuid.uuid4()),
        token=generate_csrf(),
        typed=typed or {},
        errors=errors or {},
    )
    return _small(make_response(page, status))


def _small(response: Response) -> Response:
    """Compressed where the phone can: in a full hall every kilobyte is sent a hundred times."""
    if "gzip" in request.accept_encodings:
        response.set_data(gzip.compress(response.get_data(), compresslevel=6))
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    return response


@by_token
def items(code: str):
    """Everything shown at the table as JSON, oldest first; browsers go to the page."""
    if request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html":
        return redirect(url_for("contributions_public.table", code=normalise_code(code)))
    table_id, version = queries.get_version(code)
    etag, after = f"{table_id}-{version}", _after()
    if request.if_none_match.contains(etag):
        response = Response(status=304)
    elif after:
        response = _list(queries.get_table(code), after)
    else:
        key = request.host_url + normalise_code(code)
        body = _first_pages.get(key, version, lambda: _list(queries.get_table(code), 0).get_data())
        response = Response(body, mimetype="application/json")
    response.set_etag(etag)
    return response


def _after() -> int:
    given = request.args.get("nach", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


def _list(table: TopicTable, after: int) -> Response:
    states = rules.states_at_table(table.conference.moderation)
    found = queries.list_at_table(table.id, states, after=after, limit=rules.LIST_LIMIT + 1)
    shown, has_more = found[: rules.LIST_LIMIT], len(found) > rules.LIST_LIMIT
    secret = rules.are_dots_secret(table.phase)
    rest = (
        url_for("contributions_public.items", code=table.code, nach=shown[-1].id, _external=True) if has_more else None
    )
    return jsonify(version=table.version, items=[_item(one, secret) for one in shown], next=rest)


def _item(contribution: Contribution, secret: bool) -> dict:
    return {
        "id": contribution.id,
        "text": contribution.text,
        "kind": contribution.kind.value,
        "created_at": contribution.created_at.isoformat(),
        "dots": None if secret else contribution.dots,
    }


@by_token
def stream(code: str):
    """The table's events: all of it first, then each change."""
    channel = broadcast.table_channel(queries.get_table(code))
    return broadcast.stream(channel, lambda: broadcast.table_snapshot(queries.get_table_with_topic(code)))


@by_token
def ballot(code: str):
    """Where this participant's dots lie."""
    table = queries.get_table(code)
    mine = voting.ballot(table, participant.in_conference(table.conference_id))
    return jsonify(given=mine.given, left=mine.left)
