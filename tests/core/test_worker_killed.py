"""The mail worker dies again and again in the middle of its work: no mail arrives twice, none is lost unseen."""

import multiprocessing
import random
import time

import pytest
from sqlalchemy import select

from app.core import clock, mail
from app.core.mail import MailMessage, MailState
from app.extensions import db
from tests.core import smtp_server
from tests.core.smtp_server import MailServer


@pytest.fixture
def workers(app, monkeypatch) -> multiprocessing.context.BaseContext:
    """Starts processes that have the application imported already; they know nothing else of this one."""
    monkeypatch.setenv("DATA_DIR", str(app.config["DATA_DIR"]))
    monkeypatch.setenv("DATABASE_URL", app.config["SQLALCHEMY_DATABASE_URI"])
    monkeypatch.setenv("SECRET_KEY", app.config["SECRET_KEY"])
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.core.mail_worker"])
    return context


def write(app, count: int) -> set[str]:
    """Released mails, each to an address of its own, so that a second one to it shows."""
    addresses = {f"gast{number}@verein.example" for number in range(count)}
    with app.app_context():
        for address in sorted(addresses):
            mail.release(mail.write_mail(recipient=address, subject="Einladung", body="Text", now=clock.now()))
        db.session.commit()
    return addresses


def run_worker(name: str, settings: dict) -> None:
    """In the other process: do one of the two ways to deliver."""
    from tests.core import mail_worker

    getattr(mail_worker, name)(settings)


def deliver_through_kills(workers, server: MailServer, kills: int, way: str = "deliver") -> int:
    """Kill the worker while it hands mails over, start it again, let the last one finish; returns how many died."""
    chance = random.Random(20270328)
    died = 0
    with smtp_server.running(server) as port:
        settings = smtp_server.settings(port)
        for _number in range(kills):
            worker = workers.Process(target=run_worker, args=(way, settings))
            goal = len(server.received) + chance.randint(3, 12)
            worker.start()
            while len(server.received) < goal and worker.is_alive():
                time.sleep(0.001)
            time.sleep(chance.random() * 0.02)
            died += worker.is_alive()
            worker.kill()
            worker.join()
        last = workers.Process(target=run_worker, args=(way, settings))
        last.start()
        last.join(120)
    return died


def states(app) -> dict[str, MailState]:
    with app.app_context():
        return dict(db.session.execute(select(MailMessage.recipient, MailMessage.state)).all())


def kill_and_compare(app, workers, mails: int, kills: int) -> None:
    """Every mail was received once, or is shown to a person; the unclear ones are never sent by themselves."""
    addresses = write(app, mails)
    server = MailServer(delay=0.01)

    died = deliver_through_kills(workers, server, kills)

    found = states(app)
    unclear = {address for address, state in found.items() if state is MailState.CLAIMED}
    sent = {address for address, state in found.items() if state is MailState.SENT}
    assert died == kills, "the worker was killed too late to prove anything"
    assert len(server.recipients) == len(set(server.recipients)), "a mail arrived twice"
    assert sent <= set(server.recipients), "a mail counts as sent that never arrived"
    assert sent | unclear == addresses, "a mail is neither sent nor shown to a person"
    assert len(unclear) <= kills
    with app.app_context():
        later = clock.now() + mail.UNCLEAR_AFTER * 2
        waiting = db.session.scalars(select(MailMessage).where(MailMessage.state == MailState.CLAIMED))
        assert all(mail.is_unclear(message, later) for message in waiting)


def test_no_mail_arrives_twice_when_the_worker_is_killed(app, workers):
    kill_and_compare(app, workers, mails=60, kills=3)


@pytest.mark.soak
def test_no_mail_arrives_twice_when_the_worker_is_killed_twenty_times(app, workers):
    kill_and_compare(app, workers, mails=600, kills=20)


def test_sending_before_claiming_does_send_twice(app, workers):
    """The negative control: the same harness finds the duplicates of the wrong order."""
    write(app, 60)
    server = MailServer(delay=0.05)

    deliver_through_kills(workers, server, kills=4, way="deliver_in_the_wrong_order")

    assert len(server.recipients) > len(set(server.recipients))
