"""Talking to a mail server over one connection, with an answer to the only question that counts: did it take the mail?

smtplib's own `sendmail` raises the same error before and after the text went over. Here the conversation is held step
by step, so that what may be sent again is told apart from what may have arrived.
"""

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass

READY = 354
_LINE_STARTS_WITH_DOT = re.compile(rb"(?m)^\.")


class Refused(Exception):
    """The server said no for good. `recipient_at_fault` when it was about the recipient or the mail itself."""

    def __init__(self, reason: str, recipient_at_fault: bool = True):
        super().__init__(reason)
        self.recipient_at_fault = recipient_at_fault


class NotNow(Exception):
    """The server has certainly not taken the mail and may take it later. `unreachable` when it did not answer."""

    def __init__(self, reason: str, unreachable: bool = False):
        super().__init__(reason)
        self.unreachable = unreachable


class Unclear(Exception):
    """The connection broke after the text went over and before the answer: nobody knows."""


@dataclass(frozen=True)
class Server:
    """Where the mail server is and how to sign in; times in seconds.

    `patience` is for the moment after the text went over, when servers look at it: hanging up too early there makes
    a mail unclear that was taken (RFC 5321, 4.5.3.2.6).
    """

    host: str
    port: int
    username: str | None = None
    password: str | None = None
    use_tls: bool = False
    timeout: float = 20
    patience: float = 300


class Line:
    """One connection to the server, opened when first needed, for as many mails as there are."""

    def __init__(self, server: Server):
        self._server = server
        self._smtp: smtplib.SMTP | None = None

    def send(self, sender: str, recipient: str, content: bytes) -> None:
        """Hand over one mail; returns when the server took it. Raises Refused, NotNow or Unclear."""
        smtp = self._ready()
        try:
            self._envelope(smtp, sender, recipient)
            smtp.putcmd("DATA")
            self._check(smtp.getreply(), expected=READY)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise NotNow(_words(error), unreachable=True) from error
        except ValueError as error:  # smtplib refuses line breaks and what the server could not read
            self.close()
            raise Refused(_words(error)) from error
        self._hand_over(smtp, content)

    def close(self) -> None:
        """Say goodbye, however badly the server behaves."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                smtp.quit()
            smtp.close()

    def _ready(self) -> smtplib.SMTP:
        """A connection that answers: servers hang up after some mails, and then a new one is made."""
        if self._smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                if self._smtp.rset()[0] == 250:
                    return self._smtp
            self.close()
        try:
            self._smtp = self._connect()
        except (OSError, smtplib.SMTPException, ValueError) as error:
            raise NotNow(_words(error), unreachable=True) from error
        return self._smtp

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
        try:
            smtp.ehlo_or_helo_if_needed()
            if server.use_tls:
                smtp.starttls(context=ssl.create_default_context())
            if server.username and server.password:
                smtp.login(server.username, server.password)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _envelope(self, smtp: smtplib.SMTP, sender: str, recipient: str) -> None:
        options = ()
        if not recipient.isascii():
            if not smtp.has_extn("smtputf8"):
                raise Refused("Der Mailserver kennt keine Adressen mit Umlauten vor dem @.")
            options = ("SMTPUTF8", "BODY=8BITMIME")
        self._check(smtp.mail(sender, options), recipient_at_fault=False)
        self._check(smtp.rcpt(recipient))

    def _hand_over(self, smtp: smtplib.SMTP, content: bytes) -> None:
        """From the first byte on a break means that nobody knows; the server's answer ends the uncertainty."""
        try:
            smtp.sock.settimeout(self._server.patience)
            smtp.send(_LINE_STARTS_WITH_DOT.sub(b"..", content.removesuffix(b"\r\n")) + b"\r\n.\r\n")
            reply = smtp.getreply()
            smtp.sock.settimeout(self._server.timeout)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise Unclear(_words(error)) from error
        self._check(reply)

    @staticmethod
    def _check(reply: tuple[int, bytes], expected: int | None = None, recipient_at_fault: bool = True) -> None:
        code, words = reply
        if code == expected or (expected is None and 200 <= code < 300):
            return
        reason = f"{code} {words.decode('utf-8', 'replace')}"
        if 400 <= code < 500:
            raise NotNow(reason)
        raise Refused(reason, recipient_at_fault)


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__
