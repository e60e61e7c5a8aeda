"""Services of answering: by link and by phone."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _

from app.accounts.models import User
from app.accounts.services import note_act
from app.conferences.queries import list_topics
from app.core.errors import RuleBroken
from app.core.mail import valid_address
from app.extensions import db
from app.invitations import assistance, places, queries, rules
from app.invitations.announcements import substitute_named
from app.invitations.enums import Answer, Channel, Origin, Place
from app.invitations.letter import one_line, plain_text
from app.invitations.models import Invitation, Registration, TopicWish
from app.invitations.problems import AnswerProblem
from app.invitations.rules import Person


def answer_invitation(
    *,
    invitation: Invitation,
    answer: Answer,
    people: Sequence[Person],
    wishes: Sequence[int],
    channel: Channel,
    message: str,
    now: datetime,
    user: User | None = None,
) -> None:
    """Keep an institution's answer; a later one replaces people, wishes and message.

    `wishes` are topic ids, best first, and count for every person named. Somebody named again keeps the seat they
    have, and what they need unless they say otherwise; what somebody needs goes with them. Raises RuleBroken when the
    answer is incomplete or comes by link after the conference began or was called off.
    """
    conference = invitation.conference
    if channel is Channel.LINK and not rules.answers_open(now, conference.starts_at, conference.cancelled_at):
        raise RuleBroken(_("Antworten über den Link sind nicht mehr möglich."))
    people = [_tidy(person) for person in people] if answer in queries.COMING else []
    wishes = list(wishes) if people else []
    _check(invitation, answer, people, wishes)
    invitation.answer, invitation.answered_at, invitation.channel = answer, now, channel
    invitation.message = plain_text(message).strip()
    _replace_people(invitation, people, now)
    for registration, person in zip(invitation.registrations, people, strict=True):
        _replace_wishes(registration, wishes)
        assistance.keep_need(registration=registration, need=person.need, now=now)
    places.move_up(conference, now)
    note_act(
        municipality_id=conference.municipality_id,
        user=user,
        action="invitation.answered",
        sentence=f"{invitation.institution.name}: {answer.label} ({channel.label}).",
        now=now,
    )
    db.session.flush()
    if answer is Answer.SUBSTITUTE:
        substitute_named.send(invitation, registration=invitation.registrations[0], now=now)


def _check(invitation: Invitation, answer: Answer, people: list[Person], wishes: list[int]) -> None:
    if answer is Answer.NONE:
        raise RuleBroken(_("Wählen Sie eine Antwort."))
    if answer is Answer.YES:
        _refuse_if(rules.people_problem(people))
    if answer is Answer.SUBSTITUTE:
        _refuse_if(rules.people_problem(people, most=1))
        if not valid_address(people[0].email):
            raise RuleBroken(_("Geben Sie die E-Mail-Adresse der Vertretung an."))
    for person in people:
        if person.email and not valid_address(person.email):
            raise RuleBroken(_("Geben Sie eine E-Mail-Adresse wie name@verein.example ein."))
    if wishes:
        topics = list_topics(invitation.conference)
        _refuse_if(rules.wishes_problem(wishes, [topic.id for topic in topics]))


def _refuse_if(problem: AnswerProblem | None) -> None:
    if problem:
        raise RuleBroken(str(problem))


def _tidy(person: Person) -> Person:
    return Person(one_line(person.first_name), one_line(person.last_name), person.email.strip(), person.need)


def _replace_people(invitation: Invitation, people: list[Person], now: datetime) -> None:
    """Keep the rows of people named again: seats refer to them. Newcomers get a place or wait, one by one."""
    before = {Person(row.first_name, row.last_name).key: row for row in invitation.registrations}
    named = {person.key for person in people}
    invitation.registrations = [row for key, row in before.items() if key in named]
    db.session.flush()
    for person in people:
        row = before.get(person.key)
        if row is None:
            row = _registration(invitation, person, now)
            places.give_place(invitation.conference, row)
            invitation.registrations.append(row)
        elif row.place is Place.CANCELLED:
            row.registered_at = now
            places.give_place(invitation.conference, row)
        row.first_name, row.last_name, row.email = person.first_name, person.last_name, person.email
        db.session.flush()
    invitation.registrations.sort(
        key=lambda row: [person.key for person in people].index(Person(row.first_name, row.last_name).key)
    )


def _registration(invitation: Invitation, person: Person, now: datetime) -> Registration:
    return Registration(
        conference_id=invitation.conference_id,
        institution_id=invitation.institution_id,
        first_name=person.first_name,
        last_name=person.last_name,
        email=person.email,
        registered_at=now,
        origin=Origin.INVITATION,
        wishes=[],
    )


def _replace_wishes(registration: Registration, topic_ids: Sequence[int]) -> None:
    registration.wishes = [TopicWish(rank=rank, topic_id=id_) for rank, id_ in enumerate(topic_ids, start=1)]
