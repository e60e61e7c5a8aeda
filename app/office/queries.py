"""What the desk reads: conferences, and counts about all of them at once."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import and_, case, distinct, exists, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Municipality
from app.areas.models import Area
from app.attendance.models import Attendance
from app.conferences.models import Conference, PreparationTask, Topic
from app.consolidation.models import Recommendation, SetAside, point_contribution
from app.contributions.enums import ContributionState
from app.contributions.models import Contribution
from app.core.collation import sort_key
from app.core.errors import NotFound
from app.core.mail import NOT_OUT, MailMessage, MailState
from app.extensions import db
from app.indicators.enums import ValueState
from app.indicators.models import IndicatorValue
from app.invitations.enums import Answer, Place
from app.invitations.models import ConferenceMail, Invitation, Registration
from app.invitations.queries import COMING
from app.papers.models import PaperVersion, StrategyPaper
from app.tables.enums import Phase
from app.tables.models import TopicTable
from app.tables.rules import OPEN_PHASES


class ConferenceRow(NamedTuple):
    """A conference with its area loaded, and what one statement can count beside it."""

    conference: Conference
    topics: int
    expected: int
    arrived: int
    paper_slug: str | None
    versions: int
    published_at: datetime | None


def list_conferences(municipality: Municipality) -> list[ConferenceRow]:
    """Every conference of a municipality, soonest first."""
    statement = _conferences().where(Conference.municipality_id == municipality.id)
    return [ConferenceRow(*row) for row in db.session.execute(statement)]


def get_conference(municipality: Municipality, conference_id: int) -> ConferenceRow:
    """One conference; raises NotFound, also for another municipality's."""
    statement = _conferences().where(Conference.municipality_id == municipality.id, Conference.id == conference_id)
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound(conference_id)
    return ConferenceRow(*row)


def _conferences():
    topics = select(func.count()).where(Topic.conference_id == Conference.id).correlate(Conference).scalar_subquery()
    placed = select(func.count(Registration.id)).where(
        Registration.conference_id == Conference.id, Registration.place == Place.CONFIRMED
    )
    there = placed.join(Attendance, Attendance.registration_id == Registration.id)
    people = [one.correlate(Conference).scalar_subquery() for one in (placed, there)]
    papers = (
        select(
            StrategyPaper.conference_id,
            StrategyPaper.slug,
            func.max(PaperVersion.number).label("versions"),
            func.min(PaperVersion.published_at).label("published_at"),
        )
        .outerjoin(PaperVersion, PaperVersion.paper_id == StrategyPaper.id)
        .group_by(StrategyPaper.conference_id, StrategyPaper.slug)
        .subquery()
    )
    return (
        select(Conference, topics, *people, papers.c.slug, func.coalesce(papers.c.versions, 0), papers.c.published_at)
        .outerjoin(papers, papers.c.conference_id == Conference.id)
        .options(joinedload(Conference.area))
        .order_by(Conference.starts_at, Conference.id)
    )


def latest_data(conference_ids: list[int]) -> dict[int, date]:
    """The newest reference date with a figure for the conference's area or one inside it."""
    rows = db.session.execute(
        select(Conference.id, func.max(IndicatorValue.reference_date))
        .join(Area, or_(Area.id == Conference.area_id, Area.parent_id == Conference.area_id))
        .join(IndicatorValue, and_(IndicatorValue.area_id == Area.id, IndicatorValue.state == ValueState.KNOWN))
        .where(Conference.id.in_(conference_ids))
        .group_by(Conference.id)
    )
    return dict(rows.all())


def count_tables(conference_ids: list[int]) -> dict[int, dict]:
    """Tables per conference: all, taking contributions, not opened yet."""
    return _by_conference(
        select(
            TopicTable.conference_id,
            func.count(),
            _count_if(TopicTable.phase.in_(OPEN_PHASES)),
            _count_if(TopicTable.phase == Phase.PREPARING),
        )
        .where(TopicTable.conference_id.in_(conference_ids))
        .group_by(TopicTable.conference_id),
        "tables",
        "tables_open",
        "tables_unopened",
    )


def count_invitations(conference_ids: list[int]) -> dict[int, dict]:
    """Invitations per conference: all, mail not out yet, out without answer, coming."""
    unsent = and_(Invitation.answer == Answer.NONE, MailMessage.state.in_(NOT_OUT))
    return _by_conference(
        select(
            Invitation.conference_id,
            func.count(),
            _count_if(unsent),
            _count_if(_is_unanswered()),
            _count_if(Invitation.answer.in_(COMING)),
        )
        .outerjoin(Invitation.mail)
        .where(Invitation.conference_id.in_(conference_ids))
        .group_by(Invitation.conference_id),
        "invited",
        "unsent",
        "unanswered",
        "accepted",
    )


def count_mail_drafts(conference_ids: list[int]) -> dict[int, dict]:
    """Mails apart from invitations that wait for review, counted with the invitations not out yet."""
    return _by_conference(
        select(ConferenceMail.conference_id, func.count())
        .join(ConferenceMail.mail)
        .where(ConferenceMail.conference_id.in_(conference_ids), MailMessage.state == MailState.DRAFT)
        .group_by(ConferenceMail.conference_id),
        "unsent",
    )


def _is_unanswered():
    """Without a mail the institution was invited by phone."""
    out = or_(Invitation.mail_id.is_(None), MailMessage.state.not_in(NOT_OUT))
    return and_(Invitation.answer == Answer.NONE, out)


def list_unanswered(conference_ids: list[int]) -> list[Invitation]:
    """Invitations that are out and have no answer, with institution, by conference and in German order."""
    found = db.session.scalars(
        select(Invitation)
        .outerjoin(Invitation.mail)
        .where(Invitation.conference_id.in_(conference_ids), _is_unanswered())
        .options(joinedload(Invitation.institution))
    )
    return sorted(found, key=lambda row: (row.conference_id, sort_key(row.institution.name), row.id))


def count_people(conference_id: int) -> tuple[int, int]:
    """How many institutions (departments included) and how many people are registered."""
    row = db.session.execute(
        select(func.count(distinct(Registration.institution_id)), func.count()).where(
            Registration.conference_id == conference_id, Registration.place == Place.CONFIRMED
        )
    ).one()
    return row[0], row[1]


def list_open_tasks(conference_ids: list[int]) -> list[PreparationTask]:
    """Preparation tasks not done yet, with department and owner, the most pressing first."""
    return list(
        db.session.scalars(
            select(PreparationTask)
            .where(PreparationTask.conference_id.in_(conference_ids), PreparationTask.done_at.is_(None))
            .options(joinedload(PreparationTask.department), joinedload(PreparationTask.owner))
            .order_by(PreparationTask.due, PreparationTask.id)
        )
    )


def count_contributions(conference_ids: list[int]) -> dict[int, dict]:
    """Contributions per conference: all that are not hidden, waiting for a host, neither in a point nor set aside."""
    sorted_in = exists().where(point_contribution.c.contribution_id == Contribution.id)
    set_aside = exists().where(SetAside.contribution_id == Contribution.id)
    return _by_conference(
        select(
            TopicTable.conference_id,
            func.count(),
            _count_if(Contribution.state == ContributionState.WAITING),
            _count_if(and_(~sorted_in, ~set_aside)),
        )
        .join(TopicTable, TopicTable.id == Contribution.table_id)
        .where(TopicTable.conference_id.in_(conference_ids), Contribution.state != ContributionState.HIDDEN)
        .group_by(TopicTable.conference_id),
        "contributions",
        "waiting",
        "unsorted",
    )


def list_recommendations(conference_ids: list[int]) -> list[Recommendation]:
    """The recommendations of some conferences with their lead, by conference and number."""
    return list(
        db.session.scalars(
            select(Recommendation)
            .where(Recommendation.conference_id.in_(conference_ids))
            .options(joinedload(Recommendation.lead))
            .order_by(Recommendation.conference_id, Recommendation.number)
        )
    )


def list_topics(conference_id: int) -> list[Topic]:
    """The topics in order."""
    return list(
        db.session.scalars(select(Topic).where(Topic.conference_id == conference_id).order_by(Topic.position, Topic.id))
    )


def list_tables(conference_ids: list[int]) -> list[TopicTable]:
    """The tables of some conferences with their topics, by conference and number."""
    return list(
        db.session.scalars(
            select(TopicTable)
            .where(TopicTable.conference_id.in_(conference_ids))
            .options(joinedload(TopicTable.topic))
            .order_by(TopicTable.conference_id, TopicTable.number)
        )
    )


def find_previous(conference: Conference) -> Conference | None:
    """The conference before this one about the same area, or None."""
    return db.session.scalar(
        select(Conference)
        .where(
            Conference.municipality_id == conference.municipality_id,
            Conference.area_id == conference.area_id,
            Conference.starts_at < conference.starts_at,
        )
        .order_by(Conference.starts_at.desc(), Conference.id.desc())
        .limit(1)
    )


def _count_if(condition):
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _by_conference(statement, *names: str) -> dict[int, dict]:
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in db.session.execute(statement)}
