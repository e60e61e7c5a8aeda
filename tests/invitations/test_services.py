"""Inviting, letters and mails."""

from datetime import timedelta

import pytest
from sqlalchemy import inspect, select

from app.accounts.models import AuditEntry
from app.conferences.models import Conference
from app.core import clock, mail, tokens
from app.core.errors import RuleBroken
from app.core.mail import MailMessage, MailState
from app.extensions import db
from app.institutions.models import Contact
from app.institutions.queries import get_institution
from app.invitations import queries, services
from app.invitations.letter import Letter
from app.invitations.models import Invitation, PersonalLink
from tests import factories
from tests.invitations import scenes


def save_letter(town, **changes) -> None:
    conference = scenes.conference_ahead(town)
    values = {
        "subject": "Einladung: {konferenz}",
        "body": "{anrede}\n{link}",
        "sender": "Sozialplanung",
        "reply_by": clock.local_date(conference.starts_at),
    }
    services.save_letter(
        conference=conference,
        letter=Letter(**{**values, **changes}),
        user=scenes.organiser_of(town),
        now=clock.now(),
    )


def test_inviting_writes_a_mail_for_review_with_the_link(app, town):
    with app.app_context():
        scenes.invite(town)
        db.session.commit()

    with app.app_context():
        message = db.session.scalars(select(MailMessage)).one()
        assert message.state is MailState.DRAFT
        assert message.recipient.endswith("@verband.example")
        assert message.subject.startswith("Einladung: Expert*innendialog Musterstadt Mitte am ")
        assert "Guten Tag Robin Beispiel," in message.body
        assert f"{scenes.BASE_URL}/e/" in message.body
        assert "{" not in message.body


def test_the_database_keeps_the_digest_of_the_link_and_nothing_else(app, town):
    token = scenes.invited_with_link(app, town)

    with app.app_context():
        assert [row.digest for row in db.session.scalars(select(PersonalLink))] == [tokens.digest(token)]
        holding = {
            f"{table.name}.{column.name}"
            for table in db.metadata.sorted_tables
            for row in db.session.execute(table.select()).mappings()
            for column in table.columns
            if token in str(row[column.name])
        }
        assert holding == {"mail_message.body"}


def test_inviting_again_leaves_those_invited_alone(app, town):
    with app.app_context():
        scenes.invite(town)
        again = scenes.invite(town)
        db.session.commit()

        assert again == []
    with app.app_context():
        assert len(db.session.scalars(select(Invitation)).all()) == 1


def test_an_institution_without_address_is_invited_without_mail(app, town):
    with app.app_context():
        scenes.institution_without_address(town, "Nachbarschaft")
        scenes.invite(town, "Nachbarschaft")
        db.session.commit()

    with app.app_context():
        assert scenes.only_invitation().mail_id is None


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"body": "{anrede} {gruss} {link}"}, "Unbekannter Platzhalter: {gruss}"),
        ({"body": "{anrede}"}, "Im Text fehlt {link}"),
        ({"subject": "Für {wen}"}, "Unbekannter Platzhalter: {wen}"),
        ({"subject": "Zwei\nZeilen"}, "nur eine Zeile"),
        ({"subject": " "}, "Der Betreff ist leer"),
        ({"sender": " "}, "wer einlädt"),
        ({"reply_by": clock.local_date(clock.now() + timedelta(days=60))}, "nach der Konferenz"),
    ],
)
def test_a_letter_that_cannot_be_used_is_refused(app, town, changes, part):
    with app.app_context(), pytest.raises(RuleBroken, match=part):
        save_letter(town, **changes)


def test_a_letter_with_an_unknown_placeholder_stops_inviting(app, town):
    with app.app_context():
        save_letter(town)
        queries.find_letter(db.session.get(Conference, town.conference)).body = "{unbekannt} {link}"
        db.session.flush()

        with pytest.raises(RuleBroken, match="Unbekannter Platzhalter"):
            scenes.invite(town)


def test_a_changed_letter_does_not_change_waiting_mails(app, town):
    with app.app_context():
        before = scenes.invite(town)[0].mail.body
        save_letter(town, body="Ganz anders. {link}")
        db.session.commit()

        assert before != "Ganz anders."
    with app.app_context():
        assert db.session.scalars(select(MailMessage)).one().body == before


def test_a_hostile_name_stays_a_name_in_the_mail(app, town):
    with app.app_context():
        home = scenes.home_of(town)
        factories.institution(home, "Böse\r\nBcc: alle@stadt.example {link}")
        save_letter(town, subject="Einladung für {institution}", body="{institution}\n{link}")
        scenes.invite(town, "Böse\r\nBcc: alle@stadt.example {link}")
        db.session.commit()

    with app.app_context():
        message = db.session.scalars(select(MailMessage)).one()
        assert message.subject == "Einladung für Böse Bcc: alle@stadt.example {link}"
        assert message.body.count("https://") == 1


def test_rewriting_uses_todays_letter_and_contact_and_ends_the_old_link(app, town):
    with app.app_context():
        invitation = scenes.invite(town)[0]
        old_token = scenes.token_of(invitation)
        save_letter(town, body="Neu {link}")
        db.session.scalars(select(Contact)).one().email = "neu@verband.example"
        services.rewrite_mail(
            conference=scenes.conference_ahead(town),
            municipality=scenes.home_of(town),
            invitation=invitation,
            institution=get_institution(scenes.home_of(town), town.institution),
            base_url=scenes.BASE_URL,
            now=clock.now(),
        )
        db.session.commit()

    with app.app_context():
        message = db.session.scalars(select(MailMessage)).one()
        assert (message.recipient, message.state) == ("neu@verband.example", MailState.DRAFT)
        assert message.body.startswith("Neu https://")
        dead = select(PersonalLink.revoked_at.is_not(None)).where(PersonalLink.digest == tokens.digest(old_token))
        assert db.session.scalar(dead) in {True}


def test_a_mail_that_left_is_not_rewritten(app, town):
    with app.app_context():
        invitation = scenes.invite(town)[0]
        mail.release(invitation.mail)

        with pytest.raises(RuleBroken, match="schon unterwegs"):
            services.rewrite_mail(
                conference=scenes.conference_ahead(town),
                municipality=scenes.home_of(town),
                invitation=invitation,
                institution=get_institution(scenes.home_of(town), town.institution),
                base_url=scenes.BASE_URL,
                now=clock.now(),
            )


def test_releasing_twice_lets_a_mail_leave_once(app, town):
    with app.app_context():
        invited = scenes.invite(town)
        arguments = {"conference": scenes.conference_ahead(town), "user": scenes.organiser_of(town)}
        counts = [services.release_mails(invitations=invited, now=clock.now(), **arguments) for _ in range(2)]
        db.session.commit()

        assert counts == [1, 0]


def test_an_invitation_nobody_heard_of_can_be_withdrawn(app, town):
    with app.app_context():
        scenes.invite(town)
        db.session.commit()

    with app.app_context():
        conference = scenes.conference_ahead(town)
        invitation = queries.get_invitation(conference, scenes.only_invitation().id)
        services.withdraw_invitation(
            conference=conference, invitation=invitation, user=scenes.organiser_of(town), now=clock.now()
        )
        db.session.commit()

    with app.app_context():
        assert db.session.scalars(select(Invitation)).all() == []
        assert db.session.scalars(select(MailMessage)).all() == []


def test_an_invitation_whose_mail_left_stays(app, town):
    with app.app_context():
        invitation = scenes.invite(town)[0]
        mail.release(invitation.mail)

        with pytest.raises(RuleBroken, match="bleibt deshalb stehen"):
            services.withdraw_invitation(
                conference=scenes.conference_ahead(town),
                invitation=invitation,
                user=scenes.organiser_of(town),
                now=clock.now(),
            )


def test_the_trail_names_acts_but_no_link_and_no_guest(app, town):
    token = scenes.invited_with_link(app, town)

    with app.app_context():
        sentences = " ".join(db.session.scalars(select(AuditEntry.sentence)))
        assert "Eine Institution zu „Expert*innendialog Musterstadt Mitte“ eingeladen." in sentences
        assert token not in sentences
        assert "Robin" not in sentences


def test_a_contact_struck_from_the_directory_leaves_the_invitation(app, town):
    scenes.invited_with_link(app, town)

    with app.app_context():
        db.session.execute(Contact.__table__.delete())
        db.session.commit()

    with app.app_context():
        assert scenes.only_invitation().contact_id is None
        assert inspect(scenes.only_invitation()).persistent
