"""Acts of the live room: contributing and moderating. Voting is in `voting.py`, the steps of a table in `steps.py`."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.accounts.models import User
from app.accounts.services import note_act
from app.contributions import queries, rules, versions
from app.contributions.enums import ContributionState, Origin
from app.contributions.models import Contribution
from app.contributions.submission import Submission
from app.core.errors import RuleBroken
from app.extensions import db
from app.tables.enums import Phase
from app.tables.models import TopicTable
from app.tables.rules import takes_contributions

NOT_YET_OPEN = _l("Der Tisch ist noch nicht eröffnet. Ihr Beitrag ist noch nicht gespeichert; senden Sie ihn gleich.")
CLOSED = _l("Der Tisch ist geschlossen. Ihr Beitrag ist nicht gespeichert; sprechen Sie die Tischmoderation an.")


@dataclass(frozen=True)
class Accepted:
    """The stored entry, and whether this sending stored it or an earlier one had."""

    contribution: Contribution
    is_new: bool


def contribute(
    *, table: TopicTable, sent: Submission, participant: str | None, now: datetime, origin: Origin = Origin.PHONE
) -> Accepted:
    """Store what was sent, once, whatever happens on the way.

    The unique client id decides between simultaneous sendings. Raises RuleBroken when the table takes nothing
    or the id belongs to another entry.
    """
    if not takes_contributions(table.phase):
        return _known_or_refused(table, sent)
    shown = origin is Origin.HOST
    row = Contribution(
        table_id=table.id,
        client_id=sent.client_id,
        participant=participant,
        origin=origin,
        kind=sent.kind,
        text=sent.text,
        target_group=sent.target_group,
        area_id=sent.area_id,
        state=ContributionState.SHOWN if shown else ContributionState.WAITING,
        created_at=now,
        shown_at=now if shown else None,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        known = queries.find_by_client_id(sent.client_id)
        if known is None:
            raise
        return Accepted(_same_as_known(table, sent, known), is_new=False)
    if not versions.next_of_open_table(table):
        raise RuleBroken(CLOSED)
    if shown:
        versions.next_of_wall(table.conference)
    return Accepted(row, is_new=True)


def _known_or_refused(table: TopicTable, sent: Submission) -> Accepted:
    """A repeated sending is answered as before, also when the table closed in between."""
    known = queries.find_by_client_id(sent.client_id)
    if known is None:
        raise RuleBroken(NOT_YET_OPEN if table.phase is Phase.PREPARING else CLOSED)
    return Accepted(_same_as_known(table, sent, known), is_new=False)


def _same_as_known(table: TopicTable, sent: Submission, known: Contribution) -> Contribution:
    same = (known.table_id, known.text, known.kind, known.target_group, known.area_id) == (
        table.id,
        sent.text,
        sent.kind,
        sent.target_group,
        sent.area_id,
    )
    if not same:
        raise RuleBroken(_("Unter dieser Kennung ist schon ein anderer Beitrag gespeichert."))
    return known


def show(*, table: TopicTable, contribution: Contribution, user: User, now: datetime) -> None:
    """Let a contribution onto the wall, and to the table where that waits for a host."""
    _move(table, contribution, ContributionState.SHOWN, user, now)


def hide(*, table: TopicTable, contribution: Contribution, reason: str, user: User, now: datetime) -> None:
    """Take a contribution from table and wall; it stays stored with the reason. Raises RuleBroken without one."""
    reason = rules.clean_text(reason)
    if not reason:
        raise RuleBroken(_("Nennen Sie einen Grund; er bleibt beim Beitrag gespeichert."))
    if len(reason) > rules.MAX_REASON:
        raise RuleBroken(_("Der Grund darf höchstens %(n)s Zeichen haben.", n=rules.MAX_REASON))
    _move(table, contribution, ContributionState.HIDDEN, user, now, reason)


def take_back(*, table: TopicTable, contribution: Contribution, user: User, now: datetime) -> None:
    """Undo: the contribution waits again."""
    _move(table, contribution, ContributionState.WAITING, user, now)


def _move(
    table: TopicTable,
    contribution: Contribution,
    after: ContributionState,
    user: User,
    now: datetime,
    reason: str | None = None,
) -> None:
    """Hosts of one table queue at its row and see what the one before did."""
    versions.next_of_table(table)
    db.session.refresh(contribution, ["state", "hidden_reason"])
    before = contribution.state
    if not rules.may_move(before, after):
        raise RuleBroken(_("Das geht von diesem Stand aus nicht. Laden Sie die Seite neu."))
    if before is after and contribution.hidden_reason == reason:
        return
    contribution.state = after
    contribution.hidden_reason = reason
    contribution.shown_at = now if after is ContributionState.SHOWN else None
    db.session.flush()
    if ContributionState.SHOWN in {before, after}:
        versions.next_of_wall(table.conference)
    note_act(
        municipality_id=table.conference.municipality_id,
        user=user,
        action="contribution." + after.value,
        sentence=_(
            "Tisch %(table)s: Beitrag %(id)s ist jetzt „%(state)s“.",
            table=table.number,
            id=contribution.id,
            state=after.label,
        ),
        now=now,
    )
