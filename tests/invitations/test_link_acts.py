"""What the office does about links: a new one, or none any more; secrets are shown to nobody."""

import re

import pytest
from sqlalchemy import select

from app.accounts.models import AuditEntry
from app.core import clock
from app.core.mail import MailMessage, MailState
from app.extensions import db
from app.invitations.enums import MailKind
from app.invitations.models import ConferenceMail
from tests.invitations import scenes


def sent(app, town, state: MailState = MailState.SENT) -> tuple[str, str]:
    """The secret of an invitation whose mail is in a state, and the address of acts on it."""
    token = scenes.invited_with_link(app, town)
    with app.app_context():
        invitation = scenes.only_invitation()
        mail = db.session.get(MailMessage, invitation.mail_id)
        mail.state, mail.sent_at, mail.claimed_at = state, clock.now(), clock.now()
        base = f"/konferenzen/{town.conference}/einladungen/{invitation.id}"
        db.session.commit()
    return token, base


def reminders() -> list[MailMessage]:
    return list(
        db.session.scalars(
            select(MailMessage)
            .join(ConferenceMail, ConferenceMail.mail_id == MailMessage.id)
            .where(ConferenceMail.kind == MailKind.REMINDER)
            .order_by(MailMessage.id)
        )
    )


def test_a_new_link_waits_for_review_and_the_old_one_is_dead(app, client, organiser, town):
    token, base = sent(app, town)

    done = organiser.submit(f"{base}/neuer-link")
    page = organiser.get(f"/konferenzen/{town.conference}/einladungen/").text

    with app.app_context():
        (draft,) = reminders()
        fresh = re.search(r"/e/([\w-]+)", draft.body)[1]
        trail = " ".join(db.session.scalars(select(AuditEntry.sentence)))
        assert draft.state is MailState.DRAFT
    assert done.location.endswith("/postausgang")
    assert (client.get(f"/e/{token}").status_code, client.get(f"/e/{fresh}").status_code) == (404, 303)
    assert "Neuer Link für Caritasverband Musterstadt" in trail
    assert not any(secret in trail + page for secret in (token, fresh))


def test_renewing_twice_leaves_one_mail_with_the_living_link(app, client, organiser, town):
    _token, base = sent(app, town)

    organiser.submit(f"{base}/neuer-link")
    organiser.submit(f"{base}/neuer-link")

    with app.app_context():
        (draft,) = reminders()
        fresh = re.search(r"/e/([\w-]+)", draft.body)[1]
    assert client.get(f"/e/{fresh}").status_code == 303


@pytest.mark.parametrize("state", [MailState.RELEASED, MailState.CLAIMED])
def test_nothing_is_renewed_while_a_mail_is_on_its_way(app, client, organiser, town, state):
    token, base = sent(app, town, state)

    organiser.submit(f"{base}/neuer-link")

    assert client.get(f"/e/{token}").status_code == 303
    with app.app_context():
        assert reminders() == []


def test_a_locked_link_opens_nothing_and_its_drafts_go(app, client, organiser, town):
    token, base = sent(app, town)
    organiser.submit(f"{base}/neuer-link")

    organiser.submit(f"{base}/link-sperren")

    assert client.get(f"/e/{token}").status_code == 404
    with app.app_context():
        assert reminders() == []
        assert "Links von Caritasverband Musterstadt gesperrt." in list(db.session.scalars(select(AuditEntry.sentence)))


def test_a_link_nobody_got_is_not_locked(app, client, organiser, town):
    token, base = sent(app, town, MailState.DRAFT)

    organiser.submit(f"{base}/link-sperren")

    assert client.get(f"/e/{token}").status_code == 303


@pytest.mark.parametrize("act", ["neuer-link", "link-sperren"])
def test_only_the_organiser_may(app, client, town, act):
    token, base = sent(app, town)

    answer = app.test_client().sign_in(town.department).submit(f"{base}/{act}")

    assert answer.status_code == 403
    assert client.get(f"/e/{token}").status_code == 303
