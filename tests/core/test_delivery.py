"""Mail through a real server: taken, refused, asked to come back, broken off – and never twice."""

import re
from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from sqlalchemy import select

from app import create_app
from app.core import clock, delivery, mail
from app.core.delivery import TRY_AGAIN_AFTER, deliver_released
from app.core.mail import MailAddress, MailMessage, MailState
from app.extensions import db
from tests.core import smtp_server
from tests.core.smtp_server import MailServer

ADDRESS = "post@verein.example"


@pytest.fixture
def through(app):
    """Deliver everything released to a server with some behaviour; returns the server and how many left."""

    def deliver(behaviour: dict[str, str] | None = None, rounds: int = 1, **settings):
        server = MailServer(behaviour)
        with smtp_server.running(server) as port, smtp_server.delivering_to(app, port, **settings), app.app_context():
            return server, [deliver_released() for _ in range(rounds)]

    return deliver


def released(app, *addresses: str, **fields) -> None:
    """Mails on their way, committed."""
    with app.app_context():
        for address in addresses or (ADDRESS,):
            message = mail.write_mail(recipient=address, subject="Grüße", body="Ümläut\n.Punkt\n", now=clock.now())
            mail.release(message)
            for name, value in fields.items():
                setattr(message, name, value)
        db.session.commit()


def stored(app) -> list[MailMessage]:
    """The outbox as another session reads it."""
    with app.app_context():
        return list(db.session.scalars(select(MailMessage).order_by(MailMessage.id)))


def bounces(app) -> dict[str, int]:
    with app.app_context():
        return {row.address: row.bounces for row in db.session.scalars(select(MailAddress))}


def make_due(app) -> None:
    """As if the time to wait were over."""
    with app.app_context():
        for message in db.session.scalars(select(MailMessage)):
            message.retry_at = clock.now() - timedelta(seconds=1) if message.retry_at else None
        db.session.commit()


def test_a_mail_arrives_once_and_word_for_word(app, through):
    released(app)

    server, counts = through(rounds=2)

    assert counts == [1, 0]
    (arrived,) = server.mails
    assert arrived["Subject"] == "Grüße"
    assert arrived["To"] == ADDRESS
    assert arrived["From"] == "Sozialplanung Auenbrück <planung@auenbrueck.example>"
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert arrived.get_content().splitlines() == ["Ümläut", ".Punkt"]
    assert parsedate_to_datetime(arrived["Date"]).utcoffset() == timedelta(0)
    (message,) = stored(app)
    assert (message.state, message.message_id) == (MailState.SENT, arrived["Message-ID"])
    assert re.fullmatch(r"<[0-9a-f]{32}@auenbrueck\.example>", message.message_id)
    assert not re.search(rb"\d+\.\d+\.\d+\.\d+", server.received[0][1])


def test_several_mails_go_over_one_connection(app, through):
    released(app, "a@verein.example", "b@verein.example", "c@verein.example")

    server, counts = through()

    assert (counts, server.connections) == ([3], 1)


def test_the_claim_is_committed_before_the_text_goes_over(app, through):
    seen = []
    released(app)

    class Watching(MailServer):
        async def handle_DATA(self, *arguments):  # noqa: N802 -- aiosmtpd's name
            with app.app_context(), db.engine.connect() as other:
                seen.extend(other.execute(select(MailMessage.state, MailMessage.message_id.is_not(None))))
            return await super().handle_DATA(*arguments)

    with smtp_server.running(Watching()) as port, smtp_server.delivering_to(app, port), app.app_context():
        deliver_released()

    assert [tuple(row) for row in seen] == [(MailState.CLAIMED, True)]


@pytest.mark.parametrize("behaviour", [smtp_server.NO_SUCH_BOX, smtp_server.REFUSES_THE_TEXT])
def test_a_refusal_is_final_counts_for_the_address_and_does_not_stop_the_others(app, through, behaviour):
    released(app, ADDRESS, "andere@verein.example")

    server, counts = through({ADDRESS: behaviour}, rounds=2)

    refused, sent = stored(app)
    assert counts == [1, 0]
    assert (refused.state, sent.state) == (MailState.REFUSED, MailState.SENT)
    assert refused.error.startswith("55")
    assert bounces(app) == {ADDRESS: 1}
    assert server.recipients == ["andere@verein.example"]


def test_a_refused_sender_is_not_the_recipients_fault(app, through):
    released(app)

    through({smtp_server.REFUSES_THE_SENDER: ""})

    assert stored(app)[0].state is MailState.REFUSED
    assert bounces(app) == {}


def test_greylisting_is_waited_out(app, through):
    released(app)

    server, counts = through({ADDRESS: smtp_server.GREYLISTS}, rounds=2)
    (waiting,) = stored(app)
    make_due(app)
    server.behaviour[ADDRESS] = smtp_server.TAKES
    again, later = through({})

    assert (counts, later) == ([0, 0], [1])
    assert (waiting.state, waiting.attempts, waiting.claimed_at) == (MailState.RELEASED, 1, None)
    assert TRY_AGAIN_AFTER[0] - timedelta(minutes=1) < waiting.retry_at - clock.now() <= TRY_AGAIN_AFTER[0]
    assert server.tries[ADDRESS] == 1, "it knocked again before its time"
    assert "Greylisting" in waiting.error
    (sent,) = stored(app)
    assert (sent.state, sent.error, sent.retry_at) == (MailState.SENT, None, None)
    assert sent.message_id == waiting.message_id
    assert again.recipients == [ADDRESS]


@pytest.mark.parametrize("behaviour", [smtp_server.BUSY_AFTER_THE_TEXT, smtp_server.HANGS_UP_EARLY])
def test_what_was_certainly_not_taken_is_tried_again(app, through, behaviour):
    released(app)

    server, counts = through({ADDRESS: behaviour})

    (waiting,) = stored(app)
    assert (counts, waiting.state, waiting.attempts) == ([0], MailState.RELEASED, 1)
    assert (server.recipients, bounces(app)) == ([], {})


def test_the_waits_grow_and_after_the_last_a_person_decides(app, through):
    released(app, attempts=0)
    waits = []

    for _ in range(len(TRY_AGAIN_AFTER)):
        through({ADDRESS: smtp_server.BUSY_AFTER_THE_TEXT})
        waits.append(stored(app)[0].retry_at - clock.now())
        make_due(app)
    through({ADDRESS: smtp_server.BUSY_AFTER_THE_TEXT})

    assert [round(wait / timedelta(minutes=1)) for wait in waits] == [5, 15, 60, 240, 720]
    (given_up,) = stored(app)
    assert (given_up.state, given_up.attempts, given_up.retry_at) == (MailState.REFUSED, 6, None)
    assert "kein Platz" in given_up.error
    assert bounces(app) == {}


def test_a_server_that_is_not_there_keeps_the_mails_and_is_asked_once_a_round(app):
    released(app, "a@verein.example", "b@verein.example")
    with smtp_server.running(MailServer()) as port:
        pass  # nobody listens on this port any more

    with smtp_server.delivering_to(app, port), app.app_context():
        assert deliver_released() == 0

    assert [(row.state, row.attempts) for row in stored(app)] == [(MailState.RELEASED, 1), (MailState.RELEASED, 0)]


@pytest.mark.parametrize(
    ("behaviour", "arrived"), [(smtp_server.DIES_WITH_THE_MAIL, 1), (smtp_server.DIES_BEFORE_KEEPING, 0)]
)
def test_a_server_that_dies_mid_way_leaves_the_mail_unclear_for_a_person(app, through, behaviour, arrived):
    released(app, ADDRESS, "andere@verein.example")

    server, counts = through({ADDRESS: behaviour}, rounds=3)

    unclear, sent = stored(app)
    assert counts == [1, 0, 0]
    assert server.recipients.count(ADDRESS) == arrived
    assert unclear.state is MailState.CLAIMED
    assert mail.is_unclear(unclear, clock.now()), "it has to be shown at once"
    assert "brach bei der Übergabe ab" in unclear.error
    assert sent.state is MailState.SENT


def test_a_server_that_says_nothing_after_the_text_leaves_the_mail_unclear(app, through):
    released(app)

    server, counts = through({ADDRESS: smtp_server.SAYS_NOTHING}, rounds=2, MAIL_PATIENCE=0.3)

    assert (counts, server.recipients) == ([0, 0], [ADDRESS])
    assert mail.is_unclear(stored(app)[0], clock.now())


def test_what_a_person_decided_meanwhile_is_not_overwritten(app, through):
    released(app)

    class Meanwhile(MailServer):
        async def handle_DATA(self, *_arguments):  # noqa: N802 -- aiosmtpd's name
            with app.app_context():
                message = db.session.scalars(select(MailMessage)).one()
                mail.confirm_arrival(message, clock.now() + timedelta(hours=1))
                db.session.commit()
            return "554 zu spät"

    with smtp_server.running(Meanwhile()) as port, smtp_server.delivering_to(app, port), app.app_context():
        deliver_released()

    assert stored(app)[0].state is MailState.SENT
    assert bounces(app) == {}


def test_nothing_is_sent_to_a_paused_address(app, through):
    released(app)
    with app.app_context():
        db.session.add(MailAddress(address=ADDRESS, bounces=5, paused_at=clock.now()))
        db.session.commit()

    server, counts = through()

    assert (counts, server.recipients) == ([0], [])
    assert (stored(app)[0].state, stored(app)[0].error) == (MailState.REFUSED, delivery.PAUSED)


def test_a_calendar_stands_beside_the_text_and_as_a_file(app, through):
    calendar = "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nSUMMARY:Grüße\r\nEND:VCALENDAR\r\n"
    released(app, calendar=calendar)

    server, _counts = through()

    (arrived,) = server.mails
    alternative, attached = arrived.iter_parts()
    text, beside = alternative.iter_parts()
    assert arrived.get_content_type() == "multipart/mixed"
    assert alternative.get_content_type() == "multipart/alternative"
    assert text.get_content_type() == "text/plain"
    assert beside.get_content_type() == "text/calendar"
    assert dict(beside["Content-Type"].params) == {"charset": "utf-8", "method": "CANCEL"}
    assert beside.get_payload(decode=True).decode() == calendar
    assert attached.get_filename() == "termin.ics"
    assert attached.get_payload(decode=True).decode() == calendar


def test_addresses_with_umlauts_reach_their_server(app, through):
    released(app, "post@jugendfüralle.example", "jürgen@verein.example")

    server, counts = through()

    assert counts == [2]
    assert server.recipients == ["post@xn--jugendfralle-jlb.example", "jürgen@verein.example"]


def test_an_old_server_is_not_given_what_it_cannot_read(app):
    released(app, "jürgen@verein.example")
    server = MailServer()

    with (
        smtp_server.running(server, enable_SMTPUTF8=False) as port,
        smtp_server.delivering_to(app, port),
        app.app_context(),
    ):
        deliver_released()

    assert (server.recipients, stored(app)[0].state) == ([], MailState.REFUSED)
    assert "Umlauten" in stored(app)[0].error


def test_the_worker_of_a_new_application_knows_its_daily_and_minutely_work(app, tmp_path):
    fresh = create_app({**app.config, "DATA_DIR": tmp_path})

    names = {type(task).__name__ for task in fresh.extensions["jobs"]._registry.periodic_tasks}

    assert {"minutely_deliver_released", "nightly_nightly_retention"} <= names
