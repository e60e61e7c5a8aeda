"""What a phone sends: contributions and dots, as JSON from the script or as a plain form.

JSON asks for no token: it refuses what a browser marks as coming from another site. The form asks for its token.
"""

from flask import Response, jsonify, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError

from app.contributions import broadcast, participant, phone, queries, rules, services, submission, voting
from app.contributions.models import Contribution
from app.core import clock
from app.core.access import by_token, refuse_cross_site
from app.core.errors import RuleBroken
from app.core.hypermedia import redirect, say
from app.core.tokens import normalise_code
from app.extensions import csrf, db, limiter
from app.tables.models import TopicTable

PER_PARTICIPANT = "12 per minute"
DOTS_PER_PARTICIPANT = "120 per minute"
PER_TABLE = "6000 per minute"


def _sender() -> str:
    """Whose sendings are counted together."""
    return participant.token() or ""


def _has_no_cookie() -> bool:
    """Without a cookie nobody is told apart: only the table's limit holds."""
    return participant.token() is None


def _table() -> str:
    """Everything sent to a table together: a new cookie with every sending gets nobody further."""
    return "table " + normalise_code(request.view_args["code"])


def _most_at_table() -> str:
    return PER_TABLE


@by_token
@limiter.limit(_most_at_table, key_func=_table)
@limiter.limit(PER_PARTICIPANT, key_func=_sender, exempt_when=_has_no_cookie)
def contribute(code: str):
    """Store a contribution once and tell the table."""
    return _contribute_by_script(code) if _wants_json() else _contribute_by_form(code)


def _wants_json() -> bool:
    return (
        request.is_json or request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"
    )


def _contribute_by_script(code: str):
    refuse_cross_site()
    table = queries.get_table(code)
    sent = submission.read(_given(), _quarters(table))
    if sent.errors:
        return jsonify(errors=sent.errors), 422
    receipt, status = _store(table, sent)
    return jsonify(receipt), status


def _contribute_by_form(code: str):
    table = queries.get_table_with_topic(code)
    sent = submission.read(request.form, _quarters(table))
    try:
        csrf.protect()
        if not sent.errors:
            _store(table, sent)
    except CSRFError:
        return _again(table, {"form": [_("Bitte senden Sie noch einmal. Ihr Text steht noch im Feld.")]}, 400)
    except RuleBroken as broken:
        db.session.rollback()
        return _again(queries.get_table_with_topic(code), {"form": [str(broken)]}, 409)
    if sent.errors:
        return _again(table, sent.errors, 422)
    say(_("Ihr Beitrag ist gespeichert."))
    return redirect(url_for("contributions_public.table", code=table.code))


def _again(table: TopicTable, errors: dict, status: int) -> Response:
    return participant.remember(phone.table_page(table, typed=request.form, errors=errors, status=status))


def _given() -> dict:
    """The fields, from a form or a JSON object; anything else counts as empty."""
    if not request.is_json:
        return request.form
    body = request.get_json(silent=True)
    return body if isinstance(body, dict) else {}


def _quarters(table: TopicTable) -> dict[str, int]:
    """Ids by what may be sent for them: the code, and the id where no code looks the same."""
    if not _given().get("area"):
        return {}
    areas = queries.list_quarters(table.conference)
    return {str(area.id): area.id for area in areas} | {area.code: area.id for area in areas}


def _store(table: TopicTable, sent: submission.Submission) -> tuple[dict, int]:
    me = participant.in_conference(table.conference_id)
    accepted = services.contribute(table=table, sent=sent, participant=me, now=clock.now())
    row = accepted.contribution
    receipt = {"id": row.id, "client_id": row.client_id, "status": rules.receipt(table.conference.moderation)}
    if not accepted.is_new:
        return receipt, 200
    news = broadcast.of_contribution(table, _with_area(table, row))
    db.session.commit()
    broadcast.send(news)
    return receipt, 201


def _with_area(table: TopicTable, row: Contribution) -> Contribution:
    return queries.get_contribution(table, row.id) if row.area_id else row


@by_token
@limiter.limit(_most_at_table, key_func=_table)
@limiter.limit(DOTS_PER_PARTICIPANT, key_func=_sender, exempt_when=_has_no_cookie)
def dot(code: str):
    """Give a dot, or take it back (`act` = take)."""
    if _wants_json():
        refuse_cross_site()
    else:
        csrf.protect()
    table = queries.get_table(code)
    given = _given()
    wanted = str(given.get("contribution", ""))
    contribution = queries.get_contribution(table, int(wanted) if wanted.isdecimal() and len(wanted) < 10 else 0)
    me = participant.in_conference(table.conference_id)
    if given.get("act") == "take":
        voting.take_dot(table=table, contribution=contribution, participant=me)
    else:
        voting.give_dot(table=table, contribution=contribution, participant=me, now=clock.now())
    mine = voting.ballot(table, me)
    db.session.commit()
    if _wants_json():
        return jsonify(given=mine.given, left=mine.left)
    return redirect(url_for("contributions_public.table", code=normalise_code(code), _anchor=f"beitrag-{wanted}"))
