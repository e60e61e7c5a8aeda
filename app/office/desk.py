"""The sorted desk: reads and rules put together, one bounded set of statements for all conferences at once."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app.accounts.models import Municipality
from app.conferences.models import Conference, PreparationTask
from app.consolidation.models import Recommendation
from app.core.clock import local_date
from app.institutions.models import Institution
from app.invitations.models import Invitation
from app.measures.models import StatusReport
from app.measures.queries import latest_reports
from app.measures.rules import is_waiting
from app.office import queries
from app.office.queries import ConferenceRow
from app.office.rules import Facts, NextStep, is_at_the_tables, is_on_the_desk, next_step
from app.tables.models import TopicTable


@dataclass(frozen=True)
class Card:
    """One conference with what is known about it and what to do next."""

    conference: Conference
    facts: Facts
    step: NextStep

    @property
    def reports_waiting(self) -> int:
        """Recommendations without a status that is recent enough."""
        return self.facts.never_reported + self.facts.report_due


@dataclass(frozen=True)
class Desk:
    """Everything the start page shows; `tasks` and `unanswered` concern the conferences ahead only."""

    cards: list[Card]
    followed: list[Card]
    tasks: list[PreparationTask]
    unanswered: dict[int, list[Invitation]]
    waiting: list[tuple[Recommendation, StatusReport | None]]
    today: date

    @property
    def late_tasks(self) -> list[PreparationTask]:
        """What should have been ready by now."""
        return [task for task in self.tasks if task.due < self.today]

    @property
    def titles(self) -> dict[int, str]:
        """Titles of the conferences by id."""
        return {card.conference.id: card.conference.title for card in [*self.cards, *self.followed]}

    @property
    def drafts(self) -> list[Card]:
        """Conferences whose paper is being written."""
        return [card for card in self.cards if card.facts.has_paper and card.facts.published_on is None]


def sort_desk(municipality: Municipality, now: datetime) -> Desk:
    """What lies on the desk of a municipality at a moment."""
    today = local_date(now)
    rows = queries.list_conferences(municipality)
    tasks = queries.list_open_tasks([row.conference.id for row in rows if _day(row) >= today])
    follow_up = _follow_up(rows, today)
    cards = _cards(rows, tasks, follow_up, today)
    running = [card for card in cards if is_on_the_desk(card.facts.published_on, today)]
    ahead = [card.conference.id for card in running if card.facts.day >= today]
    return Desk(
        cards=running,
        followed=[card for card in cards if card not in running],
        tasks=tasks,
        unanswered=_by_conference(queries.list_unanswered(ahead)),
        waiting=[(one.recommendation, one.report) for one in follow_up if one.waiting],
        today=today,
    )


def describe(row: ConferenceRow, tasks: list[PreparationTask], now: datetime) -> Card:
    """One conference with its facts, for its own page."""
    today = local_date(now)
    return _cards([row], tasks, _follow_up([row], today), today)[0]


def outcomes(conference: Conference) -> list[tuple[Recommendation, StatusReport | None]]:
    """A conference's recommendations, each with the report that counts."""
    recommendations = queries.list_recommendations([conference.id])
    reports = latest_reports([one.id for one in recommendations])
    return [(one, reports.get(one.id)) for one in recommendations]


@dataclass(frozen=True)
class Followed:
    """A recommendation, the report that counts, and whether word of it is overdue."""

    recommendation: Recommendation
    report: StatusReport | None
    waiting: bool


def _follow_up(rows: list[ConferenceRow], today: date) -> list[Followed]:
    published = {row.conference.id: local_date(row.published_at) for row in rows if row.published_at}
    recommendations = queries.list_recommendations([row.conference.id for row in rows])
    reports = latest_reports([one.id for one in recommendations if one.conference_id in published])
    return [_followed(one, reports.get(one.id), published.get(one.conference_id), today) for one in recommendations]


def _followed(
    recommendation: Recommendation, report: StatusReport | None, published_on: date | None, today: date
) -> Followed:
    last_heard = report.as_of if report else published_on
    status = report.status if report else None
    return Followed(recommendation, report, is_waiting(status=status, last_heard=last_heard, today=today))


def _cards(
    rows: list[ConferenceRow], tasks: list[PreparationTask], follow_up: list[Followed], today: date
) -> list[Card]:
    ids = [row.conference.id for row in rows]
    counted: dict[int, Counter] = defaultdict(Counter)
    for counts in (
        queries.count_tables(ids),
        queries.count_invitations(ids),
        queries.count_mail_drafts(ids),
        queries.count_contributions(ids),
    ):
        for conference_id, values in counts.items():
            counted[conference_id].update(values)
    for task in tasks:
        counted[task.conference_id].update(tasks_open=1, tasks_late=int(task.due < today))
    for one in follow_up:
        counted[one.recommendation.conference_id].update(
            recommendations=1,
            without_lead=int(one.recommendation.lead_id is None),
            never_reported=int(one.report is None),
            report_due=int(one.waiting and one.report is not None),
        )
    data = queries.latest_data(ids)
    return [_card(row, counted[row.conference.id], data.get(row.conference.id), today) for row in rows]


def _card(row: ConferenceRow, counts: Counter, data_as_of: date | None, today: date) -> Card:
    facts = Facts(
        day=_day(row),
        data_as_of=data_as_of,
        topics=row.topics,
        expected=row.expected,
        arrived=row.arrived,
        has_paper=row.paper_slug is not None,
        versions=row.versions,
        published_on=local_date(row.published_at) if row.published_at else None,
        **counts,
    )
    return Card(row.conference, facts, next_step(facts, today))


def _day(row: ConferenceRow) -> date:
    return local_date(row.conference.starts_at)


def _by_conference(rows: Iterable) -> dict[int, list]:
    grouped = defaultdict(list)
    for row in rows:
        grouped[row.conference_id].append(row)
    return dict(grouped)


def tasks_by_department(tasks: list[PreparationTask]) -> list[tuple[Institution, list[PreparationTask]]]:
    """Open tasks under their department, the department with the most pressing task first."""
    grouped = defaultdict(list)
    for task in tasks:
        grouped[task.department].append(task)
    return list(grouped.items())


def tables_for_hosts(municipality: Municipality, now: datetime) -> list[tuple[Conference, list[TopicTable]]]:
    """Conferences that are ahead or still have open tables, each with its tables."""
    today = local_date(now)
    rows = queries.list_conferences(municipality)
    ids = [row.conference.id for row in rows]
    open_tables = queries.count_tables(ids)
    near = [
        row.conference
        for row in rows
        if is_at_the_tables(_day(row), open_tables.get(row.conference.id, {}).get("tables_open", 0), today)
    ]
    tables = _by_conference(queries.list_tables([conference.id for conference in near]))
    return [(conference, tables.get(conference.id, [])) for conference in near]
