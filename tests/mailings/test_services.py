"""Groups, drafts and plans: who gets a mailing, and that it leaves exactly once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier

import pytest
from icalendar import Calendar
from sqlalchemy import func, select

from app.conferences.models import Conference
from app.core import archive, bounces, clock
from app.core.errors import RuleBroken
from app.core.mail import MailMessage, MailState
from app.extensions import db
from app.institutions.models import Institution
from app.invitations.enums import Answer, MailKind
from app.invitations.letter_texts import GROUP_KINDS, WORDINGS
from app.invitations.models import ConferenceMail, Invitation, Mailing
from app.mailings import planned, queries, services
from app.mailings.audience import audience_for
from app.mailings.rules import planned_moment
from app.mailings.services import Text
from tests.invitations import scenes
from tests.mailings import scenes as guests

REMINDER = Text("Bitte antworten Sie", "{anrede} {link} bis {frist}")


def names(audience) -> tuple[list[str], list[str]]:
    """Institutions and persons as the lists show them: reachable, to be called."""
    return (
        [one.name or one.institution for one in audience.reachable],
        [one.name or one.institution for one, _reason in audience.unreachable],
    )


def draft(town, kind: MailKind = MailKind.REMINDER, text: Text = REMINDER) -> Mailing:
    return services.draft_mailing(
        conference=db.session.get(Conference, town.conference),
        municipality=scenes.home_of(town),
        kind=kind,
        text=text,
        reach=guests.REACH,
        user=scenes.organiser_of(town),
        now=clock.now(),
    )[0]


def plan(town, send_at: datetime, kind: MailKind = MailKind.REMINDER, now: datetime | None = None) -> Mailing:
    wording = WORDINGS[kind]
    return services.plan_mailing(
        conference=db.session.get(Conference, town.conference),
        kind=kind,
        text=Text(wording.subject, wording.body),
        send_at=send_at,
        user=scenes.organiser_of(town),
        now=now or clock.now(),
    )


def make_due(app, mailing_id: int) -> None:
    """As if the planned moment had come."""
    with app.app_context():
        db.session.get(Mailing, mailing_id).send_at = clock.now() - timedelta(seconds=1)
        db.session.commit()


def mails(app) -> list[tuple[str, MailState]]:
    """What mailings wrote."""
    with app.app_context():
        rows = db.session.execute(
            select(MailMessage.recipient, MailMessage.state)
            .join(ConferenceMail, ConferenceMail.mail_id == MailMessage.id)
            .order_by(MailMessage.id)
        )
        return [tuple(row) for row in rows]


def test_each_kind_reaches_its_own_group(app, town):
    with app.app_context():
        there = guests.fill(town)
        guests.came(there["waiting"])
        conference = there["conference"]
        found = {kind: names(audience_for(kind, conference)) for kind in GROUP_KINDS}

    zusage, waiting, without = "Robin Zusage", "Robin W", "Robin Ohne"
    concerned = (["Robin Beispiel", waiting, zusage], [without, "Telefon"])
    assert found == {
        MailKind.REMINDER: (["Robin Beispiel"], ["Telefon"]),
        MailKind.CHANGE: concerned,
        MailKind.CANCELLATION: concerned,
        MailKind.BEFORE: ([zusage], [without]),
        MailKind.THANKS: ([waiting], []),
        MailKind.OUTCOME: ([waiting], []),
    }


def test_the_contact_hears_of_a_change_when_none_of_their_people_can_be_reached(app, town):
    with app.app_context():
        there = guests.fill(town)
        there["zusage"].email = ""
        db.session.flush()

        reachable = [one.key for one in audience_for(MailKind.CHANGE, there["conference"]).reachable]

        assert f"i{there['Zusage'].id}" in reachable
        assert f"r{there['zusage'].id}" not in reachable


def test_paused_addresses_are_to_be_called(app, town):
    with app.app_context():
        there = guests.fill(town)
        for _number in range(5):
            bounces.count_bounce("ZUSAGE@verein.example", "weg", clock.now())

        audience = audience_for(MailKind.BEFORE, there["conference"])

        assert [(one.name, reason) for one, reason in audience.unreachable if one.email] == [
            ("Robin Zusage", "Adresse pausiert: bitte anrufen")
        ]


def test_mails_before_the_event_name_the_table_of_the_first_round(app, town):
    with app.app_context():
        there = guests.fill(town)
        there["home"].contact_email = "planung@stadt.example"
        draft(town, MailKind.BEFORE, Text("Bald", "Ihr Platz: {tisch}"))
        db.session.commit()

        message = db.session.scalars(
            select(MailMessage).join(ConferenceMail, ConferenceMail.mail_id == MailMessage.id)
        ).one()
        assert message.body == "Ihr Platz: Tisch 7: Familie im Stadtteil (Saal 1)"
        assert Calendar.from_ical(message.calendar).events[0]["STATUS"] == "CONFIRMED"


def test_a_cancellation_takes_the_date_out_of_calendars(app, town):
    with app.app_context():
        there = guests.fill(town)
        there["home"].contact_email = "planung@stadt.example"
        there["conference"].cancelled_at = clock.now()
        there["conference"].calendar_sequence = 2
        wording = WORDINGS[MailKind.CANCELLATION]
        draft(town, MailKind.CANCELLATION, Text(wording.subject, wording.body))

        files = db.session.scalars(select(MailMessage.calendar).where(MailMessage.calendar.is_not(None))).all()
        assert len(files) == 3
        assert all("METHOD:CANCEL\r\n" in file and "SEQUENCE:2\r\n" in file for file in files)


def test_drafts_wait_in_the_outbox_for_those_chosen(app, town):
    with app.app_context():
        there = guests.fill(town)
        keys = audience_for(MailKind.CHANGE, there["conference"]).keys
        draft(town, MailKind.CHANGE, Text("Neu", "Text", keys[:1]))
        db.session.commit()

    assert [state for _address, state in mails(app)] == [MailState.DRAFT]


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        (MailKind.REMINDER, Text("S", "{fremd} {link}"), "Unbekannter Platzhalter"),
        (MailKind.REMINDER, Text("S", "ohne"), "Im Text fehlt"),
        (MailKind.REMINDER, Text("S", "{link}", []), "bekäme niemand"),
        (MailKind.REMINDER, Text("S", "{link}", ["r999999"]), "bekäme niemand"),
        (MailKind.CANCELLATION, Text("S", "T"), "nicht abgesagt"),
        (MailKind.THANKS, Text("S", "{link}"), "erst nach der Konferenz"),
    ],
)
def test_what_cannot_be_sent_is_refused(app, town, kind, text, words):
    with app.app_context():
        guests.fill(town)

        with pytest.raises(RuleBroken, match=words):
            draft(town, kind, text)


def test_a_planned_mailing_goes_to_whoever_belongs_to_the_group_then(app, town):
    with app.app_context():
        there = guests.fill(town)
        mailing = plan(town, clock.now() + timedelta(hours=1)).id
        there["Entwurf"].mail.state = MailState.SENT
        there["Offen"].answer = Answer.YES
        db.session.commit()
    with app.app_context():
        early = planned.write_due_mailings()
    make_due(app, mailing)

    with app.app_context():
        counts = [planned.write_due_mailings() for _twice in range(2)]

    assert (early, counts) == (0, [1, 0])
    with app.app_context():
        reminded = select(Institution.name).join(Invitation).join(ConferenceMail)
        assert db.session.scalars(reminded).all() == ["Entwurf"]
    assert [state for _address, state in mails(app)] == [MailState.RELEASED]


def test_two_workers_at_once_write_it_once(app, town):
    with app.app_context():
        guests.fill(town)
        mailing = plan(town, clock.now() + timedelta(hours=1)).id
        db.session.commit()
    make_due(app, mailing)
    start = Barrier(4)

    def work(_number: int) -> int:
        with app.app_context():
            start.wait()
            return planned.write_due_mailings()

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(work, range(4)))

    assert sorted(counts) == [0, 0, 0, 1]
    assert len(mails(app)) == 1


@pytest.mark.parametrize(
    ("day", "wall_clock"),
    [(date(2027, 3, 28), time(2, 30)), (date(2027, 10, 31), time(2, 30)), (date(2027, 10, 31), time(2, 59))],
)
def test_through_a_clock_change_each_reminder_leaves_exactly_once(app, town, day, wall_clock):
    send_at = planned_moment(day, wall_clock)
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=2)
    written = []
    with app.app_context():
        there = guests.fill(town)
        there["conference"].starts_at = datetime(2027, 12, 1, 12, tzinfo=UTC)
        there["conference"].ends_at = datetime(2027, 12, 1, 16, tzinfo=UTC)
        plan(town, send_at, now=midnight - timedelta(days=1))
        db.session.commit()

        for minute in range(6 * 60):
            now = midnight + timedelta(minutes=minute)
            for mailing_id in queries.list_due(now):
                services.write_due_mailing(mailing_id=mailing_id, reach=guests.REACH, now=now)
                written.append(now)
            db.session.commit()

    assert written == [send_at]
    assert len(mails(app)) == 1


def test_a_planned_mailing_can_be_changed_and_stopped_until_it_was_written(app, town):
    with app.app_context():
        conference = guests.fill(town)["conference"]
        who = {"conference": conference, "user": scenes.organiser_of(town), "now": clock.now()}
        later = clock.now() + timedelta(days=2)
        mailing = plan(town, clock.now() + timedelta(hours=1))
        services.change_mailing(mailing=mailing, text=REMINDER, send_at=later, **who)
        assert (mailing.subject, mailing.send_at) == (REMINDER.subject, later)

        services.stop_mailing(mailing=mailing, **who)

        with pytest.raises(RuleBroken, match="schon geschrieben oder gestoppt"):
            services.change_mailing(mailing=mailing, text=REMINDER, send_at=later, **who)
        with pytest.raises(RuleBroken, match="schon geschrieben oder gestoppt"):
            services.stop_mailing(mailing=mailing, **who)
        db.session.commit()
        stopped = mailing.id
    make_due(app, stopped)

    with app.app_context():
        assert planned.write_due_mailings() == 0
    assert mails(app) == []


def test_a_reminder_for_a_cancelled_conference_is_stopped_instead(app, town):
    with app.app_context():
        conference = guests.fill(town)["conference"]
        mailing = plan(town, clock.now() + timedelta(hours=1)).id
        conference.cancelled_at = clock.now()
        db.session.commit()
    make_due(app, mailing)

    with app.app_context():
        assert planned.write_due_mailings() == 0
    with app.app_context():
        row = db.session.get(Mailing, mailing)
        assert (row.written_at, row.stopped_at is not None) == (None, True)
    assert mails(app) == []


def test_one_that_cannot_be_written_does_not_keep_the_others_back(app, town):
    with app.app_context():
        guests.fill(town)
        bad, good = plan(town, clock.now() + timedelta(hours=1)), plan(town, clock.now() + timedelta(hours=1))
        bad.body = "{gibt-es-nicht}"
        ids = bad.id, good.id
        db.session.commit()
    for mailing_id in ids:
        make_due(app, mailing_id)

    with app.app_context():
        assert planned.write_due_mailings() == 1
    with app.app_context():
        written = db.session.scalars(select(Mailing.id).where(Mailing.written_at.is_not(None))).all()
        assert written == [ids[1]]
        assert db.session.scalar(select(func.count()).select_from(ConferenceMail)) == 1


def test_nothing_planned_leaves_by_itself_after_a_restore(app, town):
    with app.app_context():
        guests.fill(town)
        mailing = plan(town, clock.now() + timedelta(hours=1)).id
        db.session.commit()
        archive.restored.send("test")
        db.session.commit()
    make_due(app, mailing)

    with app.app_context():
        assert planned.write_due_mailings() == 0
    assert mails(app) == []
