"""A real mail server on loopback that behaves as a test asks: takes, refuses, asks to come back, or dies mid-way."""

import asyncio
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

# ruff: noqa: ARG002, N802 -- names and arguments are aiosmtpd's
from aiosmtpd.controller import Controller

TAKES = "takes"
NO_SUCH_BOX = "no such box"
REFUSES_THE_TEXT = "refuses the text"
REFUSES_THE_SENDER = "refuses the sender"
GREYLISTS = "greylists"
BUSY_AFTER_THE_TEXT = "busy after the text"
HANGS_UP_EARLY = "hangs up early"
DIES_WITH_THE_MAIL = "dies with the mail"
DIES_BEFORE_KEEPING = "dies before keeping"
SAYS_NOTHING = "says nothing"


class MailServer:
    """What arrived, and how the server treats each address; `greylists` takes a mail at the second try."""

    def __init__(self, behaviour: dict[str, str] | None = None, delay: float = 0):
        self.behaviour = behaviour or {}
        self.delay = delay
        self.received: list[tuple[str, bytes]] = []
        self.connections = 0
        self.tries: Counter[str] = Counter()

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        if REFUSES_THE_SENDER in self.behaviour:
            return "553 5.7.1 diesen Absender nicht"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.tries[address] += 1
        does = self.behaviour.get(address, TAKES)
        if does == NO_SUCH_BOX:
            return "550 5.1.1 kein solches Postfach"
        if does == GREYLISTS and self.tries[address] == 1:
            return "451 4.7.1 Greylisting, kommen Sie wieder"
        if does == HANGS_UP_EARLY:
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        address = envelope.rcpt_tos[0]
        does = self.behaviour.get(address, TAKES)
        if does == REFUSES_THE_TEXT:
            return "554 5.7.1 nicht erwünscht"
        if does == BUSY_AFTER_THE_TEXT:
            return "452 4.3.1 kein Platz"
        if does == DIES_BEFORE_KEEPING:
            server.transport.abort()
            return "250 OK"
        self.received.append((address, envelope.content))
        if does == DIES_WITH_THE_MAIL:
            server.transport.abort()
        if does == SAYS_NOTHING:
            await asyncio.sleep(2)
        await asyncio.sleep(self.delay)
        return "250 OK"

    @property
    def recipients(self) -> list[str]:
        """Who got a mail, in the order of arrival."""
        return [address for address, _content in self.received]

    @property
    def mails(self) -> list[EmailMessage]:
        """The mails as a mail program reads them."""
        return [message_from_bytes(content, policy=default) for _address, content in self.received]


@contextmanager
def running(server: MailServer, **options) -> Iterator[int]:
    """Serve on a free loopback port; yields the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=port, ready_timeout=10, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def settings(port: int) -> dict:
    """How the application finds a server on loopback."""
    return {
        "MAIL_BACKEND": "smtp",
        "MAIL_SERVER": "127.0.0.1",
        "MAIL_PORT": port,
        "MAIL_USERNAME": None,
        "MAIL_PASSWORD": None,
        "MAIL_USE_TLS": False,
        "MAIL_TIMEOUT": 5,
        "MAIL_DEFAULT_SENDER": "Sozialplanung Auenbrück <planung@auenbrueck.example>",
    }


@contextmanager
def delivering_to(app, port: int, **changes) -> Iterator[None]:
    """Let the application send through a server on loopback for a while."""
    before = dict(app.config)
    app.config.update({**settings(port), **changes})
    try:
        yield
    finally:
        app.config.clear()
        app.config.update(before)
