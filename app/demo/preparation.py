"""Everything around the conferences: formats, the series, team, rooms, material, and who came on the day."""

from datetime import datetime, time, timedelta

from app.attendance.services import check_in, give_feedback
from app.conferences import material, rooms, team
from app.conferences.formats import adopt_usual_formats
from app.conferences.models import Conference, ConferenceFormat, ConferenceSeries
from app.conferences.packing import usual_material
from app.conferences.preparation_queries import list_tasks
from app.conferences.queries import list_formats, list_series
from app.conferences.series import create_series
from app.core.clock import local_date
from app.demo import town
from app.demo.place import Place
from app.institutions.queries import list_departments
from app.institutions.requests import ask_to_be_invited
from app.invitations.assistance import keep_need
from app.invitations.enums import MailKind
from app.invitations.letter_texts import WORDINGS
from app.invitations.models import Registration
from app.invitations.queries import list_registrations
from app.invitations.rules import Need
from app.mailings.rules import planned_moment
from app.mailings.services import Text, plan_mailing

DIALOGUE = "Expert*innendialog"
SERIES = "Expert*innendialoge in den Sozialräumen"
EVERY_NTH_STAYS_AWAY = 11
EVERY_NTH_SAYS_HOW_IT_WAS = 3


def frame(place: Place) -> tuple[ConferenceFormat, ConferenceSeries]:
    """The town's formats and its series, made where they are missing."""
    adopt_usual_formats(municipality=place.municipality)
    series = next((row for row in list_series(place.municipality) if row.title == SERIES), None)
    if series is None:
        series = create_series(
            municipality=place.municipality,
            title=SERIES,
            description="Jedes Jahr zwei Sozialräume, dazwischen wird umgesetzt und berichtet.",
        )
    dialogue = next(row for row in list_formats(place.municipality) if row.name == DIALOGUE)
    return dialogue, series


def equip(place: Place, conference: Conference, tables: int, people: int) -> None:
    """Team from the departments, rooms, and the packing list."""
    story = town.document("preparation")
    members = {}
    for department in list_departments(place.municipality):
        members[department.id] = team.add_contact(
            conference=conference,
            department=department,
            contact=department.contacts[0],
            duty=story["duties"][department.short_name],
        )
    for task in list_tasks(conference):
        task.owner = members.get(task.department_id)
    for row in story["rooms"]:
        rooms.add_room(conference=conference, **row)
    material.pack(conference=conference, proposed=usual_material(tables, people))


def ask(place: Place, now: datetime) -> None:
    """An association asks through the portal to be invited next time."""
    story = town.document("preparation")["request"]
    ask_to_be_invited(municipality=place.municipality, area=place.areas["01"], now=now, **story)


def plan_outcome(place: Place, conference: Conference, now: datetime) -> None:
    """Those who came will hear what became of it, half a year later by itself."""
    wording = WORDINGS[MailKind.OUTCOME]
    half_a_year_later = local_date(conference.starts_at) + timedelta(days=180)
    plan_mailing(
        conference=conference,
        kind=MailKind.OUTCOME,
        text=Text(wording.subject, wording.body),
        send_at=planned_moment(half_a_year_later, time(9)),
        user=place.organiser,
        now=now,
    )


def note_needs(conference: Conference, now: datetime) -> None:
    """Two people say what they need to take part."""
    people = list_registrations(conference)
    for person, (text, accessible) in zip(people[7::29], town.document("preparation")["needs"], strict=False):
        keep_need(registration=person, need=Need(text, accessible), now=now)


def came(place: Place, conference: Conference) -> None:
    """Most people come, from half an hour before until a little after the beginning."""
    doors_open = conference.starts_at - timedelta(minutes=30)
    for number, person in enumerate(_who_came(conference)):
        check_in(registration=person, user=place.organiser, now=doors_open + timedelta(seconds=27 * number))


def said_how_it_was(conference: Conference, now: datetime) -> None:
    """Some of those who came answer the questions afterwards."""
    answers = town.document("preparation")["feedback"]
    afterwards = max(now, conference.ends_at)
    for number, person in enumerate(_who_came(conference)[::EVERY_NTH_SAYS_HOW_IT_WAS]):
        give_feedback(conference=conference, registration=person, now=afterwards, **answers[number % len(answers)])


def _who_came(conference: Conference) -> list[Registration]:
    people = list_registrations(conference)
    return [person for number, person in enumerate(people, start=1) if number % EVERY_NTH_STAYS_AWAY]
