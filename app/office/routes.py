"""The desk of the office, and one page per conference."""

from flask import Blueprint, url_for
from flask_login import current_user

from app.accounts.enums import Role
from app.accounts.queries import list_municipalities
from app.conferences import preparation
from app.conferences.preparation_queries import list_agenda, list_tasks, list_team
from app.core import clock
from app.core.access import office, public
from app.core.hypermedia import redirect, render
from app.institutions.request_queries import count_new_requests
from app.office import desk, queries, wording
from app.office.desk import Card
from app.office.rules import Step

bp = Blueprint("office", __name__)


@bp.app_template_global()
def step_url(card: Card) -> str:
    """Address of a conference's next step."""
    if card.step.step is Step.LOAD_DATA:
        return url_for(card.step.endpoint, gebiet=card.conference.area_id)
    return url_for(card.step.endpoint, conference_id=card.conference.id)


@bp.get("/")
@public
def home():
    """The sorted desk; for strangers what this is and where to go."""
    if not current_user.is_authenticated:
        return render("office/welcome.html", municipalities=list_municipalities())
    if current_user.role is Role.STATISTICS:
        return redirect(url_for("indicators.table"))
    if current_user.role is Role.HOST:
        return render("office/host.html", conferences=desk.tables_for_hosts(current_user.municipality, clock.now()))
    sorted_desk = desk.sort_desk(current_user.municipality, clock.now())
    page = "office/department.html" if current_user.role is Role.DEPARTMENT else "office/home.html"
    return render(
        page,
        desk=sorted_desk,
        wording=wording,
        tasks_by_department=desk.tasks_by_department,
        requests=count_new_requests(current_user.municipality),
    )


@bp.get("/konferenzen/<int:conference_id>/")
@office(Role.ORGANISER, Role.DEPARTMENT)
def conference(conference_id: int):
    """Everything about one conference on one page."""
    row = queries.get_conference(current_user.municipality, conference_id)
    now = clock.now()
    today = clock.local_date(now)
    tasks = list_tasks(row.conference)
    card = desk.describe(row, [task for task in tasks if task.done_at is None], now)
    previous = queries.find_previous(row.conference)
    return render(
        "office/conference.html",
        card=card,
        conference=row.conference,
        paper_slug=row.paper_slug,
        today=today,
        wording=wording,
        agenda=list_agenda(row.conference),
        topics=queries.list_topics(conference_id),
        tables=queries.list_tables([conference_id]),
        people=queries.count_people(conference_id),
        shares=preparation.shares(tasks),
        progress=preparation.progress(tasks, today),
        team=list_team(row.conference),
        previous=previous,
        outcomes=desk.outcomes(previous) if previous else [],
    )
