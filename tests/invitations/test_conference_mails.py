"""Mails of a conference: the right words, links of their own, hostile values inert, all but replies reviewed."""

from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from app.core import bounces, clock, tokens
from app.core.errors import RuleBroken
from app.core.mail import MailMessage, MailState
from app.core.retention import run_retention
from app.extensions import db
from app.invitations import conference_mails, places
from app.invitations.conference_mails import Occasion, check_text, to_institution, to_person, write_conference_mail
from app.invitations.enums import MailKind, Place
from app.invitations.letter_texts import REPLIES, WORDINGS
from app.invitations.models import ConferenceMail, PersonalLink
from app.invitations.retention import DELETED, KEPT_FOR
from tests import factories
from tests.invitations import scenes


def guest(town, **fields):
    """Somebody registered for the town's conference."""
    fields = {"first_name": "Kim", "last_name": "Gast", "email": "kim@verein.example", **fields}
    return factories.registration(scenes.conference_ahead(town), **fields)


def occasion(town, kind: MailKind = MailKind.CHANGE, **fields) -> Occasion:
    return Occasion(kind, scenes.conference_ahead(town), scenes.home_of(town), scenes.BASE_URL, clock.now(), **fields)


def reply(town, kind: MailKind, registration) -> ConferenceMail | None:
    return conference_mails.reply(
        kind=kind,
        conference=scenes.conference_ahead(town),
        municipality=scenes.home_of(town),
        registration=registration,
        base_url=scenes.BASE_URL,
        now=clock.now(),
    )


def write(town, subject: str, body: str, kind: MailKind = MailKind.CHANGE, **fields) -> MailMessage:
    row = write_conference_mail(
        occasion=occasion(town, kind), addressee=to_person(guest(town, **fields)), subject=subject, body=body
    )
    return row.mail


@pytest.mark.parametrize("kind", list(MailKind))
def test_the_usual_words_of_every_kind_can_be_sent(app, town, kind):
    with app.app_context():
        wording = WORDINGS[kind]
        check_text(kind, wording.subject, wording.body)
        message = write(town, wording.subject, wording.body, kind)

        assert message.state is MailState.DRAFT
        assert message.body.startswith("Guten Tag Kim Gast,\n\n")
        assert "Sozialplanung Musterstadt" in message.body
        assert not {"{", "}"} & set(message.subject + message.body)


@pytest.mark.parametrize("kind", REPLIES)
def test_replies_leave_at_once_with_the_way_to_ones_own_page(app, town, kind):
    with app.app_context():
        person = guest(town, confirm_by=clock.now() + timedelta(days=2))
        row = reply(town, kind, person)

        token = row.mail.body.split(f"{scenes.BASE_URL}/p/")[1].split()[0]
        link = db.session.scalars(select(PersonalLink)).one()
        assert row.mail.state is MailState.RELEASED
        assert (link.registration_id, link.digest) == (person.id, tokens.digest(token))
        assert (row.kind, row.addressee, row.registration_id) == (kind, f"r{person.id}", person.id)


def test_only_replies_leave_at_once(app, town):
    with app.app_context(), pytest.raises(ValueError, match="no reply"):
        reply(town, MailKind.THANKS, guest(town))


def test_nobody_is_written_to_without_an_address(app, town):
    with app.app_context():
        person = guest(town, email="keine")

        assert reply(town, MailKind.WAITING, person) is None
        with pytest.raises(RuleBroken, match="keine gültige E-Mail-Adresse"):
            write_conference_mail(occasion=occasion(town), addressee=to_person(person), subject="S", body="B")


def test_a_reply_to_a_paused_address_waits_in_the_outbox(app, town):
    with app.app_context():
        for _number in range(5):
            bounces.count_bounce("kim@verein.example", "weg", clock.now())

        assert reply(town, MailKind.WAITING, guest(town)).mail.state is MailState.DRAFT


@pytest.mark.parametrize("kind", [MailKind.REGISTERED, MailKind.MOVED_UP, MailKind.CHANGE, MailKind.BEFORE])
def test_a_place_comes_with_a_date_for_the_calendar(app, town, kind):
    with app.app_context():
        scenes.home_of(town).contact_email = "planung@stadt.example"
        message = write(town, "Termin", "Text", kind)

        event = Calendar.from_ical(message.calendar).events[0]
        assert event["ATTENDEE"] == "mailto:kim@verein.example"
        assert event["ORGANIZER"] == "mailto:planung@stadt.example"


def test_links_are_made_only_where_the_text_shows_them(app, town):
    with app.app_context():
        write(town, "Geändert", "Neuer Ort: {ort}")

        assert db.session.scalars(select(PersonalLink)).all() == []


def test_an_institution_is_reached_through_its_contact(app, town):
    with app.app_context():
        invitation = scenes.invite(town)[0]
        row = write_conference_mail(
            occasion=occasion(town, MailKind.REMINDER, deadline=clock.local_date(clock.now())),
            addressee=to_institution(invitation),
            subject="Erinnerung für {institution}",
            body="{anrede} {link} bis {frist}",
        )

        assert row.mail.subject == "Erinnerung für Caritasverband Musterstadt"
        assert f"{scenes.BASE_URL}/e/" in row.mail.body
        assert (row.invitation_id, row.addressee) == (invitation.id, f"i{invitation.id}")


@pytest.mark.parametrize(
    ("subject", "body", "part"),
    [
        ("Für {wen}", "{link}", "Unbekannter Platzhalter: {wen}"),
        ("Betreff", "{link} {tisch}", "Unbekannter Platzhalter: {tisch}"),
        ("Betreff", "{link} {", "geschweifte Klammer"),
        ("Betreff", "ohne", "Im Text fehlt {link}"),
        ("Betreff {link}", "{link}", "nicht in den Betreff"),
        ("Zwei\nZeilen", "{link}", "nur eine Zeile"),
        ("Zwei\rZeilen", "{link}", "nur eine Zeile"),
        ("  ", "{link}", "Der Betreff ist leer"),
        ("{konferenz.__class__}", "{link}", "Unbekannter Platzhalter"),
    ],
)
def test_a_text_that_cannot_be_used_is_refused(subject, body, part):
    with pytest.raises(RuleBroken, match=part.replace("{", r"\{").replace("}", r"\}").replace(".", r"\.")):
        check_text(MailKind.THANKS, subject, body)


@pytest.mark.parametrize(
    "name",
    [
        "Böse\r\nBcc: alle@stadt.example",
        "{link}",
        "{0.__class__}",
        "%s %(name)s ${x}",
        "}{",
        "\u202egnal",
        "x" * 80,
        "<script>alert(1)</script>",
    ],
)
def test_hostile_values_are_inert(app, town, name):
    with app.app_context():
        message = write(town, "Für {vorname}", "{vorname} {institution}\n{link}", first_name=name, organisation=name)

        first, second = message.body.split("\n")
        assert "\n" not in message.subject
        assert len(message.subject) <= 200
        assert second.startswith(f"{scenes.BASE_URL}/p/")
        assert message.body.count("https://") == 1
        assert first.count(name.split("\r\n")[-1].replace("\u202e", " ").strip()) == 2
        assert "\u202e" not in message.body


def test_who_moves_up_is_told_at_once(app, town):
    with app.test_request_context(base_url=scenes.BASE_URL):
        conference = scenes.conference_ahead(town)
        conference.capacity = 0
        person = guest(town, place=Place.WAITING).id
        db.session.commit()
        conference.capacity = 1
        places.move_up(conference, clock.now())
        db.session.commit()

    with app.app_context():
        row = db.session.scalars(select(ConferenceMail)).one()
        message = db.session.get(MailMessage, row.mail_id)
        assert (row.kind, row.registration_id) == (MailKind.MOVED_UP, person)
        assert message.state is MailState.RELEASED
        assert f"{scenes.BASE_URL}/p/" in message.body


def test_mails_addresses_and_dates_go_after_180_days(app, town):
    with app.app_context():
        write(town, "Termin", "MARKIERT", MailKind.BEFORE)
        bounces.count_bounce("weg@verein.example", "MARKIERT", clock.now())
        ends_at = scenes.conference_ahead(town).ends_at
        db.session.commit()
        counts = run_retention(ends_at + KEPT_FOR + timedelta(days=1))

    with app.app_context():
        message = db.session.scalars(select(MailMessage)).one()
        assert (message.recipient, message.body, message.calendar) == (DELETED, DELETED, None)
        assert message.state is MailState.REFUSED
        assert (counts["Einladungsmails"], counts["Unzustellbare Adressen"]) == (1, 1)
