"""What the shop window reads beyond the floors below: frozen documents, dates that are public, states of measures."""

from datetime import datetime

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Municipality
from app.areas.models import Area
from app.conferences.models import Conference
from app.consolidation.models import Recommendation
from app.core.mail import NOT_OUT, MailMessage
from app.extensions import db
from app.invitations.enums import Answer
from app.invitations.models import Invitation
from app.papers.models import PaperVersion, StrategyPaper


def documents(version_ids: list[int]) -> dict[int, str]:
    """The frozen documents of some versions as they are stored, by version id. Pass published versions only."""
    rows = db.session.execute(
        select(PaperVersion.id, PaperVersion.document).where(
            PaperVersion.id.in_(version_ids), PaperVersion.published_at.is_not(None)
        )
    )
    return {row.id: row.document for row in rows}


def list_dates_ahead(municipality: Municipality, now: datetime) -> list[Conference]:
    """Conferences that are still to come and known outside: at least one invitation went out. Soonest first."""
    return list(
        db.session.scalars(
            select(Conference)
            .where(Conference.municipality_id == municipality.id, Conference.ends_at >= now, _is_known_outside())
            .options(joinedload(Conference.area))
            .order_by(Conference.starts_at, Conference.id)
        )
    )


def list_past_conferences(municipality: Municipality, area_ids: list[int], now: datetime) -> list[Conference]:
    """Conferences about some areas that took place and are known outside, the latest first."""
    return list(
        db.session.scalars(
            select(Conference)
            .where(
                Conference.municipality_id == municipality.id,
                Conference.area_id.in_(area_ids),
                Conference.ends_at < now,
                or_(_is_known_outside(), _has_published_paper()),
            )
            .options(joinedload(Conference.area).joinedload(Area.level))
            .order_by(Conference.starts_at.desc(), Conference.id.desc())
        )
    )


def _is_known_outside():
    """An invitation left the house, or somebody answered one made by phone."""
    left = and_(MailMessage.id == Invitation.mail_id, MailMessage.state.not_in(NOT_OUT))
    return exists().where(
        Invitation.conference_id == Conference.id,
        or_(exists().where(left).correlate(Invitation), Invitation.answer != Answer.NONE),
    )


def _has_published_paper():
    return exists().where(
        StrategyPaper.conference_id == Conference.id,
        PaperVersion.paper_id == StrategyPaper.id,
        PaperVersion.published_at.is_not(None),
    )


def recommendation_numbers(conference_ids: list[int]) -> dict[int, tuple[int, int]]:
    """Conference id and lasting number of every recommendation, by its id: how a frozen one is found again."""
    rows = db.session.execute(
        select(Recommendation.id, Recommendation.conference_id, Recommendation.number).where(
            Recommendation.conference_id.in_(conference_ids)
        )
    )
    return {row.id: (row.conference_id, row.number) for row in rows}
