"""Acts on a conference's topics."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from app.conferences import queries, rules
from app.conferences.announcements import topic_retitled
from app.conferences.models import ActionField, Conference, GuidingQuestion, Topic
from app.core.errors import RuleBroken
from app.core.turns import take_turn
from app.extensions import db
from app.indicators.models import Indicator

OPEN_TITLE = "Freies Thema"


def add_topic(
    *,
    conference: Conference,
    title: str,
    description: str = "",
    questions: Sequence[str] = (),
    indicators: Sequence[Indicator] = (),
    is_open: bool = False,
    action_field: ActionField | None = None,
) -> Topic:
    """Add a topic at the end; an open one needs no title before the day. Raises RuleBroken."""
    take_turn(Conference, conference.id)
    row = Topic(
        conference_id=conference.id,
        position=queries.next_topic_position(conference),
        title=_title(title, is_open),
        description=description.strip(),
        is_open=is_open,
        action_field=action_field,
        questions=_questions(questions),
        indicators=list(indicators),
    )
    db.session.add(row)
    db.session.flush()
    return row


def update_topic(
    *,
    topic: Topic,
    title: str,
    description: str = "",
    questions: Sequence[str] = (),
    indicators: Sequence[Indicator] = (),
    is_open: bool = False,
    action_field: ActionField | None = None,
) -> None:
    """Change a topic that comes with questions and indicators loaded. Raises RuleBroken."""
    topic.title = _title(title, is_open)
    topic.description = description.strip()
    topic.is_open = is_open
    topic.action_field = action_field
    topic.questions = _questions(questions)
    topic.indicators = list(indicators)
    db.session.flush()
    topic_retitled.send(topic)


def set_open_topic(*, topic: Topic, title: str, question: str = "") -> None:
    """Give an open topic the title the people in the room agreed on, and its guiding question.

    Raises RuleBroken for a topic that was fixed before the day. Questions come loaded.
    """
    if not topic.is_open:
        raise RuleBroken(_("Nur ein freies Thema wird am Tag festgelegt. Andere Themen ändern Sie unter „Themen“."))
    title = " ".join(title.split())
    if not title:
        raise RuleBroken(_("Geben Sie das Thema ein, auf das sich die Runde geeinigt hat."))
    topic.title = title
    if question := " ".join(question.split()):
        topic.questions = _questions([question])
    db.session.flush()
    topic_retitled.send(topic)


def remove_topic(*, topic: Topic) -> None:
    """Take away a topic (questions loaded) nobody needs yet. Raises RuleBroken when tables or wishes hold it."""
    try:
        with db.session.begin_nested():
            db.session.delete(topic)
    except IntegrityError:
        raise RuleBroken(_("Zu diesem Thema gibt es schon Tische oder Wünsche. Ändern Sie lieber den Titel.")) from None


def _title(title: str, is_open: bool) -> str:
    title = " ".join(title.split())
    if not title and not is_open:
        raise RuleBroken(_("Geben Sie das Thema ein."))
    return title or OPEN_TITLE


def _questions(texts: Sequence[str]) -> list[GuidingQuestion]:
    if problem := rules.question_problem(texts):
        raise RuleBroken(
            _("Höchstens %(n)s Leitfragen, sonst bleibt für keine Zeit.", n=rules.MOST_QUESTIONS)
            if problem == "many"
            else _("Eine Leitfrage darf höchstens %(n)s Zeichen haben.", n=rules.LONGEST_QUESTION)
        )
    return [GuidingQuestion(position=position, text=text) for position, text in enumerate(texts, start=1)]
