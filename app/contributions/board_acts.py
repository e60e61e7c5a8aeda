"""What a host does at the board. With htmx the answer is the changed piece, without it the board again."""

from collections.abc import Callable

from flask import Response, make_response, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.accounts.enums import Role
from app.contributions import broadcast, queries, services, steps, submission
from app.contributions.board import board_page, entry_content
from app.contributions.enums import Origin
from app.contributions.models import Contribution
from app.core import clock
from app.core.access import office
from app.core.errors import RuleBroken
from app.core.hypermedia import redirect, say, wants_partial
from app.extensions import db
from app.tables.enums import Phase
from app.tables.models import TopicTable


@office(Role.ORGANISER, Role.HOST)
def show(table_id: int, contribution_id: int):
    """Let a contribution onto the wall."""
    return _moderate(table_id, contribution_id, services.show)


@office(Role.ORGANISER, Role.HOST)
def hide(table_id: int, contribution_id: int):
    """Take a contribution from table and wall, with a reason."""
    return _moderate(table_id, contribution_id, services.hide, reason=request.form.get("reason", ""))


@office(Role.ORGANISER, Role.HOST)
def take_back(table_id: int, contribution_id: int):
    """Undo: it waits again."""
    return _moderate(table_id, contribution_id, services.take_back)


def _moderate(table_id: int, contribution_id: int, act: Callable, **arguments) -> Response:
    table = queries.get_table_of(current_user.municipality, table_id)
    contribution = queries.get_contribution(table, contribution_id)
    try:
        act(table=table, contribution=contribution, user=current_user.user, now=clock.now(), **arguments)
    except RuleBroken as broken:
        return _refused(table_id, broken)
    return _done(table, contribution)


@office(Role.ORGANISER, Role.HOST)
def enter(table_id: int):
    """Type a contribution for somebody without a phone; it is shown at once."""
    table = queries.get_table_of(current_user.municipality, table_id)
    quarters = {area.code: area.id for area in queries.list_quarters(table.conference)}
    sent = submission.read(request.form, quarters)
    if sent.errors:
        return _entry_again(table, sent.errors, 422)
    try:
        accepted = services.contribute(table=table, sent=sent, participant=None, now=clock.now(), origin=Origin.HOST)
    except RuleBroken as broken:
        return _entry_again(table, {"text": [str(broken)]}, 409)
    return _done(table, queries.get_contribution(table, accepted.contribution.id), entered=True)


def _entry_again(table: TopicTable, errors: dict, status: int) -> Response:
    if not wants_partial():
        return board_page(table, typed=request.form, errors=errors, status=status)
    content = entry_content(table, request.form, errors)
    return make_response(render_template("contributions/_entry_answer.html", table=table, **content), status)


@office(Role.ORGANISER, Role.HOST)
def step(table_id: int):
    """Open, vote, close, reopen."""
    table = queries.get_table_of(current_user.municipality, table_id)
    try:
        phase = Phase(request.form.get("phase", ""))
        steps.enter_step(table=table, phase=phase, user=current_user.user, now=clock.now())
    except RuleBroken as broken:
        return _refused(table_id, broken)
    except ValueError:
        return _refused(table_id, RuleBroken(_("Diesen Schritt gibt es nicht.")))
    return _table_changed(table)


@office(Role.ORGANISER, Role.HOST)
def name_topic(table_id: int):
    """Give the open table its topic."""
    table = queries.get_table_of(current_user.municipality, table_id)
    title = request.form.get("title", "")[:120]
    try:
        steps.name_open_topic(table=table, title=title, user=current_user.user, now=clock.now())
    except RuleBroken as broken:
        return _refused(table_id, broken)
    return _table_changed(table)


def _table_changed(table: TopicTable) -> Response:
    news = broadcast.of_table(table) + broadcast.of_wall(table.conference, [table])
    answer = render_template("contributions/_board_whole.html", **broadcast.board_content(table))
    return _commit_and_tell(table.id, news, answer)


def _done(table: TopicTable, contribution: Contribution, entered: bool = False) -> Response:
    news = broadcast.of_contribution(table, contribution) + broadcast.of_wall(table.conference, [table])
    answer = render_template("contributions/_board_event.html", table=table, contribution=contribution)
    if entered:
        answer += render_template("contributions/_entry_answer.html", table=table, **entry_content(table))
    return _commit_and_tell(table.id, news, answer)


def _commit_and_tell(table_id: int, news: broadcast.News, answer: str) -> Response:
    db.session.commit()
    broadcast.send(news)
    return make_response(answer) if wants_partial() else redirect(_board_url(table_id))


def _refused(table_id: int, broken: RuleBroken) -> Response:
    db.session.rollback()
    if wants_partial():
        return make_response(render_template("contributions/_refused.html", message=str(broken)), 409)
    say(str(broken), "danger")
    return redirect(_board_url(table_id))


def _board_url(table_id: int) -> str:
    return url_for("contributions.board", table_id=table_id)
