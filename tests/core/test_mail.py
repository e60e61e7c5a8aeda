"""The outbox: nothing leaves unreviewed, nothing leaves twice, what is unclear waits for a person."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.core import mail
from app.core.delivery import deliver_released
from app.core.mail import UNCLEAR_AFTER, MailMessage, MailState
from app.extensions import db

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)


def write(state: MailState = MailState.DRAFT, subject: str = "Einladung", **fields) -> MailMessage:
    """A mail in the outbox; flushed."""
    message = mail.write_mail(recipient="post@verein.example", subject=subject, body="Grüße\nÜmläut", now=NOW)
    message.state = state
    for name, value in fields.items():
        setattr(message, name, value)
    db.session.flush()
    return message


def delivered(app) -> str:
    """What the file backend wrote, all files together."""
    folder = Path(app.config["MAIL_FILE_PATH"])
    return "".join(path.read_text() for path in sorted(folder.glob("*")))


def states() -> list[MailState]:
    return list(db.session.scalars(select(MailMessage.state).order_by(MailMessage.id)))


def test_a_draft_stays_where_it_is(app):
    with app.app_context():
        write()
        db.session.commit()
        sent = deliver_released()

    with app.app_context():
        assert (sent, states(), delivered(app)) == (0, [MailState.DRAFT], "")


def test_delivering_twice_sends_once(app):
    with app.app_context():
        mail.release(write())
        db.session.commit()
        counts = [deliver_released(), deliver_released()]

    with app.app_context():
        assert (counts, states()) == ([1, 0], [MailState.SENT])
    assert len(list(Path(app.config["MAIL_FILE_PATH"]).glob("*"))) == 1
    assert delivered(app).count("Subject: Einladung") == 1


def test_a_mail_somebody_else_claimed_is_left_alone(app):
    with app.app_context():
        write(MailState.CLAIMED, claimed_at=NOW)
        db.session.commit()

        assert deliver_released() == 0
    assert delivered(app) == ""


def test_a_refused_mail_says_why_and_does_not_stop_the_others(app):
    with app.app_context():
        write(MailState.RELEASED, subject="Erste")
        bad = write(MailState.RELEASED)
        bad.subject = "Zeile\nBcc: alle@stadt.example"
        write(MailState.RELEASED, subject="Dritte")
        db.session.commit()

        assert deliver_released() == 2

    with app.app_context():
        assert states() == [MailState.SENT, MailState.REFUSED, MailState.SENT]
        assert "linefeed" in db.session.scalars(select(MailMessage.error).where(MailMessage.error.is_not(None))).one()
    assert "Bcc" not in delivered(app)


def test_a_broken_off_mail_becomes_unclear_and_is_not_sent_again_by_itself(app):
    with app.app_context():
        message = write(MailState.CLAIMED, claimed_at=NOW)
        db.session.commit()

        assert not mail.is_unclear(message, NOW + UNCLEAR_AFTER)
        assert mail.is_unclear(message, NOW + UNCLEAR_AFTER + timedelta(seconds=1))
        assert deliver_released() == 0


def test_a_person_may_send_an_unclear_mail_again(app):
    with app.app_context():
        message = write(MailState.CLAIMED, claimed_at=NOW)
        later = NOW + timedelta(hours=1)

        assert not mail.release_again(message, NOW)
        assert mail.release_again(message, later)
        assert (message.state, message.claimed_at) == (MailState.RELEASED, None)


def test_a_person_may_note_that_an_unclear_mail_arrived(app):
    with app.app_context():
        message = write(MailState.CLAIMED, claimed_at=NOW)

        assert mail.confirm_arrival(message, NOW + timedelta(hours=1))
        assert (message.state, message.sent_at) == (MailState.SENT, NOW)


@pytest.mark.parametrize("state", [MailState.DRAFT, MailState.RELEASED, MailState.SENT])
def test_only_refused_and_unclear_mails_go_again(app, state):
    with app.app_context():
        message = write(state)

        assert not mail.release_again(message, NOW + timedelta(days=1))
        assert not mail.confirm_arrival(message, NOW + timedelta(days=1))
        assert message.state is state


@pytest.mark.parametrize("subject", ["Zwei\nZeilen", "Zwei\rZeilen"])
def test_a_subject_has_one_line(app, subject):
    with app.app_context(), pytest.raises(ValueError, match="nur eine Zeile"):
        write(subject=subject)


@pytest.mark.parametrize("recipient", ["", "niemand", "a@b.example\nBcc: c@d.example", "a@b.example, c@d.example"])
def test_a_mail_needs_one_usable_address(app, recipient):
    with app.app_context(), pytest.raises(ValueError, match="Ungültige E-Mail-Adresse"):
        mail.write_mail(recipient=recipient, subject="Einladung", body="", now=NOW)
