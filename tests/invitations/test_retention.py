"""Names go half a year after the conference, numbers stay."""

from datetime import timedelta

from sqlalchemy import select

from app.conferences.models import Conference
from app.core import clock
from app.core.mail import MailMessage
from app.core.retention import run_retention
from app.extensions import db
from app.invitations import answering, queries
from app.invitations.enums import Answer, Channel
from app.invitations.models import Invitation, Registration
from app.invitations.retention import DELETED, KEPT_FOR
from app.invitations.rules import Person
from tests.invitations import scenes


def answered(app, town) -> None:
    token = scenes.invited_with_link(app, town)
    with app.app_context():
        answering.answer_invitation(
            invitation=queries.get_invitation_by_token(token, clock.now()),
            answer=Answer.SUBSTITUTE,
            people=[Person("Marker", "MARKIERT", "markiert@verein.example")],
            wishes=[town.topic],
            channel=Channel.LINK,
            message="MARKIERT kommt später",
            now=clock.now(),
        )
        db.session.commit()


def everything_stored() -> str:
    return " ".join(str(row) for table in db.metadata.sorted_tables for row in db.session.execute(table.select()))


def test_names_addresses_messages_and_mails_go_after_180_days(app, town):
    answered(app, town)

    with app.app_context():
        ends_at = db.session.get(Conference, town.conference).ends_at
        counts = run_retention(ends_at + KEPT_FOR + timedelta(seconds=1))

    with app.app_context():
        row = db.session.scalars(select(Registration)).one()
        assert (row.first_name, row.last_name, row.email) == ("", DELETED, "")
        assert db.session.scalars(select(Invitation.message)).all() == [""]
        assert set(db.session.scalars(select(MailMessage.body))) == {DELETED}
        assert "MARKIERT" not in everything_stored()
        assert "markiert@" not in everything_stored()
        assert queries.invitation_counts(db.session.get(Conference, town.conference)).people == 1
        assert counts["Angemeldete Personen"] == 1
        assert counts["Einladungsmails"] >= 1


def test_a_second_run_has_nothing_to_do(app, town):
    answered(app, town)

    with app.app_context():
        later = db.session.get(Conference, town.conference).ends_at + KEPT_FOR + timedelta(days=1)
        run_retention(later)
        counts = run_retention(later)

    assert (counts["Angemeldete Personen"], counts["Einladungsmails"]) == (0, 0)


def test_nothing_goes_before_its_time(app, town):
    answered(app, town)

    with app.app_context():
        ends_at = db.session.get(Conference, town.conference).ends_at
        run_retention(ends_at + KEPT_FOR)

    with app.app_context():
        assert db.session.scalars(select(Registration.last_name)).all() == ["MARKIERT"]
