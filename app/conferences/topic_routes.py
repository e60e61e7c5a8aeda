"""Topics of a conference: what its tables will talk about."""

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user
from wtforms.fields.choices import SelectChoice

from app.accounts.enums import Role
from app.accounts.trail import note
from app.conferences import queries, rules, topics
from app.conferences.blueprint import bp
from app.conferences.forms import TopicForm
from app.conferences.models import Conference, Topic
from app.conferences.removed import remember, remembered, take_back
from app.core.access import office
from app.core.errors import RuleBroken
from app.core.hypermedia import redirect, render, say
from app.extensions import db
from app.indicators.queries import list_indicators


@bp.get("/konferenzen/<int:conference_id>/themen", endpoint="topics")
@office(Role.ORGANISER, Role.DEPARTMENT)
def topic_list(conference_id: int):
    """All topics with questions and figures."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    return render(
        "conferences/topics.html",
        conference=conference,
        topics=queries.list_topics(conference),
        feeding=queries.list_feeding(conference),
        removed=remembered("topic", conference) is not None,
    )


@bp.get("/konferenzen/<int:conference_id>/themen/neu")
@office(Role.ORGANISER)
def create_topic(conference_id: int):
    """The empty form, or the one of a topic just removed."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    form = TopicForm(data=take_back("topic", conference))
    return _form_page(conference, _prepared(form))


@bp.post("/konferenzen/<int:conference_id>/themen/neu")
@office(Role.ORGANISER)
def create_topic_post(conference_id: int):
    """Add a topic."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    form = _prepared(TopicForm())
    if not form.validate():
        return _form_page(conference, form, status=422)
    topic = topics.add_topic(conference=conference, **_given(form))
    note("topic.added", _("Thema „%(topic)s“ in „%(title)s“ ergänzt.", topic=topic.title, title=conference.title))
    db.session.commit()
    say(_("Das Thema „%(topic)s“ steht auf der Liste.", topic=topic.title))
    return redirect(url_for("conferences.topics", conference_id=conference.id))


@bp.get("/konferenzen/<int:conference_id>/themen/<int:topic_id>")
@office(Role.ORGANISER)
def edit_topic(conference_id: int, topic_id: int):
    """The form with what is set."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    topic = queries.get_topic(conference, topic_id)
    return _form_page(conference, _prepared(TopicForm(data=_as_typed(topic))), topic)


@bp.post("/konferenzen/<int:conference_id>/themen/<int:topic_id>")
@office(Role.ORGANISER)
def edit_topic_post(conference_id: int, topic_id: int):
    """Save changes."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    topic = queries.get_topic(conference, topic_id)
    form = _prepared(TopicForm())
    if not form.validate():
        return _form_page(conference, form, topic, status=422)
    topics.update_topic(topic=topic, **_given(form))
    note("topic.changed", _("Thema „%(topic)s“ in „%(title)s“ geändert.", topic=topic.title, title=conference.title))
    db.session.commit()
    say(_("Die Änderungen am Thema sind gespeichert."))
    return redirect(url_for("conferences.topics", conference_id=conference.id))


@bp.post("/konferenzen/<int:conference_id>/themen/<int:topic_id>/entfernen")
@office(Role.ORGANISER)
def remove_topic(conference_id: int, topic_id: int):
    """Take a topic off the list; what was typed is kept so that it can be put back."""
    conference = queries.get_conference(current_user.municipality, conference_id)
    topic = queries.get_topic(conference, topic_id)
    typed = _as_typed(topic)
    try:
        topics.remove_topic(topic=topic)
    except RuleBroken as error:
        say(str(error), "warning")
        return redirect(url_for("conferences.topics", conference_id=conference.id))
    note(
        "topic.removed", _("Thema „%(topic)s“ aus „%(title)s“ entfernt.", topic=typed["title"], title=conference.title)
    )
    db.session.commit()
    remember("topic", conference, typed)
    say(
        _(
            "Das Thema „%(topic)s“ ist entfernt. Über „Entferntes Thema zurückholen“ legen Sie es wieder an.",
            topic=typed["title"],
        ),
        "info",
    )
    return redirect(url_for("conferences.topics", conference_id=conference.id))


def _prepared(form: TopicForm) -> TopicForm:
    form.fields = queries.list_action_fields(current_user.municipality)
    fields = [(field.id, field.name) for field in form.fields]
    form.action_field.choices = [SelectChoice("", _("– noch keines –")), *fields]
    form.indicator_rows = list_indicators(current_user.municipality)
    form.indicators.choices = [
        (row.id, row.name if row.public else _("%(name)s (nur intern, nicht am Tisch)", name=row.name))
        for row in form.indicator_rows
    ]
    return form


def _given(form: TopicForm) -> dict:
    """What the form says, as the services take it."""
    return {
        "title": form.title.data,
        "description": form.description.data,
        "questions": rules.questions_in(form.questions.data),
        "indicators": [row for row in form.indicator_rows if row.id in (form.indicators.data or [])],
        "is_open": form.is_open.data,
        "action_field": next((row for row in form.fields if row.id == form.action_field.data), None),
    }


def _as_typed(topic: Topic) -> dict:
    return {
        "title": topic.title,
        "description": topic.description,
        "questions": "\n".join(question.text for question in topic.questions),
        "indicators": [indicator.id for indicator in topic.indicators],
        "is_open": topic.is_open,
        "action_field": topic.action_field_id,
    }


def _form_page(conference: Conference, form: TopicForm, topic: Topic | None = None, status: int = 200):
    return render("conferences/topic_form.html", status=status, conference=conference, form=form, topic=topic)
