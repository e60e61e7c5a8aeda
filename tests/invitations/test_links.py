"""Personal links: the address is clean at once, a dead one says nothing, and no answer lands at another invitation."""

import logging
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.accounts.models import AuditEntry
from app.conferences.models import Conference
from app.core import clock, tokens
from app.extensions import db
from app.invitations import links
from app.invitations.enums import Answer
from app.invitations.models import Invitation, Registration
from tests import factories
from tests.invitations import scenes

YES = {"answer": "yes", "people-0-first_name": "Kim", "people-0-last_name": "Muster"}


@pytest.fixture
def token(app, town) -> str:
    """The secret of the only invitation."""
    return scenes.invited_with_link(app, town)


@pytest.fixture
def elsewhere(app) -> str:
    """The secret of an invitation in another municipality."""
    with app.app_context():
        other = factories.furnished_town("MARKIERTE-STADT", "andere")
        event = db.session.get(Conference, other.conference)
        event.starts_at, event.ends_at = (clock.now() + timedelta(days=days) for days in (20, 21))
        secret = links.new_link(db.session.get(Invitation, other.invitation), clock.now())
        db.session.commit()
    return secret


def test_the_secret_leaves_the_address_and_stays_in_a_cookie_scripts_cannot_read(client, token):
    response = client.get(f"/e/{token}")

    cookie = response.headers["Set-Cookie"]
    assert (response.status_code, response.location) == (303, "/e/")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Expires" not in cookie
    assert (response.headers["Cache-Control"], response.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert token not in client.get("/e/").text


def test_neither_log_nor_trail_know_the_secret(app, client, token, caplog):
    caplog.set_level(logging.INFO)

    scenes.send(client, token, YES)

    routes = [record.route for record in caplog.records if hasattr(record, "route")]
    assert {"/e/<token>", "/e/"} <= set(routes)
    assert token not in caplog.text
    with app.app_context():
        assert token not in " ".join(db.session.scalars(select(AuditEntry.sentence)))


def test_every_dead_link_is_answered_with_the_same_page(app, client, town, token):
    with app.app_context():
        revoked = links.new_link(scenes.only_invitation(), clock.now())
        links.revoke_links(scenes.only_invitation(), clock.now())
        person = links.new_link(
            factories.registration(db.session.get(Conference, town.conference), last_name="MARKIERT"), clock.now()
        )
        db.session.commit()

    answers = [client.get(f"/e/{secret}") for secret in ("a" * 32, revoked, token, person)]
    answers.append(app.test_client().get("/e/"))
    answers.append(app.test_client().submit("/e/", YES))

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert "Diesen Link kennen wir nicht" in answers[0].text
    assert "MARKIERT" not in answers[0].text
    assert all("einladung=" not in answer.headers.get("Set-Cookie", "") for answer in answers)


def test_a_link_is_over_ninety_days_after_the_conference_and_a_cookie_does_not_help(app, client, token, town):
    scenes.follow(client, token)
    with app.app_context():
        event = db.session.get(Conference, town.conference)
        event.ends_at = clock.now() - links.OPEN_AFTERWARDS + timedelta(minutes=1)
        event.starts_at = event.ends_at - timedelta(hours=4)
        db.session.commit()

    in_time = client.get("/e/").status_code
    with app.app_context():
        db.session.get(Conference, town.conference).ends_at -= timedelta(minutes=2)
        db.session.commit()

    assert (in_time, client.get("/e/").status_code, client.get(f"/e/{token}").status_code) == (200, 404, 404)


def test_nothing_of_another_municipality_is_on_the_page(client, token, elsewhere):
    assert "MARKIERTE" not in scenes.follow(client, token).text
    assert "MARKIERTE" in scenes.follow(client, elsewhere).text


def test_an_answer_typed_for_one_link_is_not_kept_under_another(app, client, token, elsewhere):
    first = tokens.digest(token)[:16]
    scenes.follow(client, token)
    scenes.follow(client, elsewhere)  # a second tab

    sent = client.submit("/e/", {"link": first, **YES})
    without = client.submit("/e/", YES)

    assert (sent.status_code, without.status_code) == (409, 409)
    assert "nicht gespeichert" in sent.text
    assert "MARKIERTE" not in sent.text
    with app.app_context():
        assert set(db.session.scalars(select(Invitation.answer))) == {Answer.NONE}
        assert db.session.scalar(select(func.count(Registration.id)).where(Registration.first_name == "Kim")) == 0


def test_the_cookie_is_bound_to_the_host_where_connections_are_encrypted(app, client, token):
    app.config["SESSION_COOKIE_SECURE"] = True
    try:
        cookie = client.get(f"/e/{token}", base_url="https://localhost").headers["Set-Cookie"]
    finally:
        app.config["SESSION_COOKIE_SECURE"] = False

    assert cookie.startswith("__Host-einladung=")
    assert {"Secure", "Path=/"} <= set(cookie.split("; "))
