"""What the desk decides: where a conference stands on the thread, and the one thing to do next."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

STATIONS = ("data", "invite", "prepare", "run", "consolidate", "paper", "measures")
STAYS_AFTER_PUBLICATION = timedelta(days=60)


class Kind(StrEnum):
    """How a station is drawn; its word says the same."""

    DONE = "done"
    LATE = "late"
    NEXT = "next"
    OPEN = "open"


class Step(StrEnum):
    """Everything that can be the next thing to do, in the order in which it is asked."""

    LOAD_DATA = "load_data"
    ADD_TOPICS = "add_topics"
    CHOOSE_INSTITUTIONS = "choose_institutions"
    SEND_INVITATIONS = "send_invitations"
    ADD_TABLES = "add_tables"
    CHASE_TASKS = "chase_tasks"
    CHASE_ANSWERS = "chase_answers"
    FINISH_TASKS = "finish_tasks"
    PRINT_KIT = "print_kit"
    CHECK_IN = "check_in"
    OPEN_TABLES = "open_tables"
    MODERATE = "moderate"
    FOLLOW_ROOM = "follow_room"
    CLOSE_TABLES = "close_tables"
    ENTER_CARDS = "enter_cards"
    SORT_CONTRIBUTIONS = "sort_contributions"
    RECOMMEND = "recommend"
    NAME_LEADS = "name_leads"
    WRITE_PAPER = "write_paper"
    PUBLISH_VERSION = "publish_version"
    REPORT_FIRST = "report_first"
    REPORT_AGAIN = "report_again"
    ALL_REPORTED = "all_reported"


ENDPOINTS = {
    Step.LOAD_DATA: "indicators.table",
    Step.ADD_TOPICS: "conferences.topics",
    Step.CHOOSE_INSTITUTIONS: "invitations.index",
    Step.SEND_INVITATIONS: "invitations.letters.outbox",
    Step.ADD_TABLES: "tables.index",
    Step.CHASE_TASKS: "conferences.tasks",
    Step.CHASE_ANSWERS: "invitations.index",
    Step.FINISH_TASKS: "conferences.tasks",
    Step.PRINT_KIT: "tables.print_kit",
    Step.CHECK_IN: "attendance.door",
    Step.OPEN_TABLES: "contributions.room",
    Step.MODERATE: "contributions.room",
    Step.FOLLOW_ROOM: "contributions.room",
    Step.CLOSE_TABLES: "contributions.room",
    Step.ENTER_CARDS: "contributions.room",
    Step.SORT_CONTRIBUTIONS: "consolidation.desk",
    Step.RECOMMEND: "consolidation.recommendations",
    Step.NAME_LEADS: "consolidation.recommendations",
    Step.WRITE_PAPER: "papers.write",
    Step.PUBLISH_VERSION: "papers.write",
    Step.REPORT_FIRST: "measures.index",
    Step.REPORT_AGAIN: "measures.index",
    Step.ALL_REPORTED: "measures.index",
}


@dataclass(frozen=True)
class Facts:
    """Counts about one conference; `day` is its calendar day in Germany."""

    day: date
    data_as_of: date | None = None
    topics: int = 0
    tables: int = 0
    tables_open: int = 0
    tables_unopened: int = 0
    expected: int = 0
    arrived: int = 0
    invited: int = 0
    unsent: int = 0
    unanswered: int = 0
    accepted: int = 0
    tasks_open: int = 0
    tasks_late: int = 0
    contributions: int = 0
    waiting: int = 0
    unsorted: int = 0
    recommendations: int = 0
    without_lead: int = 0
    never_reported: int = 0
    report_due: int = 0
    has_paper: bool = False
    versions: int = 0
    published_on: date | None = None


@dataclass(frozen=True)
class NextStep:
    """The one thing to do: which, at which station, where, and how many it concerns."""

    step: Step
    station: str
    count: int = 0

    @property
    def endpoint(self) -> str:
        """The page where it is done."""
        return ENDPOINTS[self.step]


def is_on_the_desk(published_on: date | None, today: date) -> bool:
    """A conference lies on the desk until its paper is out, and a while longer to start the follow-up."""
    return published_on is None or today - published_on <= STAYS_AFTER_PUBLICATION


def is_at_the_tables(day: date, tables_open: int, today: date) -> bool:
    """Hosts find a conference from the moment it is planned until its last table is closed."""
    return day >= today or tables_open > 0


def next_step(facts: Facts, today: date) -> NextStep:
    """The first open thing in the order of the thread; which order depends on the day of the conference."""
    if facts.published_on is not None:
        return _after_publication(facts)
    if today > facts.day:
        return _after_the_day(facts)
    if today == facts.day:
        return _on_the_day(facts)
    return _before_the_day(facts)


def _before_the_day(facts: Facts) -> NextStep:
    if facts.data_as_of is None:
        return NextStep(Step.LOAD_DATA, "data")
    if facts.topics == 0:
        return NextStep(Step.ADD_TOPICS, "prepare")
    if facts.invited == 0:
        return NextStep(Step.CHOOSE_INSTITUTIONS, "invite")
    if facts.unsent:
        return NextStep(Step.SEND_INVITATIONS, "invite", facts.unsent)
    if facts.tables == 0:
        return NextStep(Step.ADD_TABLES, "prepare")
    if facts.tasks_late:
        return NextStep(Step.CHASE_TASKS, "prepare", facts.tasks_late)
    if facts.unanswered:
        return NextStep(Step.CHASE_ANSWERS, "invite", facts.unanswered)
    if facts.tasks_open:
        return NextStep(Step.FINISH_TASKS, "prepare", facts.tasks_open)
    return NextStep(Step.PRINT_KIT, "run")


def _on_the_day(facts: Facts) -> NextStep:
    if facts.tables == 0:
        return NextStep(Step.ADD_TABLES, "prepare")
    if facts.expected and not facts.arrived and facts.tables_unopened == facts.tables:
        return NextStep(Step.CHECK_IN, "run", facts.expected)
    if facts.tables_unopened:
        return NextStep(Step.OPEN_TABLES, "run", facts.tables_unopened)
    if facts.waiting:
        return NextStep(Step.MODERATE, "run", facts.waiting)
    if facts.tables_open:
        return NextStep(Step.FOLLOW_ROOM, "run", facts.tables_open)
    return _after_the_day(facts)


def _after_the_day(facts: Facts) -> NextStep:
    if facts.tables_open:
        return NextStep(Step.CLOSE_TABLES, "run", facts.tables_open)
    if facts.contributions == 0:
        return NextStep(Step.ENTER_CARDS, "run")
    if facts.unsorted:
        return NextStep(Step.SORT_CONTRIBUTIONS, "consolidate", facts.unsorted)
    if facts.recommendations == 0:
        return NextStep(Step.RECOMMEND, "consolidate")
    if facts.without_lead:
        return NextStep(Step.NAME_LEADS, "consolidate", facts.without_lead)
    if facts.versions == 0:
        return NextStep(Step.WRITE_PAPER, "paper")
    return NextStep(Step.PUBLISH_VERSION, "paper", facts.versions)


def _after_publication(facts: Facts) -> NextStep:
    if facts.never_reported:
        return NextStep(Step.REPORT_FIRST, "measures", facts.never_reported)
    if facts.report_due:
        return NextStep(Step.REPORT_AGAIN, "measures", facts.report_due)
    return NextStep(Step.ALL_REPORTED, "measures", facts.recommendations)


def station_kinds(facts: Facts, today: date) -> dict[str, Kind]:
    """How each station is drawn; exactly one is next, unless everything is done."""
    past = today > facts.day or facts.published_on is not None
    sent = facts.invited > 0 and facts.unsent == 0
    done = {
        "data": facts.data_as_of is not None,
        "invite": facts.invited > 0 if past else sent and facts.unanswered == 0,
        "prepare": past or (facts.tables > 0 and facts.tasks_open == 0),
        "run": past and facts.contributions > 0 and facts.tables_open == 0,
        "consolidate": facts.published_on is not None
        or (past and facts.contributions > 0 and facts.unsorted == 0 and _is_recommended(facts)),
        "paper": facts.published_on is not None,
        "measures": facts.published_on is not None and facts.never_reported == 0 and facts.report_due == 0,
    }
    late = {"prepare": not past and facts.tasks_late > 0, "measures": done["paper"] and facts.report_due > 0}
    kinds = {key: Kind.DONE if done[key] else Kind.LATE if late.get(key) else Kind.OPEN for key in STATIONS}
    station = next_step(facts, today).station
    if not done[station] and kinds[station] is not Kind.LATE:
        kinds[station] = Kind.NEXT
    return kinds


def _is_recommended(facts: Facts) -> bool:
    return facts.recommendations > 0 and facts.without_lead == 0
