"""What was said at the tables: contributions, what the hosts did with them, dots."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import count

from app.contributions.enums import ContributionState, Kind, Origin
from app.contributions.models import Contribution
from app.contributions.services import contribute, hide, show
from app.contributions.submission import Submission
from app.contributions.voting import give_dot
from app.core import tokens
from app.core.vocabulary import TargetGroup
from app.demo.place import Place
from app.tables.models import TopicTable
from app.tables.services import reopen_table, start_voting

VOICES_AT_A_TABLE = 12


def fill(
    place: Place, tables: Mapping[int, TopicTable], rows: Iterable[Mapping], opened_at: datetime
) -> dict[str, Contribution]:
    """Bring the rows of a file to their tables; returns the contributions by the file's ids."""
    voices: dict[str, Contribution] = {}
    rows = sorted(rows, key=lambda row: (int(row.get("minute") or 0), row["id"]))
    for row in rows:
        moment = opened_at + timedelta(minutes=int(row.get("minute") or len(voices)), seconds=len(voices) % 60)
        voices[row["id"]] = _say(place, tables[int(row["table"])], row, moment)
    _vote(tables, rows, voices, opened_at + timedelta(minutes=95))
    return voices


def _say(place: Place, table: TopicTable, row: Mapping, moment: datetime) -> Contribution:
    sent = Submission(
        text=row["text"],
        kind=Kind(row["kind"]),
        client_id=str(uuid.uuid4()),
        target_group=TargetGroup(row["target_group"]) if row["target_group"] else None,
        area_id=place.areas[row["area"]].id if row["area"] else None,
    )
    origin = Origin(row.get("source") or Origin.PHONE)
    accepted = contribute(table=table, sent=sent, participant=tokens.digest(row["id"]), now=moment, origin=origin)
    contribution = accepted.contribution
    contribution.language = row["language"]
    state = ContributionState(row.get("state") or ContributionState.SHOWN)
    seen_at = moment + timedelta(minutes=2)
    if state is ContributionState.HIDDEN:
        hide(table=table, contribution=contribution, reason=row["hidden_reason"], user=place.organiser, now=seen_at)
    elif state is ContributionState.SHOWN and origin is Origin.PHONE:
        show(table=table, contribution=contribution, user=place.organiser, now=seen_at)
    return contribution


def _vote(
    tables: Mapping[int, TopicTable], rows: list[Mapping], voices: Mapping[str, Contribution], moment: datetime
) -> None:
    """Everybody gives at most three dots: they go round the table, so nobody gives a contribution two."""
    for number, table in tables.items():
        start_voting(table=table)
        turn = count()
        for row in rows:
            for _ in range(int(row["dots"] or 0) if int(row["table"]) == number else 0):
                participant = tokens.digest(f"{number}-{next(turn) % VOICES_AT_A_TABLE}")
                give_dot(table=table, contribution=voices[row["id"]], participant=participant, now=moment)
        reopen_table(table=table, now=moment)
