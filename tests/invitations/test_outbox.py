"""One outbox for every mail of a conference: reviewed, released, retried, unclear, returned, paused, dropped."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import bounces, clock
from app.core.mail import MailAddress, MailMessage, MailState
from app.extensions import db
from app.institutions.models import Contact
from app.invitations import answering, conference_mails, queries
from app.invitations.enums import Answer, Channel, MailKind
from app.invitations.models import ConferenceMail, Registration
from app.invitations.rules import Person
from tests import factories
from tests.invitations import scenes


def base(town) -> str:
    return f"/konferenzen/{town.conference}/einladungen/postausgang"


@pytest.fixture
def invited(app, town) -> int:
    """Everybody is invited; the id of the one mail."""
    scenes.invited_with_link(app, town)
    return only_mail(app)


@pytest.fixture
def waiting(app, town) -> int:
    """Somebody was told that they wait, but by a person: the id of that draft."""
    with app.app_context():
        conference = scenes.conference_ahead(town)
        guest = factories.registration(conference, first_name="Kim", last_name="Gast", email="kim@verein.example")
        occasion = conference_mails.Occasion(
            MailKind.WAITING, conference, scenes.home_of(town), scenes.BASE_URL, clock.now()
        )
        conference_mails.write_conference_mail(
            occasion=occasion, addressee=conference_mails.to_person(guest), subject="Warten", body="Noch {link}"
        )
        db.session.commit()
    return only_mail(app)


def only_mail(app) -> int:
    with app.app_context():
        return db.session.scalars(select(MailMessage.id)).one()


def set_mail(app, **values) -> None:
    with app.app_context():
        message = db.session.scalars(select(MailMessage)).one()
        for name, value in values.items():
            setattr(message, name, value)
        db.session.commit()


def state(app) -> MailState:
    with app.app_context():
        return db.session.scalars(select(MailMessage.state)).one()


def pause(app, address: str) -> None:
    with app.app_context():
        for _number in range(bounces.PAUSED_AFTER):
            bounces.count_bounce(address, "550 kein solches Postfach", clock.now())
        db.session.commit()


def recipient(app) -> str:
    with app.app_context():
        return db.session.scalars(select(MailMessage.recipient)).one()


def page(client, path: str) -> str:
    return client.get(path).get_data(as_text=True)


def test_invitations_and_other_mails_stand_side_by_side(organiser, town, waiting, app):
    with app.app_context():
        scenes.invite(town)
        db.session.commit()

    shown = page(organiser, base(town))

    assert "Zu prüfen (2)" in shown
    assert "Kim Gast" in shown
    assert "Warteliste" in shown
    assert "Caritasverband Musterstadt" in shown


@pytest.mark.parametrize(
    ("kind", "count"), [("", 2), ("invitation", 1), ("waiting", 1), ("quatsch", 2), ("reminder", 0)]
)
def test_the_outbox_and_the_release_can_be_narrowed_to_a_kind(app, organiser, town, waiting, kind, count):
    with app.app_context():
        scenes.invite(town)
        db.session.commit()

    shown = page(organiser, f"{base(town)}?art={kind}")
    confirmation = page(organiser, f"{base(town)}/freigabe?art={kind}")

    assert shown.count('<details class="kern-accordion tt-letter">') == count
    assert confirmation.count('name="mails"') == count


def test_a_mail_of_any_kind_leaves_only_when_released(app, organiser, town, waiting):
    response = organiser.submit(f"{base(town)}/freigabe", {"mails": [waiting]})

    assert response.location == base(town)
    assert state(app) is MailState.RELEASED
    app.extensions["jobs"].flush()


def test_the_next_try_is_named(app, organiser, town, invited):
    at = clock.now() + timedelta(minutes=5)
    set_mail(app, state=MailState.RELEASED, retry_at=at, error="451 Greylisting")

    shown = page(organiser, base(town))

    assert "Unterwegs (1)" in shown
    assert "nächster Versuch" in shown
    assert "451 Greylisting" in shown


def test_refused_mails_show_the_reason_and_go_again(app, organiser, town, invited):
    set_mail(app, state=MailState.REFUSED, error="550 kein solches Postfach")

    shown = page(organiser, base(town))
    organiser.submit(f"{base(town)}/{invited}/erneut")

    assert "550 kein solches Postfach" in shown
    assert "Noch einmal freigeben" in shown
    assert state(app) is MailState.RELEASED
    app.extensions["jobs"].flush()


def test_unclear_mails_wait_for_a_person(app, organiser, town, invited):
    set_mail(app, state=MailState.CLAIMED, claimed_at=clock.now(), error="Die Verbindung brach bei der Übergabe ab")

    shown = page(organiser, base(town))
    organiser.submit(f"{base(town)}/{invited}/angekommen")

    assert "Ist angekommen" in shown
    assert state(app) is MailState.SENT


def test_a_sent_mail_is_marked_as_returned_and_can_be_written_anew(app, organiser, town, invited):
    set_mail(app, state=MailState.SENT, sent_at=clock.now())
    address = recipient(app)

    organiser.submit(f"{base(town)}/{invited}/zurueck")
    shown = page(organiser, base(town))
    tray = page(organiser, f"/konferenzen/{town.conference}/einladungen/")
    with app.app_context():
        invitation = scenes.only_invitation().id
        db.session.scalars(select(Contact)).one().email = "neu@verband.example"
        db.session.commit()
    organiser.submit(f"/konferenzen/{town.conference}/einladungen/{invitation}/neu-schreiben")

    assert "Braucht eine Entscheidung (1)" in shown
    assert "von Hand vermerkt" in shown
    assert "kam zurück" in tray
    assert (state(app), recipient(app)) == (MailState.DRAFT, "neu@verband.example")
    with app.app_context():
        assert db.session.get(MailAddress, address).bounces == 1


def test_returns_are_counted_once_however_often_somebody_clicks(app, organiser, town, invited):
    set_mail(app, state=MailState.SENT, sent_at=clock.now())

    answers = [organiser.submit(f"{base(town)}/{invited}/zurueck").status_code for _ in range(2)]

    assert answers == [303, 409]
    with app.app_context():
        assert db.session.get(MailAddress, recipient(app)).bounces == 1


def test_a_draft_to_a_paused_address_cannot_be_released_until_the_pause_is_lifted(app, organiser, town, invited):
    address = recipient(app)
    pause(app, address)

    shown = page(organiser, base(town))
    confirmation = page(organiser, f"{base(town)}/freigabe")
    organiser.submit(f"{base(town)}/freigabe", {"mails": [invited]})
    before = state(app)
    listed = page(organiser, f"{base(town)}/adressen")
    organiser.submit(f"{base(town)}/adressen", {"address": address})
    organiser.submit(f"{base(town)}/freigabe", {"mails": [invited]})

    assert "Adresse pausiert (1)" in shown
    assert "Hier wartet keine Mail" in confirmation
    assert before is MailState.DRAFT
    assert address in listed
    assert "550 kein solches Postfach" in listed
    assert state(app) is MailState.RELEASED
    app.extensions["jobs"].flush()


def test_a_refused_mail_to_a_paused_address_does_not_go_again(app, organiser, town, invited):
    set_mail(app, state=MailState.REFUSED)
    pause(app, recipient(app))

    response = organiser.submit(f"{base(town)}/{invited}/erneut")

    assert response.status_code == 409
    assert "ist pausiert" in response.get_data(as_text=True)
    assert state(app) is MailState.REFUSED


def test_addresses_of_others_are_neither_shown_nor_lifted(app, organiser, town):
    with app.app_context():
        factories.small_town("Anderstadt")
        db.session.flush()
        foreign = db.session.scalars(select(Contact.email).order_by(Contact.id.desc())).first()
        db.session.commit()
    pause(app, foreign)

    listed = page(organiser, f"{base(town)}/adressen")
    response = organiser.submit(f"{base(town)}/adressen", {"address": foreign})

    assert foreign not in listed
    assert response.status_code == 404
    with app.app_context():
        assert bounces.paused_among([foreign])


def test_a_draft_that_is_no_invitation_can_be_dropped(app, organiser, town, waiting):
    organiser.submit(f"{base(town)}/{waiting}/verwerfen")

    with app.app_context():
        assert db.session.scalars(select(MailMessage)).all() == []
        assert db.session.scalars(select(ConferenceMail)).all() == []


def test_an_invitation_is_not_dropped_but_taken_back(app, organiser, town, invited):
    response = organiser.submit(f"{base(town)}/{invited}/verwerfen")

    assert response.status_code == 409
    assert state(app) is MailState.DRAFT


@pytest.mark.parametrize("act", ["erneut", "angekommen", "zurueck", "verwerfen"])
def test_another_municipality_decides_nothing(app, town, waiting, act):
    with app.app_context():
        other = factories.small_town("Anderstadt")
        db.session.commit()
    stranger = app.test_client().sign_in(other.organiser)

    answers = [
        stranger.submit(f"/konferenzen/{conference}/einladungen/postausgang/{waiting}/{act}").status_code
        for conference in (town.conference, other.conference)
    ]

    assert answers == [404, 404]
    assert state(app) is MailState.DRAFT


def test_naming_a_colleague_writes_a_draft_to_them(app, town, client):
    scenes.invited_with_link(app, town)

    with app.test_request_context(base_url="https://dialog.stadt.example"):
        invitation = queries.get_invitation(scenes.conference_ahead(town), scenes.only_invitation().id)
        for _twice in range(2):
            answering.answer_invitation(
                invitation=invitation,
                answer=Answer.SUBSTITUTE,
                people=[Person("Robin", "Vertretung", "robin@verband.example")],
                wishes=[],
                channel=Channel.LINK,
                message="",
                now=clock.now(),
            )
        db.session.commit()

    with app.app_context():
        written = db.session.scalars(select(ConferenceMail)).all()
        message = db.session.get(MailMessage, written[0].mail_id)
        person = db.session.scalars(select(Registration)).one()
        assert [(row.kind, row.registration_id) for row in written] == [(MailKind.SUBSTITUTE, person.id)]
        assert (message.recipient, message.state) == ("robin@verband.example", MailState.DRAFT)
        assert "https://dialog.stadt.example/p/" in message.body


@pytest.mark.parametrize("path", ["", "/freigabe", "/adressen"])
def test_pages_ask_the_database_equally_often_for_one_mail_and_for_three(
    app, organiser, town, waiting, statements, path
):
    def count() -> int:
        statements.clear()
        assert organiser.get(base(town) + path).status_code == 200
        return len(statements)

    one = count()
    with app.app_context():
        for name in ("Diakonie", "AWO"):
            factories.institution(scenes.home_of(town), name)
        scenes.invite(town)
        db.session.commit()
    organiser.get(base(town))
    three = count()

    assert one <= three <= 15
    assert three - one <= 1
