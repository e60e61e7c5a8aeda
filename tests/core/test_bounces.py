"""Mails that come back: read from what mail servers say, counted once, the fifth pauses the address."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core import bounces, clock, mail
from app.core.errors import RuleBroken
from app.core.mail import MailAddress, MailMessage, MailState
from app.extensions import db

ADDRESS = "post@verein.example"
REPORT = """\
From: MAILER-DAEMON@relay.example
To: planung@auenbrueck.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="x"
MIME-Version: 1.0

--x
Content-Type: text/plain

Leider unzustellbar.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 kein solches Postfach
{copy}
--x--
"""
WHOLE_MAIL = "--x\nContent-Type: message/rfc822\n\nMessage-ID: {id}\nSubject: Einladung\n\nText\n"
HEADERS_ONLY = "--x\nContent-Type: text/rfc822-headers\n\nMessage-ID: {id}\nSubject: Einladung\n"


def report(copy: str = "", id: str = "", recipient: str = ADDRESS, action: str = "failed") -> bytes:  # noqa: A002
    """A delivery status notification as postfix writes it."""
    return REPORT.format(copy=copy.format(id=id), recipient=recipient, action=action).encode()


def sent(app, message_id: str = "<eins@auenbrueck.example>", **fields) -> None:
    """A mail that left yesterday, committed."""
    with app.app_context():
        message = mail.write_mail(recipient=ADDRESS, subject="Einladung", body="Text", now=clock.now())
        message.state, message.message_id = MailState.SENT, message_id
        message.sent_at = clock.now() - timedelta(days=1)
        for name, value in fields.items():
            setattr(message, name, value)
        db.session.commit()


def counted(app) -> list[tuple[str, int, bool]]:
    with app.app_context():
        return [(row.address, row.bounces, bool(row.paused_at)) for row in db.session.scalars(select(MailAddress))]


def pipe(app, raw: bytes):
    """As a mail server does it."""
    return app.test_cli_runner().invoke(args=["mail", "bounce", "-"], input=raw)


@pytest.mark.parametrize("copy", [WHOLE_MAIL, HEADERS_ONLY])
def test_a_report_marks_the_mail_it_names(app, copy):
    sent(app, "<eins@auenbrueck.example>")
    sent(app, "<zwei@auenbrueck.example>")

    result = pipe(app, report(copy, "<eins@auenbrueck.example>", recipient="weiter@anderswo.example"))

    assert result.exit_code == 0
    with app.app_context():
        first, second = db.session.scalars(select(MailMessage).order_by(MailMessage.id))
        assert (first.bounced_at is not None, second.bounced_at) == (True, None)
        assert first.error == "550 5.1.1 kein solches Postfach"
    assert counted(app) == [(ADDRESS, 1, False)]


def test_a_report_without_the_mail_counts_for_the_last_one_to_the_address(app):
    sent(app, "<alt@auenbrueck.example>", sent_at=clock.now() - timedelta(days=3))
    sent(app, "<neu@auenbrueck.example>")

    result = pipe(app, report())

    assert result.exit_code == 0
    with app.app_context():
        bounced = select(MailMessage.message_id).where(MailMessage.bounced_at.is_not(None))
        assert db.session.scalars(bounced).all() == ["<neu@auenbrueck.example>"]


def test_the_same_report_twice_counts_once(app):
    sent(app)
    raw = report(WHOLE_MAIL, "<eins@auenbrueck.example>")

    results = [pipe(app, raw).exit_code for _ in range(3)]

    assert results == [0, 0, 0]
    assert counted(app) == [(ADDRESS, 1, False)]


def test_a_report_that_an_unclear_mail_came_back_clears_it_up(app):
    sent(app, state=MailState.CLAIMED, claimed_at=clock.now() - timedelta(hours=1))

    pipe(app, report(WHOLE_MAIL, "<eins@auenbrueck.example>"))

    with app.app_context():
        message = db.session.scalars(select(MailMessage)).one()
        assert (message.state, mail.is_unclear(message, clock.now())) == (MailState.SENT, False)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "kein Zustellbericht"),
        (b"\xff\x00" * 500, "kein Zustellbericht"),
        (b"Subject: Urlaub\n\nBin weg.", "kein Zustellbericht"),
        (report(action="delayed"), "keine endgültig unzustellbare"),
        (report(action="failed; relayed"), "keine endgültig unzustellbare"),
        (report(WHOLE_MAIL, "<fremd@anderswo.example>"), "keine Mail von hier"),
        (report(recipient="x" * 5000), "keine Mail von hier"),
        (report(recipient="=?utf-8?q?=C3"), "keine Mail von hier"),
        (report(HEADERS_ONLY, "<\x00\x01>"), "keine Mail von hier"),
        (b"x" * (bounces.LONGEST_REPORT + 1), "zu groß"),
        (b"Content-Type: message/delivery-status\n\n", "keine endgültig"),
        (b'Content-Type: multipart/report; boundary="a"\n\n' + b"--a\n" * 20_000, "kein Zustellbericht"),
    ],
)
def test_hostile_and_foreign_input_is_answered_with_one_line(app, raw, words):
    sent(app)

    result = pipe(app, raw)

    assert result.exit_code == 1
    assert words in result.output
    assert len(result.output.strip().splitlines()) == 1
    assert counted(app) == []


def test_the_fifth_bounce_pauses_the_address_until_a_person_says_so(app):
    with app.app_context():
        for number in range(1, 6):
            bounces.count_bounce("Post@Verein.example", f"Grund {number}", clock.now())
            db.session.commit()
            assert bool(bounces.paused_among([ADDRESS])) == (number == 5)

        assert bounces.use_again(ADDRESS)
        assert not bounces.use_again(ADDRESS)
        db.session.commit()
    assert counted(app) == [(ADDRESS, 0, False)]


def test_bounces_at_the_same_moment_are_all_counted(app):
    def one(_number: int) -> None:
        with app.app_context():
            bounces.count_bounce(ADDRESS, "Grund", clock.now())
            db.session.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one, range(4)))

    assert counted(app) == [(ADDRESS, 4, False)]


def test_a_mail_that_never_left_cannot_come_back(app):
    with app.app_context():
        message = mail.write_mail(recipient=ADDRESS, subject="Einladung", body="Text", now=clock.now())
        db.session.flush()

        assert not bounces.note_bounce(message, "Grund", clock.now())
        with pytest.raises(RuleBroken):
            bounces.read_report(b"Hallo")
    assert counted(app) == []
