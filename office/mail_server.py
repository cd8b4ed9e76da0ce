"""Talk to the office's mail server, and tell a mail that was certainly not taken from one that may have been taken.

A server owns a mail from the moment it answers 250 to the end of DATA. Until the end of DATA is sent, no server has
the mail, and it can be sent again. Between the two it is unknown: the server may have taken the mail although its
answer was lost (RFC 5321, 4.2.5 and 6.1).
"""

import contextlib
import smtplib
import socket
import time
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from office.mail_answers import AnswerNotSmtp, ServerAnswers
from office.texts import tidy_line

END_OF_DATA = b"\r\n.\r\n"
LASTS_AT_MOST = 90
"""Seconds for one connection, from the first try to connect to the last answer. EMAIL_TIMEOUT begins again with every
byte, and a server that sends one now and then would hold the worker without end."""


class AnswerLost(smtplib.SMTPException):
    """Raised when the whole mail was sent and the server gave no answer that can be understood."""


class Stalled(smtplib.SMTPException):
    """Raised when the server fell silent or hung up over this one mail, and does not have it whole."""


class ReceiverStalled(Stalled):
    """Raised when it did so after it heard the receiver: it may be waiting for the receiver's own server."""


class Conversation(smtplib.SMTP):
    """An SMTP connection that keeps the server's answer to the mail, and raises AnswerLost."""

    is_sent_whole = False
    answer = ""

    def __init__(self, *where: Any, **how: Any) -> None:
        self.ends_at = time.monotonic() + LASTS_AT_MOST
        super().__init__(*where, **how)

    def _get_socket(self, host: str, port: int, timeout: float) -> Any:
        """Connect to the first address of the host that answers. Raise OSError; TimeoutError when one is silent."""
        problem = OSError("The mail server has no address.")
        for address in _addresses(host, port, timeout):
            self.limit()
            try:
                return super()._get_socket(address, port, min(timeout, self.ends_at - time.monotonic()))  # type: ignore[misc]  # smtplib's own; its types leave it out
            except OSError as refused:
                problem = problem if isinstance(problem, TimeoutError) else refused
        raise problem

    def limit(self) -> None:
        """Let the next step on the socket take no longer than the connection may last. Raise TimeoutError after it."""
        left = self.ends_at - time.monotonic()
        if left <= 0:
            raise TimeoutError("The mail server takes too long.")
        if self.sock:
            self.sock.settimeout(min(left, self.timeout))

    def getreply(self) -> tuple[int, bytes]:
        """Read the server's answer. Raise AnswerNotSmtp; SMTPServerDisconnected also when the server takes too long."""
        if self.file is None:
            self.file = ServerAnswers(self)
        self.file.begin()
        try:
            return super().getreply()
        except AnswerNotSmtp:
            self.close()
            raise

    def send(self, s: Any) -> None:
        """Send bytes, and note when the end of DATA is among them."""
        self.limit()
        super().send(s)
        if isinstance(s, bytes) and s.endswith(END_OF_DATA):
            self.is_sent_whole = True
            self.ends_at = max(self.ends_at, time.monotonic() + self.timeout)  # its answer is worth waiting for

    def rcpt(self, recip: str, options: Any = ()) -> tuple[int, bytes]:
        """Name the receiver and return the server's answer. Raise ReceiverStalled."""
        try:
            return super().rcpt(recip, options)
        except OSError as problem:
            raise ReceiverStalled(str(problem)) from problem

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Send one mail and return the server's answer. Raise AnswerLost when it is missing or not an answer.

        Raise SMTPDataError when the server refuses before it has anything of the mail, and Stalled.
        """
        self.is_sent_whole = False
        try:
            code, said = super().data(msg)
        except smtplib.SMTPDataError:
            raise
        except Exception as problem:
            if self.is_sent_whole:
                raise AnswerLost(str(problem)) from problem
            if isinstance(problem, OSError):
                raise Stalled(str(problem)) from problem
            raise
        if not 400 <= code < 600 and code != 250:
            unfit = AnswerNotSmtp(b"%d %s" % (code, said))
            raise AnswerLost(str(unfit)) from unfit
        self.answer = f"{code} {said.decode(errors='replace')}"
        return code, said

    def rset(self) -> tuple[int, bytes]:
        """Send no RSET: a connection carries one mail, and the server might never answer."""
        return 250, b""

    def quit(self) -> tuple[int, bytes]:
        """Say goodbye and hang up. Do not wait for the answer, which changes nothing."""
        with contextlib.suppress(smtplib.SMTPException, OSError):
            self.putcmd("quit")
        self.close()
        return 221, b""


class EncryptedConversation(Conversation, smtplib.SMTP_SSL):
    """A Conversation over a connection that is encrypted from its start."""


def _addresses(host: str, port: int, timeout: float) -> list[str]:
    """Return the addresses of a host. Raise gaierror when its name is not found, TimeoutError when that takes long."""
    began = time.monotonic()
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if time.monotonic() > began + timeout:
        raise TimeoutError("The name of the mail server takes too long.")
    return list(dict.fromkeys(str(one[4][0]) for one in found))


class Backend(EmailBackend):
    """Django's SMTP backend with our connection."""

    @property
    def connection_class(self) -> type[Conversation]:
        return EncryptedConversation if self.use_ssl else Conversation

    @property
    def answer(self) -> str:
        """What the server said when it took the mail."""
        return self.connection.answer if isinstance(self.connection, Conversation) else ""

    def open(self) -> bool | None:
        """Connect and sign in. A ValueError here means that the server or the settings are wrong, not an address."""
        try:
            return super().open()
        except ValueError as problem:
            if isinstance(problem, OSError):  # a certificate
                raise
            raise smtplib.SMTPException(type(problem).__name__) from problem


def send_message(message: EmailMessage, connection: BaseEmailBackend) -> str:
    """Send one message and leave the connection open. Return what the server said, or "" when mails are files.

    Raise AnswerLost when the server may have taken the message. After any other exception it has not.
    """
    connection.open()
    connection.send_messages([message])
    return tidy_line(getattr(connection, "answer", ""))[:300]
