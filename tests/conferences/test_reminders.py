"""Each reminder goes out exactly once: on the days clocks change, after an outage, with two workers at once."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import Municipality
from app.conferences import preparation_queries, queries, tasks
from app.conferences.models import Conference, PreparationTask, TeamMember
from app.conferences.reminders import remind, remind_of_tasks
from app.conferences.reminding import is_armed_again, is_due, oldest_useful_due, reminder_day
from app.core import clock
from app.core.mail import MailMessage, MailState
from app.extensions import db
from app.institutions.enums import InstitutionType
from app.institutions.models import Institution
from tests import factories

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)


def no_link(conference) -> None:
    return None


def minutes_of(day: date):
    """Every minute of a calendar day in Germany: 23, 24 or 25 hours of them."""
    moment = clock.from_local(day, 0)
    while clock.local_date(moment) == day:
        yield moment
        moment += timedelta(minutes=1)


@pytest.fixture
def task_id(app, town) -> int:
    """An open task due three days after the spring change of clocks, to be reminded of on that day."""
    with app.app_context():
        home = db.session.get(Municipality, town.municipality)
        house = factories.institution(home, "Fachbereich Statistik", type=InstitutionType.DEPARTMENT)
        conference = queries.get_conference(home, town.conference)
        owner = factories.add(
            TeamMember(
                conference_id=conference.id, department_id=house.id, name="Ada Amt", email="ada.amt@stadt.example"
            )
        )
        task = tasks.add_task(
            conference=conference,
            department=house,
            owner=owner,
            title="Daten freigeben",
            due=date(2027, 3, 31),
            remind_on=SPRING,
        )
        db.session.commit()
        return task.id


def mails() -> list[MailMessage]:
    return list(db.session.scalars(select(MailMessage).order_by(MailMessage.id)))


@pytest.mark.parametrize(
    ("day", "hours", "eight"),
    [
        (date(2027, 3, 27), 24, datetime(2027, 3, 27, 7, tzinfo=UTC)),
        (SPRING, 23, datetime(2027, 3, 28, 6, tzinfo=UTC)),
        (AUTUMN, 25, datetime(2027, 10, 31, 7, tzinfo=UTC)),
    ],
)
def test_a_reminder_becomes_due_once_at_eight_in_germany(day, hours, eight):
    ticks = [(moment, is_due(day, moment)) for moment in minutes_of(day)]

    assert len(ticks) == hours * 60
    assert [moment for moment, due in ticks if due] == [moment for moment, _due in ticks if moment >= eight]
    assert (eight, True) in ticks


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_a_minutely_run_over_a_change_of_clocks_writes_one_mail(app, task_id, day):
    eight = clock.from_local(day, 8)
    with app.app_context():
        task = db.session.get(PreparationTask, task_id)
        task.remind_on, task.due = day, day + timedelta(days=3)
        db.session.commit()

        written = [moment for moment in minutes_of(day) if remind(now=moment, tasks_url=no_link)]

        assert written == [eight]
        assert len(mails()) == 1


def test_the_mail_says_what_is_open_and_leaves_by_itself(app, task_id):
    with app.app_context():
        remind(now=clock.from_local(SPRING, 8), tasks_url=lambda conference: f"https://tisch.example/{conference.id}")
        db.session.commit()

        mail = mails()[0]
        assert (mail.recipient, mail.state) == ("ada.amt@stadt.example", MailState.RELEASED)
        assert mail.subject == "Erinnerung: bis 31.03.2027 „Daten freigeben“"
        for text in ("Expert*innendialog", "Fachbereich Statistik", "Ada Amt", "https://tisch.example/"):
            assert text in mail.body


def test_a_worker_that_was_down_reminds_when_it_is_back_and_not_after_a_week(app, task_id):
    with app.app_context():
        late = remind(now=datetime(2027, 4, 7, 12, tzinfo=UTC), tasks_url=no_link)
        db.session.rollback()

        too_late = remind(now=datetime(2027, 4, 8, 12, tzinfo=UTC), tasks_url=no_link)

        assert (late, too_late) == (1, 0)


@pytest.mark.parametrize("state", ["done", "cancelled", "without a reminder", "not yet"])
def test_nobody_is_reminded_without_need(app, town, task_id, state):
    now = clock.from_local(SPRING, 9)
    with app.app_context():
        task = db.session.get(PreparationTask, task_id)
        if state == "done":
            task.done_at = now
        elif state == "cancelled":
            db.session.get(Conference, town.conference).cancelled_at = now
        elif state == "without a reminder":
            task.remind_on = None
        else:
            now = clock.from_local(SPRING, 7, 59)
        db.session.commit()

        sent = remind(now=now, tasks_url=no_link)

        assert (sent, mails()) == (0, [])


def test_without_an_owner_the_departments_main_contact_is_reminded(app, task_id):
    with app.app_context():
        task = db.session.get(PreparationTask, task_id)
        task.owner_id = None
        db.session.commit()
        listed = preparation_queries.list_tasks_to_remind(SPRING, SPRING)
        address = listed[0].department.contacts[0].email

        remind(now=clock.from_local(SPRING, 8), tasks_url=no_link)

        assert [mail.recipient for mail in mails()] == [address]


def test_a_reminder_waits_until_there_is_an_address(app, task_id):
    now = clock.from_local(SPRING, 8)
    with app.app_context():
        task = preparation_queries.list_tasks_to_remind(SPRING, SPRING)[0]
        task.owner.email = "kein.at"
        task.department.contacts[0].email = ""
        db.session.commit()

        without = remind(now=now, tasks_url=no_link)
        task.owner.email = "ada.amt@stadt.example"
        db.session.commit()
        with_one = remind(now=now, tasks_url=no_link)

        assert (without, with_one) == (0, 1)


def test_a_later_day_arms_a_reminder_again(app, task_id):
    with app.app_context():
        remind(now=clock.from_local(SPRING, 8), tasks_url=no_link)
        db.session.commit()
        task = db.session.get(PreparationTask, task_id)
        kept = {"department": db.session.get(Institution, task.department_id), "title": task.title, "note": ""}
        kept |= {"owner": db.session.get(TeamMember, task.owner_id)}

        tasks.update_task(task=task, due=task.due, remind_on=SPRING - timedelta(days=1), **kept)
        earlier = remind(now=clock.from_local(SPRING, 9), tasks_url=no_link)
        tasks.update_task(task=task, due=task.due, remind_on=SPRING + timedelta(days=1), **kept)
        same_day = remind(now=clock.from_local(SPRING, 9), tasks_url=no_link)
        later = remind(now=clock.from_local(SPRING + timedelta(days=1), 8), tasks_url=no_link)

        assert (earlier, same_day, later) == (0, 0, 1)


def test_a_second_worker_that_comes_before_the_commit_writes_nothing(app, task_id):
    now = clock.from_local(SPRING, 8)
    second = []

    def work() -> None:
        with app.app_context():
            second.append(remind(now=now, tasks_url=no_link))
            db.session.commit()

    worker = threading.Thread(target=work)
    with app.app_context():
        first = remind(now=now, tasks_url=no_link)
        worker.start()
        worker.join(timeout=0.3)  # it waits for the first one's commit
        db.session.commit()
        worker.join()

        assert (first, second) == (1, [0])
        assert len(mails()) == 1


@pytest.mark.parametrize(("public_url", "links"), [("https://tisch.example", 1), ("", 0)])
def test_the_job_links_to_the_tasks_where_the_address_is_known(app, town, task_id, monkeypatch, public_url, links):
    monkeypatch.setitem(app.config, "PUBLIC_URL", public_url)
    today = clock.local_date(clock.now())
    with app.app_context():
        task = db.session.get(PreparationTask, task_id)
        task.remind_on, task.due = today - timedelta(days=1), today + timedelta(days=2)
        db.session.commit()

        remind_of_tasks()
        remind_of_tasks()
        db.session.rollback()

        assert len(mails()) == 1
        assert mails()[0].body.count(f"https://tisch.example/konferenzen/{town.conference}/aufgaben") == links


def test_the_day_of_a_reminder_is_reckoned_back_and_never_in_the_past():
    due = date(2027, 3, 31)

    assert reminder_day(due, 3, date(2027, 3, 1)) == SPRING
    assert reminder_day(due, 3, SPRING) is None
    assert reminder_day(due, None, date(2027, 3, 1)) is None


def test_only_a_later_day_than_the_mail_arms_again():
    assert is_armed_again(date(2027, 3, 29), SPRING, SPRING)
    assert not is_armed_again(SPRING, SPRING, SPRING)
    assert not is_armed_again(None, SPRING, SPRING)
    assert not is_armed_again(date(2027, 3, 29), SPRING, date(2027, 3, 30))


def test_a_reminder_is_of_use_until_a_week_after_the_task_was_due():
    assert oldest_useful_due(SPRING + timedelta(days=7)) == SPRING
