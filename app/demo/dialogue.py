"""The running conference, step by step: prepared and invited, live, consolidated, published."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from app.conferences.agenda import add_agenda_item
from app.conferences.models import Conference, Topic
from app.conferences.queries import list_topics
from app.conferences.services import create_conference, update_conference
from app.conferences.tasks import add_task, complete_task
from app.conferences.topics import add_topic, set_open_topic
from app.consolidation.queries import list_points
from app.core import clock
from app.demo import preparation, results, room, town
from app.demo.place import Place
from app.demo.queries import contributions_by_words
from app.institutions.enums import InstitutionType
from app.invitations.answering import answer_invitation
from app.invitations.enums import Answer, Channel
from app.invitations.letter import Letter
from app.invitations.queries import get_invitation, list_invitations, list_registrations
from app.invitations.rules import Person
from app.invitations.services import invite_institutions, release_mails, save_letter
from app.papers.queries import list_published_versions, paper_of_conference
from app.papers.services import freeze_paper, publish_paper
from app.registrations.entering import enter_person
from app.registrations.rules import Entry
from app.seating.services import seat_registration
from app.tables.enums import Phase
from app.tables.models import TopicTable
from app.tables.queries import list_tables
from app.tables.services import add_table, close_table, open_table

BEGINS, ENDS = time(14), time(17, 45)
CAPACITY = 100


def prepare(place: Place, day: date, base_url: str, now: datetime) -> Conference:
    """Create the conference with agenda, tasks, topics and tables, invite 45 institutions, enter the answers."""
    story = town.document("conference")
    dialogue, series = preparation.frame(place)
    conference = create_conference(
        municipality=place.municipality,
        area=place.areas["01"],
        title=f"Expert*innendialog Mitte/Hafen {day.year}",
        starts_at=_at(day, BEGINS),
        ends_at=_at(day, ENDS),
        venue=story["venue"],
        venue_address=story["venue_address"],
        format=dialogue,
        series=series,
        series_round=2,
        capacity=CAPACITY,
    )
    for row in story["agenda"]:
        add_agenda_item(
            conference=conference,
            starts_at=_at(day, time.fromisoformat(row["time"])),
            title=row["title"],
            note=row["note"],
        )
    _tasks(place, conference, story["tasks"], day)
    topics, tables = _topics(place, conference)
    _invite(place, conference, story, base_url, now)
    _answers(place, conference, topics, tables, now)
    preparation.equip(place, conference, len(tables), CAPACITY)
    preparation.note_needs(conference, now)
    preparation.ask(place, now)
    return conference


def hold(place: Place, conference: Conference, day: date, now: datetime) -> None:
    """Move the conference to the day, open all tables, fix the open topic, fill the room with voices."""
    _move(place, conference, day)
    for topic in list_topics(conference):
        if topic.is_open:
            set_open_topic(topic=topic, title=town.document("topics")[-1]["title"])
    tables = {table.number: table for table in list_tables(conference)}
    for table in tables.values():
        open_table(table=table, now=conference.starts_at)
    rows = town.rows("contributions")
    opened_at = min(conference.starts_at + timedelta(minutes=50), now - timedelta(minutes=95))
    room.fill(place, tables, rows, opened_at)
    preparation.came(place, conference)


def consolidate(place: Place, conference: Conference, now: datetime) -> None:
    """Group the voices, make recommendations, begin the paper. The tables stay open for late contributions."""
    rows = town.rows("contributions")
    stored = contributions_by_words(conference)
    voices = {row["id"]: stored[int(row["table"]), row["text"]] for row in rows}
    points = results.add_points(place, conference, town.document("points"), rows, voices)
    results.set_some_aside(rows, voices, now)
    results.add_recommendations(place, conference, town.document("recommendations"), points)
    results.write_paper(place, conference, town.document("paper"), now)
    preparation.plan_outcome(place, conference, now)
    preparation.said_how_it_was(conference, now)


def publish(place: Place, conference: Conference, now: datetime) -> None:
    """Close the tables, freeze the paper and publish it."""
    for table in list_tables(conference):
        close_table(table=table)
    version = freeze_paper(paper=paper_of_conference(conference), user=place.organiser, now=now)
    publish_paper(version=version, user=place.organiser, now=now)


def was_held(conference: Conference) -> bool:
    """Whether the tables were opened."""
    return any(table.phase is not Phase.PREPARING for table in list_tables(conference))


def is_consolidated(conference: Conference) -> bool:
    """Whether there are points."""
    return bool(list_points(conference))


def is_published(conference: Conference) -> bool:
    """Whether readers see a paper of this conference."""
    paper = paper_of_conference(conference)
    return paper is not None and bool(list_published_versions(paper))


def _at(day: date, clock_time: time) -> datetime:
    return clock.from_local(day, clock_time.hour, clock_time.minute)


def _move(place: Place, conference: Conference, day: date) -> None:
    update_conference(
        municipality=place.municipality,
        conference=conference,
        area=place.areas["01"],
        title=f"Expert*innendialog Mitte/Hafen {day.year}",
        starts_at=_at(day, BEGINS),
        ends_at=_at(day, ENDS),
        venue=conference.venue,
        venue_address=conference.venue_address,
    )


def _tasks(place: Place, conference: Conference, rows: list[dict], day: date) -> None:
    departments = {
        institution.short_name: institution
        for institution in place.institutions.values()
        if institution.type is InstitutionType.DEPARTMENT
    }
    for row in rows:
        task = add_task(
            conference=conference,
            department=departments[row["department"]],
            title=row["title"],
            due=day - timedelta(days=row["days_before"]),
        )
        if row["done"]:
            complete_task(task=task, now=_at(task.due - timedelta(days=1), time(11)))


def _topics(place: Place, conference: Conference) -> tuple[dict[str, Topic], dict[int, TopicTable]]:
    topics, tables = {}, {}
    for row in town.document("topics"):
        topic = add_topic(
            conference=conference,
            title=row.get("title_before") or row["title"],
            description=row["description"],
            questions=row["questions"],
            indicators=[place.indicators[key] for key in row["indicators"]],
            is_open=row["open"],
            action_field=place.action_fields[row["action_field"]],
        )
        topics[row["key"]] = topic
        for table in row["tables"]:
            tables[table["number"]] = add_table(
                topic=topic, room=table["room"], host=table["host"], capacity=table["capacity"]
            )
    return topics, tables


def _invite(place: Place, conference: Conference, story: dict, base_url: str, now: datetime) -> None:
    letter = Letter(
        subject=story["invitation_subject"].replace("2026", str(conference.starts_at.year)),
        body=story["invitation_body"].replace("{anrede},", "{anrede}"),
        sender=story["sender"],
        reply_by=clock.local_date(conference.starts_at) - timedelta(days=10),
    )
    save_letter(conference=conference, letter=letter, user=place.organiser, now=now)
    invited = [one for one in place.institutions.values() if one.type is not InstitutionType.DEPARTMENT]
    invitations = invite_institutions(
        conference=conference,
        municipality=place.municipality,
        institutions=invited,
        user=place.organiser,
        base_url=base_url,
        now=now,
    )
    release_mails(conference=conference, invitations=invitations, user=place.organiser, now=now)


def _answers(
    place: Place, conference: Conference, topics: dict[str, Topic], tables: dict[int, TopicTable], now: datetime
) -> None:
    """Enter what the people file says: by link, some by phone; departments by hand; then everybody's seat."""
    people = defaultdict(list)
    for row in town.rows("people"):
        people[place.institutions[row["institution"]].id].append(row)
    answered_at = conference.starts_at - timedelta(days=12) if now > conference.starts_at else now
    for serial, row in enumerate(list_invitations(conference, now)):
        invitation = get_invitation(conference, row.id)
        rows = people[invitation.institution_id]
        coming = [row for row in rows if row["answer"] == "yes"]
        answers = {row["answer"] for row in rows}
        if not coming and "no" not in answers:
            continue
        wishes = coming[0]["wishes"].split() if coming else []
        answer_invitation(
            invitation=invitation,
            answer=_answer(answers),
            people=[Person(row["first_name"], row["last_name"], row["email"]) for row in coming],
            wishes=[topics[key].id for key in wishes],
            channel=Channel.PHONE if serial % 7 == 3 else Channel.LINK,
            message="",
            now=answered_at,
        )
    for institution in place.institutions.values():
        if institution.type is InstitutionType.DEPARTMENT:
            for row in people[institution.id]:
                if row["answer"] == "yes":
                    _register(place, conference, institution, row, topics, answered_at)
    _seat(conference, tables)


def _answer(answers: set[str]) -> Answer:
    if "substitute" in answers:
        return Answer.SUBSTITUTE
    return Answer.YES if "yes" in answers else Answer.NO


def _register(place: Place, conference: Conference, institution, row: dict, topics: dict, now: datetime) -> None:
    entry = Entry(
        person=Person(row["first_name"], row["last_name"], row["email"]),
        institution_id=institution.id,
        wishes=tuple(topics[key].id for key in row["wishes"].split()),
    )
    enter_person(conference=conference, entry=entry, user=place.organiser, now=now)


def _seat(conference: Conference, tables: dict[int, TopicTable]) -> None:
    seats = {row["email"]: int(row["table"]) for row in town.rows("people") if row["table"]}
    for registration in list_registrations(conference):
        if registration.email in seats:
            seat_registration(table=tables[seats[registration.email]], registration=registration)
