"""Who does not confirm in time is forgotten, and the line moves up."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from app.conferences.models import Conference
from app.core import clock
from app.core.mail import MailMessage
from app.extensions import db
from app.invitations import conference_mails
from app.invitations.enums import MailKind, Place
from app.invitations.models import AssistanceNeed, ConferenceMail, PersonalLink, Registration, TopicWish
from app.registrations.entering import enter_person
from app.registrations.reactions import drop_unconfirmed
from app.registrations.rules import Entry
from tests.invitations.scenes import home_of
from tests.registrations import scenes

MODELS = (Registration, TopicWish, AssistanceNeed, PersonalLink, ConferenceMail, MailMessage)


def private_person(town, conference: Conference, name: str, confirm_by: datetime) -> Registration:
    """Somebody with a wish, a need, and a mail with a link, who must confirm by a moment."""
    address = f"{name.lower()}@privat.example"
    row = enter_person(
        conference=conference,
        entry=Entry(scenes.Person("Robin", name, address), wishes=(town.topic,), needs="Ruhe"),
        user=None,
        now=clock.now() - timedelta(days=2),
        confirm_by=confirm_by,
    )
    conference_mails.reply(
        kind=MailKind.CONFIRM,
        conference=conference,
        municipality=home_of(town),
        registration=row,
        base_url="https://dialog.stadt.example",
        now=clock.now(),
    )
    return row


def counts() -> list[int]:
    return [db.session.scalar(select(func.count()).select_from(model)) for model in MODELS]


def test_who_does_not_confirm_is_forgotten_with_everything(app, town):
    with app.app_context():
        conference = scenes.open_conference(town, capacity=1)
        private_person(town, conference, "Still", clock.now() - timedelta(minutes=1))
        before = counts()
        db.session.commit()

        assert drop_unconfirmed() == 1

    with app.app_context():
        assert (before, counts()) == ([1] * len(MODELS), [0] * len(MODELS))


def test_those_with_time_left_stay_and_nobody_is_dropped_twice(app, town):
    with app.app_context():
        conference = scenes.open_conference(town)
        private_person(town, conference, "Still", clock.now() - timedelta(minutes=1))
        private_person(town, conference, "Bald", clock.now() + timedelta(minutes=1))
        db.session.commit()

        assert (drop_unconfirmed(), drop_unconfirmed()) == (1, 0)
        assert scenes.placed(town, Place.CONFIRMED) == ["Bald"]


def test_the_line_moves_up_and_who_moved_is_told(app, town):
    with app.app_context():
        conference = scenes.open_conference(town, capacity=1)
        private_person(town, conference, "Still", clock.now() - timedelta(minutes=1))
        scenes.enter(conference, "Zweite")[0].email = "zweite@verein.example"
        db.session.commit()

        drop_unconfirmed()

        assert scenes.placed(town, Place.CONFIRMED) == ["Zweite"]
        assert db.session.scalars(select(ConferenceMail.kind)).all() == [MailKind.MOVED_UP]


def test_on_the_day_nobody_is_dropped(app, town):
    with app.app_context():
        conference = scenes.open_conference(town)
        private_person(town, conference, "Still", clock.now() - timedelta(minutes=1))
        conference.starts_at = clock.now() - timedelta(minutes=1)
        db.session.commit()

        assert drop_unconfirmed() == 0


def test_an_unconfirmed_person_in_line_waits_aside(app, town):
    with app.app_context():
        conference = scenes.open_conference(town, capacity=1)
        scenes.enter(conference, "Erste")
        private_person(town, conference, "Still", clock.now() + timedelta(minutes=1))
        scenes.enter(conference, "Dritte")
        db.session.commit()
        conference.capacity = 2

        moved = scenes.places.move_up(conference, clock.now())

        assert [row.last_name for row in moved] == ["Dritte"]
