"""Asking providers: whom, what they get, what leaves the house, revoking and writing again."""

from datetime import timedelta

import pytest

from app.core import clock
from app.core.mail import MailMessage, MailState
from app.extensions import db
from tests import factories
from tests.offers import scenes

TODAY = clock.local_date(clock.now())
ASK, RELEASE = "/angebote/traeger/auswahl", "/angebote/traeger/freigabe"


@pytest.fixture
def stale(app, town):
    """An offer nobody confirmed."""
    return scenes.offer(app, town, "Elterncafé")


def asking(town, **fields):
    """The form as a browser sends it."""
    return {"institutions": [str(town.institution)], "reply_by": (TODAY + timedelta(days=14)).isoformat(), **fields}


def mails() -> list[MailMessage]:
    """The outbox, oldest first."""
    return list(db.session.scalars(db.select(MailMessage).order_by(MailMessage.id)))


def test_whoever_confirmed_nothing_for_a_year_is_already_ticked(app, town, organiser, stale):
    with app.app_context():
        fresh = factories.institution(scenes.home_of(town), "Frischer Verein")
        factories.offer(fresh, "Neues", confirmed_on=TODAY)
        nobody = factories.institution(scenes.home_of(town), "Verein ohne Angebot").name
        fresh_id = fresh.id
        db.session.commit()

    page = organiser.get(ASK).text

    assert f'name="institutions" value="{town.institution}" checked' in page
    assert f'name="institutions" value="{fresh_id}">' in page
    assert nobody not in page


def test_mails_wait_for_review_and_leave_only_when_released(app, town, organiser, stale):
    organiser.submit(ASK, asking(town, note="Wir drucken im Mai."))

    tray = organiser.get("/angebote/traeger").text
    confirmation = organiser.get(RELEASE).text
    with app.app_context():
        (mail,) = mails()
        (link,) = scenes.links()
        assert mail.state is MailState.DRAFT
        assert "Wir drucken im Mai." in mail.body
        assert "/a/" in mail.body
        link_id, recipient = link.id, mail.recipient
    assert "Zu prüfen (1)" in tray
    assert "Eine Mail freigeben?" in confirmation
    assert recipient in confirmation
    organiser.submit(RELEASE, {"links": [str(link_id)]})
    with app.app_context():
        assert mails()[0].state is MailState.RELEASED


@pytest.mark.parametrize(
    "wrong",
    [
        {"institutions": []},
        {"institutions": ["9" * 30]},
        {"institutions": ["x"]},
        {"reply_by": ""},
        {"reply_by": (TODAY - timedelta(days=1)).isoformat()},
        {"reply_by": (TODAY + timedelta(days=200)).isoformat()},
        {"note": "x" * 1001},
    ],
)
def test_wrong_choices_write_no_mail(app, town, organiser, stale, wrong):
    assert organiser.submit(ASK, asking(town, **wrong)).status_code == 422
    with app.app_context():
        assert mails() == []


def test_a_provider_of_another_municipality_cannot_be_asked(app, town, organiser, stale):
    with app.app_context():
        other = factories.furnished_town("Nachbarstadt")
        db.session.commit()

    assert organiser.submit(ASK, asking(town, institutions=[str(other.institution)])).status_code == 422


@pytest.mark.parametrize("sent", [{}, {"links": ["999999"]}, {"links": ["x"]}])
def test_only_mails_named_on_the_confirmation_leave(app, town, organiser, stale, sent):
    organiser.submit(ASK, asking(town))

    organiser.submit(RELEASE, sent)

    with app.app_context():
        assert [mail.state for mail in mails()] == [MailState.DRAFT]


def test_a_revoked_link_opens_nothing_and_its_draft_is_gone(app, town, organiser, client, stale):
    token = scenes.asked(app, town)
    with app.app_context():
        link_id = scenes.links()[0].id

    organiser.submit(f"/angebote/traeger/{link_id}/widerrufen")

    assert scenes.look(client, token).status_code == 404
    assert organiser.submit(f"/angebote/traeger/{link_id}/widerrufen").status_code == 409
    with app.app_context():
        assert mails() == []
    assert "Widerrufen (1)" in organiser.get("/angebote/traeger").text


def test_writing_again_makes_the_old_link_useless(app, town, organiser, client, stale):
    token = scenes.asked(app, town)
    with app.app_context():
        mails()[0].state = MailState.SENT
        link_id = scenes.links()[0].id
        db.session.commit()

    organiser.submit(f"/angebote/traeger/{link_id}/neu")

    assert scenes.look(client, token).status_code == 404
    with app.app_context():
        assert [mail.state for mail in mails()] == [MailState.SENT, MailState.DRAFT]
        fresh = mails()[1].body.split("/a/")[1].split()[0]
    assert scenes.look(client, fresh).status_code == 200


def test_who_answered_is_seen(app, town, organiser, client, stale):
    scenes.send(client, scenes.asked(app, town), "/stimmt")

    page = organiser.get("/angebote/traeger").text

    assert "Beantwortet (1)" in page
    assert "geantwortet am" in page


def test_a_provider_without_address_is_shown_and_not_asked(app, town, organiser):
    with app.app_context():
        silent = factories.institution(scenes.home_of(town), "Stiller Verein")
        db.session.execute(
            db.update(factories.Contact).where(factories.Contact.institution_id == silent.id).values(email="")
        )
        factories.offer(silent, "Treff")
        silent_id = silent.id
        db.session.commit()

    assert "keine E-Mail-Adresse" in organiser.get(ASK).text
    assert organiser.submit(ASK, asking(town, institutions=[str(silent_id)])).status_code == 422


def test_links_of_another_municipality_are_not_found(app, town, organiser):
    with app.app_context():
        other = factories.furnished_town("Nachbarstadt", "nachbar")
        db.session.commit()
    scenes.asked(app, other)
    with app.app_context():
        link_id = scenes.links()[0].id

    assert organiser.submit(f"/angebote/traeger/{link_id}/widerrufen").status_code == 404
    assert organiser.submit(f"/angebote/traeger/{link_id}/neu").status_code == 404
    assert "Nachbarstadt" not in organiser.get("/angebote/traeger").text
